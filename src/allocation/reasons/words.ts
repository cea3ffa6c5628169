/**
 * Reasons as plain sentences in English and Welsh, in the manner of gov.uk: what happened, in money and people. The names of methods
 * stand only in the lines that say what a sentence means. A reason without its sentence in both languages does not compile.
 */
import { must } from "../../lib/assert.ts";
import type { Language } from "../../lib/language.ts";
import { roundDivide } from "../../lib/pence.ts";
import type { Election } from "../election.ts";
import { readFraction } from "../fraction.ts";
import type { Outcome } from "../outcome.ts";
import { writeDecimal } from "../pabulib/decimal.ts";
import { roundDown } from "./exact.ts";
import type { Exact, Instead, PurchaseReason, UnfundedReason, Unit, WhyUnfunded } from "./explanation.ts";
import type { CostAnswer, SupportersAnswer, WouldChange } from "./would-change.ts";

/** How amounts, numbers and projects are written by whoever shows the sentences. */
export type Wording = {
  readonly language: Language;
  /** Of an amount in the smallest unit of the election's money. */
  readonly money: (amount: bigint) => string;
  readonly number: (count: bigint | number) => string;
  readonly nameOf: (project: number) => string;
  readonly ballotsGive: "votes" | "points";
  /** With how many decimals points are written; none where it is left out. */
  readonly pointPlaces?: number;
};

/** In what the sentences of a count add up: what the rule that was kept adds up, whatever the ballots give besides. */
export function countedIn(
  { pointPlaces }: Pick<Election, "pointPlaces">,
  { parameters: { utility }, compared }: Pick<Outcome, "parameters" | "compared">,
): Pick<Wording, "ballotsGive" | "pointPlaces"> {
  const inPoints = compared?.kept !== "greedy" && ["points", "borda"].includes(utility);
  return {
    ballotsGive: inPoints ? "points" : "votes",
    pointPlaces: inPoints && utility === "points" ? pointPlaces : 0,
  };
}

/** What is wanted of a sentence's parts; all texts are written already. */
type Words<R> = { readonly [L in Language]: (reason: R, wording: Wording) => string };
type ByCode<R extends { readonly code: string }> = {
  readonly [C in R["code"]]: Words<
    Extract<R, { readonly code: C }> & Pick<UnfundedReason, "cost" | "voters" | "lacking">
  >;
};
type ByIs<R extends { readonly is: string }> = { readonly [I in R["is"]]: Words<Extract<R, { readonly is: I }>> };

const one = (count: number, words: { readonly one: string; readonly more: string }): string =>
  count === 1 ? words.one : words.more;

const supporters = (count: number, { language, number }: Wording): string =>
  language === "en"
    ? `${number(count)} ${one(count, { one: "supporter", more: "supporters" })}`
    : one(count, { one: `${number(count)} cefnogwr`, more: `${number(count)} o gefnogwyr` });

/** A sum of votes or points, which stands in the finest unit that any ballot writes. */
const counted = (count: bigint, { number, pointPlaces = 0 }: Wording): string => {
  const [whole = "0", decimals] = writeDecimal({ digits: count, places: pointPlaces }).split(".");
  return decimals === undefined ? number(BigInt(whole)) : `${number(BigInt(whole))}.${decimals}`;
};

/** Where a sentence counts in another unit than the others. */
const inUnit = (wording: Wording, { unit, places }: Unit): Wording => ({
  ...wording,
  ballotsGive: unit,
  pointPlaces: places,
});

/** A sum of satisfaction: money, or votes or points. */
const satisfied = (sum: bigint, { isMoney, wording }: { readonly isMoney: boolean; readonly wording: Wording }) =>
  isMoney ? wording.money(sum) : counted(sum, wording);

/** "1 vote", "12.5 points". Welsh keeps the singular after a number. */
const given = (count: bigint, wording: Wording): string => {
  const { language, ballotsGive, pointPlaces = 0 } = wording;
  const written = counted(count, wording);
  if (language === "cy") return `${written} ${ballotsGive === "votes" ? "pleidlais" : "pwynt"}`;
  return `${written} ${count === 10n ** BigInt(pointPlaces) ? ballotsGive.slice(0, -1) : ballotsGive}`;
};

function downwards({ exact }: Exact): bigint {
  return roundDown(must(readFraction(exact), "an exact amount is a fraction"));
}

function leftAndShort(reason: Pick<UnfundedReason, "cost" | "lacking">): {
  readonly held: bigint;
  readonly short: bigint;
} {
  const held = reason.lacking === null ? 0n : downwards(reason.lacking.held);
  return { held, short: reason.cost - held };
}

const WHY: ByCode<WhyUnfunded> = {
  withdrawn: {
    en: () => "Not funded: it was withdrawn.",
    cy: () => "Heb ei ariannu: fe'i tynnwyd yn ôl.",
  },
  below_threshold: {
    en: ({ has, needs, ...unit }, wording) =>
      `Not funded: it has ${given(has, inUnit(wording, unit))} and needs ${counted(needs, inUnit(wording, unit))}.`,
    cy: ({ has, needs, ...unit }, wording) =>
      `Heb ei ariannu: ${given(has, inUnit(wording, unit))} sydd ganddo ac mae angen ${counted(needs, inUnit(wording, unit))}.`,
  },
  costs_more_than_budget: {
    en: ({ cost, budget }, { money }) =>
      `Not funded: it costs ${money(cost)}, more than the whole budget of ${money(budget)}.`,
    cy: ({ cost, budget }, { money }) =>
      `Heb ei ariannu: mae'n costio ${money(cost)}, mwy na'r gyllideb gyfan o ${money(budget)}.`,
  },
  no_supporters: {
    en: () => "Not funded: nobody voted for it.",
    cy: () => "Heb ei ariannu: ni phleidleisiodd neb drosto.",
  },
  incompatible: {
    en: (reason, { nameOf }) =>
      `Not funded: only one of it and “${nameOf(reason.with)}” can be funded, and the other was.`,
    cy: (reason, { nameOf }) =>
      `Heb ei ariannu: dim ond un o hwn a “${nameOf(reason.with)}” y gellir ei ariannu, a'r llall a gafodd yr arian.`,
  },
  over_limit: {
    en: ({ limit, left, cost }, { money }) =>
      `Not funded: projects ${limit.of === "category" ? "of the category" : "in the neighbourhood"} “${limit.name}” can cost ${money(limit.most)} together, and ${money(left)} of that was left, ${money(cost - left)} less than it costs.`,
    cy: ({ limit, left, cost }, { money }) =>
      `Heb ei ariannu: gall prosiectau ${limit.of === "category" ? "yn y categori" : "yn y gymdogaeth"} “${limit.name}” gostio ${money(limit.most)} gyda'i gilydd, ac roedd ${money(left)} o hynny ar ôl, ${money(cost - left)} yn llai na'i gost.`,
  },
  supporters_lack: {
    en: (reason, wording) => {
      const { held, short } = leftAndShort(reason);
      return `Not funded: its ${supporters(reason.voters, wording)} had ${wording.money(held)} left${reason.voters === 1 ? "" : " between them"}, ${wording.money(short)} less than it costs.`;
    },
    cy: (reason, wording) => {
      const { held, short } = leftAndShort(reason);
      return `Heb ei ariannu: roedd gan ei ${supporters(reason.voters, wording)} ${wording.money(held)} ar ôl${reason.voters === 1 ? "" : " rhyngddynt"}, ${wording.money(short)} yn llai na'i gost.`;
    },
  },
  no_money_left: {
    en: ({ left, short }, { money }) =>
      `Not funded: ${money(left)} was left when its turn came, ${money(short)} less than it costs.`,
    cy: ({ left, short }, { money }) =>
      `Heb ei ariannu: roedd ${money(left)} ar ôl pan ddaeth ei dro, ${money(short)} yn llai na'i gost.`,
  },
  due_but_did_not_fit: {
    en: ({ left, short }, { money }) =>
      `Not funded: it was next, but ${money(left)} was left, ${money(short)} less than it costs. The count ended there.`,
    cy: ({ left, short }, { money }) =>
      `Heb ei ariannu: hwn oedd nesaf, ond roedd ${money(left)} ar ôl, ${money(short)} yn llai na'i gost. Daeth y cyfrif i ben yno.`,
  },
  stopped_before: {
    en: ({ by }, { nameOf }) =>
      `Not funded: the count ended before its turn, at “${nameOf(by)}”, which costs more than was left.`,
    cy: ({ by }, { nameOf }) =>
      `Heb ei ariannu: daeth y cyfrif i ben cyn ei dro, wrth “${nameOf(by)}”, sy'n costio mwy na'r hyn oedd ar ôl.`,
  },
  not_in_best_set: {
    en: ({ best, withIt, isMoney }, wording) =>
      withIt === null
        ? "Not funded: it is not in the set of projects that satisfies voters most."
        : withIt === best
          ? "Not funded: a set of projects with it satisfies voters as much, and the order fixed before the count chose another."
          : `Not funded: the best set of projects with it satisfies voters less (${satisfied(withIt, { isMoney, wording })} against ${satisfied(best, { isMoney, wording })}).`,
    cy: ({ best, withIt, isMoney }, wording) =>
      withIt === null
        ? "Heb ei ariannu: nid yw yn y set o brosiectau sy'n bodloni pleidleiswyr fwyaf."
        : withIt === best
          ? "Heb ei ariannu: mae set o brosiectau gydag ef yn bodloni pleidleiswyr gymaint, a'r drefn a bennwyd cyn y cyfrif a ddewisodd un arall."
          : `Heb ei ariannu: mae'r set orau o brosiectau gydag ef yn bodloni pleidleiswyr yn llai (${satisfied(withIt, { isMoney, wording })} yn erbyn ${satisfied(best, { isMoney, wording })}).`,
  },
};

const COST: ByIs<CostAnswer> = {
  largest: {
    en: ({ cost }, { money }) => `At a cost of ${money(cost)} or less it would have been funded.`,
    cy: ({ cost }, { money }) => `Am gost o ${money(cost)} neu lai byddai wedi'i ariannu.`,
  },
  boundary: {
    en: ({ cost }, { money }) => `At a cost of ${money(cost)} it would have been funded.`,
    cy: ({ cost }, { money }) => `Am gost o ${money(cost)} byddai wedi'i ariannu.`,
  },
  none: {
    en: () => "No lower cost would have got it funded.",
    cy: () => "Ni fyddai unrhyw gost is wedi sicrhau arian iddo.",
  },
  none_found: {
    en: () => "At the lowest cost there is it would not have been funded either.",
    cy: () => "Ni fyddai wedi'i ariannu am y gost isaf posibl chwaith.",
  },
  not_searched: {
    en: () => "Whether a lower cost would have got it funded was not worked out: it would take too long.",
    cy: () => "Ni chyfrifwyd a fyddai cost is wedi sicrhau arian iddo: byddai'n cymryd gormod o amser.",
  },
};

const withMore = (voters: number, wording: Wording): string =>
  wording.language === "en"
    ? `With ${wording.number(voters)} more ${one(voters, { one: "supporter", more: "supporters" })} it would have been funded.`
    : `Gyda ${supporters(voters, wording)} yn fwy byddai wedi'i ariannu.`;

const SUPPORTERS: ByIs<SupportersAnswer> = {
  fewest: {
    en: ({ voters }, wording) => withMore(voters, wording),
    cy: ({ voters }, wording) => withMore(voters, wording),
  },
  boundary: {
    en: ({ voters }, wording) => withMore(voters, wording),
    cy: ({ voters }, wording) => withMore(voters, wording),
  },
  none_found: {
    en: ({ voters }, wording) =>
      `With ${wording.number(voters)} more ${one(voters, { one: "supporter", more: "supporters" })} it would not have been funded either.`,
    cy: ({ voters }, wording) => `Gyda ${supporters(voters, wording)} yn fwy ni fyddai wedi'i ariannu chwaith.`,
  },
  no_such_ballot: {
    en: () =>
      "How many more supporters it lacked cannot be said: a ballot that ranks one project only counts for nothing.",
    cy: () =>
      "Ni ellir dweud faint o gefnogwyr eraill oedd eu hangen: nid yw pleidlais sy'n trefnu un prosiect yn unig yn cyfrif dim.",
  },
  not_searched: {
    en: () => "How many more supporters it lacked was not worked out: it would take too long.",
    cy: () => "Ni chyfrifwyd faint o gefnogwyr eraill oedd eu hangen: byddai'n cymryd gormod o amser.",
  },
};

/** Why a project was not funded, what it gets nevertheless, and what would have changed it where that was asked. */
export function describeUnfunded(
  reason: UnfundedReason,
  { wording, change }: { readonly wording: Wording; readonly change: WouldChange | null },
): string {
  const { language, money } = wording;
  const { why, cost, voters, lacking, part } = reason;
  const word = WHY[why.code][language] as Words<object>[Language];
  const sentences = [word({ ...why, cost, voters, lacking }, wording)];
  if (part !== null)
    sentences.push(
      language === "en" ? `It gets the ${money(part)} that is left.` : `Mae'n cael y ${money(part)} sydd ar ôl.`,
    );
  // What would have changed it is no question where it was taken back.
  if (change !== null && why.code !== "withdrawn") sentences.push(...describeChange(change, wording));
  return sentences.join(" ");
}

export function describeChange({ cost, supporters: further }: WouldChange, wording: Wording): readonly string[] {
  const { language } = wording;
  const ofCost = COST[cost.is][language] as Words<CostAnswer>[Language];
  const ofSupporters = SUPPORTERS[further.is][language] as Words<SupportersAnswer>[Language];
  return [ofSupporters(further, wording), ofCost(cost, wording)];
}

export function describePurchase(reason: PurchaseReason, wording: Wording): string {
  const { language, money, number } = wording;
  const { paid, cost, left, score, order } = reason;
  const rest = language === "en" ? `${money(left)} is left.` : `Mae ${money(left)} ar ôl.`;
  if (paid === null)
    return language === "en"
      ? `Funded as number ${number(order)} for ${money(cost)}, with ${given(score, wording)}. ${rest}`
      : `Ariannwyd yn rhif ${number(order)} am ${money(cost)}, gyda ${given(score, wording)}. ${rest}`;
  const each = eachPays(paid.payment, wording);
  const per = perUnit(wording);
  const parts =
    language === "en"
      ? [
          `${supporters(paid.inFull, wording)} paid ${each} ${per}`,
          ...(paid.all > 0 ? [`${number(paid.all)} gave all they had left`] : []),
          ...(paid.nothing > 0 ? [`${number(paid.nothing)} had nothing left`] : []),
        ]
      : [
          `talodd ${supporters(paid.inFull, wording)} ${each} ${per}`,
          ...(paid.all > 0 ? [`rhoddodd ${number(paid.all)} y cyfan oedd ganddynt ar ôl`] : []),
          ...(paid.nothing > 0 ? [`nid oedd gan ${number(paid.nothing)} ddim ar ôl`] : []),
        ];
  const head =
    language === "en"
      ? `Funded as number ${number(order)} for ${money(cost)}`
      : `Ariannwyd yn rhif ${number(order)} am ${money(cost)}`;
  return `${head}: ${listed(parts, language)}. ${rest}`;
}

function perUnit({ language, ballotsGive }: Wording): string {
  if (ballotsGive === "votes") return language === "en" ? "each" : "yr un";
  return language === "en" ? "for each point" : "am bob pwynt";
}

/** To the nearest smallest unit; a payment that is less than half of one is said to be less than one. */
function eachPays({ exact }: Exact, { language, money, pointPlaces = 0 }: Wording): string {
  const { over, under } = must(readFraction(exact), "a payment is a fraction");
  const rounded = roundDivide(over * 10n ** BigInt(pointPlaces), under);
  if (rounded > 0n) return money(rounded);
  return language === "en" ? `less than ${money(1n)}` : `llai na ${money(1n)}`;
}

function listed(parts: readonly string[], language: Language): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${language === "en" ? "and" : "ac"} ${parts.at(-1)}`;
}

/** Projects named of those that the supporters' money bought; the others are added up. */
const MOST_NAMED = 3;

/** Where the shares of its supporters went instead; null where nobody supports it. */
export function describeInstead({ shares, unspent, bought }: Instead, wording: Wording): string | null {
  const { language, money, number, nameOf } = wording;
  if (shares === 0n) return null;
  const named = bought
    .slice(0, MOST_NAMED)
    .map(({ project, paid, payers }) =>
      language === "en"
        ? `${money(paid)} on “${nameOf(project)}” (${number(payers)} of them)`
        : `${money(paid)} ar “${nameOf(project)}” (${number(payers)} ohonynt)`,
    );
  const others = bought.slice(MOST_NAMED);
  const rest = others.reduce((sum, { paid }) => sum + paid, 0n);
  if (others.length > 0)
    named.push(
      language === "en"
        ? `${money(rest)} on ${number(others.length)} ${one(others.length, { one: "other project", more: "other projects" })}`
        : `${money(rest)} ar ${number(others.length)} prosiect arall`,
    );
  const head =
    language === "en"
      ? `Its supporters' shares came to ${money(shares)}.`
      : `Daeth cyfrannau ei gefnogwyr i ${money(shares)}.`;
  const spent =
    named.length === 0
      ? ""
      : language === "en"
        ? ` They spent ${listed(named, language)}.`
        : ` Gwariwyd ${listed(named, language)}.`;
  const kept = language === "en" ? ` ${money(unspent)} was not spent.` : ` Ni wariwyd ${money(unspent)}.`;
  return `${head}${spent}${kept}`;
}

/** What the sentences mean, with the names that methods have elsewhere. */
export const MEANINGS = {
  further_supporters: {
    en: "More supporters are further voters who vote for this project only. The budget stays as it is. Each number was tried by counting again.",
    cy: "Cefnogwyr ychwanegol yw pleidleiswyr eraill sy'n pleidleisio dros y prosiect hwn yn unig. Mae'r gyllideb yn aros fel y mae. Rhoddwyd cynnig ar bob rhif drwy gyfrif eto.",
  },
  lower_cost: {
    en: "Everything else stays as it is. Each cost was tried by counting again.",
    cy: "Mae popeth arall yn aros fel y mae. Rhoddwyd cynnig ar bob cost drwy gyfrif eto.",
  },
  effective_votes: {
    en: "Effective votes are the cost of a project divided by what a supporter who can pays for it. The method of equal shares funds the project with the most of them next.",
    cy: "Pleidleisiau effeithiol yw cost prosiect wedi'i rhannu â'r hyn y mae cefnogwr sy'n gallu talu yn ei dalu amdano. Mae'r dull cyfrannau cyfartal yn ariannu'r prosiect â'r nifer mwyaf ohonynt nesaf.",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

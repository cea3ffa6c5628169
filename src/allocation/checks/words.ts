/** Checks as plain sentences in English and Welsh; the names of methods stand only in the lines that say what a sentence means. */
import { must } from "../../lib/assert.ts";
import type { Language } from "../../lib/language.ts";
import { readFraction } from "../fraction.ts";
import type { Exact } from "../reasons/explanation.ts";
import type { Wording } from "../reasons/words.ts";
import type { Checks, FailedGroup, GroupShare, Priced, Represented } from "./checks.ts";

type ByIs<R extends { readonly is: string }> = {
  readonly [I in R["is"]]: {
    readonly [L in Language]: (answer: Extract<R, { readonly is: I }>, wording: Wording) => string;
  };
};

function rounded({ exact }: Exact): bigint {
  const { over, under } = must(readFraction(exact), "an exact amount is a fraction");
  return (2n * over + under) / (2n * under);
}

/** The group that is failed by most, and how many other projects have one. */
function ofGroups([group, ...others]: readonly FailedGroup[], wording: Wording): string {
  if (group === undefined) return "";
  const { language, nameOf, number, money } = wording;
  const [deserves, has, name] = [money(rounded(group.deserves)), money(group.has), nameOf(group.project)];
  const one = group.voters === 1;
  const voters = number(group.voters);
  if (language === "en") {
    const head = one
      ? `One voter wants “${name}”, which was not funded. Their share of the budget is ${deserves}, and the funded projects they want cost ${has}.`
      : `${voters} voters want “${name}”, which was not funded. Together their shares of the budget come to ${deserves}, and none of them has funded projects worth more than ${has}.`;
    const more = others.length === 1 ? "one other project" : `${number(others.length)} other projects`;
    return others.length === 0 ? head : `${head} The same happened to those who want ${more}.`;
  }
  const head = one
    ? `Mae un pleidleisiwr am gael “${name}”, na chafodd ei ariannu. Cyfran y pleidleisiwr o'r gyllideb yw ${deserves}, a chost y prosiectau a ariennir o blith ei ddewisiadau yw ${has}.`
    : `Mae ${voters} o bleidleiswyr am gael “${name}”, na chafodd ei ariannu. Gyda'i gilydd daw eu cyfrannau o'r gyllideb i ${deserves}, ac nid oes gan yr un ohonynt brosiectau wedi'u hariannu sy'n werth mwy na ${has}.`;
  return others.length === 0
    ? head
    : `${head} Digwyddodd yr un peth i'r rhai sydd am gael ${number(others.length)} prosiect arall.`;
}

/** In hundredths, to the nearest whole. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}

const REPRESENTED: ByIs<Represented> = {
  yes: {
    en: () => "Every group of voters who want the same project got as much as its share of the budget deserves.",
    cy: () =>
      "Cafodd pob grŵp o bleidleiswyr sydd am gael yr un prosiect gymaint ag y mae ei gyfran o'r gyllideb yn ei haeddu.",
  },
  no: {
    en: ({ groups }, wording) => ofGroups(groups, wording),
    cy: ({ groups }, wording) => ofGroups(groups, wording),
  },
  not_checked: {
    en: () => "Whether every group got what it deserves was not checked: this can only be done in money.",
    cy: () => "Ni wiriwyd a gafodd pob grŵp yr hyn y mae'n ei haeddu: dim ond mewn arian y gellir gwneud hyn.",
  },
};

const PRICED: ByIs<Priced> = {
  yes: {
    en: () =>
      "Everybody had the same share, paid only for projects they chose, and nobody was left with the money for another.",
    cy: () =>
      "Roedd gan bawb yr un gyfran, talodd pawb am brosiectau o'u dewis yn unig, ac nid oedd gan neb yr arian ar ôl am un arall.",
  },
  not_by_these_payments: {
    en: ({ project }, { nameOf }) => `The payments given do not explain what happened to “${nameOf(project)}”.`,
    cy: ({ project }, { nameOf }) =>
      `Nid yw'r taliadau a roddwyd yn egluro'r hyn a ddigwyddodd i “${nameOf(project)}”.`,
  },
  no: {
    en: ({ project }, { nameOf }) => `Nobody voted for “${nameOf(project)}”, so no voter's share can have paid for it.`,
    cy: ({ project }, { nameOf }) =>
      `Ni phleidleisiodd neb dros “${nameOf(project)}”, felly ni all cyfran unrhyw bleidleisiwr fod wedi talu amdano.`,
  },
  not_decided: {
    en: () => "Whether equal shares could have paid for these projects was not worked out.",
    cy: () => "Ni chyfrifwyd a allai cyfrannau cyfartal fod wedi talu am y prosiectau hyn.",
  },
};

/** One sentence for each check, in the order in which they are read. */
export function describeChecks(checks: Checks, wording: Wording): readonly string[] {
  const { language } = wording;
  const ofMoney = REPRESENTED[checks.represented.is][language] as (of: Represented, by: Wording) => string;
  const ofPrices = PRICED[checks.priced.is][language] as (of: Priced, by: Wording) => string;
  return [
    describeMoney(checks, wording),
    describeServed(checks, wording),
    ofMoney(checks.represented, wording),
    ofPrices(checks.priced, wording),
  ];
}

function describeMoney({ fits, stillFit, cost }: Checks, { language, money, number, nameOf }: Wording): string {
  if (!fits)
    return language === "en"
      ? `The projects cost ${money(cost)}, more than the budget.`
      : `Mae'r prosiectau yn costio ${money(cost)}, mwy na'r gyllideb.`;
  const [first] = stillFit;
  if (first === undefined)
    return language === "en"
      ? `The projects cost ${money(cost)}, and no other that anybody voted for fits what is left.`
      : `Mae'r prosiectau yn costio ${money(cost)}, ac nid oes yr un arall y pleidleisiodd rhywun drosto yn ffitio'r hyn sydd ar ôl.`;
  if (stillFit.length === 1)
    return language === "en"
      ? `The projects cost ${money(cost)}, and what is left would also pay for “${nameOf(first)}”.`
      : `Mae'r prosiectau yn costio ${money(cost)}, a byddai'r hyn sydd ar ôl hefyd yn talu am “${nameOf(first)}”.`;
  return language === "en"
    ? `The projects cost ${money(cost)}, and what is left would also pay for any one of ${number(stillFit.length)} others.`
    : `Mae'r prosiectau yn costio ${money(cost)}, a byddai'r hyn sydd ar ôl hefyd yn talu am unrhyw un o ${number(stillFit.length)} arall.`;
}

function describeServed({ voters }: Checks, { language, number }: Wording): string {
  const { cast, withNothing, shareOfChoices } = voters;
  const share = shareOfChoices === null ? null : rounded({ ...shareOfChoices, exact: times100(shareOfChoices) });
  const nothing = `${number(withNothing)} (${number(percent(withNothing, cast))}%)`;
  if (language === "en")
    return `Of ${number(cast)} voters ${nothing} have nothing they voted for${share === null ? "" : `, and on average ${number(share)}% of a voter's choices are funded`}.`;
  return `O ${number(cast)} o bleidleiswyr nid oes gan ${nothing} ddim y pleidleisiwyd drosto${share === null ? "" : `, ac ar gyfartaledd mae ${number(share)}% o ddewisiadau pleidleisiwr wedi'u hariannu`}.`;
}

function times100({ exact }: Exact): string {
  const { over, under } = must(readFraction(exact), "a share is a fraction");
  return `${over * 100n}/${under}`;
}

export function describeGroup({ name, voters, received, equalPart }: GroupShare, wording: Wording): string {
  const { language, number, money } = wording;
  const [got, part] = [money(rounded(received)), money(rounded(equalPart))];
  if (language === "en")
    return `${name ?? "Not given"}: ${number(voters)} voters, ${got} spent on what they chose, where an equal part of the budget is ${part}.`;
  return `${name ?? "Heb ei nodi"}: ${number(voters)} o bleidleiswyr, ${got} wedi'i wario ar eu dewisiadau, lle mae rhan gyfartal o'r gyllideb yn ${part}.`;
}

export const CHECK_MEANINGS = {
  represented: {
    en: "A tenth of the voters deserve a tenth of the budget. A group is failed where all want one unfunded project and, even with it, none of them would have funded projects worth more than the group deserves. Researchers call this EJR+ up to one project.",
    cy: "Mae degfed ran o'r pleidleiswyr yn haeddu degfed ran o'r gyllideb. Siomir grŵp lle mae pawb am gael un prosiect heb ei ariannu ac, hyd yn oed gydag ef, na fyddai gan yr un ohonynt brosiectau wedi'u hariannu sy'n werth mwy nag y mae'r grŵp yn ei haeddu. Enw ymchwilwyr ar hyn yw EJR+ hyd at un prosiect.",
  },
  priced: {
    en: "Researchers call such a set of payments a price system, and projects that have one priceable.",
    cy: "Enw ymchwilwyr ar set o daliadau o'r fath yw system brisiau.",
  },
  groups: {
    en: "The cost of each funded project is divided equally among those who voted for it, and added up for each group.",
    cy: "Rhennir cost pob prosiect a ariennir yn gyfartal rhwng y rhai a bleidleisiodd drosto, a'i hadio ar gyfer pob grŵp.",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

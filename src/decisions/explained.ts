/**
 * The one place where the counter's reasons become words of a result: why each project was funded or not, where its supporters' money
 * went, what would have changed it, and what the outcome is checked for. Words are made with the count, in both languages, so that
 * every door says the same.
 */
import {
  CHECK_MEANINGS,
  checkOutcome,
  countedIn,
  describeChecks,
  describeInstead,
  describePurchase,
  describeUnfunded,
  explainOutcome,
  type Fraction,
  type PurchaseReason,
  readFraction,
  type Wording,
  whatWouldChange,
  writeDecimal,
} from "../allocation/index.ts";
import { must } from "../lib/assert.ts";
import { LANGUAGES, type Language } from "../lib/language.ts";
import { formatAmount, hundredthsOf } from "./amounts.ts";
import type { ToShow } from "./to-show.ts";

export type Words = Readonly<Record<Language, string>>;
export type Checked = {
  readonly check: (typeof CHECKS)[number];
  readonly answer: string;
  readonly said: Words;
  readonly meaning: Words | null;
};

export type FundedReason = {
  readonly price: string | null;
  readonly said: Words;
  /** Of equal shares: its cost over what a supporter who can pays for it, when it was bought. */
  readonly effectiveVotes: string | null;
};
export type OtherReason = {
  readonly reason: string;
  readonly said: Words;
  /** Of equal shares: where the shares of its supporters went. */
  readonly instead: Words | null;
  /** What would have changed it; null where that was not searched, which large elections do not allow for every project. */
  readonly changed: Words | null;
  /** Of equal shares: before each purchase of that stage and after the last; null once its supporters cannot pay. */
  readonly effectiveVotes: readonly (string | null)[] | null;
};

export type Explained = {
  readonly funded: ReadonlyMap<number, FundedReason>;
  readonly others: ReadonlyMap<number, OtherReason>;
};

type Explaining = ToShow & { readonly votes: Float64Array };

export function explainCount(the: Explaining): Explained {
  const { election, outcome } = the;
  const { purchases, unfunded } = explainOutcome(election, outcome);
  const wording = { en: wordingOf(the, "en"), cy: wordingOf(the, "cy") };
  const searched = new Set(the.searchChanges ? searchedOf(the) : []);
  return {
    funded: new Map(
      purchases.map((purchase) => [
        purchase.project,
        {
          price: priceOf(the, { project: purchase.project, payment: paymentOf(purchase) }),
          said: inBoth((language) => describePurchase(purchase, wording[language])),
          effectiveVotes: purchase.paid?.effectiveVotes.decimal ?? null,
        },
      ]),
    ),
    others: new Map(
      unfunded.map((reason) => {
        const { project } = reason;
        const change = searched.has(project)
          ? whatWouldChange(election, { outcome, project, mostRecounts: MOST_RECOUNTS })
          : null;
        const { instead } = reason;
        const wentTo = (language: Language) => (instead === null ? null : describeInstead(instead, wording[language]));
        return [
          project,
          {
            reason: reason.why.code,
            said: inBoth((language) => describeUnfunded(reason, { wording: wording[language], change: null })),
            instead: wentTo("en") === null ? null : inBoth((language) => wentTo(language) ?? ""),
            changed:
              change === null
                ? null
                : inBoth((language) => describeChange(reason, { wording: wording[language], change })),
            effectiveVotes: reason.effectiveVotes,
          },
        ];
      }),
    ),
  };
}

/** What would have changed the answer about one project that was not funded; nothing where it was. */
export function explainChange(the: ToShow, project: number): Words {
  const { election, outcome } = the;
  const reason = explainOutcome(election, outcome).unfunded.find((one) => one.project === project);
  if (reason === undefined) return { en: "", cy: "" };
  const change = whatWouldChange(election, { outcome, project, mostRecounts: MOST_RECOUNTS });
  return inBoth((language) => describeChange(reason, { wording: wordingOf(the, language), change }));
}

function paymentOf({ paid }: PurchaseReason): Fraction | null {
  return paid === null ? null : must(readFraction(paid.payment.exact), "a payment is a fraction");
}

/** What the sentences say more when they are asked for it. */
function describeChange(...[reason, { wording, change }]: Parameters<typeof describeUnfunded>): string {
  const without = describeUnfunded(reason, { wording, change: null });
  return describeUnfunded(reason, { wording, change }).slice(without.length).trim();
}

function inBoth(say: (language: Language) => string): Words {
  const [en, cy] = LANGUAGES.map(say);
  return { en: en ?? "", cy: cy ?? "" };
}

function wordingOf({ election, outcome, currency }: ToShow, language: Language): Wording {
  const { places, projects } = election;
  return {
    language,
    money: (amount) => formatAmount(writeDecimal({ digits: amount, places }), currency),
    number: (count) => formatAmount(String(count), null),
    nameOf: (project) => projects[project]?.name || (projects[project]?.id ?? ""),
    ...countedIn(election, outcome),
  };
}

function priceOf(
  { election, outcome, votes }: Explaining,
  { project, payment }: { readonly project: number; readonly payment: Fraction | null },
): string | null {
  if (payment !== null) return hundredthsOf(payment, election.places);
  const voters = BigInt(votes[project] ?? 0);
  // What is taken with the money that equal shares leaves is paid for by nobody's share.
  if (voters === 0n || outcome.parameters.rule === "equal-shares") return null;
  return hundredthsOf({ over: election.projects[project]?.cost ?? 0n, under: voters }, election.places);
}

/** For each of the two answers about a project: enough to halve a thousand million. */
const MOST_RECOUNTS = 40;
/** About ten seconds of recounts on one core, by how many choices a count looks at. */
const MOST_LOOKS = 300_000_000;
/** Projects among which the best set is proved at once. */
const MOST_PROVED = 25;
/** Most raises are leapt over or stop early: one costs about a tenth of a count. */
const RAISES_LIKE_A_COUNT = 10;

/** A recount does as much for a project that nobody buys. */
const LOOKS_FOR_A_PROJECT = 100;

/** The projects for which a change is searched, the most voted for first: as many as the work allows. */
function searchedOf({ election, outcome, votes }: Explaining): readonly number[] {
  // How long the best set takes to prove is not known before.
  if (outcome.parameters.rule === "max-welfare" && election.projects.length > MOST_PROVED) return [];
  const raises = 1 + (outcome.increments ?? 0) / RAISES_LIKE_A_COUNT;
  const ofBuying = election.ballots.choices.length * (outcome.funded.length + 1) * raises;
  const looks = Math.max(ofBuying, election.projects.length * LOOKS_FOR_A_PROJECT);
  const most = Math.floor(MOST_LOOKS / (looks * 2 * MOST_RECOUNTS));
  const funded = new Set(outcome.funded);
  const others = election.projects.map((_, project) => project).filter((project) => !funded.has(project));
  return others
    .filter((project) => (votes[project] ?? 0) > 0 && !election.projects[project]?.withdrawn)
    .sort((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0))
    .slice(0, most);
}

/** What holds of the funded projects as a set, a sentence for each check; null where its question does not arise. */
export function checkCount(the: ToShow): readonly Checked[] {
  const { election, outcome } = the;
  const { funded, parameters, stages } = outcome;
  const { utility, conditions } = parameters;
  const checks = checkOutcome(election, { funded, utility, conditions, stages });
  const said = { en: describeChecks(checks, wordingOf(the, "en")), cy: describeChecks(checks, wordingOf(the, "cy")) };
  const answers = ["", "", checks.represented.is, checks.priced.is];
  return CHECKS.map((check, at) => ({
    check,
    answer: answers[at] ?? "",
    said: inBoth((language) => said[language][at] ?? ""),
    meaning: check === "money" || check === "served" ? null : CHECK_MEANINGS[check],
  })).filter(({ answer }) => answer !== "not_decided");
}

/** In the order in which `describeChecks` says them. */
const CHECKS = ["money", "served", "represented", "priced"] as const;

/** What `ballot count --explain` says: the reason of each project in words, and in JSON the same with its numbers. */
import {
  checkOutcome,
  countedIn,
  describeChecks,
  describeInstead,
  describePurchase,
  describeUnfunded,
  type Election,
  explainOutcome,
  type Outcome,
  type UnfundedReason,
  USUAL_RECOUNTS,
  type Wording,
  whatWouldChange,
  writeDecimal,
} from "../../allocation/index.ts";

export type ProjectExplained = {
  readonly project: string;
  readonly funded: boolean;
  readonly words: string;
  /** Of equal shares: before each purchase and after the last; null once its supporters cannot pay. */
  readonly effectiveVotes?: readonly (string | null)[];
};

/** Choices of ballots that recounts may look at in all: some half a minute on one core. */
const MOST_LOOKS = 2_000_000_000;

/**
 * Funded projects in order of purchase, then the others in the order of the file. What would have changed it takes some sixty recounts a
 * project; where there are too many, those with the most votes are answered. Named alone, a project is always answered.
 */
export function explained(
  election: Election,
  { outcome, only }: { readonly outcome: Outcome; readonly only: string | null },
): readonly ProjectExplained[] {
  const wording = wordingOf(election, outcome);
  const { purchases, unfunded } = explainOutcome(election, outcome);
  const idOf = (project: number) => election.projects[project]?.id ?? "";
  const isAsked = ({ project }: { readonly project: number }) => only === null || idOf(project) === only;
  const answered = answeredFirst(election, { outcome, unfunded: unfunded.filter(isAsked) });
  return [
    ...purchases.filter(isAsked).map((reason) => ({
      project: idOf(reason.project),
      funded: true,
      words: describePurchase(reason, wording),
    })),
    ...unfunded.filter(isAsked).map((reason) => {
      const { project, instead, effectiveVotes } = reason;
      const mostRecounts = answered.has(project) ? USUAL_RECOUNTS : 0;
      const change = whatWouldChange(election, { outcome, project, mostRecounts });
      const elsewhere = instead === null ? null : describeInstead(instead, wording);
      return {
        project: idOf(project),
        funded: false,
        words: [describeUnfunded(reason, { wording, change }), elsewhere].filter((part) => part !== null).join(" "),
        ...(effectiveVotes !== null && { effectiveVotes }),
      };
    }),
  ];
}

/** A recount does as much for a project that nobody buys. */
const LOOKS_FOR_A_PROJECT = 100;

/** By the work of a recount, which is the same on every machine; at least one. */
function answeredFirst(
  { ballots, projects }: Election,
  { outcome, unfunded }: { readonly outcome: Outcome; readonly unfunded: readonly UnfundedReason[] },
): ReadonlySet<number> {
  const ofBuying = ballots.choices.length * (outcome.funded.length + 1) * ((outcome.increments ?? 0) + 1);
  const ofOne = Math.max(ofBuying, projects.length * LOOKS_FOR_A_PROJECT);
  const most = Math.max(1, Math.floor(MOST_LOOKS / (ofOne * USUAL_RECOUNTS * 2)));
  const byVotes = [...unfunded].sort((one, other) => other.voters - one.voters || one.project - other.project);
  return new Set(byVotes.slice(0, most).map(({ project }) => project));
}

/** What holds of the funded projects as a set, whoever chose them. */
export function checked(election: Election, outcome: Outcome): readonly string[] {
  const { funded, parameters, stages } = outcome;
  const { utility, conditions } = parameters;
  return describeChecks(checkOutcome(election, { funded, utility, conditions, stages }), wordingOf(election, outcome));
}

/** In English, with amounts in the file's own unit. */
function wordingOf(election: Election, outcome: Outcome): Wording {
  const { projects, places } = election;
  const grouped = (digits: string) => digits.replace(/^-?\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ","));
  return {
    language: "en",
    money: (amount) => grouped(writeDecimal({ digits: amount, places })),
    number: (count) => grouped(String(count)),
    nameOf: (project) => projects[project]?.name || (projects[project]?.id ?? ""),
    ...countedIn(election, outcome),
  };
}

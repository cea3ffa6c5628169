/** What `ballot count --explain` says: the reason of each project in words, and in JSON the same with its numbers. */
import {
  checkOutcome,
  describeChecks,
  describeInstead,
  describePurchase,
  describeUnfunded,
  type Election,
  explainOutcome,
  type Outcome,
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

/** Funded projects in order of purchase, then the others in the order of the file. */
export function explained(election: Election, outcome: Outcome): readonly ProjectExplained[] {
  const wording = wordingOf(election);
  const { purchases, unfunded } = explainOutcome(election, outcome);
  const idOf = (project: number) => election.projects[project]?.id ?? "";
  return [
    ...purchases.map((reason) => ({
      project: idOf(reason.project),
      funded: true,
      words: describePurchase(reason, wording),
    })),
    ...unfunded.map((reason) => {
      const { project, instead, effectiveVotes } = reason;
      const change = whatWouldChange(election, { outcome, project, mostRecounts: USUAL_RECOUNTS });
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

/** What holds of the funded projects as a set, whoever chose them. */
export function checked(election: Election, { funded, parameters, stages }: Outcome): readonly string[] {
  const { utility, conditions } = parameters;
  return describeChecks(checkOutcome(election, { funded, utility, conditions, stages }), wordingOf(election));
}

/** In English, with amounts in the file's own unit. */
function wordingOf({ projects, places, ballots }: Election): Wording {
  const grouped = (digits: string) => digits.replace(/^-?\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ","));
  return {
    language: "en",
    money: (amount) => grouped(writeDecimal({ digits: amount, places })),
    number: (count) => grouped(String(count)),
    nameOf: (project) => projects[project]?.name || (projects[project]?.id ?? ""),
    ballotsGive: ballots.points === null ? "votes" : "points",
  };
}

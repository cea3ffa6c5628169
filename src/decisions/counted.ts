/**
 * What a count gives to be shown: every name and number that a page, the API or a file says of it, amounts as decimal text. It is kept
 * beside its file: who changes its form deletes the kept answers of published files in a migration, and they are counted again.
 */
import { type Election, writeDecimal } from "../allocation/index.ts";
import { must } from "../lib/assert.ts";
import { hundredthsOf } from "./amounts.ts";
import type { Choice } from "./choice.ts";
import {
  type Checked,
  checkCount,
  type Explained,
  explainCount,
  type FundedReason,
  type OtherReason,
} from "./explained.ts";
import { type GroupsShown, groupsOf } from "./groups.ts";
import type { ToShow } from "./to-show.ts";
import { votersByFunded, votesOf } from "./voters.ts";

type Facts = {
  /** Its place in the file, from 1: the address of its own page. */
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly cost: string;
  readonly votes: number;
};

/** Its price is what each supporter who pays in full pays, where the rule says so; else the cost for each vote. */
export type FundedProject = Facts & {
  /** By which stage of the count: the rule itself, or what spends the money it leaves. */
  readonly stage: Choice["rule"];
  /** All that was spent when this one was bought. */
  readonly spent: string;
} & FundedReason;

export type OtherProject = Facts & OtherReason;

/** Whether what would have changed the answer is worth finding out, and the count did not. */
export function mayBeWorkedOut({ changed, votes, reason }: OtherProject): boolean {
  return changed === null && votes > 0 && reason !== "withdrawn";
}

export type Counted = {
  readonly choice: Choice;
  readonly currency: string | null;
  readonly budget: string;
  readonly cost: string;
  readonly left: string;
  readonly voters: number;
  /** The budget over the voters, to a hundredth: what each holds before any raise, where shares are equal. */
  readonly share: string;
  readonly projects: number;
  readonly funded: readonly FundedProject[];
  readonly others: readonly OtherProject[];
  readonly exhaustive: boolean;
  readonly increments: number | null;
  readonly ties: readonly {
    readonly stage: Choice["rule"];
    /** Of that stage. */
    readonly round: number;
    /** Ten at most, in the order of the policy: where all projects tie in each round, their names would be endless. */
    readonly projects: readonly string[];
    /** How many more could not be told apart. */
    readonly others: number;
    readonly taken: string;
  }[];
  readonly compared: {
    readonly kept: "rule" | "greedy";
    readonly preferRule: number;
    readonly preferGreedy: number;
  } | null;
  readonly part: { readonly project: string; readonly money: string } | null;
  /** Voters with none, one, two … and five or more of their choices funded. */
  readonly votersByFunded: readonly number[];
  readonly checks: readonly Checked[];
  /** By each column that the file has of its voters. */
  readonly groups: readonly GroupsShown[];
};

const MOST_NAMED = 10;

export function countedOf(the: ToShow): Counted {
  const { election, outcome, choice, currency } = the;
  const { places, projects, budget } = election;
  const money = (digits: bigint) => writeDecimal({ digits, places });
  const votes = votesOf(election);
  const named = (project: number) => projects[project]?.name || (projects[project]?.id ?? "");
  const { compared, part } = outcome;
  const explained = explainCount({ ...the, votes });
  const funded = new Set(outcome.funded);
  const others = projects.map((_, project) => project).filter((project) => !funded.has(project));
  return {
    ...{ choice, currency },
    budget: money(budget),
    cost: money(outcome.cost),
    left: money(budget - outcome.cost),
    voters: election.ballots.cast,
    share: hundredthsOf({ over: budget, under: BigInt(Math.max(1, election.ballots.cast)) }, places),
    projects: projects.length,
    funded: fundedOf(the, { votes, explained }),
    others: others
      .sort((a, b) => (votes[b] as number) - (votes[a] as number))
      .map((project) => ({
        ...factsOf(election, { project, votes }),
        ...must(explained.others.get(project), "what was not funded has its reason"),
      })),
    exhaustive: outcome.exhaustive,
    increments: outcome.increments,
    ties: outcome.stages.flatMap(({ ties, by }) =>
      ties.map((tie) => ({
        stage: by,
        round: tie.round,
        projects: tie.projects.slice(0, MOST_NAMED).map(named),
        others: Math.max(0, tie.projects.length - MOST_NAMED),
        taken: named(tie.projects[0] ?? -1),
      })),
    ),
    compared: compared && {
      kept: compared.kept,
      preferRule: compared.rule.preferredBy,
      preferGreedy: compared.greedy.preferredBy,
    },
    part: part && { project: named(part.project), money: money(part.money) },
    votersByFunded: votersByFunded(election, outcome.funded),
    checks: checkCount(the),
    groups: groupsOf(the, the.groupings),
  };
}

function factsOf(election: Election, the: { readonly project: number; readonly votes: Float64Array }) {
  const { id = "", name = "", cost = 0n } = election.projects[the.project] ?? {};
  const { places } = election;
  const number = the.project + 1;
  return {
    number,
    id,
    name: name || id,
    cost: writeDecimal({ digits: cost, places }),
    votes: the.votes[the.project] ?? 0,
  };
}

function fundedOf(
  { election, outcome }: ToShow,
  { votes, explained }: { readonly votes: Float64Array; readonly explained: Explained },
): readonly FundedProject[] {
  let spent = 0n;
  return outcome.stages.flatMap(({ by, funded }) =>
    funded.map((project) => {
      spent += election.projects[project]?.cost ?? 0n;
      return {
        ...factsOf(election, { project, votes }),
        ...must(explained.funded.get(project), "what was funded has its reason"),
        stage: by,
        spent: writeDecimal({ digits: spent, places: election.places }),
      };
    }),
  );
}

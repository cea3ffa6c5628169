/**
 * The election as the verifier reads it: who supports what, what a place bars, and in what order ties go. Written once more, apart
 * from what the counting rules read (`support.ts`, `admission.ts`), so that a mistake there is not repeated here. The only things
 * shared are the election itself, fractions, and the definition of the published lot.
 */
import type { Conditions } from "../admission.ts";
import type { Election } from "../election.ts";
import type { Parameters } from "../outcome.ts";
import { type TieOrder, tieOrder } from "../ties.ts";

/** The distinct ballots behind a project, with what each counts for. */
export type Backing = {
  readonly ballots: Uint32Array;
  /** Whole numbers above nought. */
  readonly units: Float64Array;
  readonly voters: number;
  readonly score: bigint;
};

export type Reading = {
  readonly election: Election;
  readonly parameters: Parameters;
  readonly backing: readonly Backing[];
  /** What satisfaction a unit of support stands for: the cost under cost utility, else 1. */
  readonly measures: readonly bigint[];
  readonly order: TieOrder;
  /** Whether anything bars the project beside those funded. */
  readonly bars: (project: number, funded: readonly number[]) => boolean;
  /** All that nothing bars before the count. */
  readonly admitted: readonly number[];
};

export function readAnew(election: Election, parameters: Parameters): Reading {
  const { projects } = election;
  const backing = backingOf(election, parameters);
  const scores = backing.map(({ score }) => score);
  const bars = (project: number, funded: readonly number[]) =>
    isBarred(election, { conditions: parameters.conditions, scores, project, funded });
  return {
    election,
    parameters,
    backing,
    measures: projects.map(({ cost }) => (parameters.utility === "cost" ? cost : 1n)),
    order: tieOrder(parameters.ties, { projects, votes: Float64Array.from(backing, ({ voters }) => voters) }),
    bars,
    admitted: projects.map((_, project) => project).filter((project) => !bars(project, [])),
  };
}

/** The comparison step counts by greedy in the order of votes; what a place bars stays what it is under the rule. */
export function readByVotes({ election, parameters, bars, admitted }: Reading): Reading {
  return { ...readAnew(election, { ...parameters, rule: "greedy", utility: "cost" }), bars, admitted };
}

export function costOf({ election }: Pick<Reading, "election">, project: number): bigint {
  return election.projects[project]?.cost ?? 0n;
}

export function costOfAll(reading: Pick<Reading, "election">, projects: readonly number[]): bigint {
  return projects.reduce((sum, project) => sum + costOf(reading, project), 0n);
}

function backingOf(election: Election, { utility }: Pick<Parameters, "utility">): readonly Backing[] {
  const { weights, starts, choices, points } = election.ballots;
  const found = election.projects.map(() => ({
    ballots: [] as number[],
    units: [] as number[],
    voters: 0,
    score: 0n,
  }));
  for (let ballot = 0; ballot < weights.length; ballot += 1) {
    const [from, to] = [starts[ballot] ?? 0, starts[ballot + 1] ?? 0];
    for (let at = from; at < to; at += 1) {
      const one = found[choices[at] ?? -1];
      if (one === undefined) continue;
      const given = points === null || election.voteType === "ordinal" ? 1 : (points[at] ?? 0);
      const approves = given > 0 ? 1 : 0;
      const unit = utility === "borda" ? to - 1 - at : utility === "points" ? (points?.[at] ?? 0) : approves;
      const weight = weights[ballot] ?? 0;
      one.score += BigInt(weight) * BigInt(unit);
      if (unit <= 0) continue;
      one.ballots.push(ballot);
      one.units.push(unit);
      one.voters += weight;
    }
  }
  return found.map(({ ballots, units, voters, score }) => ({
    ballots: Uint32Array.from(ballots),
    units: Float64Array.from(units),
    voters,
    score,
  }));
}

function isBarred(
  { projects }: Election,
  the: {
    readonly conditions: Conditions;
    readonly scores: readonly bigint[];
    readonly project: number;
    readonly funded: readonly number[];
  },
): boolean {
  const { project, funded } = the;
  const one = projects[project];
  if (one === undefined || one.withdrawn) return true;
  const { threshold, incompatible, limits } = the.conditions;
  if (threshold !== null && (the.scores[project] ?? 0n) < threshold) return true;
  if (incompatible.some((list) => list.includes(project) && funded.some((other) => list.includes(other)))) return true;
  return limits.some(({ of, name, most }) => {
    const isIn = (other: number) =>
      of === "category"
        ? (projects[other]?.categories.includes(name) ?? false)
        : projects[other]?.neighbourhood === name;
    const spent = funded.filter(isIn).reduce((sum, other) => sum + (projects[other]?.cost ?? 0n), 0n);
    return isIn(project) && spent + one.cost > most;
  });
}

/** Whether none that has a supporter, and that nothing bars, fits what these leave. */
export function leavesNothing(reading: Reading, funded: readonly number[]): boolean {
  const left = reading.election.budget - costOfAll(reading, funded);
  const within = new Set(funded);
  return reading.admitted.every(
    (project) =>
      within.has(project) ||
      (reading.backing[project]?.voters ?? 0) === 0 ||
      costOf(reading, project) > left ||
      reading.bars(project, funded),
  );
}

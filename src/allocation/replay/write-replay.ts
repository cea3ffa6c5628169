/** Writes down a count as a replay: the numbers are those of the outcome, and of the election that it is of. */
import type { Election } from "../election.ts";
import { writeFraction } from "../fraction.ts";
import type { Compared, Outcome, Parameters, Stage } from "../outcome.ts";
import { costOf, costOfAll, type Reading, readAnew, readByVotes } from "./own-reading.ts";
import { followPhragmen, queueOf } from "./own-rules.ts";
import { worthOf } from "./own-welfare.ts";
import { linesOf, REPLAY_FORMAT, REPLAY_VERSION, type Replay, type ReplayStage, sealed } from "./replay.ts";

export type Replayable = {
  readonly election: Election;
  /** SHA-256 of the bytes of the file that the election was read from, in base 16. */
  readonly electionHash: string;
  readonly outcome: Outcome;
};

export function writeReplay({ election, electionHash, outcome }: Replayable): string {
  return sealed(linesOf(replayOf({ election, electionHash, outcome })));
}

function replayOf({ election, electionHash, outcome }: Replayable): Replay {
  const reading = readAnew(election, outcome.parameters);
  const idOf = (project: number) => idIn(election, project);
  const { compared, part } = outcome;
  const kept = compared?.kept === "greedy" ? readByVotes(reading) : reading;
  return {
    ...headOf({ election, electionHash, parameters: outcome.parameters }),
    counted: { increments: outcome.increments, optimum: outcome.optimum === null ? null : String(outcome.optimum) },
    stages: outcome.stages.map((stage, at) =>
      stageOf(kept, { stage, before: outcome.stages.slice(0, at).flatMap(({ funded }) => funded) }),
    ),
    funded: outcome.funded.map(idOf),
    cost: String(outcome.cost),
    left: String(election.budget - outcome.cost),
    exhaustive: outcome.exhaustive,
    compared: compared === null ? null : comparedAs(election, compared),
    part: part === null ? null : { project: idOf(part.project), money: String(part.money) },
  };
}

export function comparedAs(election: Election, { rule, greedy, kept }: Compared): Replay["compared"] {
  const preferred = ({ funded, preferredBy }: Compared["rule"]) => ({
    funded: funded.map((project) => idIn(election, project)),
    preferredBy,
  });
  return { rule: preferred(rule), greedy: preferred(greedy), kept };
}

export function idIn(election: Election, project: number): string {
  return election.projects[project]?.id ?? "";
}

/** What a replay says before it comes to the count, with its names in the order of the format. */
export function headOf(the: {
  readonly election: Election;
  readonly electionHash: string;
  readonly parameters: Parameters;
}): Pick<Replay, "format" | "version" | "election" | "parameters" | "conditions"> {
  const { election, parameters } = the;
  const { rule, utility, completion, stop, start, ties, misfit, comparison, partFunding, conditions } = parameters;
  const policy = ties.kind === "project-id" ? { kind: ties.kind } : { kind: ties.kind, seed: ties.seed };
  return {
    format: REPLAY_FORMAT,
    version: REPLAY_VERSION,
    election: {
      sha256: the.electionHash,
      budget: String(election.budget),
      places: election.places,
      voters: election.ballots.cast,
      projects: election.projects.length,
    },
    parameters: { rule, utility, completion, stop, start, ties: policy, misfit, comparison, partFunding },
    conditions: {
      threshold: conditions.threshold === null ? null : String(conditions.threshold),
      incompatible: conditions.incompatible.map((list) => list.map((project) => idIn(election, project))),
      limits: conditions.limits.map(({ of, name, most }) => ({ of, name, most: String(most) })),
    },
  };
}

function stageOf(reading: Reading, the: { readonly stage: Stage; readonly before: readonly number[] }): ReplayStage {
  const { election } = reading;
  const { stage, before } = the;
  const loads = stage.by === "phragmen" ? followPhragmen(reading, stage.funded) : null;
  const measures = measuresOf(reading, stage, loads);
  return stageWith(reading, {
    by: stage.by,
    before,
    share: stage.share === null ? null : { over: stage.share, under: BigInt(election.ballots.cast) },
    stoppedBy: loads?.stoppedBy ?? null,
    purchases: stage.funded.map((project, at) => ({ project, measure: measures[at] ?? "" })),
    passed: stage.by === "greedy" ? passedBy(reading, { before, funded: stage.funded }) : [],
    ties: stage.ties.map(({ round, projects }) => ({ round, tied: projects })),
  });
}

function measuresOf(
  reading: Reading,
  { by, funded, purchases }: Stage,
  loads: ReturnType<typeof followPhragmen> | null,
): readonly string[] {
  if (loads !== null) return loads.purchases.map(({ load }) => writeFraction(load));
  const voters = BigInt(reading.election.ballots.cast);
  if (by === "equal-shares") return purchases.map(({ over, under }) => writeFraction({ over, under: under * voters }));
  if (by === "greedy") return funded.map((project) => String(reading.backing[project]?.score ?? 0n));
  return funded.map((project) => String(worthOf(reading, project)));
}

/** Whose turn came, in the order of greedy, when these were funded and less than their cost was left. */
function passedBy(
  reading: Reading,
  { before, funded }: { readonly before: readonly number[]; readonly funded: readonly number[] },
) {
  const passed: { project: number; left: bigint }[] = [];
  const [taken, within] = [[...before], new Set(funded)];
  let left = reading.election.budget - costOfAll(reading, before);
  for (const project of queueOf(reading, before).queue) {
    if (within.has(project)) {
      taken.push(project);
      left -= costOf(reading, project);
    } else if (!reading.bars(project, taken)) {
      passed.push({ project, left });
      if (reading.parameters.misfit === "stop") break;
    }
  }
  return passed;
}

export type StageParts = Pick<ReplayStage, "by"> & {
  readonly before: readonly number[];
  readonly share: { readonly over: bigint; readonly under: bigint } | null;
  readonly stoppedBy: number | null;
  readonly purchases: readonly { readonly project: number; readonly measure: string }[];
  readonly passed: readonly { readonly project: number; readonly left: bigint }[];
  readonly ties: readonly { readonly round: number; readonly tied: readonly number[] }[];
};

/** The words of the file for a stage, by whoever knows its numbers. */
export function stageWith(reading: Reading, parts: StageParts): ReplayStage {
  const { by, share, stoppedBy } = parts;
  const idOf = (project: number) => idIn(reading.election, project);
  let left = reading.election.budget - costOfAll(reading, parts.before);
  return {
    by,
    share: share === null ? null : writeFraction(share),
    stoppedBy: stoppedBy === null ? null : idOf(stoppedBy),
    purchases: parts.purchases.map(({ project, measure }) => {
      left -= costOf(reading, project);
      return { project: idOf(project), cost: String(costOf(reading, project)), left: String(left), measure };
    }),
    passed: parts.passed.map(({ project, left: then }) => ({
      project: idOf(project),
      cost: String(costOf(reading, project)),
      left: String(then),
    })),
    ties: parts.ties.map(({ round, tied }) => ({ round, tied: tied.map(idOf) })),
  };
}

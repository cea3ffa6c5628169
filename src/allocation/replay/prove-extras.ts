/**
 * What comes after the rule, by the verifier's own hand: the comparison step, which keeps what greedy by votes funds where strictly more
 * voters prefer it (equalshares.net/implementation), and the part of a project that gets what is left.
 */
import type { Election } from "../election.ts";
import type { Compared, Parameters } from "../outcome.ts";
import { costOf, costOfAll, type Reading, readByVotes } from "./own-reading.ts";
import { queueOf } from "./own-rules.ts";
import { greedyStage } from "./prove-stages.ts";
import type { Replay } from "./replay.ts";
import { comparedAs, idIn } from "./write-replay.ts";

export type Extras = Pick<Replay, "compared" | "part" | "stages"> & { readonly funded: readonly number[] };

export function proveExtras(
  reading: Reading,
  byRule: Pick<Replay, "stages"> & { readonly funded: readonly number[] },
): Extras {
  const { election, parameters } = reading;
  if (parameters.comparison === "none")
    return { stages: byRule.stages, funded: byRule.funded, compared: null, part: partOf(reading, byRule) };
  const inOrderOfVotes = readByVotes(reading);
  const byVotes = greedyStage(inOrderOfVotes, []);
  const voters = preferring(election, { sets: [byRule.funded, byVotes.funded], by: parameters.comparison });
  const compared: Compared = {
    rule: { funded: byRule.funded, preferredBy: voters[0] },
    greedy: { funded: byVotes.funded, preferredBy: voters[1] },
    kept: voters[1] > voters[0] ? "greedy" : "rule",
  };
  const keepsGreedy = compared.kept === "greedy";
  const kept = keepsGreedy ? { stages: [byVotes.stage], funded: byVotes.funded } : byRule;
  return {
    stages: kept.stages,
    funded: kept.funded,
    compared: comparedAs(election, compared),
    part: partOf(keepsGreedy ? inOrderOfVotes : reading, kept),
  };
}

type Sets = readonly [readonly number[], readonly number[]];

/** How many voters prefer each: by how many of their choices it funds, or only by whether it funds any. */
function preferring(
  { ballots }: Election,
  { sets, by }: { readonly sets: Sets; readonly by: Parameters["comparison"] },
): readonly [number, number] {
  let [first, second] = [0, 0];
  const within = sets.map((set) => new Set(set));
  ballots.weights.forEach((weight, ballot) => {
    const [from, to] = [ballots.starts[ballot] ?? 0, ballots.starts[ballot + 1] ?? 0];
    const choices = [...ballots.choices.subarray(from, to)].filter((_, at) => (ballots.points?.[from + at] ?? 1) > 0);
    const [one = 0, other = 0] = within.map((set) => {
      const count = choices.filter((project) => set.has(project)).length;
      return by === "exclusion" ? Math.min(count, 1) : count;
    });
    if (one > other) first += weight;
    if (other > one) second += weight;
  });
  return [first, second];
}

/** What is left, for the one that was due where the rule stopped at one, else the next in order that costs more than that. */
function partOf(reading: Reading, { stages, funded }: Pick<Extras, "stages" | "funded">): Replay["part"] {
  const money = reading.election.budget - costOfAll(reading, funded);
  if (!reading.parameters.partFunding || money <= 0n) return null;
  const due = stages[0]?.stoppedBy ?? null;
  if (due !== null) return { project: due, money: String(money) };
  const next = queueOf(reading, funded).queue.find(
    (project) =>
      (reading.backing[project]?.voters ?? 0) > 0 && costOf(reading, project) > money && !reading.bars(project, funded),
  );
  return next === undefined ? null : { project: idIn(reading.election, next), money: String(money) };
}

/**
 * Trains a model on pairs that rules have made: one session of expectation and maximisation for each rule, each learning what its rule
 * does not fix, their median taken; levels kept monotone; then the prior.
 */
import type { Pairs } from "../blocking/pairs.ts";
import type { Rule } from "../blocking/rules.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Population } from "../compare/population.ts";
import { expectedHouseholds, medianOfSessions, type Session, trainSession } from "./em.ts";
import { type KnownMatches, learnedFromMatches } from "./known-matches.ts";
import { keptMonotone, type Parameters, startingShares, withinGroups } from "./parameters.ts";
import type { Patterns } from "./patterns.ts";
import { findPrior } from "./prior.ts";
import { scorePairs } from "./score.ts";

export type TrainingSet = {
  readonly comparisons: readonly Comparison[];
  readonly rules: readonly Rule[];
  readonly pairs: Pairs;
  readonly patterns: Patterns;
  readonly population: Population;
  /** How many pairs of records there are that may match, made or not. */
  readonly possible: number;
  /** Matches that somebody knows: m is counted among them. */
  readonly known?: KnownMatches | undefined;
};

export type Training = {
  readonly parameters: Parameters;
  /** Weights of the pairs in bits, without the prior. */
  readonly weights: Float32Array;
  readonly sessions: number;
};

/** The model before anything is learned of matches. */
export function startingParameters(
  { comparisons, population }: Pick<TrainingSet, "comparisons" | "population">,
  prior: number,
): Parameters {
  const shares = comparisons.map((comparison) => startingShares(comparison, population));
  return { comparisons: shares, prior, household: prior };
}

/** A session with fewer pairs than this, or fewer comparisons to learn, teaches nothing. */
const LEAST_PAIRS = 50;
const LEAST_FREE = 2;
const MOST_SESSIONS = 12;

export function trainModel(
  set: TrainingSet,
  { start, recall, rounds }: { readonly start: Parameters; readonly recall: number; readonly rounds: number },
): Training {
  let parameters = start;
  const sessions = sessionsOf(set);
  const score = scorePairs(set.pairs, set.patterns);
  let weights = score({ ...set, parameters });
  for (let round = 0; round < rounds; round += 1) {
    const trained = sessions.map((session) => trainSession({ ...set, start: parameters }, session));
    const median = medianOfSessions(trained, { comparisons: set.comparisons, start: parameters });
    const learned = set.known === undefined ? median : learnedFromMatches(median, { ...set, known: set.known });
    const kept = learned.map((shares, at) => keptMonotone(shares, set.comparisons[at] as Comparison));
    parameters = { ...parameters, comparisons: kept };
    parameters = { ...parameters, household: findHousehold(set, parameters) };
    weights = score({ ...set, parameters });
    parameters = {
      ...parameters,
      prior: findPrior({ weights, recall, possible: set.possible, start: parameters.prior }),
    };
  }
  return { parameters, weights, sessions: sessions.length };
}

const HOUSEHOLD_ROUNDS = 8;

/** How likely two records are of one household, such that the pairs hold as many as are expected; never less than was found before. */
function findHousehold({ patterns, comparisons, possible }: TrainingSet, parameters: Parameters): number {
  let household = parameters.household;
  for (let round = 0; round < HOUSEHOLD_ROUNDS; round += 1) {
    const expected = expectedHouseholds(patterns, { comparisons, start: { ...parameters, household } });
    household = Math.min(0.5, Math.max(expected, 1) / possible);
  }
  return household;
}

/** The same m with u of another population: after clusters are found, values are counted by them. */
export function recounted(
  parameters: Parameters,
  { comparisons, population }: Pick<TrainingSet, "comparisons" | "population">,
): Parameters {
  return {
    ...parameters,
    comparisons: parameters.comparisons.map((shares, at) => {
      const comparison = comparisons[at] as Comparison;
      return { ...shares, unmatched: withinGroups(comparison.spread(population), comparison) };
    }),
  };
}

function sessionsOf({ comparisons, rules, pairs, patterns }: TrainingSet): readonly Session[] {
  const found: Session[] = [];
  if (rules.length === 0) return [{ fixed: [], counts: patterns.counts }];
  for (let rule = 0; rule < rules.length && found.length < MOST_SESSIONS; rule += 1) {
    const names = new Set(rules[rule]?.keys.map(({ comparison }) => comparison));
    const fixed = comparisons.flatMap(({ name }, at) => (names.has(name) ? [at] : []));
    if (comparisons.length - fixed.length < Math.min(LEAST_FREE, comparisons.length)) continue;
    const counts = new Float64Array(patterns.count);
    let many = 0;
    for (let pair = 0; pair < pairs.count; pair += 1) {
      if (((pairs.rules[pair] as number) & (1 << rule)) === 0) continue;
      const row = patterns.ofPair[pair] as number;
      counts[row] = (counts[row] as number) + 1;
      many += 1;
    }
    if (many >= LEAST_PAIRS) found.push({ fixed, counts });
  }
  return found;
}

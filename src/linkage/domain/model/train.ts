/**
 * Trains a model on pairs that rules have made: one session of expectation and maximisation for each rule, each learning what its rule
 * does not fix, their median taken; levels kept monotone; then the prior.
 */
import type { Pairs } from "../blocking/pairs.ts";
import type { Rule } from "../blocking/rules.ts";
import type { Comparison } from "../compare/comparison.ts";
import { asMatches } from "../compare/household.ts";
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
  { start, recall }: { readonly start: Parameters; readonly recall: number },
): Training {
  const sessions = sessionsOf(set);
  const trained = sessions.map((session) => trainSession({ ...set, start }, session));
  const median = medianOfSessions(trained, { comparisons: set.comparisons, start });
  const learned = set.known === undefined ? median : learnedFromMatches(median, { ...set, known: set.known });
  const kept = learned.map((shares, at) => keptMonotone(shares, set.comparisons[at] as Comparison));
  const household = findHousehold(set, { ...start, comparisons: kept });
  const parameters = { ...start, comparisons: kept, household };
  const weights = scorePairs(set.pairs, set.patterns)({ ...set, parameters });
  const prior = findPrior({ weights, recall, possible: set.possible, start: start.prior });
  return { parameters: { ...parameters, prior }, weights, sessions: sessions.length };
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

/**
 * What a rule fixes says nothing of itself among its pairs; nor does what goes with it: of pairs of one postcode hardly any has two
 * addresses, and a rule of the home would teach that nobody moves.
 */
function sessionsOf({ comparisons, rules, pairs, patterns }: TrainingSet): readonly Session[] {
  if (rules.length === 0) return [{ fixed: [], counts: patterns.counts }];
  const fixedBy = rules.map(({ keys }) => {
    const names = new Set(keys.map(({ comparison }) => comparison));
    const ofHome = comparisons.some(({ name, household }) => names.has(name) && household === asMatches);
    return comparisons.flatMap(({ name, household }, at) =>
      names.has(name) || (ofHome && household === asMatches) ? [at] : [],
    );
  });
  const teaching = fixedBy.map(
    (fixed) => comparisons.length - fixed.length >= Math.min(LEAST_FREE, comparisons.length),
  );
  const countsOf = teaching.map((teaches) => new Float64Array(teaches ? patterns.count : 0));
  const manyOf = new Int32Array(rules.length);
  const asked = teaching.reduce((mask, teaches, rule) => (teaches ? mask | (1 << rule) : mask), 0);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const row = patterns.ofPair[pair] as number;
    // Each rule that makes the pair, the lowest bit first.
    for (let left = (pairs.rules[pair] as number) & asked; left !== 0; left &= left - 1) {
      const rule = 31 - Math.clz32(left & -left);
      const counts = countsOf[rule] as Float64Array;
      counts[row] = (counts[row] as number) + 1;
      manyOf[rule] = (manyOf[rule] as number) + 1;
    }
  }
  return countsOf
    .map((counts, rule) => ({ fixed: fixedBy[rule] as readonly number[], counts }))
    .filter((_, rule) => (manyOf[rule] as number) >= LEAST_PAIRS)
    .slice(0, MOST_SESSIONS);
}

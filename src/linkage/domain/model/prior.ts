/**
 * How likely two records drawn by chance are one person: such that the matches that the pairs are expected to hold, with those that
 * blocking is estimated to have missed, are that share of all pairs. Found by repeating until it holds still: the prior moves the
 * expectation and the expectation the prior. At first it is what pairs that agree on nearly everything come to.
 */
import { priorBits, probabilityOf } from "./score.ts";

export type PriorFacts = {
  /** Weights in bits without the prior. */
  readonly weights: Float32Array;
  /** The share of matches that are among the pairs, from 0 to 1. */
  readonly recall: number;
  /** How many pairs there are, made or not. */
  readonly possible: number;
  readonly start: number;
};

const MOST_ROUNDS = 30;

export function findPrior({ weights, recall, possible, start }: PriorFacts): number {
  let prior = start;
  const counts = countWeights(weights);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const matches = expectedMatches(counts, prior);
    const next = bounded(matches / Math.max(recall, 0.05) / possible, possible);
    const still = Math.abs(Math.log2(next / prior)) < 0.001;
    prior = next;
    if (still) break;
  }
  return prior;
}

/** Between one match among all pairs and a half of them. */
function bounded(prior: number, possible: number): number {
  return Math.min(0.5, Math.max(prior, 1 / Math.max(possible, 2)));
}

/** Weights are counted in steps of a thirty-second of a bit, so that looking again costs nothing; beyond these bounds none is in doubt. */
const STEPS = 32;
const LEAST_BITS = -40;
const MOST_BITS = 120;

function countWeights(weights: Float32Array): Float64Array {
  const counts = new Float64Array((MOST_BITS - LEAST_BITS) * STEPS + 1);
  for (let pair = 0; pair < weights.length; pair += 1) {
    const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, weights[pair] as number));
    const at = Math.round((bits - LEAST_BITS) * STEPS);
    counts[at] = (counts[at] as number) + 1;
  }
  // The lowest holds all that are lower still: they are no matches.
  counts[0] = 0;
  return counts;
}

function expectedMatches(counts: Float64Array, prior: number): number {
  const bits = priorBits(prior);
  let sum = 0;
  counts.forEach((count, at) => {
    if (count > 0) sum += count * probabilityOf(at / STEPS + LEAST_BITS + bits);
  });
  return sum;
}

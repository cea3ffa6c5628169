/**
 * The weight of each pair: log2 of the prior odds, and for each comparison log2(m/u) of its level and how much rarer than usual the
 * values agreed on are. Source: Fellegi and Sunter 1969; the rarity of values: Howard Newcombe et al., "Automatic Linkage of Vital
 * Records", Science 130, 1959. Weights are kept as 32-bit floats: their seventh digit decides nothing.
 */
import type { Pairs } from "../blocking/pairs.ts";
import { type Comparison, NO_RARITY, type Rarity } from "../compare/comparison.ts";
import { asMatches } from "../compare/household.ts";
import type { Population } from "../compare/population.ts";
import { householdWeightsOf, type Parameters, weightsOf } from "./parameters.ts";
import type { Patterns } from "./patterns.ts";

export type Scoring = {
  readonly comparisons: readonly Comparison[];
  readonly parameters: Parameters;
  readonly population: Population;
};

/** The weight of each pattern in bits, before the rarity of values and without the prior: of a match, and of one household. */
export function patternWeights(
  patterns: Patterns,
  { comparisons, parameters }: Pick<Scoring, "comparisons" | "parameters">,
) {
  const weights = parameters.comparisons.map(weightsOf);
  const ofHomes = parameters.comparisons.map((shares, at) => householdWeightsOf(shares, comparisons[at] as Comparison));
  const movedBits = movedFrom({ comparisons, parameters });
  const bits = new Float64Array(patterns.count);
  const homes = new Float64Array(patterns.count);
  for (let row = 0; row < patterns.count; row += 1) {
    let sum = 0;
    let home = 0;
    for (let at = 0; at < patterns.comparisons; at += 1) {
      const level = patterns.levels[row * patterns.comparisons + at] as number;
      if (level < 0) continue;
      sum += (weights[at] as Float64Array)[level] as number;
      home += (ofHomes[at] as Float64Array)[level] as number;
    }
    bits[row] = sum + movedBits(patterns.levels, row * patterns.comparisons);
    homes[row] = home;
  }
  return { bits, homes };
}

/**
 * Whoever has moved has moved with everything: address, postcode and telephone differ together, and counted one by one they would speak
 * against a match as if each were news (fields that depend on each other: Michael Larsen and Donald Rubin, "Iterative Automated Record
 * Linkage Using Mixture Models", JASA 96, 2001). Of what is of the home and speaks against, the strongest alone counts: this gives back the
 * bits of the others, nought or more, for the levels of a pair from a place on.
 */
export function movedFrom({
  comparisons,
  parameters,
}: Pick<Scoring, "comparisons" | "parameters">): (levels: ArrayLike<number>, from: number) => number {
  const homes = comparisons.flatMap(({ household }, at) => (household === asMatches ? [at] : []));
  const weights = parameters.comparisons.map(weightsOf);
  if (homes.length < 2) return () => 0;
  return (levels, from) => {
    let against = 0;
    let strongest = 0;
    for (let one = 0; one < homes.length; one += 1) {
      const at = homes[one] as number;
      const level = levels[from + at] as number;
      const own = level < 0 ? 0 : ((weights[at] as Float64Array)[level] as number);
      if (own >= 0) continue;
      against += own;
      strongest = Math.min(strongest, own);
    }
    return strongest - against;
  };
}

/** Rarity moves a weight by less than this, so that pairs far below are not looked at again. */
const REACH = 40;

const NO_DISCOUNT = -12;

/** Bits that a match loses to the chance that it is another of the household, who shares the home and the surname too. */
export function discount(homeBits: number): number {
  if (homeBits < NO_DISCOUNT) return 0;
  return homeBits > 40 ? homeBits : Math.log2(1 + 2 ** homeBits);
}

/** The weight of each pair in bits, without the prior. */
export function scorePairs(
  pairs: Pick<Pairs, "count" | "left" | "right">,
  patterns: Patterns,
): (the: Scoring) => Float32Array {
  return ({ comparisons, parameters, population }) => {
    const { bits, homes } = patternWeights(patterns, { comparisons, parameters });
    const rarity = comparisons.map((comparison) => comparison.rarity(population));
    const alike = rarity.map(({ whole, shared }) => whole === shared);
    const least = -priorBits(parameters.prior) - REACH;
    const home = priorBits(parameters.household);
    const weights = new Float32Array(pairs.count);
    const asked = { left: 0, right: 0, level: 0 };
    for (let pair = 0; pair < pairs.count; pair += 1) {
      const row = patterns.ofPair[pair] as number;
      let sum = bits[row] as number;
      if (sum > least) {
        let shared = (homes[row] as number) + home;
        asked.left = pairs.left[pair] as number;
        asked.right = pairs.right[pair] as number;
        const from = row * patterns.comparisons;
        for (let at = 0; at < patterns.comparisons; at += 1) {
          asked.level = patterns.levels[from + at] as number;
          if (asked.level < 0) continue;
          const one = rarity[at] as Rarity;
          const whole = one.whole(asked);
          sum += whole;
          // Most have it from the same function, or nothing: neither is asked twice for every pair.
          if (alike[at] === true) shared += whole;
          else if (one.shared !== NO_RARITY) shared += one.shared(asked);
        }
        sum -= discount(shared);
      }
      weights[pair] = sum;
    }
    return weights;
  };
}

/** The weight in bits of any two records, prior included, and of two that were never made a pair. */
export function weigher({ comparisons, parameters, population }: Scoring): (left: number, right: number) => number {
  const weights = parameters.comparisons.map(weightsOf);
  const ofHomes = parameters.comparisons.map((shares, at) => householdWeightsOf(shares, comparisons[at] as Comparison));
  const rarity = comparisons.map((comparison) => comparison.rarity(population));
  const prior = priorBits(parameters.prior);
  const home = priorBits(parameters.household);
  const movedBits = movedFrom({ comparisons, parameters });
  const levels = new Int8Array(comparisons.length);
  const asked = { left: 0, right: 0, level: 0 };
  return (left, right) => {
    let sum = prior;
    let shared = home;
    asked.left = left;
    asked.right = right;
    for (let at = 0; at < comparisons.length; at += 1) {
      asked.level = (comparisons[at] as Comparison).compare(left, right);
      levels[at] = asked.level;
      if (asked.level < 0) continue;
      const one = rarity[at] as Rarity;
      sum += ((weights[at] as Float64Array)[asked.level] as number) + one.whole(asked);
      shared += ((ofHomes[at] as Float64Array)[asked.level] as number) + one.shared(asked);
    }
    return sum + movedBits(levels, 0) - discount(shared);
  };
}

export function priorBits(prior: number): number {
  return Math.log2(prior / (1 - prior));
}

/** The probability of a weight in bits, prior included. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + Math.exp(-bits * Math.LN2));
}

/**
 * A comparison of one column: its levels are found on the distinct values, and how often two people come to each level is counted
 * exactly where they agree and over a weighted sample of values where they are near (Splink samples pairs of records instead:
 * Robin Linacre et al., "Splink: Free software for probabilistic record linkage at scale", IJPDS 7, 2022).
 */
import { MISSING_CODE } from "../table/records.ts";
import { type AskedPair, type Comparison, type Level, NO_RARITY, NOTHING } from "./comparison.ts";
import { asMatches, type HouseholdShares } from "./household.ts";
import { oncePerPopulation, type Population, type ValueShares, valueShares } from "./population.ts";
import { memoised } from "./remember.ts";

export type ValueComparison = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly codes: Int32Array;
  readonly values: number;
  readonly levels: readonly Level[];
  readonly household: HouseholdShares;
  /** The level of two values that differ, from 1: level 0 is that they are the same. */
  readonly levelOf: (left: number, right: number) => number;
};

/** How many pairs of values are looked at to learn how often near ones meet. */
const SAMPLED = 150_000;
/** How much of the rarity of a value counts where two values are only near. */
const NEAR_SHARE = 0.5;
const MOST_BITS = 12;

export function compareValues(the: ValueComparison): Comparison {
  const { codes, levels } = the;
  const levelOf = memoised(the.levelOf, the.values);
  const last = levels.length - 1;
  const sharesOf = oncePerPopulation((population) => valueShares(the, population));
  return {
    name: the.name,
    columns: the.columns,
    levels,
    compare: (left, right) => {
      const a = codes[left] as number;
      const b = codes[right] as number;
      if (a === MISSING_CODE || b === MISSING_CODE) return NOTHING;
      return a === b ? 0 : levelOf(a, b);
    },
    spread: nearOnce((population) => {
      const shares = sharesOf(population);
      return { shares, levels: levels.length, levelOf: the.levelOf, seed: population.seed };
    }),
    household: the.household,
    rarity: (population) => {
      const bits = rarityBits(sharesOf(population));
      const whole = ({ left, right, level }: AskedPair) => {
        if (level === NOTHING || level === last) return 0;
        const a = codes[left] as number;
        const b = codes[right] as number;
        if (a === MISSING_CODE || b === MISSING_CODE) return 0;
        return level === 0 ? (bits[a] as number) : NEAR_SHARE * Math.min(bits[a] as number, bits[b] as number);
      };
      return { whole, shared: the.household === asMatches ? whole : NO_RARITY };
    },
  };
}

/** For each value log2 of how likely two people agree by chance over how likely they do on this value. */
export function rarityBits({ shares, same, people }: ValueShares): Float64Array {
  const least = 1 / Math.max(people, 2);
  return shares.map((share) => {
    const bits = Math.log2(same / Math.max(share, least));
    return Math.max(-MOST_BITS, Math.min(MOST_BITS, bits));
  });
}

/**
 * How often strangers are near is found once: taking one person's records for one changes how often values are the same, and hardly how
 * often they are near.
 */
export function nearOnce(the: (population: Population) => Spread): (population: Population) => Float64Array {
  let near: Float64Array | null = null;
  return (population) => {
    const spread = the(population);
    if (near === null) near = spreadOf(spread);
    const { same } = spread.shares;
    const scale = (1 - same) / Math.max(1 - (near[0] as number), 1e-12);
    return near.map((share, level) => (level === 0 ? same : share * scale));
  };
}

export type Spread = {
  readonly shares: ValueShares;
  readonly levels: number;
  readonly levelOf: (left: number, right: number) => number;
  readonly seed: number;
};

/** What is never seen among so many pairs is taken to be as rare as one pair in twice as many. */
export function leastShare({ people }: Pick<ValueShares, "people">): number {
  return 1 / Math.max(people * people, 4);
}

/** The share of pairs of people at each level. Agreement is counted whole; the rest by values drawn as often as they stand. */
export function spreadOf({ shares: spread, levels, levelOf, seed }: Spread): Float64Array {
  const { shares, same } = spread;
  const found = new Float64Array(levels);
  const draws = drawValues(shares, { count: Math.max(15, Math.floor(SAMPLED / Math.max(shares.length, 1))), seed });
  let apart = 0;
  for (const { value, weight } of draws) {
    for (let other = 0; other < shares.length; other += 1) {
      if (other === value) continue;
      const chance = weight * (shares[other] as number);
      const level = levelOf(value, other);
      found[level] = (found[level] as number) + chance;
      apart += chance;
    }
  }
  const scale = (1 - same) / Math.max(apart, 1e-12);
  const least = leastShare(spread);
  for (let level = 1; level < levels; level += 1) found[level] = Math.max((found[level] as number) * scale, least);
  found[0] = same;
  return found;
}

/** Values at even steps through all people, from a start that the seed gives: each is drawn as often as people have it. */
function drawValues(shares: Float64Array, { count, seed }: { readonly count: number; readonly seed: number }) {
  if (shares.length <= count) return Array.from(shares, (weight, value) => ({ value, weight }));
  const draws: { value: number; weight: number }[] = [];
  let sum = 0;
  let next = (((seed % 997) + 997) % 997) / 997 / count;
  for (let value = 0; value < shares.length; value += 1) {
    sum += shares[value] as number;
    let times = 0;
    while (sum > next && times < count) {
      next += 1 / count;
      times += 1;
    }
    if (times > 0) draws.push({ value, weight: times / count });
  }
  return draws;
}

/** What a model knows: for each comparison how likely each level is among matches and among others, and how many pairs match. */
import type { Comparison } from "../compare/comparison.ts";
import type { Population } from "../compare/population.ts";

export type Shares = {
  /** m: the share of matches at each level, within the level's group. */
  readonly matched: Float64Array;
  /** u: the share of pairs of different people. */
  readonly unmatched: Float64Array;
  /** Whether matches at this level were seen in training; where not, m is what was expected. */
  readonly trained: readonly boolean[];
};

export type Parameters = {
  readonly comparisons: readonly Shares[];
  /** How likely two records drawn by chance are one person (lambda). */
  readonly prior: number;
  /** How likely they are of two people of one household. */
  readonly household: number;
};

/** As little as any share is taken to be: nothing is impossible. */
const LEAST_SHARE = 1e-12;

/** Shares within each group of levels: each group sums to 1. */
export function withinGroups(shares: Float64Array, { levels }: Pick<Comparison, "levels">): Float64Array {
  const sums = new Map<number, number>();
  const floored = shares.map((share) => Math.max(share, LEAST_SHARE));
  levels.forEach(({ group }, at) => {
    sums.set(group, (sums.get(group) ?? 0) + (floored[at] as number));
  });
  return floored.map((share, at) => share / (sums.get(levels[at]?.group ?? 0) ?? 1));
}

/** m as it is expected, u as the values of the population are spread. */
export function startingShares(comparison: Comparison, population: Population): Shares {
  const expected = Float64Array.from(comparison.levels, (level) => level.expected);
  return {
    matched: withinGroups(expected, comparison),
    unmatched: withinGroups(comparison.spread(population), comparison),
    trained: comparison.levels.map(() => false),
  };
}

/** Bits for or against a match at each level. */
export function weightsOf({ matched, unmatched }: Shares): Float64Array {
  return matched.map((share, at) => Math.log2(share / (unmatched[at] as number)));
}

/** Bits for or against two people of one household, rather than strangers, at each level. */
export function householdWeightsOf(
  { matched, unmatched }: Shares,
  { household }: Pick<Comparison, "household">,
): Float64Array {
  return household(matched, unmatched).map((share, at) =>
    Math.log2(Math.max(share, LEAST_SHARE) / (unmatched[at] as number)),
  );
}

/**
 * A level never counts more than one that is stronger in every part: where it would, both are taken as one level and count what they
 * count together, until nothing stands in the way (pooling adjacent violators: Miriam Ayer et al., "An Empirical Distribution Function
 * for Sampling with Incomplete Information", Annals of Mathematical Statistics 26, 1955).
 */
export function keptMonotone(shares: Shares, { levels }: Pick<Comparison, "levels">): Shares {
  const { unmatched } = shares;
  const poolOf = levels.map((_, at) => at);
  const m = shares.matched.slice();
  const u = unmatched.slice();
  const ratioOf = (pool: number) => (m[pool] as number) / (u[pool] as number);
  for (let pooled = true; pooled; ) {
    pooled = false;
    levels.forEach(({ below }, weaker) => {
      for (const stronger of below) {
        const one = poolOf[weaker] as number;
        const other = poolOf[stronger] as number;
        if (one === other || ratioOf(one) <= ratioOf(other)) continue;
        m[other] = (m[other] as number) + (m[one] as number);
        u[other] = (u[other] as number) + (u[one] as number);
        poolOf.forEach((pool, at) => {
          if (pool === one) poolOf[at] = other;
        });
        pooled = true;
      }
    });
  }
  return { ...shares, matched: unmatched.map((share, at) => share * ratioOf(poolOf[at] as number)) };
}

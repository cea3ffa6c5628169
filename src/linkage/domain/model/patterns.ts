/**
 * How each pair compares, as one whole number: a digit for each comparison in the base of its levels and one more for "says nothing".
 * Pairs that compare alike have one pattern, so that the model is trained on some thousands of patterns instead of millions of pairs
 * (Ted Enamorado, Benjamin Fifield and Kosuke Imai, "Using a Probabilistic Model to Assist Merging of Large-Scale Administrative
 * Records", American Political Science Review 113, 2019, section 2.3).
 */
import type { Pairs } from "../blocking/pairs.ts";
import { NumberTable } from "../blocking/rules.ts";
import type { Comparison } from "../compare/comparison.ts";

export type Patterns = {
  /** How many distinct patterns were met, and which each pair has. */
  readonly count: number;
  readonly ofPair: Int32Array;
  /** The levels of pattern p: `levels[p * comparisons]` and on; NOTHING (-1) where a comparison says nothing. */
  readonly levels: Int8Array;
  readonly comparisons: number;
  /** In how many pairs each pattern stands. */
  readonly counts: Float64Array;
};

export function findPatterns(
  pairs: Pick<Pairs, "count" | "left" | "right">,
  comparisons: readonly Comparison[],
): Patterns {
  const numbers = new NumberTable(4096);
  const ofPair = new Int32Array(pairs.count);
  const found: number[] = [];
  const compares = comparisons.map(({ compare }) => compare);
  const bases = comparisons.map(({ levels }) => levels.length + 1);
  if (bases.reduce((product, base) => product * base, 1) > Number.MAX_SAFE_INTEGER) return findWide(pairs, comparisons);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const left = pairs.left[pair] as number;
    const right = pairs.right[pair] as number;
    let pattern = 0;
    for (let at = 0; at < compares.length; at += 1)
      pattern = pattern * (bases[at] as number) + 1 + (compares[at] as Comparison["compare"])(left, right);
    const known = numbers.size;
    const number = numbers.numberOf(pattern);
    if (number === known) found.push(pattern);
    ofPair[pair] = number;
  }
  const counts = new Float64Array(found.length);
  for (const pattern of ofPair) counts[pattern] = (counts[pattern] as number) + 1;
  return { count: found.length, ofPair, levels: digitsOf(found, bases), comparisons: bases.length, counts };
}

/** The same where one number of 53 bits does not hold all levels: halves are found by themselves, and then pairs of their patterns. */
function findWide(pairs: Pick<Pairs, "count" | "left" | "right">, comparisons: readonly Comparison[]): Patterns {
  const half = comparisons.length >> 1;
  const [first, second] = [comparisons.slice(0, half), comparisons.slice(half)].map((part) =>
    findPatterns(pairs, part),
  );
  const one = first as Patterns;
  const other = second as Patterns;
  const numbers = new NumberTable(4096);
  const ofPair = Int32Array.from(one.ofPair, (row, pair) =>
    numbers.numberOf(row * other.count + (other.ofPair[pair] as number)),
  );
  const levels = new Int8Array(numbers.size * comparisons.length);
  const counts = new Float64Array(numbers.size);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const row = ofPair[pair] as number;
    counts[row] = (counts[row] as number) + 1;
    if (counts[row] !== 1) continue;
    const left = (one.ofPair[pair] as number) * half;
    const right = (other.ofPair[pair] as number) * (comparisons.length - half);
    levels.set(one.levels.subarray(left, left + half), row * comparisons.length);
    levels.set(other.levels.subarray(right, right + comparisons.length - half), row * comparisons.length + half);
  }
  return { count: numbers.size, ofPair, levels, comparisons: comparisons.length, counts };
}

function digitsOf(patterns: readonly number[], bases: readonly number[]): Int8Array {
  const levels = new Int8Array(patterns.length * bases.length);
  patterns.forEach((pattern, row) => {
    let rest = pattern;
    for (let at = bases.length - 1; at >= 0; at -= 1) {
      const base = bases[at] as number;
      levels[row * bases.length + at] = (rest % base) - 1;
      rest = Math.floor(rest / base);
    }
  });
  return levels;
}

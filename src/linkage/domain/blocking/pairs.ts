/**
 * Makes the pairs of a list of rules, each once: a pair belongs to the first rule that makes it, and which others make it too is kept
 * beside it. Records are taken one by one with all that stand before them in their blocks, so that a pair is known to be made by a mark
 * on the other record, without asking the earlier rules again.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import { type Blocks, blocksOf, nameOfRule, type Rule } from "./rules.ts";

/** More rules than this would not fit the marks of a pair. */
export const MOST_RULES = 30;

export type Pairs = {
  readonly count: number;
  /** The later record and the earlier one. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Bit k is set where rule k makes the pair; the lowest is the rule it belongs to. */
  readonly rules: Int32Array;
};

export type TooManyPairs = {
  readonly code: "too_many_pairs";
  readonly rule: string;
  readonly pairs: number;
  readonly largestBlock: number;
  readonly limit: number;
};

export type PairLimits = {
  /** The most pairs that all rules together may make; refused before any is made. */
  readonly pairs: number;
  /** Records of larger blocks are not compared by that rule. */
  readonly largestBlock: number;
  /** Whether two records may be of one person; all pairs where it is not given. */
  readonly admits?: (left: number, right: number) => boolean;
};

export function makePairs(rules: readonly Rule[], limits: PairLimits): Result<Pairs, TooManyPairs> {
  const all: Blocks[] = [];
  let counted = 0;
  for (const rule of rules.slice(0, MOST_RULES)) {
    const blocks = blocksOf(rule, limits);
    counted += blocks.pairs;
    if (counted > limits.pairs) return refuse(tooMany({ rule, blocks, pairs: counted, limit: limits.pairs }));
    all.push(blocks);
  }
  const records = (rules[0]?.keys[0]?.starts.length ?? 1) - 1;
  return accept(collect(all, { records, admits: limits.admits }));
}

/** Of all records with all others, as one rule without keys. */
export function allPairs(records: number, admits?: (left: number, right: number) => boolean): Pairs {
  const pairs = new GrowingPairs((records * (records - 1)) / 2);
  for (let left = 1; left < records; left += 1)
    for (let right = 0; right < left; right += 1) if (admits?.(left, right) ?? true) pairs.add(left, right);
  return pairs.finish();
}

function tooMany({
  rule,
  blocks,
  pairs,
  limit,
}: {
  readonly rule: Rule;
  readonly blocks: Blocks;
  readonly pairs: number;
  readonly limit: number;
}): TooManyPairs {
  let largestBlock = 0;
  for (let block = 0; block + 1 < blocks.begins.length; block += 1)
    largestBlock = Math.max(largestBlock, (blocks.begins[block + 1] as number) - (blocks.begins[block] as number));
  return { code: "too_many_pairs", rule: nameOfRule(rule), pairs, largestBlock, limit };
}

function collect(
  all: readonly Blocks[],
  { records, admits }: { readonly records: number; readonly admits: PairLimits["admits"] },
): Pairs {
  let expected = 0;
  for (const { pairs } of all) expected += pairs;
  const pairs = new GrowingPairs(expected);
  // Where the pair of the record in hand and this one stands, one higher; older marks are lower than the first pair of the record.
  const marks = new Int32Array(records);
  for (let left = 0; left < records; left += 1) {
    const first = pairs.count;
    for (let at = 0; at < all.length; at += 1) {
      const { starts, blocks, begins, records: sorted } = all[at] as Blocks;
      const bit = 1 << at;
      for (let one = starts[left] as number; one < (starts[left + 1] as number); one += 1) {
        const block = blocks[one] as number;
        const to = begins[block + 1] as number;
        for (let other = begins[block] as number; other < to; other += 1) {
          const right = sorted[other] as number;
          if (right >= left) break;
          const mark = marks[right] as number;
          if (mark > first) {
            pairs.also(mark - 1, bit);
            continue;
          }
          if (admits !== undefined && !admits(left, right)) continue;
          pairs.add(left, right);
          pairs.also(pairs.count - 1, bit);
          marks[right] = pairs.count;
        }
      }
    }
  }
  return pairs.finish();
}

class GrowingPairs {
  count = 0;
  #left: Int32Array;
  #right: Int32Array;
  #rules: Int32Array;

  constructor(expected: number) {
    const room = Math.max(16, Math.min(expected, 1 << 20));
    this.#left = new Int32Array(room);
    this.#right = new Int32Array(room);
    this.#rules = new Int32Array(room);
  }

  add(left: number, right: number): void {
    if (this.count === this.#left.length) {
      this.#left = longer(this.#left);
      this.#right = longer(this.#right);
      this.#rules = longer(this.#rules);
    }
    this.#left[this.count] = left;
    this.#right[this.count] = right;
    this.count += 1;
  }

  also(pair: number, bit: number): void {
    this.#rules[pair] = (this.#rules[pair] as number) | bit;
  }

  finish(): Pairs {
    const { count } = this;
    return {
      count,
      left: this.#left.subarray(0, count),
      right: this.#right.subarray(0, count),
      rules: this.#rules.subarray(0, count),
    };
  }
}

function longer(from: Int32Array): Int32Array {
  const to = new Int32Array(Math.ceil(from.length * 1.5));
  to.set(from);
  return to;
}

/** Finds the place of the pair of two records; -1 where it was not made. */
export function pairFinder({ count, left, right }: Pairs, records: number): (one: number, other: number) => number {
  // Pairs stand in the order of their later record.
  const starts = new Int32Array(records + 1);
  for (let pair = 0; pair < count; pair += 1) {
    const next = (left[pair] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let record = 0; record < records; record += 1)
    starts[record + 1] = (starts[record + 1] as number) + (starts[record] as number);
  return (one, other) => {
    const later = Math.max(one, other);
    const earlier = Math.min(one, other);
    const to = starts[later + 1] as number;
    for (let pair = starts[later] as number; pair < to; pair += 1) if (right[pair] === earlier) return pair;
    return -1;
  };
}

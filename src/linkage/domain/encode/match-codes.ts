/**
 * Links two files of codes: the Dice coefficient of every two, each record with one other at most, the most alike first (Lee Dice, 1945;
 * greedy, as anonlink's solver). Nobody has the truth of codes, so where to stop is learned from the second best of each record: in
 * files without duplicates it is another person, and how like it is shows how like two different people can be.
 */
import { bitsSet } from "../compare/letters.ts";
import type { Codes } from "./encode.ts";

export type CodeMatch = {
  readonly left: number;
  readonly right: number;
  /** Dice's coefficient, from 0 to 1. */
  readonly likeness: number;
  /** One less the share of second best that are as like, among best that are. */
  readonly probability: number;
};

/** Bits set in both, twice, over the bits of each. */
export function dice(left: Uint32Array, right: Uint32Array): number {
  let [both, all] = [0, 0];
  for (let word = 0; word < left.length; word += 1) {
    const [a, b] = [left[word] as number, right[word] as number];
    both += bitsSet(a & b);
    all += bitsSet(a) + bitsSet(b);
  }
  return all === 0 ? 0 : (2 * both) / all;
}

/** How many of the likest of each record are kept to choose among. */
const KEPT = 4;

/** Matches at or above the probability, the likest first. The codes of both must be of one length. */
export function matchCodes(the: { readonly left: Codes; readonly right: Codes }, least: number): readonly CodeMatch[] {
  const nearest = findNearest(the);
  const candidates: { left: number; right: number; likeness: number }[] = [];
  const [best, second]: [number[], number[]] = [[], []];
  nearest.forEach((list, left) => {
    list.forEach(({ right, likeness }) => {
      candidates.push({ left, right, likeness });
    });
    best.push(list[0]?.likeness ?? 0);
    second.push(list[1]?.likeness ?? 0);
  });
  const probability = probabilityBy(best, second);
  candidates.sort((a, b) => b.likeness - a.likeness || a.left - b.left || a.right - b.right);
  const [takenLeft, takenRight] = [new Set<number>(), new Set<number>()];
  const matches: CodeMatch[] = [];
  for (const one of candidates) {
    if (takenLeft.has(one.left) || takenRight.has(one.right)) continue;
    const chance = probability(one.likeness);
    if (chance < least) break;
    takenLeft.add(one.left);
    takenRight.add(one.right);
    matches.push({ ...one, probability: chance });
  }
  return matches;
}

function findNearest({ left, right }: { readonly left: Codes; readonly right: Codes }) {
  const { words } = left;
  const [sizesLeft, sizesRight] = [sizesOf(left), sizesOf(right)];
  return Array.from(sizesLeft, (size, one) => {
    const kept: { right: number; likeness: number }[] = [];
    let least = 0;
    for (let other = 0; other < sizesRight.length; other += 1) {
      const all = size + (sizesRight[other] as number);
      // Two codes are no more alike than the smaller allows.
      if ((2 * Math.min(size, sizesRight[other] as number)) / all <= least) continue;
      let both = 0;
      for (let word = 0; word < words; word += 1)
        both += bitsSet((left.bits[one * words + word] as number) & (right.bits[other * words + word] as number));
      const likeness = all === 0 ? 0 : (2 * both) / all;
      if (likeness <= least) continue;
      kept.push({ right: other, likeness });
      kept.sort((a, b) => b.likeness - a.likeness);
      if (kept.length > KEPT) kept.pop();
      if (kept.length === KEPT) least = kept[KEPT - 1]?.likeness ?? 0;
    }
    return kept;
  });
}

function sizesOf({ words, bits }: Codes): Int32Array {
  const sizes = new Int32Array(bits.length / words);
  for (let at = 0; at < bits.length; at += 1) {
    const record = Math.floor(at / words);
    sizes[record] = (sizes[record] as number) + bitsSet(bits[at] as number);
  }
  return sizes;
}

/** From how many best and second best are at least as like. */
function probabilityBy(best: readonly number[], second: readonly number[]): (likeness: number) => number {
  const [firsts, seconds] = [[...best].sort((a, b) => b - a), [...second].sort((a, b) => b - a)];
  const atLeast = (list: readonly number[], likeness: number) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as number) >= likeness) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (likeness) => {
    const among = atLeast(firsts, likeness);
    return among === 0 ? 1 : Math.max(0, 1 - atLeast(seconds, likeness) / among);
  };
}

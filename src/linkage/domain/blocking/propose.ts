/**
 * Proposes blocking rules for a budget of pairs. On a sample of the records every rule of one, two or three keys is tried: the cheapest
 * together give pairs among which the model finds probable matches, and rules are then taken one by one, each the one that brings most
 * matches that no earlier rule brought for each pair it costs (greedy cover: David Johnson, "Approximation Algorithms for
 * Combinatorial Problems", 1974; for blocking: Mikhail Bilenko, Beena Kamath and Raymond Mooney, "Adaptive Blocking", ICDM 2006, whose
 * labels the model's probabilities stand in for).
 */
import { type Key, shareValue } from "./keys.ts";
import { countPairs, type Rule } from "./rules.ts";

/** The bit of a key in the marks of a pair. */
export const MOST_KEYS = 31;

export type Candidate = {
  readonly rule: Rule;
  /** One bit for each of its keys. */
  readonly mask: number;
  /** Pairs that it makes among the records of the sample. */
  readonly pairs: number;
};

export type CandidateLimits = { readonly pairs: number; readonly largestBlock: number; readonly most: number };

/** All rules worth trying: a longer rule only where every shorter one within it makes too many pairs. */
export function candidateRules(keys: readonly Key[], limits: CandidateLimits): readonly Candidate[] {
  const found: Candidate[] = [];
  const count = (places: readonly number[]): Candidate => {
    const rule = { keys: places.map((at) => keys[at] as Key) };
    const { pairs, skipped } = countPairs(rule, limits.largestBlock);
    // A rule whose blocks are mostly too large would be thought to find what it does not.
    const cost = skipped > pairs ? limits.pairs + pairs + skipped : pairs;
    return { rule, mask: places.reduce((mask, at) => mask | (1 << at), 0), pairs: cost };
  };
  const large: number[][] = [];
  keys.slice(0, MOST_KEYS).forEach((_, at) => {
    const one = count([at]);
    if (one.pairs > 0 && one.pairs <= limits.pairs) found.push(one);
    if (one.pairs * 20 > limits.pairs || one.pairs === 0) large.push([at]);
  });
  let level = large;
  for (let length = 2; length <= 3 && found.length < limits.most; length += 1) {
    const next: number[][] = [];
    for (const places of level)
      for (const [at] of large) {
        if (at === undefined || at <= (places[places.length - 1] ?? 0) || !apart(keys, [...places, at])) continue;
        if (found.length >= limits.most) break;
        const one = count([...places, at]);
        if (one.pairs === 0) continue;
        if (one.pairs <= limits.pairs) found.push(one);
        if (one.pairs * 4 > limits.pairs) next.push([...places, at]);
      }
    level = next;
  }
  return found;
}

/** Whether no two of the keys are made of the same part. */
function apart(keys: readonly Key[], places: readonly number[]): boolean {
  const parts = places.flatMap((at) => keys[at]?.parts ?? []);
  return new Set(parts).size === parts.length;
}

/** Bits of the keys that two records share. */
export function keysShared(keys: readonly Key[], pair: { readonly left: number; readonly right: number }): number {
  let mask = 0;
  for (let at = 0; at < keys.length && at < MOST_KEYS; at += 1) if (shareValue(keys[at] as Key, pair)) mask |= 1 << at;
  return mask;
}

export type ProbableMatches = {
  /** The keys shared by each, as bits, and how probable it is. */
  readonly masks: Int32Array;
  readonly chances: Float64Array;
};

export type Chosen = {
  readonly rules: readonly Candidate[];
  /** The share of the probable matches that each rule and those before it make. */
  readonly found: readonly number[];
};

/** Takes rules by what they bring for what they cost, until the pairs are spent, counted without those made twice. */
export function chooseRules(
  candidates: readonly Candidate[],
  { matches, pairs, most }: { readonly matches: ProbableMatches; readonly pairs: number; readonly most: number },
): Chosen {
  const { masks, chances } = matches;
  const open = new Float64Array(chances);
  let total = 0;
  for (const chance of chances) total += chance;
  let [left, gained] = [pairs, 0];
  const rules: Candidate[] = [];
  const found: number[] = [];
  const gains = candidates.map(({ mask }) => gainOf(mask, { masks, open }));
  while (rules.length < most) {
    let best = -1;
    let value = 0;
    candidates.forEach(({ pairs: cost, mask }, at) => {
      if (cost > left || (gains[at] as number) / (cost + 1) <= value) return;
      // Gains only fall as rules are taken, so only those that could be best are counted anew.
      gains[at] = gainOf(mask, { masks, open });
      if ((gains[at] as number) / (cost + 1) > value) {
        best = at;
        value = (gains[at] as number) / (cost + 1);
      }
    });
    const chosen = candidates[best];
    if (chosen === undefined || (gains[best] as number) < total * 0.0005) break;
    gained += gains[best] as number;
    for (let at = 0; at < masks.length; at += 1)
      if (((masks[at] as number) & chosen.mask) === chosen.mask) open[at] = 0;
    gains[best] = 0;
    left -= chosen.pairs;
    rules.push(chosen);
    found.push(gained / Math.max(total, 1e-9));
  }
  return { rules, found };
}

function gainOf(mask: number, { masks, open }: { readonly masks: Int32Array; readonly open: Float64Array }): number {
  let gain = 0;
  for (let at = 0; at < masks.length; at += 1) if (((masks[at] as number) & mask) === mask) gain += open[at] as number;
  return gain;
}

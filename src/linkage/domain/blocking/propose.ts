/**
 * Proposes blocking rules for a budget of pairs. On a sample of the records every rule of one, two or three keys is tried: the cheapest
 * together give pairs among which the model finds probable matches, and rules are then taken one by one, each the one that brings most
 * matches that no earlier rule brought, less the price of the pairs that none has made (greedy cover: David Johnson, "Approximation
 * Algorithms for Combinatorial Problems", 1974; a price for a budget: Hugh Everett, "Generalized Lagrange Multiplier Method", Operations
 * Research 11, 1963; for blocking: Mikhail Bilenko, Beena Kamath and Raymond Mooney, "Adaptive Blocking", ICDM 2006, whose labels the
 * model's probabilities stand in for).
 */
import { type Key, shareValue } from "./keys.ts";
import { type Blocks, blocksOf, countPairs, type Rule } from "./rules.ts";

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

export type Choosing = {
  readonly matches: ProbableMatches;
  /** The pairs that all rules together may make in the sample, each counted once. */
  readonly pairs: number;
  readonly most: number;
  readonly newPairs: Pick<NewPairs, "count" | "take">;
};

/** A rule that brings less than this share of the probable matches is not worth its place. */
const LEAST_GAIN = 0.0003;

export type Chosen = {
  readonly rules: readonly Candidate[];
  /** The share of the probable matches that each rule and those before it make. */
  readonly found: readonly number[];
};

/** Rules that look best are counted anew, this many at each step, for the pairs that no rule before them makes. */
const LOOKED_AT = 3;
/** Matches that a pair must bring: at first, at last, and by how much it falls where no rule is worth it. */
const FIRST_PRICE = 0.1;
const LAST_PRICE = 0.0001;
const PRICE_FALLS = 0.6;

/**
 * Takes rules by what they bring less what they cost, at a price of a pair in matches that falls until the pairs are spent: at a high
 * price only rules of which most pairs are matches are worth it, and of those the one that finds most is taken first. Gains fall as rules
 * are taken, and costs too: pairs that are made cost nothing more.
 */
export function chooseRules(candidates: readonly Candidate[], { matches, pairs, most, newPairs }: Choosing): Chosen {
  const { masks, chances } = matches;
  const open = new Float64Array(chances);
  let total = 0;
  for (const chance of chances) total += chance;
  const least = total * LEAST_GAIN;
  let left = pairs;
  let gained = 0;
  const rules: Candidate[] = [];
  const found: number[] = [];
  const costs = candidates.map((one) => one.pairs);
  const gains = candidates.map(({ mask }) => gainOf(mask, { masks, open }));
  let price = FIRST_PRICE;
  const worthOf = (at: number) => (gains[at] as number) - price * (costs[at] as number);
  const bestOf = (places: readonly number[]) =>
    places
      .filter((at) => (gains[at] as number) >= least && (costs[at] as number) <= left && worthOf(at) > 0)
      .sort((a, b) => worthOf(b) - worthOf(a) || a - b);
  while (rules.length < most && price > LAST_PRICE) {
    const looked = bestOf(candidates.map((_, at) => at)).slice(0, LOOKED_AT);
    for (const at of looked) {
      const { mask, rule } = candidates[at] as Candidate;
      gains[at] = gainOf(mask, { masks, open });
      costs[at] = newPairs.count(rule);
    }
    const [best] = bestOf(looked);
    if (best === undefined) {
      if (looked.length === 0) price *= PRICE_FALLS;
      continue;
    }
    const chosen = candidates[best] as Candidate;
    gained += gains[best] as number;
    for (let at = 0; at < masks.length; at += 1)
      if (((masks[at] as number) & chosen.mask) === chosen.mask) open[at] = 0;
    left -= costs[best] as number;
    gains[best] = 0;
    newPairs.take(chosen.rule);
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

/** Which pairs of a sample are made, a bit for each two records. */
export class NewPairs {
  readonly #made: Uint32Array;
  readonly #largestBlock: number;
  /** The blocks of rules that were looked at: most are looked at again at a lower price. */
  readonly #blocks = new Map<Rule, Pick<Blocks, "begins" | "records">>();

  constructor(records: number, largestBlock: number) {
    this.#made = new Uint32Array(Math.ceil((records * (records - 1)) / 64));
    this.#largestBlock = largestBlock;
  }

  /** How many pairs the rule makes that none taken before has made. */
  count(rule: Rule): number {
    return this.#look(rule, false);
  }

  take(rule: Rule): void {
    this.#look(rule, true);
  }

  #blocksOf(rule: Rule): Pick<Blocks, "begins" | "records"> {
    const known = this.#blocks.get(rule);
    if (known !== undefined) return known;
    const { begins, records } = blocksOf(rule, { largestBlock: this.#largestBlock });
    this.#blocks.set(rule, { begins, records });
    return { begins, records };
  }

  #look(rule: Rule, take: boolean): number {
    const { begins, records } = this.#blocksOf(rule);
    const made = this.#made;
    let found = 0;
    for (let block = 0; block + 1 < begins.length; block += 1) {
      const to = begins[block + 1] as number;
      for (let one = (begins[block] as number) + 1; one < to; one += 1) {
        const left = records[one] as number;
        const row = (left * (left - 1)) / 2;
        for (let other = begins[block] as number; other < one; other += 1) {
          const place = row + (records[other] as number);
          const bit = 1 << (place & 31);
          if (((made[place >>> 5] as number) & bit) !== 0) continue;
          found += 1;
          if (take) made[place >>> 5] = (made[place >>> 5] as number) | bit;
        }
      }
    }
    return found;
  }
}

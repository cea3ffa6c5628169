/**
 * Makes clusters of scored pairs so that one wrong pair does not join two people. Pairs are taken from the strongest down, and two
 * clusters are joined only where all that is known between them speaks for it: the mean of the weights of every pair across, those that
 * blocking did not make included, must reach the threshold. This is agglomeration by average link (Robert Sokal and Charles Michener, 1958)
 * as a greedy answer to correlation clustering (Nikhil Bansal, Avrim Blum and Shuchi Chawla, "Correlation Clustering", Machine Learning
 * 56, 2004). What a reviewer decided is kept: records that must be one are joined first, and records that cannot be one never are.
 */
import { strongestFirst } from "./strongest-first.ts";
import { Union } from "./union.ts";

export type WeighedPairs = {
  readonly count: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** In bits, prior included. */
  readonly weights: Float32Array;
};

export type ClusterRules = {
  readonly records: number;
  /** What a pair, and the mean between two clusters, must weigh to join them; in bits. */
  readonly least: number;
  /** The weight of any two records, also of those of no pair. */
  readonly weightOf: (left: number, right: number) => number;
  /** For each record the source of which a person has one record at most; -1 where a person may have several. */
  readonly singleSource?: Int32Array | undefined;
  /** Whether two clusters are proved to be of two people, whatever they weigh; none is where it is not given. */
  readonly twoPeople?: ((one: readonly number[], other: readonly number[]) => boolean) | undefined;
  /** What reviewers decided, as pairs of records: they are one person, or they are not. Both are kept whatever the weights. */
  readonly mustLink?: readonly TwoRecords[] | undefined;
  readonly cannotLink?: readonly TwoRecords[] | undefined;
};

export type TwoRecords = readonly [number, number];

export type Clusters = {
  /** The cluster of each record, numbered from 0 in the order of the records. */
  readonly clusterOf: Int32Array;
  /** Every pair within a cluster: its own weight, or the mean at which its clusters were joined where that is more. */
  readonly pairs: WeighedPairs;
  /** Pairs that weigh enough by themselves and whose clusters were not joined, with the mean that spoke against it. */
  readonly parted: WeighedPairs;
  /**
   * Records that fit two clusters about equally well: a bill for John Jones, where father and son are called so. They stand alone until
   * somebody who knows says whose they are.
   */
  readonly doubted: readonly number[];
};

/** One pair may say so much and no more, or one shared number would drown all that speaks against. */
const MOST_BITS = 12;
/** A record that fits its own cluster better than another by less than this is in doubt. */
const DOUBT_BITS = 1;
/** What two clusters must weigh against each other to be of two people. */
const APART_BITS = -5;
/** Between large clusters this many pairs are weighed, at even steps. */
const MOST_WEIGHED = 400;

export function gatherClusters(pairs: WeighedPairs, rules: ClusterRules): Clusters {
  const joining = new Joining(rules);
  for (const [one, other] of rules.mustLink ?? []) joining.join(one, other);
  const strong = strongestFirst(pairs, rules.least);
  for (const pair of strong) joining.consider(pairs.left[pair] as number, pairs.right[pair] as number);
  return joining.finish(pairs, strong);
}

class Joining {
  readonly #rules: ClusterRules;
  readonly #union: Union;
  readonly #most: number;
  /** The records of each cluster, by its root; nothing for a record alone. */
  readonly #members = new Map<number, readonly number[]>();
  readonly #apart = new Map<number, Set<number>>();
  /** Two clusters that were refused, with their sizes then: nothing is new until one has grown. */
  readonly #refused = new Map<number, number>();
  readonly #made = new GrowingWeighed();

  constructor(rules: ClusterRules) {
    this.#rules = rules;
    this.#union = new Union(rules.records);
    this.#most = Math.max(MOST_BITS, 2 * rules.least);
    for (const [one, other] of rules.cannotLink ?? []) {
      this.#apartFrom(one).add(other);
      this.#apartFrom(other).add(one);
    }
  }

  #apartFrom(record: number): Set<number> {
    const known = this.#apart.get(record) ?? new Set();
    this.#apart.set(record, known);
    return known;
  }

  #membersOf(root: number): readonly number[] {
    return this.#members.get(root) ?? [root];
  }

  consider(left: number, right: number): void {
    const one = this.#union.find(left);
    const other = this.#union.find(right);
    if (one === other) return;
    const a = this.#membersOf(one);
    const b = this.#membersOf(other);
    const key = Math.min(one, other) * this.#rules.records + Math.max(one, other);
    if ((this.#refused.get(key) ?? 0) >= a.length + b.length) return;
    if (!this.#mayJoin(a, b) || !this.#joinIfAlike(a, b)) this.#refused.set(key, a.length + b.length);
  }

  /** Joins by decision, whatever the weights. */
  join(left: number, right: number): void {
    const one = this.#union.find(left);
    const other = this.#union.find(right);
    if (one === other) return;
    const a = this.#membersOf(one);
    const b = this.#membersOf(other);
    for (const record of a) for (const with_ of b) this.#made.add({ left: record, right: with_, weight: this.#most });
    this.#unite(a, b);
  }

  #unite(a: readonly number[], b: readonly number[]): void {
    const one = this.#union.find(a[0] as number);
    const other = this.#union.find(b[0] as number);
    this.#union.join(one, other);
    this.#members.delete(one);
    this.#members.delete(other);
    this.#members.set(this.#union.find(one), [...a, ...b]);
  }

  #mayJoin(a: readonly number[], b: readonly number[]): boolean {
    const { singleSource } = this.#rules;
    if (singleSource !== undefined) {
      const sources = new Set(a.map((record) => singleSource[record] as number).filter((source) => source >= 0));
      if (b.some((record) => sources.has(singleSource[record] as number))) return false;
    }
    const decided = a.some((record) => {
      const apart = this.#apart.get(record);
      return apart !== undefined && b.some((other) => apart.has(other));
    });
    return !decided && this.#rules.twoPeople?.(a, b) !== true;
  }

  #joinIfAlike(a: readonly number[], b: readonly number[]): boolean {
    if (a.length === 1 && b.length === 1) return this.#joinTwo(a[0] as number, b[0] as number);
    const all = a.length * b.length;
    const step = Math.max(1, Math.floor(all / MOST_WEIGHED));
    const bits: number[] = [];
    let sum = 0;
    for (let at = 0; at < all; at += step) {
      const weight = this.#rules.weightOf(a[Math.floor(at / b.length)] as number, b[at % b.length] as number);
      bits.push(weight);
      sum += Math.max(-this.#most, Math.min(this.#most, weight));
    }
    const mean = sum / bits.length;
    if (mean < this.#rules.least) return false;
    for (let at = 0; at < all; at += 1) {
      const left = a[Math.floor(at / b.length)] as number;
      const right = b[at % b.length] as number;
      this.#made.add({ left, right, weight: step === 1 ? Math.max(mean, bits[at] as number) : mean });
    }
    this.#unite(a, b);
    return true;
  }

  /** Of two records the mean is the weight itself; most clusters begin so. */
  #joinTwo(left: number, right: number): boolean {
    const weight = this.#rules.weightOf(left, right);
    const bounded = Math.max(-this.#most, Math.min(this.#most, weight));
    if (bounded < this.#rules.least) return false;
    this.#made.add({ left, right, weight: Math.max(bounded, weight) });
    this.#unite([left], [right]);
    return true;
  }

  /** The mean weight of a record and the other members of a cluster. */
  #meanTo(record: number, members: readonly number[]): number {
    let sum = 0;
    let count = 0;
    for (const other of members) {
      if (other === record) continue;
      sum += Math.max(-this.#most, Math.min(this.#most, this.#rules.weightOf(record, other)));
      count += 1;
    }
    return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
  }

  /** Two clusters that may yet be one person's are no two people to be in doubt between. */
  #areApart(a: readonly number[], b: readonly number[]): boolean {
    if (this.#rules.twoPeople?.(a, b) === true) return true;
    const means = a.map((member) => this.#meanTo(member, b));
    return means.reduce((sum, mean) => sum + mean, 0) / means.length <= APART_BITS;
  }

  /** Records that fit another cluster about as well as their own. What a reviewer decided is not in doubt. */
  #inDoubt(pairs: WeighedPairs, strong: Int32Array): ReadonlySet<number> {
    const decided = new Set((this.#rules.mustLink ?? []).flat());
    const doubted = new Set<number>();
    const asked = new Set<number>();
    const consider = ({ record, other, weight }: { record: number; other: number; weight: number }) => {
      const own = this.#union.find(record);
      const its = this.#union.find(other);
      const key = record * this.#rules.records + its;
      if (own === its || asked.has(key) || decided.has(record) || doubted.has(record)) return;
      asked.add(key);
      const members = this.#membersOf(own);
      const elsewhere = this.#membersOf(its);
      if (members.length < 2 || !this.#mayJoin([record], elsewhere)) return;
      // The strongest pair between the two comes first, and no mean is above it.
      const here = this.#meanTo(record, members);
      if (weight < here - DOUBT_BITS) return;
      const there = this.#meanTo(record, elsewhere);
      if (there < this.#rules.least || there < here - DOUBT_BITS) return;
      if (
        this.#areApart(
          members.filter((member) => member !== record),
          elsewhere,
        )
      )
        doubted.add(record);
    };
    for (const pair of strong) {
      const left = pairs.left[pair] as number;
      const right = pairs.right[pair] as number;
      if (this.#union.find(left) === this.#union.find(right)) continue;
      const weight = pairs.weights[pair] as number;
      consider({ record: left, other: right, weight });
      consider({ record: right, other: left, weight });
    }
    return doubted;
  }

  finish(pairs: WeighedPairs, strong: Int32Array): Clusters {
    const doubted = this.#inDoubt(pairs, strong);
    const clusterOf = numberedApart(this.#union.clusters(), doubted);
    const parted = new GrowingWeighed();
    for (const pair of strong) {
      const left = pairs.left[pair] as number;
      const right = pairs.right[pair] as number;
      if (clusterOf[left] !== clusterOf[right]) parted.add({ left, right, weight: pairs.weights[pair] as number });
    }
    const kept = without(this.#made.finish(), { records: doubted, all: this.#rules.records });
    return { clusterOf, pairs: kept, parted: parted.finish(), doubted: [...doubted].sort((a, b) => a - b) };
  }
}

/** The pairs in which none of some records stands. */
function without(
  pairs: WeighedPairs,
  { records, all }: { readonly records: ReadonlySet<number>; readonly all: number },
): WeighedPairs {
  if (records.size === 0) return pairs;
  const out = new Uint8Array(all);
  for (const record of records) out[record] = 1;
  const left = new Int32Array(pairs.count);
  const right = new Int32Array(pairs.count);
  const weights = new Float32Array(pairs.count);
  let count = 0;
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const one = pairs.left[pair] as number;
    const other = pairs.right[pair] as number;
    if (out[one] === 1 || out[other] === 1) continue;
    left[count] = one;
    right[count] = other;
    weights[count] = pairs.weights[pair] as number;
    count += 1;
  }
  return { count, left: left.subarray(0, count), right: right.subarray(0, count), weights: weights.subarray(0, count) };
}

/** Clusters numbered anew, in which each of some records stands alone. */
function numberedApart(clusters: Int32Array, alone: ReadonlySet<number>): Int32Array {
  const numbers = new Map<number, number>();
  let next = 0;
  return clusters.map((cluster, record) => {
    if (alone.has(record)) return next++;
    const known = numbers.get(cluster);
    if (known !== undefined) return known;
    numbers.set(cluster, next);
    return next++;
  });
}

class GrowingWeighed {
  #count = 0;
  #left = new Int32Array(1024);
  #right = new Int32Array(1024);
  #weights = new Float32Array(1024);

  add({ left, right, weight }: { readonly left: number; readonly right: number; readonly weight: number }): void {
    if (this.#count === this.#left.length) {
      const room = this.#count * 2;
      const lefts = new Int32Array(room);
      const rights = new Int32Array(room);
      const weights = new Float32Array(room);
      lefts.set(this.#left);
      rights.set(this.#right);
      weights.set(this.#weights);
      [this.#left, this.#right, this.#weights] = [lefts, rights, weights];
    }
    this.#left[this.#count] = left;
    this.#right[this.#count] = right;
    this.#weights[this.#count] = weight;
    this.#count += 1;
  }

  finish(): WeighedPairs {
    const count = this.#count;
    return {
      count,
      left: this.#left.subarray(0, count),
      right: this.#right.subarray(0, count),
      weights: this.#weights.subarray(0, count),
    };
  }
}

/**
 * Which pairs a person should read, the most useful first. The value of a reading is how many links between records it is expected to
 * change: the chance that the engine is wrong about the pair, times the records on one side that it would join to, or part from, those on
 * the other. After the expected value of information (Ronald Howard, "Information Value Theory", IEEE Transactions on Systems Science
 * and Cybernetics 2, 1966), with links between records as what is at stake.
 */
import { findWeakClusters, type WeakCluster } from "../clusters/weak.ts";
import type { Linked } from "../link.ts";
import { probabilityOf } from "../model/score.ts";

/** Why a pair should be read. */
export type WorthReading = {
  readonly left: number;
  readonly right: number;
  readonly why: "unsure" | "kept_apart" | "bridge" | "sparse" | "fits_two";
  /** The links that a reading is expected to change. */
  readonly value: number;
};

/** Clusters surer than this are not read for their own sake. */
const SURE = 0.98;
/** Pairs less likely than this are strangers. */
const LEAST_CHANCE = 0.05;
/** What the engine is taken to be wrong by where what it knows speaks both ways. */
const TORN = 0.25;
/** And where only the shape of a cluster speaks against it. */
const SHAPE = 0.05;
/** A cluster of which fewer of its pairs weigh enough by themselves is weak. */
const LEAST_DENSITY = 0.5;

type Asked = {
  readonly linked: Pick<Linked, "pairs" | "weights" | "clusters">;
  /** Whether what is known of two records proves that they are of two people: nobody need read that. */
  readonly provesTwo: (one: readonly number[], other: readonly number[]) => boolean;
};

export function weakClustersOf({ pairs, weights, clusters }: Asked["linked"]): readonly WeakCluster[] {
  const left = new Int32Array(pairs.count);
  const right = new Int32Array(pairs.count);
  let count = 0;
  for (let pair = 0; pair < pairs.count; pair += 1) {
    if ((weights[pair] as number) < 0) continue;
    left[count] = pairs.left[pair] as number;
    right[count] = pairs.right[pair] as number;
    count += 1;
  }
  return findWeakClusters({
    clusterOf: clusters.clusterOf,
    strong: { count, left, right },
    leastDensity: LEAST_DENSITY,
  });
}

/**
 * Between two clusters their strongest pair, within a cluster its weakest: one reading settles what stands behind it. Each pair once, for
 * its most valuable reason; equal values by the records, so that the order is the same each time.
 */
export function worthReading(the: Asked & { readonly weak: readonly WeakCluster[] }): readonly WorthReading[] {
  const { clusterOf } = the.linked.clusters;
  const sizes = new Map<number, number>();
  for (const cluster of clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const sizeOf = (record: number) => sizes.get(clusterOf[record] as number) ?? 1;
  const found = new Map<string, WorthReading>();
  const add = (one: WorthReading) => {
    const inOrder = one.left < one.right ? one : { ...one, left: one.right, right: one.left };
    const key = `${inOrder.left} ${inOrder.right}`;
    if ((found.get(key)?.value ?? 0) < inOrder.value) found.set(key, inOrder);
  };
  addBetween(the, { add, sizeOf });
  addWithin(the, { add, sizeOf });
  addDoubted(the, { add, sizeOf });
  return [...found.values()].sort((a, b) => b.value - a.value || a.left - b.left || a.right - b.right);
}

type Adding = {
  readonly add: (one: WorthReading) => void;
  /** The records of a record's cluster. */
  readonly sizeOf: (record: number) => number;
};

function addBetween({ linked, provesTwo }: Asked, { add, sizeOf }: Adding): void {
  const { pairs, weights, clusters } = linked;
  const { clusterOf } = clusters;
  const strongest = new Map<number, number>();
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const left = pairs.left[pair] as number;
    const right = pairs.right[pair] as number;
    const one = clusterOf[left] as number;
    const other = clusterOf[right] as number;
    if (one === other || probabilityOf(weights[pair] as number) <= LEAST_CHANCE || provesTwo([left], [right])) continue;
    const key = Math.min(one, other) * clusterOf.length + Math.max(one, other);
    const known = strongest.get(key);
    if (known === undefined || (weights[pair] as number) > (weights[known] as number)) strongest.set(key, pair);
  }
  for (const pair of strongest.values()) {
    const left = pairs.left[pair] as number;
    const right = pairs.right[pair] as number;
    const chance = probabilityOf(weights[pair] as number);
    const [why, doubt] = chance < 0.5 ? (["unsure", chance] as const) : (["kept_apart", TORN] as const);
    add({ left, right, why, value: doubt * sizeOf(left) * sizeOf(right) });
  }
}

/** For each cluster of two records or more the place of its weakest pair; the first of equal ones. */
export function weakestWithin({ clusterOf, pairs }: Asked["linked"]["clusters"]): ReadonlyMap<number, number> {
  const weakest = new Map<number, number>();
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const cluster = clusterOf[pairs.left[pair] as number] as number;
    const known = weakest.get(cluster);
    if (known === undefined || (pairs.weights[pair] as number) < (pairs.weights[known] as number))
      weakest.set(cluster, pair);
  }
  return weakest;
}

/** For each record that fits two people the place of its strongest parted pair: they stand by falling weight. */
export function strongestElsewhere({ doubted, parted }: Asked["linked"]["clusters"]): ReadonlyMap<number, number> {
  const waiting = new Set(doubted);
  const found = new Map<number, number>();
  for (let pair = 0; pair < parted.count && waiting.size > 0; pair += 1)
    for (const record of [parted.left[pair] as number, parted.right[pair] as number])
      if (waiting.delete(record)) found.set(record, pair);
  return found;
}

function addWithin(
  { linked: { clusters }, weak }: Asked & { readonly weak: readonly WeakCluster[] },
  { add, sizeOf }: Adding,
): void {
  const { pairs } = clusters;
  const weakest = weakestWithin(clusters);
  const two = (pair: number) => ({ left: pairs.left[pair] as number, right: pairs.right[pair] as number });
  for (const pair of weakest.values()) {
    const chance = probabilityOf(pairs.weights[pair] as number);
    // Taking one record out of a cluster parts it from all the others.
    if (chance < SURE) add({ ...two(pair), why: "unsure", value: (1 - chance) * (sizeOf(two(pair).left) - 1) });
  }
  for (const { cluster, records, bridges } of weak) {
    for (const [left, right] of bridges) add({ left, right, why: "bridge", value: SHAPE * records });
    const pair = weakest.get(cluster);
    if (bridges.length === 0 && pair !== undefined) add({ ...two(pair), why: "sparse", value: SHAPE * (records - 1) });
  }
}

/** For each record that fits two people its strongest pair with either. */
function addDoubted({ linked: { clusters } }: Asked, { add, sizeOf }: Adding): void {
  for (const [record, pair] of strongestElsewhere(clusters)) {
    const left = clusters.parted.left[pair] as number;
    const right = clusters.parted.right[pair] as number;
    add({ left, right, why: "fits_two", value: 0.5 * sizeOf(record === left ? right : left) });
  }
}

/** `--weak OUT.csv: cluster,reason,left_id,right_id`: what a person should look at, and at which pair first. */
import { findWeakClusters, type Linked, type Records, type WeakCluster } from "../../linkage/index.ts";
import { cellOf, type Written, writeRows } from "./write-links.ts";

/** A cluster of which fewer of its pairs weigh enough by themselves is weak. */
const LEAST_DENSITY = 0.5;

export function weakOf(linked: Pick<Linked, "pairs" | "weights" | "clusters">): readonly WeakCluster[] {
  const strong = strongOf(linked);
  return findWeakClusters({ clusterOf: linked.clusters.clusterOf, strong, leastDensity: LEAST_DENSITY });
}

function strongOf({ pairs, weights }: Pick<Linked, "pairs" | "weights">) {
  const strong: number[] = [];
  for (let pair = 0; pair < pairs.count; pair += 1) if ((weights[pair] as number) >= 0) strong.push(pair);
  return {
    count: strong.length,
    left: Int32Array.from(strong, (pair) => pairs.left[pair] as number),
    right: Int32Array.from(strong, (pair) => pairs.right[pair] as number),
  };
}

type Weak = {
  readonly records: Records;
  readonly linked: Pick<Linked, "clusters">;
  readonly weak: readonly WeakCluster[];
};

/** A bridge for each pair that a cluster hangs on; else its weakest pair; and each record that fits two people. */
export function writeWeak(path: string, { records, linked, weak }: Weak): Promise<Written> {
  const { clusterOf, doubted, parted } = linked.clusters;
  const weakest = weakestPairs(linked);
  const strongest = strongestElsewhere(linked);
  function* rows(): Generator<string> {
    const line = (cluster: number, reason: string, two: readonly [number, number]) => {
      const [left, right] = two[0] < two[1] ? two : [two[1], two[0]];
      return `${cluster},${reason},${cellOf(records.ids[left] ?? "")},${cellOf(records.ids[right] ?? "")}\n`;
    };
    for (const { cluster, bridges } of weak) {
      for (const bridge of bridges) yield line(cluster, "hangs on one pair", bridge);
      const pair = weakest.get(cluster);
      if (bridges.length === 0 && pair !== undefined) yield line(cluster, "few pairs weigh enough", pair);
    }
    for (const record of doubted) {
      const pair = strongest.get(record);
      if (pair === undefined) continue;
      const two = [parted.left[pair] as number, parted.right[pair] as number] as const;
      yield line(clusterOf[record] as number, "fits two people", two);
    }
  }
  return writeRows(path, { heading: "cluster,reason,left_id,right_id\n", rows: rows() });
}

function weakestPairs({ clusters }: Weak["linked"]): ReadonlyMap<number, readonly [number, number]> {
  const { count, left, right, weights } = clusters.pairs;
  const found = new Map<number, { readonly two: readonly [number, number]; readonly weight: number }>();
  for (let pair = 0; pair < count; pair += 1) {
    const two = [left[pair] as number, right[pair] as number] as const;
    const cluster = clusters.clusterOf[two[0]] as number;
    const weight = weights[pair] as number;
    if (weight < (found.get(cluster)?.weight ?? Number.POSITIVE_INFINITY)) found.set(cluster, { two, weight });
  }
  return new Map([...found].map(([cluster, { two }]) => [cluster, two]));
}

/** For each record in doubt its strongest pair: they stand by falling weight. */
function strongestElsewhere({ clusters: { doubted, parted } }: Weak["linked"]): ReadonlyMap<number, number> {
  const waiting = new Set(doubted);
  const found = new Map<number, number>();
  for (let pair = 0; pair < parted.count; pair += 1)
    for (const record of [parted.left[pair] as number, parted.right[pair] as number])
      if (waiting.delete(record)) found.set(record, pair);
  return found;
}

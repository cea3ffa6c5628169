/**
 * Clusters that a person should look at: those that hang on one pair (a bridge: without it the cluster falls in two) and those of which
 * few pairs weigh enough by themselves. Bridges by Robert Tarjan, "A Note on Finding the Bridges of a Graph", Information Processing
 * Letters 2, 1974.
 */
import type { WeighedPairs } from "./gather-clusters.ts";

export type WeakCluster = {
  readonly cluster: number;
  readonly records: number;
  /** The share of its pairs that reach the threshold by themselves. */
  readonly density: number;
  /** Pairs without which it would fall in two, both parts of more than one record. */
  readonly bridges: readonly (readonly [number, number])[];
};

export type WeakSearch = {
  readonly clusterOf: Int32Array;
  /** Pairs that reach the threshold by themselves. */
  readonly strong: Pick<WeighedPairs, "count" | "left" | "right">;
  /** Clusters of a lower density are weak; from 0 to 1. */
  readonly leastDensity: number;
};

/** The weak clusters of three records or more, the least dense first. */
export function findWeakClusters({ clusterOf, strong, leastDensity }: WeakSearch): readonly WeakCluster[] {
  const sizes = new Map<number, number>();
  for (const cluster of clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const edges = new Map<number, number[]>();
  for (let pair = 0; pair < strong.count; pair += 1) {
    const cluster = clusterOf[strong.left[pair] as number] as number;
    if (cluster !== clusterOf[strong.right[pair] as number] || (sizes.get(cluster) ?? 0) < 3) continue;
    const known = edges.get(cluster);
    if (known === undefined) edges.set(cluster, [pair]);
    else known.push(pair);
  }
  const weak: WeakCluster[] = [];
  for (const [cluster, records] of sizes) {
    if (records < 3) continue;
    const own = edges.get(cluster) ?? [];
    const density = own.length / ((records * (records - 1)) / 2);
    // Two parts of two records or more, and one pair between them, are never denser than a half.
    const bridges =
      density > 0.5 ? [] : bridgesOf(own.map((pair) => [strong.left[pair] as number, strong.right[pair] as number]));
    if (density < leastDensity || bridges.length > 0) weak.push({ cluster, records, density, bridges });
  }
  return weak.sort((a, b) => a.density - b.density || a.cluster - b.cluster);
}

type Visit = { readonly record: number; readonly from: number; next: number };

/** Edges that are on no cycle, and that part more than one record from the rest. Without recursion: a chain may be long. */
export function bridgesOf(edges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const beside = new Map<number, { readonly to: number; readonly edge: number }[]>();
  edges.forEach(([one, other], edge) => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = beside.get(from);
      if (known === undefined) beside.set(from, [{ to, edge }]);
      else known.push({ to, edge });
    }
  });
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const below = new Map<number, number>();
  const found: (readonly [number, number])[] = [];
  for (const start of beside.keys()) {
    if (order.has(start)) continue;
    const first = order.size;
    const cuts: { readonly edge: readonly [number, number]; readonly size: number }[] = [];
    const path: Visit[] = [{ record: start, from: -1, next: 0 }];
    order.set(start, order.size);
    lowest.set(start, first);
    while (path.length > 0) {
      const visit = path[path.length - 1] as Visit;
      const step = beside.get(visit.record)?.[visit.next];
      visit.next += 1;
      if (step === undefined) {
        path.pop();
        const above = path[path.length - 1];
        if (above === undefined) continue;
        const low = lowest.get(visit.record) ?? 0;
        lowest.set(above.record, Math.min(lowest.get(above.record) ?? 0, low));
        const size = below.get(visit.record) ?? 1;
        below.set(above.record, (below.get(above.record) ?? 1) + size);
        if (low > (order.get(above.record) ?? 0)) cuts.push({ edge: [above.record, visit.record], size });
        continue;
      }
      if (step.edge === visit.from) continue;
      const known = order.get(step.to);
      if (known !== undefined) {
        lowest.set(visit.record, Math.min(lowest.get(visit.record) ?? 0, known));
        continue;
      }
      lowest.set(step.to, order.size);
      order.set(step.to, order.size);
      path.push({ record: step.to, from: step.edge, next: 0 });
    }
    const all = order.size - first;
    for (const { edge, size } of cuts) if (size > 1 && all - size > 1) found.push(edge);
  }
  return found;
}

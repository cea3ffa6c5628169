/** `--weak OUT.csv: cluster,reason,left_id,right_id`: what a person should look at, and at which pair first. */
import { type Linked, type Records, strongestElsewhere, type WeakCluster, weakestWithin } from "../../linkage/index.ts";
import { cellOf, type Written, writeRows } from "./write-links.ts";

type Weak = {
  readonly records: Records;
  readonly linked: Pick<Linked, "clusters">;
  readonly weak: readonly WeakCluster[];
};

/** A bridge for each pair that a cluster hangs on; else its weakest pair; and each record that fits two people. */
export function writeWeak(path: string, { records, linked, weak }: Weak): Promise<Written> {
  const { clusterOf, doubted, parted, pairs } = linked.clusters;
  const weakest = weakestWithin(linked.clusters);
  const strongest = strongestElsewhere(linked.clusters);
  function* rows(): Generator<string> {
    const line = (cluster: number, reason: string, two: readonly [number, number]) => {
      const [left, right] = two[0] < two[1] ? two : [two[1], two[0]];
      return `${cluster},${reason},${cellOf(records.ids[left] ?? "")},${cellOf(records.ids[right] ?? "")}\n`;
    };
    for (const { cluster, bridges } of weak) {
      for (const bridge of bridges) yield line(cluster, "hangs on one pair", bridge);
      const pair = weakest.get(cluster);
      if (bridges.length > 0 || pair === undefined) continue;
      yield line(cluster, "few pairs weigh enough", [pairs.left[pair] as number, pairs.right[pair] as number]);
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

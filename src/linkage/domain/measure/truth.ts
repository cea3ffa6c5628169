/**
 * How well links agree with the truth. Pairs: precision, recall and their harmonic mean F1. Clusters: the same by B-cubed (Amit Bagga and
 * Breck Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", COLING-ACL 1998, section 3).
 */
export type Agreement = { readonly precision: number; readonly recall: number; readonly f1: number };

export function agreementOf({
  right,
  found,
  wanted,
}: {
  readonly right: number;
  readonly found: number;
  readonly wanted: number;
}): Agreement {
  const precision = found === 0 ? 1 : right / found;
  const recall = wanted === 0 ? 1 : right / wanted;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Of all pairs within clusters. Both name the cluster of each record, by any numbers. */
export function pairAgreement(clusters: Int32Array, truth: Int32Array): Agreement {
  const both = countsOf(clusters.length, (at) => `${clusters[at]} ${truth[at]}`);
  return agreementOf({
    right: pairsWithin(both),
    found: pairsWithin(countsOf(clusters.length, (at) => clusters[at] as number)),
    wanted: pairsWithin(countsOf(truth.length, (at) => truth[at] as number)),
  });
}

export function bCubed(clusters: Int32Array, truth: Int32Array): Agreement {
  return bCubedOf(clusters, truth)(clusters.keys());
}

/** The same over some of the records, each looked at among all. */
export function bCubedOf(clusters: Int32Array, truth: Int32Array): (records: Iterable<number>) => Agreement {
  const found = countsOf(clusters.length, (at) => clusters[at] as number);
  const wanted = countsOf(truth.length, (at) => truth[at] as number);
  const both = countsOf(clusters.length, (at) => `${clusters[at]} ${truth[at]}`);
  return (records) => {
    let precision = 0;
    let recall = 0;
    let count = 0;
    for (const at of records) {
      const right = both.get(`${clusters[at]} ${truth[at]}`) ?? 0;
      precision += right / (found.get(clusters[at] as number) ?? 1);
      recall += right / (wanted.get(truth[at] as number) ?? 1);
      count += 1;
    }
    [precision, recall] = [precision / Math.max(count, 1), recall / Math.max(count, 1)];
    return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
  };
}

function countsOf<Of>(count: number, of: (at: number) => Of): ReadonlyMap<Of, number> {
  const counts = new Map<Of, number>();
  for (let at = 0; at < count; at += 1) counts.set(of(at), (counts.get(of(at)) ?? 0) + 1);
  return counts;
}

function pairsWithin(counts: ReadonlyMap<unknown, number>): number {
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}

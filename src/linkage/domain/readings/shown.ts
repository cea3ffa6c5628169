/**
 * Which records show as one person in a family's picture. A match shows only when readers settled it, or when it passes the place's own
 * high threshold, whose rate of wrong merges was measured; what readers settled as different never shows, whatever the engine says. So a
 * person of the engine may show as several, until somebody has read what stands between them.
 */
import { Union } from "../clusters/union.ts";

export type PairToShow = {
  /** Places in the list of records. */
  readonly left: number;
  readonly right: number;
  readonly linked: boolean;
  readonly probability: number;
  readonly verdict: "same" | "different" | null;
};

export type Shown = {
  /** The group of each record, from 0 in their order. */
  readonly groupOf: Int32Array;
};

/** The threshold is null where the place has none: then only what was read shows. */
export function shownTogether(
  records: number,
  { pairs, threshold }: { readonly pairs: readonly PairToShow[]; readonly threshold: number | null },
): Shown {
  const apart = pairs.filter(({ verdict }) => verdict === "different");
  const together = pairs
    .filter(({ verdict, linked, probability }) =>
      verdict === null ? linked && threshold !== null && probability >= threshold : verdict === "same",
    )
    // What people settled comes first, then the surest.
    .sort((a, b) => Number(b.verdict === "same") - Number(a.verdict === "same") || b.probability - a.probability);
  const union = new Union(records);
  const members = Array.from({ length: records }, (_, record) => [record]);
  for (const { left, right } of together) {
    const [one, other] = [union.find(left), union.find(right)];
    if (one === other) continue;
    const [a, b] = [members[one] as number[], members[other] as number[]];
    const forbidden = apart.some(
      (pair) => (a.includes(pair.left) && b.includes(pair.right)) || (a.includes(pair.right) && b.includes(pair.left)),
    );
    if (forbidden) continue;
    union.join(one, other);
    members[union.find(one)] = [...a, ...b];
  }
  return { groupOf: union.clusters() };
}

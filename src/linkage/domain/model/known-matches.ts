/**
 * m from matches that are known, instead of from a mixture: pairs that a reviewer called the same, or pairs that share a number of the
 * person (Splink's "m from pairwise labels" and "m from label column"). m is then a count. What the known pairs say nothing of is
 * learned as without them: the column of the number itself, and groups of levels that hardly any of them is in. Pairs that a reviewer
 * called different teach no u: they were chosen for being alike.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Plan } from "../plan.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import { smoothed } from "./em.ts";
import type { Shares } from "./parameters.ts";

/** Pairs of records, by place. */
export type KnownMatches = {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Comparisons that the pairs were chosen by, and that they teach nothing of. */
  readonly fixed: readonly string[];
};

export type KnownRefusal =
  | { readonly code: "shared_id_not_found"; readonly column: string }
  | { readonly code: "too_few_matches"; readonly found: number; readonly least: number };

/** A group of levels that fewer matches than this stand in is not learned from them. */
const LEAST_MATCHES = 10;

/** A share of matches at a level is off by a fifth of itself where ten were seen: fewer teach nothing. */
function checkedMatches(known: KnownMatches): Result<KnownMatches, KnownRefusal> {
  const found = known.left.length;
  return found < LEAST_MATCHES ? refuse({ code: "too_few_matches", found, least: LEAST_MATCHES }) : accept(known);
}

export function matchesOfLabels(pairs: readonly (readonly [number, number])[]): Result<KnownMatches, KnownRefusal> {
  return checkedMatches({
    left: Int32Array.from(pairs, ([left]) => left),
    right: Int32Array.from(pairs, ([, right]) => right),
    fixed: [],
  });
}

/** More records than this that share a number are no person's: the number stands for "not known". */
const MOST_RECORDS = 50;

type SharedId = { readonly known: KnownMatches; readonly plan: Plan; readonly leftOut: number };

/**
 * Every two records that have the same value of the column, and the plan without the keys that are made of it, since pairs that it
 * chose would all agree on it. `leftOut` counts the values that too many records share.
 */
export function matchesOfSharedId(
  records: Pick<Records, "columns">,
  { plan, heading }: { readonly plan: Plan; readonly heading: string },
): Result<SharedId, KnownRefusal> {
  const column = records.columns.find(({ name }) => name.toLowerCase() === heading.trim().toLowerCase());
  if (column === undefined) return refuse({ code: "shared_id_not_found", column: heading });
  const fixed = plan.comparisons.filter(({ columns }) => columns.includes(column.name)).map(({ name }) => name);
  const { left, right, leftOut } = pairsSharing(column);
  const known = checkedMatches({ left: Int32Array.from(left), right: Int32Array.from(right), fixed });
  if (!known.ok) return known;
  const keys = plan.keys.filter(({ comparison }) => !fixed.includes(comparison));
  return accept({ known: known.value, plan: { ...plan, keys }, leftOut });
}

function pairsSharing({ codes, counts }: Column) {
  const records: number[][] = Array.from(counts, () => []);
  let leftOut = 0;
  for (const count of counts) if (count > MOST_RECORDS) leftOut += 1;
  const [left, right]: [number[], number[]] = [[], []];
  codes.forEach((code, record) => {
    if (code === MISSING_CODE || (counts[code] as number) > MOST_RECORDS) return;
    const before = records[code] as number[];
    for (const one of before) {
      left.push(record);
      right.push(one);
    }
    before.push(record);
  });
  return { left, right, leftOut };
}

/** What was learned, with m counted among the known matches wherever enough of them can be compared. */
export function learnedFromMatches(
  learned: readonly Shares[],
  { known, comparisons }: { readonly known: KnownMatches; readonly comparisons: readonly Comparison[] },
): readonly Shares[] {
  return comparisons.map((comparison, at) => {
    const before = learned[at] as Shares;
    if (known.fixed.includes(comparison.name)) return before;
    const seen = levelsSeen(known, comparison);
    const counted = smoothed(seen, comparison);
    const inGroup = new Map<number, number>();
    comparison.levels.forEach(({ group }, level) => {
      inGroup.set(group, (inGroup.get(group) ?? 0) + (seen[level] as number));
    });
    const enough = comparison.levels.map(({ group }) => (inGroup.get(group) ?? 0) >= LEAST_MATCHES);
    return {
      ...before,
      matched: before.matched.map((m, level) => (enough[level] === true ? (counted[level] as number) : m)),
      trained: before.trained.map((was, level) => (enough[level] === true ? (seen[level] as number) > 0 : was)),
    };
  });
}

function levelsSeen({ left, right }: KnownMatches, { compare, levels }: Comparison): Float64Array {
  const seen = new Float64Array(levels.length);
  for (let pair = 0; pair < left.length; pair += 1) {
    const level = compare(left[pair] as number, right[pair] as number);
    if (level >= 0) seen[level] = (seen[level] as number) + 1;
  }
  return seen;
}

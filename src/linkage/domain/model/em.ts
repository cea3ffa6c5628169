/**
 * Learns m without labels: pairs of one blocking rule are a mixture of matches and others, and expectation and maximisation tell them
 * apart by the comparisons that the rule does not fix. u is held. Sources: Arthur Dempster, Nan Laird and Donald Rubin, "Maximum
 * Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39, 1977; William Winkler, "Using the EM Algorithm for Weight
 * Computation in the Fellegi-Sunter Model of Record Linkage", 1988; several sessions with the median of each: Splink's
 * `_trained_m_median`.
 */
import type { Comparison } from "../compare/comparison.ts";
import { type Parameters, type Shares, withinGroups } from "./parameters.ts";
import type { Patterns } from "./patterns.ts";

export type Session = {
  /** Comparisons that the rule fixes, and that this session does not train. */
  readonly fixed: readonly number[];
  /** In how many pairs of the rule each pattern stands. */
  readonly counts: Float64Array;
};

export type Trained = {
  /** For each comparison its m, null where it was fixed. */
  readonly matched: readonly (Float64Array | null)[];
  /** Matches at each level that the shares were made from. */
  readonly seen: readonly (Float64Array | null)[];
  /** The share of the session's pairs that match, and that are of two people of one household. */
  readonly share: number;
  readonly household: number;
  readonly pairs: number;
  readonly rounds: number;
};

const MOST_ROUNDS = 40;
const CLOSE_ENOUGH = 1e-4;
/** Matches' worth of what is expected, so that a level that is hardly seen is not said to be impossible. */
const EXPECTED_WORTH = 5;

type Training = {
  readonly patterns: Patterns;
  readonly comparisons: readonly Comparison[];
  readonly start: Parameters;
};

export function trainSession({ patterns, comparisons, start }: Training, { fixed, counts }: Session): Trained {
  const free = comparisons.map((_, at) => at).filter((at) => !fixed.includes(at));
  const rows = rowsOf(counts);
  const cells = cellsOf({ patterns, comparisons, free, rows });
  const matched: Float64Array[] = start.comparisons.map((shares) => shares.matched.slice());
  let pairs = 0;
  for (const row of rows) pairs += counts[row] as number;
  let shares = startingShares(start, { patterns, comparisons, counts, rows, pairs });
  let rounds = 0;
  let seen: Float64Array<ArrayBufferLike>[] = [];
  for (let change = 1; change > CLOSE_ENOUGH && rounds < MOST_ROUNDS; rounds += 1) {
    const expected = expect({ cells, comparisons, start, matched, counts, rows, shares });
    seen = expected.seen;
    const next = { match: bounded(expected.matches / pairs), household: bounded(expected.households / pairs) };
    change = Math.max(Math.abs(next.match - shares.match), Math.abs(next.household - shares.household));
    shares = next;
    for (const at of free) {
      const made = smoothed(seen[at] as Float64Array, comparisons[at] as Comparison);
      const old = matched[at] as Float64Array;
      made.forEach((m, level) => {
        change = Math.max(change, Math.abs(m - (old[level] as number)));
      });
      matched[at] = made;
    }
  }
  const ofFree = (all: readonly Float64Array[]) => all.map((one, at) => (free.includes(at) ? one : null));
  return {
    matched: ofFree(matched),
    seen: ofFree(seen),
    share: shares.match,
    household: shares.household,
    pairs,
    rounds,
  };
}

type ClassShares = { readonly match: number; readonly household: number };

function bounded(share: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-9, share));
}

/** The levels of each row, one after another: row r has `at` from `starts[r]` to before `starts[r + 1]`, as places in all levels of all comparisons. */
type Cells = { readonly starts: Int32Array; readonly at: Int32Array };

/** Found once for a session: what is missing or fixed is not asked about again in every round. */
function cellsOf(
  the: Pick<Training, "patterns" | "comparisons"> & { readonly free: readonly number[]; readonly rows: Int32Array },
): Cells {
  const { patterns, rows, free } = the;
  const offsets = offsetsOf(the.comparisons);
  const starts = new Int32Array(rows.length + 1);
  const at = new Int32Array(rows.length * free.length);
  let count = 0;
  rows.forEach((row, place) => {
    for (const comparison of free) {
      const level = patterns.levels[row * patterns.comparisons + comparison] as number;
      if (level >= 0) at[count++] = (offsets[comparison] as number) + level;
    }
    starts[place + 1] = count;
  });
  return { starts, at };
}

function everyCell(the: Pick<Training, "patterns" | "comparisons"> & { readonly rows: Int32Array }): Cells {
  return cellsOf({ ...the, free: the.comparisons.map((_, at) => at) });
}

/** Where the levels of each comparison begin among all of them; the last is how many there are. */
function offsetsOf(comparisons: readonly Comparison[]): readonly number[] {
  const offsets = [0];
  for (const { levels } of comparisons) offsets.push((offsets.at(-1) ?? 0) + levels.length);
  return offsets;
}

type Expecting = Omit<Training, "patterns"> & {
  readonly cells: Cells;
  readonly matched: readonly Float64Array[];
  readonly counts: Float64Array;
  readonly rows: Int32Array;
  readonly shares: ClassShares;
};

/** How many matches, and pairs of one household, each pattern is expected to hold; and the matches at each level. */
function expect({ cells, comparisons, start, matched, counts, rows, shares }: Expecting) {
  const offsets = offsetsOf(comparisons);
  const all = offsets.at(-1) ?? 0;
  const ratios = new Float64Array(all);
  const ofHomes = new Float64Array(all);
  const sums = new Float64Array(all);
  comparisons.forEach(({ household }, at) => {
    const unmatched = start.comparisons[at]?.unmatched ?? new Float64Array();
    const over = (share: Float64Array) => share.map((one, level) => one / (unmatched[level] ?? 1));
    ratios.set(over(matched[at] as Float64Array), offsets[at]);
    ofHomes.set(over(household(matched[at] as Float64Array, unmatched)), offsets[at]);
  });
  const strangers = Math.max(1e-9, 1 - shares.match - shares.household);
  let matches = 0;
  let households = 0;
  for (let place = 0; place < rows.length; place += 1) {
    let match = shares.match;
    let home = shares.household;
    const from = cells.starts[place] as number;
    const to = cells.starts[place + 1] as number;
    for (let one = from; one < to; one += 1) {
      const cell = cells.at[one] as number;
      match *= ratios[cell] as number;
      home *= ofHomes[cell] as number;
    }
    const count = counts[rows[place] as number] as number;
    const expected = (count * match) / (match + home + strangers);
    matches += expected;
    households += (count * home) / (match + home + strangers);
    for (let one = from; one < to; one += 1) {
      const cell = cells.at[one] as number;
      sums[cell] = (sums[cell] as number) + expected;
    }
  }
  const seen = comparisons.map((_, at) => sums.slice(offsets[at], offsets[at + 1]));
  return { seen, matches, households };
}

/** Shares of the sums of each group, with a little of what was expected. */
export function smoothed(sums: Float64Array, comparison: Comparison): Float64Array {
  const expected = withinGroups(
    Float64Array.from(comparison.levels, (level) => level.expected),
    comparison,
  );
  return withinGroups(
    sums.map((sum, level) => sum + EXPECTED_WORTH * (expected[level] as number)),
    comparison,
  );
}

function rowsOf(counts: Float64Array): Int32Array {
  const rows: number[] = [];
  counts.forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  return Int32Array.from(rows);
}

type InSession = {
  readonly patterns: Patterns;
  readonly comparisons: readonly Comparison[];
  readonly counts: Float64Array;
  readonly rows: Int32Array;
  readonly pairs: number;
};

/** What the model so far takes the shares to be, by all comparisons, fixed ones too. */
function startingShares(start: Parameters, session: InSession): ClassShares {
  const { pairs } = session;
  const { matches, households } = expect({
    ...session,
    start,
    cells: everyCell(session),
    matched: start.comparisons.map(({ matched }) => matched),
    shares: { match: start.prior, household: start.household },
  });
  const share = (sum: number) => Math.min(0.9, Math.max(1e-4, sum / Math.max(pairs, 1)));
  return { match: share(matches), household: Math.min(share(households), 1 - share(matches)) };
}

/** How many pairs of one household all pairs are expected to hold, by the model. */
export function expectedHouseholds(
  patterns: Patterns,
  { comparisons, start }: Pick<Training, "comparisons" | "start">,
): number {
  const rows = rowsOf(patterns.counts);
  return expect({
    counts: patterns.counts,
    rows,
    comparisons,
    start,
    cells: everyCell({ patterns, comparisons, rows }),
    matched: start.comparisons.map(({ matched }) => matched),
    shares: { match: start.prior, household: start.household },
  }).households;
}

/** A level that fewer matches than this were seen at counts as untrained. */
const SEEN_ENOUGH = 1;

/** The median over the sessions that trained a comparison; as it was where none did. */
export function medianOfSessions(
  sessions: readonly Trained[],
  { comparisons, start }: Pick<Training, "comparisons" | "start">,
): readonly Shares[] {
  return comparisons.map((comparison, at) => {
    const before = start.comparisons[at] as Shares;
    const found = sessions.flatMap(({ matched, seen }) => {
      const m = matched[at];
      const sums = seen[at];
      return m && sums ? [{ m, sums }] : [];
    });
    if (found.length === 0) return before;
    const median = before.matched.map((_, level) => {
      const { group } = comparison.levels[level] as Comparison["levels"][number];
      // A session that saw no match of this group knows nothing of it.
      const knowing = found.filter(({ sums }) => groupSum(sums, { comparison, group }) >= 10);
      return middle((knowing.length > 0 ? knowing : found).map(({ m }) => m[level] as number));
    });
    const trained = comparison.levels.map((_, level) =>
      found.some(({ sums }) => (sums[level] as number) >= SEEN_ENOUGH),
    );
    return { ...before, matched: withinGroups(median, comparison), trained };
  });
}

function groupSum(
  sums: Float64Array,
  { comparison, group }: { readonly comparison: Comparison; readonly group: number },
) {
  let sum = 0;
  comparison.levels.forEach((level, at) => {
    if (level.group === group) sum += sums[at] as number;
  });
  return sum;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return (low + high) / 2;
}

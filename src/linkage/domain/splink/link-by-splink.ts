/**
 * Carries out a model of Splink's as Splink does: the pairs of its rules, the first of its levels that holds, its weights, its
 * adjustment for the frequency of terms, and connected components at a threshold. Nothing of the house's own comes in: no households,
 * no counting by person, no splitting of clusters. So a place can move from one to the other and see that nothing changed. The
 * formulas: Splink's term_frequencies.py and comparison_level.py; texts are compared as they are written.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import type { Key } from "../blocking/keys.ts";
import { allPairs, makePairs, type Pairs, type TooManyPairs } from "../blocking/pairs.ts";
import { Union } from "../clusters/union.ts";
import { priorBits, probabilityOf } from "../model/score.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import { type Asked, type ColumnOf, compile } from "./evaluate.ts";
import { columnsOf, type Expression, NotRead } from "./expressions.ts";
import { textOf } from "./functions.ts";
import type { SplinkComparison, SplinkLevel, SplinkModel, SplinkRefusal } from "./settings.ts";

export type SplinkLinked = {
  /** Pairs that the rules make. */
  readonly compared: number;
  /** Those at or above the threshold, with their weight in bits, prior included. */
  readonly pairs: Pick<Pairs, "count" | "left" | "right"> & { readonly weights: Float64Array };
  readonly clusterOf: Int32Array;
};

export type SplinkOptions = { readonly threshold: number; readonly mostPairs: number };

/** The records' values are as they were written, and not normalised. */
export function linkBySplink(
  records: Records,
  { model, options }: { readonly model: SplinkModel; readonly options: SplinkOptions },
): Result<SplinkLinked, SplinkRefusal | TooManyPairs> {
  const columnOf = columnsByName(records.columns);
  const weigh = splinkWeigher(records, { model, columnOf });
  if (!weigh.ok) return weigh;
  const made = pairsOf(records, { model, columnOf, mostPairs: options.mostPairs });
  if (!made.ok) return made;
  const pairs = made.value;
  const kept: number[] = [];
  const weights: number[] = [];
  const union = new Union(records.count);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const [one, other] = [pairs.left[pair] as number, pairs.right[pair] as number];
    const weight = weigh.value(one, other);
    if (!(probabilityOf(weight) >= options.threshold)) continue;
    kept.push(pair);
    weights.push(weight);
    union.join(one, other);
  }
  return accept({
    compared: pairs.count,
    pairs: {
      count: kept.length,
      left: Int32Array.from(kept, (pair) => pairs.left[pair] as number),
      right: Int32Array.from(kept, (pair) => pairs.right[pair] as number),
      weights: Float64Array.from(weights),
    },
    clusterOf: union.clusters(),
  });
}

function columnsByName(columns: readonly Column[]): ColumnOf {
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  return (name) => {
    const column = byName.get(name.toLowerCase());
    if (column === undefined) throw new NotRead(`the files have no column ${name}`);
    return column;
  };
}

type Reading = { readonly model: SplinkModel; readonly columnOf: ColumnOf };

/** The weight in bits of two records in either order, prior included. */
export function splinkWeigher(
  records: Pick<Records, "ids" | "fileOf">,
  { model, columnOf }: Reading,
): Result<(one: number, other: number) => number, SplinkRefusal> {
  const parts: ((left: number, right: number) => number)[] = [];
  for (const comparison of model.comparisons) {
    const compared = compileLevels(comparison, columnOf);
    if (!compared.ok) return compared;
    parts.push(compared.value);
  }
  const rank = ranksOf(records);
  const prior = priorBits(model.prior);
  return accept((one, other) => {
    const [left, right] = (rank[one] as number) < (rank[other] as number) ? [one, other] : [other, one];
    let sum = prior;
    for (const part of parts) sum += part(left, right);
    return sum;
  });
}

/** Splink's left record is that of the lower id, of the earlier file: numbers by size, texts by letters. */
function ranksOf({ ids, fileOf }: Pick<Records, "ids" | "fileOf">): Int32Array {
  const numbers = ids.map(Number);
  const numeric = !numbers.some(Number.isNaN);
  const before = (one: number, other: number) => {
    const files = (fileOf[one] as number) - (fileOf[other] as number);
    if (files !== 0) return files;
    if (numeric) return (numbers[one] as number) - (numbers[other] as number);
    return (ids[one] as string) < (ids[other] as string) ? -1 : 1;
  };
  const rank = new Int32Array(ids.length);
  Array.from(ids, (_, record) => record)
    .sort(before)
    .forEach((record, place) => {
      rank[record] = place;
    });
  return rank;
}

function compileLevels(
  { name, levels }: SplinkComparison,
  columnOf: ColumnOf,
): Result<(left: number, right: number) => number, SplinkRefusal> {
  const compiled: { readonly holds: Asked | null; readonly bits: (left: number, right: number) => number }[] = [];
  for (const level of levels) {
    try {
      const holds = level.condition === null ? null : compile(level.condition, columnOf);
      compiled.push({ holds, bits: bitsOf(level, columnOf) });
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      const where = `${name}: ${level.label}`;
      return refuse({ code: "splink_not_read", where, text: level.text, why: error.message });
    }
  }
  return accept((left, right) => {
    for (const { holds, bits } of compiled) if (holds === null || holds(left, right) === true) return bits(left, right);
    return 0;
  });
}

function bitsOf({ shares, terms }: SplinkLevel, columnOf: ColumnOf): (left: number, right: number) => number {
  if (shares === null) return () => 0;
  const bits = Math.log2(shares.m / shares.u);
  if (terms === null) return () => bits;
  const { codes, counts } = columnOf(terms.column);
  let known = 0;
  for (const count of counts) known += count;
  const frequencyOf = (record: number) => {
    const code = codes[record] as number;
    return code === MISSING_CODE ? null : (counts[code] as number) / known;
  };
  return (left, right) => {
    const [one, other] = [frequencyOf(left), frequencyOf(right)];
    const most = Math.max(one ?? 0, other ?? 0);
    if (one === null && other === null) return bits;
    return bits + terms.weight * Math.log2(terms.exact / Math.max(most, terms.least));
  };
}

function pairsOf(
  records: Records,
  { model, columnOf, mostPairs }: Reading & { readonly mostPairs: number },
): Result<Pairs, SplinkRefusal | TooManyPairs> {
  const { fileOf, count } = records;
  const admits =
    model.linkType === "link_only" ? (one: number, other: number) => fileOf[one] !== fileOf[other] : undefined;
  if (model.rules.length === 0) {
    const possible = (count * (count - 1)) / 2;
    if (possible <= mostPairs) return accept(allPairs(count, admits));
    return refuse({
      code: "too_many_pairs",
      rule: "every two records",
      pairs: possible,
      largestBlock: count,
      limit: mostPairs,
    });
  }
  const keys: Key[] = [];
  for (const [at, { text, condition }] of model.rules.entries()) {
    try {
      keys.push(keyOfRule(condition, { text, columnOf, count }));
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      return refuse({ code: "splink_not_read", where: `blocking rule ${at + 1}`, text, why: error.message });
    }
  }
  const rules = keys.map((key) => ({ keys: [key] }));
  return makePairs(rules, { pairs: mostPairs, largestBlock: Number.POSITIVE_INFINITY, ...(admits && { admits }) });
}

type OfRule = { readonly text: string; readonly columnOf: ColumnOf; readonly count: number };

/** All that a rule has two records share, as one key: it must be the same of both records. */
function keyOfRule(condition: Expression, { text, columnOf, count }: OfRule): Key {
  const shared = (condition.kind === "all" ? condition.of : [condition]).map((one) => sharedPart(one));
  const asked = shared.map((one) => compile(one, columnOf));
  const numbers = new Map<string, number>();
  const single = new Int32Array(count).fill(MISSING_CODE);
  const starts = new Int32Array(count + 1);
  const codes = new Int32Array(count);
  let end = 0;
  for (let record = 0; record < count; record += 1) {
    const values = asked.map((one) => one(record, record));
    if (!values.includes(null)) {
      const value = values.map(textOf).join("\u0000");
      const number = numbers.get(value) ?? numbers.size;
      numbers.set(value, number);
      single[record] = number;
      codes[end++] = number;
    }
    starts[record + 1] = end;
  }
  const parts = [...new Set(shared.flatMap(columnsOf).map(({ name }) => name))];
  const naming = { name: text, comparison: "", parts, of: () => "" };
  return { ...naming, values: numbers.size, starts, codes: codes.slice(0, end), single };
}

function sharedPart(condition: Expression): Expression {
  const [left, right] = condition.kind === "call" && condition.name === "equal" ? condition.of : [];
  if (left === undefined || right === undefined)
    throw new NotRead("a rule is read where it is one or more equations joined by AND");
  const sides = [left, right].map((one) => new Set(columnsOf(one).map(({ side }) => side)));
  const apart = sides.every((one) => one.size === 1) && [...(sides[0] ?? [])][0] !== [...(sides[1] ?? [])][0];
  if (!apart || withoutSides(left) !== withoutSides(right))
    throw new NotRead("a rule is read where it has the same of both records");
  return left;
}

function withoutSides(expression: Expression): string {
  return JSON.stringify(expression, (name, value: unknown) => (name === "side" ? undefined : value)).toLowerCase();
}

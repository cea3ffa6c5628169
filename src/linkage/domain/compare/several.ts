/**
 * Several values of one kind in one record: all the addresses that an agency knows, in one cell parted by | or ; or in numbered columns.
 * Two records are as alike as the two of their values that are most alike (the "array" levels of Splink's comparison library compare
 * lists so). How often strangers come to a level is what two values come to, for as many pairs of values as two records have between them.
 */
import { normaliseText } from "../table/normalise.ts";
import { type Column, MISSING_CODE } from "../table/records.ts";
import type { AskedPair, Comparison, Rarity } from "./comparison.ts";
import { NO_RARITY, NOTHING } from "./comparison.ts";
import { oncePerPopulation, type Population, populationOf } from "./population.ts";

/** The values of all records, one after another: those of record r stand from `starts[r]` to before `starts[r + 1]`, each once. */
export type Several = { readonly column: Column; readonly starts: Int32Array };

/** More values than these of one record are not looked at. */
const MOST_VALUES = 12;
const PARTING = /[|;]/;
/** A column is a list where so many of its values hold several. */
const PARTED = 0.05;
const LEAST_PARTED = 3;

/** Whether the cells of a column hold lists, by how they were written. */
export function holdsLists({ written }: Column): boolean {
  const marked = written.filter((text) => text.includes("|") || text.includes(";"));
  const parted = marked.filter((text) => text.split(PARTING).filter((part) => /[\p{L}\p{N}]/u.test(part)).length > 1);
  return parted.length >= Math.max(LEAST_PARTED, PARTED * written.length);
}

/** The values of one column of lists, or of several columns of which each holds one or a list. */
export function severalOf(columns: readonly Column[], name: string): Several {
  const codeOf = new Map<string, number>();
  const [values, written]: [string[], string[]] = [[], []];
  const numberOf = (part: string): number => {
    const value = normaliseText(part);
    if (value === "") return MISSING_CODE;
    const known = codeOf.get(value);
    if (known !== undefined) return known;
    codeOf.set(value, values.length);
    values.push(value);
    written.push(part.trim());
    return values.length - 1;
  };
  const lists = columns.map((column) => column.written.map((text) => text.split(PARTING).map(numberOf)));
  const records = columns[0]?.codes.length ?? 0;
  const starts = new Int32Array(records + 1);
  const codes: number[] = [];
  for (let record = 0; record < records; record += 1) {
    const from = codes.length;
    columns.forEach((column, at) => {
      for (const code of lists[at]?.[column.codes[record] as number] ?? [])
        if (code !== MISSING_CODE && codes.length - from < MOST_VALUES && !codes.includes(code, from)) codes.push(code);
    });
    starts[record + 1] = codes.length;
  }
  const counts = new Int32Array(values.length);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return { starts, column: { name, codes: Int32Array.from(codes), values, written, counts } };
}

/** The comparison of records by that of their values; a stronger level stands before a weaker one. */
export function bestOfSeveral(
  of: Comparison,
  { starts, columns }: { readonly starts: Int32Array; readonly columns: readonly string[] },
): Comparison {
  const found: AskedPair = { left: 0, right: 0, level: NOTHING };
  const eachPair = (left: number, right: number, take: (one: number, other: number) => boolean) => {
    const toLeft = starts[left + 1] as number;
    const toRight = starts[right + 1] as number;
    for (let one = starts[left] as number; one < toLeft; one += 1)
      for (let other = starts[right] as number; other < toRight; other += 1) if (take(one, other)) return;
  };
  const compare = (left: number, right: number): number => {
    let best = NOTHING;
    eachPair(left, right, (one, other) => {
      const level = of.compare(one, other);
      if (best === NOTHING || level < best) best = level;
      return best === 0;
    });
    return best;
  };
  const valuesOf = oncePerPopulation((population) => ofValues(population, starts));
  return {
    ...of,
    columns,
    compare,
    spread: (population) => lifted(of.spread(valuesOf(population)), pairsOfValues(starts)),
    rarity: (population) => {
      const { whole, shared } = of.rarity(valuesOf(population));
      // Of several pairs of values at the level, the one that says most.
      const most = (bits: Rarity["whole"]) => (asked: AskedPair) => {
        let best = Number.NEGATIVE_INFINITY;
        found.level = asked.level;
        eachPair(asked.left, asked.right, (one, other) => {
          if (of.compare(one, other) !== asked.level) return false;
          found.left = one;
          found.right = other;
          best = Math.max(best, bits(found));
          return false;
        });
        return best === Number.NEGATIVE_INFINITY ? 0 : best;
      };
      return { whole: most(whole), shared: shared === NO_RARITY ? NO_RARITY : most(shared) };
    },
  };
}

/** The same people with each value as a record of its own. */
function ofValues(population: Population, starts: Int32Array): Population {
  const personOf = new Int32Array(starts[starts.length - 1] as number);
  const numbers = new Map<number, number>();
  for (let record = 0; record + 1 < starts.length; record += 1)
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1) {
      const person = population.personOf[record] as number;
      const known = numbers.get(person) ?? numbers.size;
      numbers.set(person, known);
      personOf[at] = known;
    }
  return populationOf(personOf, population.seed);
}

/** How many pairs of values two records have between them, in the mean of those that have any. */
function pairsOfValues(starts: Int32Array): number {
  let having = 0;
  for (let record = 0; record + 1 < starts.length; record += 1) if (starts[record + 1] !== starts[record]) having += 1;
  return ((starts[starts.length - 1] as number) / Math.max(having, 1)) ** 2;
}

/** The share of pairs whose best of so many is at each level, where each is drawn by itself. */
function lifted(shares: Float64Array, pairs: number): Float64Array {
  let sum = 0;
  for (const share of shares) sum += share;
  let below = 0;
  let before = 0;
  return shares.map((share) => {
    below += share / Math.max(sum, 1e-300);
    const now = -Math.expm1(pairs * Math.log1p(-Math.min(below, 1)));
    const found = now - before;
    before = now;
    return Math.max(found, 0);
  });
}

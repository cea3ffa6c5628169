/**
 * What the functions of DuckDB that Splink's comparisons use make of their values. A missing value makes the answer missing, unless it
 * is said otherwise. Sources: DuckDB's documentation of text, date and list functions; Splink's comparison level library, whose levels
 * are made of these. DuckDB compares texts byte by byte, and counts a shared beginning for Jaro-Winkler only of texts that are alike by
 * more than 0.7; its Damerau-Levenshtein may change a part twice, as the house's own may not.
 */
import { jaroWinkler } from "../compare/jaro-winkler.ts";

export type Value = string | number | boolean | null | readonly string[];

const DAY_SECONDS = 86_400;

/** A text, a number or a truth as the text that SQL makes of it. */
export function textOf(value: Value): string {
  return typeof value === "object" ? `[${value?.join(", ") ?? ""}]` : String(value);
}

function numberOf(value: Value): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = textOf(value).trim();
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? null : number;
}

/** A list as a CSV file holds it: [a, b], with or without quotes. */
export function listOf(value: Value): readonly string[] | null {
  if (typeof value === "object") return value;
  const inside = /^\s*\[(.*)\]\s*$/s.exec(textOf(value));
  if (inside === null) return null;
  const parts = (inside[1] ?? "").split(",").map((part) => part.trim().replace(/^(['"])(.*)\1$/s, "$2"));
  return parts.filter((part) => part !== "");
}

/** Seconds since 1970 of a day written as `format` has it; null where it is no day. */
function secondsOf(text: string, format: string): number | null {
  const names: string[] = [];
  const pattern = format.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/%([Ymd])/g, (_, part: string) => {
    names.push(part);
    return part === "Y" ? "(\\d{1,4})" : "(\\d{1,2})";
  });
  const found = new RegExp(`^${pattern}$`).exec(text.trim());
  if (found === null || names.length === 0 || pattern.includes("%")) return null;
  const part = (name: string) => (names.includes(name) ? Number(found[names.indexOf(name) + 1]) : 1);
  const [year, month, day] = [part("Y"), part("m"), part("d")];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() / 1000;
}

const asDay = (value: Value) => secondsOf(textOf(value).slice(0, 10), "%Y-%m-%d");

/** Changes, and no swaps (Vladimir Levenshtein, "Binary Codes Capable of Correcting Deletions, Insertions, and Reversals", 1966). */
function levenshtein(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = (before[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      row.push(Math.min(change, (before[to] ?? 0) + 1, (row[to - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[other.length] ?? 0;
}

/** Of the letters of both, the share that both have, each letter once. */
function jaccard(one: string, other: string): number {
  const [left, right] = [new Set(one), new Set(other)];
  const shared = [...left].filter((letter) => right.has(letter)).length;
  return shared / Math.max(left.size + right.size - shared, 1);
}

/** Jaro's measure out of Winkler's, which adds a tenth of what is missing for each of up to four letters of a shared beginning. */
function jaro(one: string, other: string): number {
  const prefix = sharedBeginning(one, other);
  return (jaroWinkler(one, other) - prefix * 0.1) / (1 - prefix * 0.1);
}

function sharedBeginning(one: string, other: string): number {
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && prefix < other.length && one[prefix] === other[prefix]) prefix += 1;
  return prefix;
}

const FROM_ALIKE = 0.7;

/** The shared beginning counts only from there on (Winkler 1990; so does DuckDB). */
function jaroWinklerFromAlike(one: string, other: string): number {
  const found = jaro(one, other);
  return found > FROM_ALIKE ? found + sharedBeginning(one, other) * 0.1 * (1 - found) : found;
}

/**
 * Changes and swaps, where letters between the two that change places may change too (Roy Lowrance and Robert Wagner, "An Extension of
 * the String-to-String Correction Problem", Journal of the ACM 22, 1975).
 */
function damerauLevenshtein(one: string, other: string): number {
  const most = one.length + other.length;
  const rows = Array.from({ length: one.length + 2 }, () => new Int32Array(other.length + 2).fill(most));
  const cell = (row: number, column: number) => rows[row]?.[column] ?? most;
  for (let at = 0; at <= one.length; at += 1) (rows[at + 1] as Int32Array)[1] = at;
  for (let at = 0; at <= other.length; at += 1) (rows[1] as Int32Array)[at + 1] = at;
  const lastRow = new Map<string, number>();
  for (let at = 1; at <= one.length; at += 1) {
    let lastColumn = 0;
    for (let to = 1; to <= other.length; to += 1) {
      const row = lastRow.get(other[to - 1] ?? "") ?? 0;
      const column = lastColumn;
      const same = one[at - 1] === other[to - 1];
      if (same) lastColumn = to;
      (rows[at + 1] as Int32Array)[to + 1] = Math.min(
        cell(at, to) + (same ? 0 : 1),
        cell(at + 1, to) + 1,
        cell(at, to + 1) + 1,
        cell(row, column) + (at - row - 1) + 1 + (to - column - 1),
      );
    }
    lastRow.set(one[at - 1] ?? "", at);
  }
  return cell(one.length + 1, other.length + 1);
}

/** A text with a letter for each byte of its UTF-8. */
function bytesOf(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it asks for what is not plain ASCII
  return /^[\x00-\x7f]*$/.test(text) ? text : String.fromCharCode(...new TextEncoder().encode(text));
}

function substring(text: string, [from, length]: readonly [number, number]): string {
  const begin = from > 0 ? from - 1 : from === 0 ? 0 : Math.max(0, text.length + from);
  const shorter = from === 0 ? length - 1 : length;
  return text.slice(begin, begin + Math.max(0, shorter));
}

function extracted(text: string, pattern: string, group: number): string {
  return new RegExp(pattern, "u").exec(text)?.[group] ?? "";
}

const DAYS: Readonly<Record<string, number>> = { day: 1, days: 1, d: 1 };

function daysBetween(part: Value, one: Value, other: Value): number | null {
  const days = DAYS[textOf(part).toLowerCase()];
  const [from, to] = [typeof one === "number" ? one : asDay(one), typeof other === "number" ? other : asDay(other)];
  if (days === undefined || from === null || to === null) return null;
  return Math.round((to - from) / DAY_SECONDS);
}

type Made = (of: readonly Value[]) => Value;
const texts =
  (make: (one: string, other: string) => Value): Made =>
  ([one = null, other = null]) =>
    make(textOf(one), textOf(other));
const letters = (make: (one: string, other: string) => number): Made =>
  texts((one, other) => make(bytesOf(one), bytesOf(other)));
const numbers =
  (make: (one: number, other: number) => number | null): Made =>
  ([one = null, other = null]) => {
    const [left, right] = [numberOf(one), numberOf(other)];
    return left === null || right === null ? null : make(left, right);
  };
/** Numbers as numbers, all else as texts. */
const order =
  (holds: (sign: number) => boolean): Made =>
  ([one = null, other = null]) => {
    if (typeof one === "number" || typeof other === "number") {
      const [left, right] = [numberOf(one), numberOf(other)];
      return left === null || right === null ? null : holds(left - right);
    }
    const [left, right] = [textOf(one), textOf(other)];
    return holds(left < right ? -1 : left > right ? 1 : 0);
  };
const lists =
  (make: (one: readonly string[], other: readonly string[]) => Value): Made =>
  ([one = null, other = null]) => {
    const [left, right] = [listOf(one), listOf(other)];
    return left === null || right === null ? null : make(left, right);
  };

const shared = (one: readonly string[], other: readonly string[]) =>
  [...new Set(one)].filter((item) => other.includes(item));

/** By name, with how many values each takes at least and at most. */
export const FUNCTIONS: Readonly<Record<string, { readonly takes: readonly [number, number]; readonly make: Made }>> = {
  equal: { takes: [2, 2], make: order((sign) => sign === 0) },
  unequal: { takes: [2, 2], make: order((sign) => sign !== 0) },
  less: { takes: [2, 2], make: order((sign) => sign < 0) },
  at_most: { takes: [2, 2], make: order((sign) => sign <= 0) },
  more: { takes: [2, 2], make: order((sign) => sign > 0) },
  at_least: { takes: [2, 2], make: order((sign) => sign >= 0) },
  add: { takes: [2, 2], make: numbers((one, other) => one + other) },
  subtract: { takes: [2, 2], make: numbers((one, other) => one - other) },
  times: { takes: [2, 2], make: numbers((one, other) => one * other) },
  divide: { takes: [2, 2], make: numbers((one, other) => (other === 0 ? null : one / other)) },
  remainder: { takes: [2, 2], make: numbers((one, other) => (other === 0 ? null : one % other)) },
  joined: { takes: [2, 2], make: texts((one, other) => one + other) },
  abs: { takes: [1, 1], make: ([one = null]) => (numberOf(one) === null ? null : Math.abs(numberOf(one) ?? 0)) },
  as_text: { takes: [1, 1], make: ([one = null]) => textOf(one) },
  as_number: { takes: [1, 1], make: ([one = null]) => numberOf(one) },
  as_day: { takes: [1, 1], make: ([one = null]) => asDay(one) },
  jaro_winkler_similarity: { takes: [2, 2], make: letters(jaroWinklerFromAlike) },
  jaro_similarity: { takes: [2, 2], make: letters(jaro) },
  levenshtein: { takes: [2, 2], make: letters(levenshtein) },
  damerau_levenshtein: { takes: [2, 2], make: letters(damerauLevenshtein) },
  jaccard: { takes: [2, 2], make: letters(jaccard) },
  lower: { takes: [1, 1], make: ([one = null]) => textOf(one).toLowerCase() },
  upper: { takes: [1, 1], make: ([one = null]) => textOf(one).toUpperCase() },
  trim: { takes: [1, 1], make: ([one = null]) => textOf(one).replace(/^ +| +$/g, "") },
  reverse: { takes: [1, 1], make: ([one = null]) => [...textOf(one)].reverse().join("") },
  length: {
    takes: [1, 1],
    make: ([one = null]) => (typeof one === "object" ? (one?.length ?? 0) : textOf(one).length),
  },
  replace: {
    takes: [3, 3],
    make: ([text = null, from = null, to = null]) => textOf(text).replaceAll(textOf(from), textOf(to)),
  },
  substr: {
    takes: [2, 3],
    make: ([text = null, from = null, length = Number.MAX_SAFE_INTEGER]) =>
      substring(textOf(text), [numberOf(from) ?? 1, numberOf(length) ?? 0]),
  },
  left: { takes: [2, 2], make: ([text = null, length = null]) => textOf(text).slice(0, numberOf(length) ?? 0) },
  split_part: {
    takes: [3, 3],
    make: ([text = null, by = null, part = null]) => textOf(text).split(textOf(by))[(numberOf(part) ?? 1) - 1] ?? "",
  },
  regexp_extract: {
    takes: [2, 3],
    make: ([text = null, pattern = null, group = 0]) => extracted(textOf(text), textOf(pattern), numberOf(group) ?? 0),
  },
  contains: { takes: [2, 2], make: texts((text, part) => text.includes(part)) },
  string_split: { takes: [2, 2], make: texts((text, by) => text.split(by)) },
  least: { takes: [2, 2], make: numbers((one, other) => Math.min(one, other)) },
  try_strptime: { takes: [2, 2], make: texts(secondsOf) },
  strptime: { takes: [2, 2], make: texts(secondsOf) },
  epoch: { takes: [1, 1], make: ([one = null]) => (typeof one === "number" ? one : asDay(one)) },
  date_diff: { takes: [3, 3], make: ([part = null, one = null, other = null]) => daysBetween(part, one, other) },
  list_intersect: { takes: [2, 2], make: lists(shared) },
  array_length: { takes: [1, 1], make: ([one = null]) => listOf(one)?.length ?? null },
  list_contains: { takes: [2, 2], make: ([list = null, item = null]) => listOf(list)?.includes(textOf(item)) ?? null },
};

/** Other names of the same functions. */
export const SAME: Readonly<Record<string, string>> = {
  array_intersect: "list_intersect",
  len: "array_length",
  cardinality: "array_length",
  array_contains: "list_contains",
  list_has: "list_contains",
  substring: "substr",
  lcase: "lower",
  ucase: "upper",
  datediff: "date_diff",
  strlen: "length",
};

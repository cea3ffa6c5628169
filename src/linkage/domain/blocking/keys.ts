/**
 * What two records can share that makes them worth comparing: a value, a part of one, or how it sounds. A record may have several values
 * of one key (each word of a name), so keys are kept as lists of numbers, one list for each record.
 */

import type { NameParts } from "../compare/names.ts";
import { namesOf } from "../compare/nicknames.ts";
import type { NameWords } from "../compare/other-names.ts";
import { readPostcode } from "../compare/postcodes.ts";
import { soundex } from "../compare/sounds.ts";
import { type Column, MISSING_CODE } from "../table/records.ts";

export type Key = {
  readonly name: string;
  /** The comparison whose columns it is made of: keys of one comparison do not train it. */
  readonly comparison: string;
  /** What of a person it is made of: keys of one part are nested, and make no rule together. */
  readonly parts: readonly string[];
  readonly values: number;
  /** The values of record r are `codes` from `starts[r]` to before `starts[r + 1]`, each once. */
  readonly starts: Int32Array;
  readonly codes: Int32Array;
  /** The one value of each record, MISSING_CODE for none; null for a key of which a record may have several. */
  readonly single: Int32Array | null;
  /** The key of one text of that part, for a record that is not among these; empty where it has none. */
  readonly of: (text: KeyText) => string;
};

/** A text as it is compared and as it was written. */
export type KeyText = { readonly value: string; readonly written: string };

type Naming = Pick<Key, "name" | "comparison" | "parts">;

/** A key of one value for each record: what `of` makes of the column's value, none where that is empty. */
export function keyOfColumn(column: Column, of: (value: string) => string): (naming: Naming) => Key {
  return (naming) => {
    const numberOf = numbering();
    const numbers = Int32Array.from(column.values, (value) => numberOf(of(value)));
    return singleKey({ ...naming, of: ({ value }) => of(value) }, { codes: column.codes, numbers });
  };
}

/** A key of the numbers that stand for each code. */
export function singleKey(
  naming: Naming & Pick<Key, "of">,
  { codes, numbers }: { readonly codes: Int32Array; readonly numbers: Int32Array },
): Key {
  const starts = new Int32Array(codes.length + 1);
  const found = new Int32Array(codes.length);
  const single = new Int32Array(codes.length).fill(MISSING_CODE);
  let end = 0;
  let values = 0;
  for (let record = 0; record < codes.length; record += 1) {
    const code = codes[record] as number;
    const number = code === MISSING_CODE ? MISSING_CODE : (numbers[code] as number);
    if (number !== MISSING_CODE) {
      found[end++] = number;
      single[record] = number;
      values = Math.max(values, number + 1);
    }
    starts[record + 1] = end;
  }
  return { ...naming, values, starts, codes: found.slice(0, end), single };
}

function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    if (text === "") return MISSING_CODE;
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
}

export function dateKeys(column: Column, comparison: string): readonly Key[] {
  const make = (name: string, of: (day: string) => string) =>
    keyOfColumn(column, of)({ name: `${column.name}: ${name}`, comparison, parts: [column.name] });
  const known = (part: string) => (/^0*$/.test(part) ? "" : part);
  return [
    make("the day", (day) => (day.endsWith("0000") ? "" : day)),
    make("year and month", (day) => (day.endsWith("0000") ? "" : day.slice(0, 6))),
    make("month and day", (day) => known(day.slice(4))),
    make("year", (day) => known(day.slice(0, 4))),
    make("year and day of the month", (day) => (day.endsWith("00") ? "" : day.slice(0, 4) + day.slice(6))),
  ];
}

export function postcodeKeys(column: Column, comparison: string): readonly Key[] {
  const make = (name: string, of: (value: string) => string) =>
    keyOfColumn(column, of)({ name: `${column.name}: ${name}`, comparison, parts: [column.name] });
  const keys = [make("whole", (value) => value)];
  if (column.values.slice(0, 200).filter((value) => readPostcode(value) !== null).length < 100) return keys;
  return [
    ...keys,
    make("sector", (value) => readPostcode(value)?.sector ?? ""),
    make("district", (value) => readPostcode(value)?.district ?? ""),
  ];
}

export function textKeys(column: Column, comparison: string): readonly Key[] {
  const make = (name: string, of: (value: string) => string) =>
    keyOfColumn(column, of)({ name: `${column.name}: ${name}`, comparison, parts: [column.name] });
  const whole = make("whole", (value) => value);
  if (column.values.length < 100) return [whole];
  return [whole, make("first four letters", (value) => value.replaceAll(" ", "").slice(0, 4))];
}

export function wholeKey(column: Column, comparison: string): Key {
  return keyOfColumn(column, (value) => value)({ name: `${column.name}: whole`, comparison, parts: [column.name] });
}

export function emailKeys(column: Column, comparison: string): readonly Key[] {
  const nameOf = (written: string) => written.toLowerCase().split("@")[0] ?? "";
  const names = new Map(column.values.map((value, at) => [value, nameOf(column.written[at] ?? "")]));
  const make = (name: string, of: (value: string) => string) =>
    keyOfColumn(column, of)({ name: `${column.name}: ${name}`, comparison, parts: [column.name] });
  return [
    make("whole", (value) => value),
    { ...make("before the @", (value) => names.get(value) ?? ""), of: ({ written }) => nameOf(written) },
    {
      ...make("first five letters", (value) => (names.get(value) ?? "").slice(0, 5)),
      of: ({ written }) => nameOf(written).slice(0, 5),
    },
  ];
}

/** Forename and surname, whole and by sound; each word of the name, so that swapped names meet; and two initials. */
export function nameKeys({
  parts,
  words,
  comparison,
}: {
  readonly parts: NameParts;
  readonly words: NameWords;
  readonly comparison: string;
}): readonly Key[] {
  const { values, forenames, surnames } = parts;
  const key = (part: "surname" | "forename", of: (value: string) => string) => (name: string) => {
    const numberOf = numbering();
    const numbers = Int32Array.from(values, (value) => numberOf(of(value)));
    const naming = { name, comparison, parts: [part], of: ({ value }: KeyText) => of(value) };
    return singleKey(naming, { codes: part === "surname" ? surnames : forenames, numbers });
  };
  return [
    key("surname", (value) => value)("surname"),
    key("surname", (value) => soundex(lastWord(value)))("surname by sound"),
    key("surname", (value) => value.slice(0, 3))("surname's first three letters"),
    key("forename", (value) => value)("forename"),
    key("forename", (value) => String(namesOf(value)[0] ?? soundex(value)))("forename or its diminutives"),
    key("forename", (value) => value.charAt(0))("forename's initial"),
    wordKey("a word of the name", (word) => (word.length > 1 ? word : "")),
    wordKey("a word of the name by sound", (word) => (word.length > 2 ? soundex(word) : "")),
  ].filter(({ codes }) => codes.length > 0);

  function wordKey(name: string, of: (word: string) => string): Key {
    const numberOf = numbering();
    const numbers = Int32Array.from(words.values, (word) => numberOf(of(word)));
    const naming = { name, comparison, parts: ["surname", "forename"], of: ({ value }: KeyText) => of(value) };
    return { ...naming, values: words.values.length, ...uniqueCodes(words, numbers) };
  }
}

function lastWord(value: string): string {
  return value.slice(value.lastIndexOf(" ") + 1);
}

/** Each record's words renumbered, the same number once. */
function uniqueCodes(
  { starts: from, words }: Pick<NameWords, "starts" | "words">,
  numbers: Int32Array,
): Pick<Key, "starts" | "codes" | "single"> {
  const starts = new Int32Array(from.length);
  const codes = new Int32Array(words.length);
  let end = 0;
  for (let record = 0; record + 1 < from.length; record += 1) {
    const begin = end;
    for (let at = from[record] as number; at < (from[record + 1] as number); at += 1) {
      const number = numbers[words[at] as number] as number;
      if (number === MISSING_CODE) continue;
      let known = begin;
      while (known < end && codes[known] !== number) known += 1;
      if (known === end) codes[end++] = number;
    }
    starts[record + 1] = end;
  }
  return { starts, codes: codes.slice(0, end), single: null };
}

/** The key of records that have several values each, from the same key of the values: of record r from `starts[r]` on. */
export function gatheredKey(key: Key, starts: Int32Array): Key {
  const words = key.single ?? new Int32Array(0);
  const numbers = Int32Array.from({ length: key.values }, (_, at) => at);
  const known = new Int32Array(words.length);
  const from = new Int32Array(starts.length);
  let end = 0;
  for (let record = 0; record + 1 < starts.length; record += 1) {
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1)
      if (words[at] !== MISSING_CODE) known[end++] = words[at] as number;
    from[record + 1] = end;
  }
  return { ...key, ...uniqueCodes({ starts: from, words: known.subarray(0, end) }, numbers) };
}

/** The same key of some of the records, which become 0, 1, 2 and so on. */
export function restricted(key: Key, records: Int32Array): Key {
  const starts = new Int32Array(records.length + 1);
  records.forEach((record, at) => {
    starts[at + 1] = (starts[at] as number) + (key.starts[record + 1] as number) - (key.starts[record] as number);
  });
  const codes = new Int32Array(starts[records.length] as number);
  let end = 0;
  records.forEach((record) => {
    const to = key.starts[record + 1] as number;
    for (let from = key.starts[record] as number; from < to; from += 1) codes[end++] = key.codes[from] as number;
  });
  const { single } = key;
  return { ...key, starts, codes, single: single && records.map((record) => single[record] as number) };
}

/** Whether two records share a value of the key. */
export function shareValue(
  { starts, codes }: Key,
  { left, right }: { readonly left: number; readonly right: number },
): boolean {
  const toLeft = starts[left + 1] as number;
  const toRight = starts[right + 1] as number;
  for (let one = starts[left] as number; one < toLeft; one += 1)
    for (let two = starts[right] as number; two < toRight; two += 1) if (codes[one] === codes[two]) return true;
  return false;
}

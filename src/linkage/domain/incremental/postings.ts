/**
 * Which records have a value of a blocking key, and which records a rule would pair with a new one: of the rule's keys the one with
 * fewest records is gone through, and the others are asked of each. Lists of records by value: inverted files, in Ian Witten, Alistair
 * Moffat and Timothy Bell, "Managing Gigabytes", 2nd edition, 1999, chapter 3.
 */
import type { Key, KeyText } from "../blocking/keys.ts";
import type { Rule } from "../blocking/rules.ts";

/** The values of one record for one key, as numbers; those that no record has are left out. */
type Numbers = readonly number[];

export class Postings {
  readonly #key: Key;
  readonly #numberOf = new Map<string, number>();
  readonly #begins: Int32Array;
  readonly #records: Int32Array;
  readonly #addedTo = new Map<number, number[]>();
  readonly #added: Numbers[] = [];

  /** `texts` are those of the key's part, in the order in which the table numbered them. */
  constructor(key: Key, texts: readonly KeyText[]) {
    this.#key = key;
    for (const text of texts) this.#number(key.of(text));
    const { starts, codes } = key;
    this.#begins = new Int32Array(this.#numberOf.size + 2);
    for (const code of codes) this.#begins[code + 1] = (this.#begins[code + 1] as number) + 1;
    for (let value = 0; value + 1 < this.#begins.length; value += 1)
      this.#begins[value + 1] = (this.#begins[value + 1] as number) + (this.#begins[value] as number);
    const next = this.#begins.slice();
    this.#records = new Int32Array(codes.length);
    for (let record = 0; record + 1 < starts.length; record += 1)
      for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1) {
        const code = codes[at] as number;
        this.#records[next[code] as number] = record;
        next[code] = (next[code] as number) + 1;
      }
  }

  #number(text: string): number {
    const number = this.#numberOf.get(text) ?? this.#numberOf.size;
    if (text !== "") this.#numberOf.set(text, number);
    return number;
  }

  read(texts: readonly KeyText[]): Numbers {
    const found = new Set<number>();
    for (const text of texts) {
      const number = this.#numberOf.get(this.#key.of(text));
      if (number !== undefined) found.add(number);
    }
    return [...found];
  }

  add(record: number, texts: readonly KeyText[]): void {
    const made = texts.map((text) => this.#key.of(text)).filter((text) => text !== "");
    const numbers = [...new Set(made.map((text) => this.#number(text)))];
    this.#added.push(numbers);
    for (const number of numbers) {
      const list = this.#addedTo.get(number);
      if (list === undefined) this.#addedTo.set(number, [record]);
      else list.push(record);
    }
  }

  /** How many records have one of the values. */
  countOf(numbers: Numbers): number {
    let count = 0;
    for (const number of numbers)
      count += (this.#begins[number + 1] ?? 0) - (this.#begins[number] ?? 0) + (this.#addedTo.get(number)?.length ?? 0);
    return count;
  }

  /** Each record of one of the values; a record of two of them twice. */
  each(numbers: Numbers, take: (record: number) => void): void {
    for (const number of numbers) {
      const to = this.#begins[number + 1] ?? 0;
      for (let at = this.#begins[number] ?? 0; at < to; at += 1) take(this.#records[at] as number);
      for (const record of this.#addedTo.get(number) ?? []) take(record);
    }
  }

  has(record: number, numbers: Numbers): boolean {
    const { starts, codes, single } = this.#key;
    if (record >= starts.length - 1)
      return this.#added[record - starts.length + 1]?.some((number) => numbers.includes(number)) ?? false;
    if (single !== null) return numbers.includes(single[record] as number);
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1)
      if (numbers.includes(codes[at] as number)) return true;
    return false;
  }
}

export type IndexedRule = { readonly rule: Rule; readonly postings: readonly Postings[] };

export type Found = {
  /** In the order in which they were added. */
  readonly records: readonly number[];
  /** Rules that were left out because too many records share what the record has. */
  readonly skipped: readonly Rule[];
};

/** Records that any rule pairs with a record of these values; a rule that pairs it with more than `largestBlock` is left out. */
export function candidatesOf(
  rules: readonly IndexedRule[],
  { valuesOf, largestBlock }: { readonly valuesOf: (postings: Postings) => Numbers; readonly largestBlock: number },
): Found {
  const records = new Set<number>();
  const skipped: Rule[] = [];
  for (const { rule, postings } of rules) {
    const numbers = postings.map(valuesOf);
    const counts = postings.map((one, at) => one.countOf(numbers[at] as Numbers));
    const least = counts.indexOf(Math.min(...counts));
    const found: number[] = [];
    postings[least]?.each(numbers[least] as Numbers, (record) => {
      if (postings.every((one, at) => at === least || one.has(record, numbers[at] as Numbers))) found.push(record);
    });
    if (found.length > largestBlock) skipped.push(rule);
    else for (const record of found) records.add(record);
  }
  return { records: [...records].sort((one, other) => one - other), skipped };
}

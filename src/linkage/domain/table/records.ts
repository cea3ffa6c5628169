/**
 * The records of one or more files, by column: each distinct text is kept once and a record holds its number. Everything after
 * reading works on those numbers. Method: dictionary encoding, in Daniel Abadi, Samuel Madden and Miguel Ferreira, "Integrating
 * Compression and Execution in Column-Oriented Database Systems", SIGMOD 2006, section 3.
 */
import { normaliseText } from "./normalise.ts";

/** A missing value. */
export const MISSING_CODE = -1;

export type Column = {
  readonly name: string;
  /** For each record the number of its value; MISSING_CODE where there is none. */
  readonly codes: Int32Array;
  /** The distinct values: normalised texts, and how one of them was written. */
  readonly values: readonly string[];
  readonly written: readonly string[];
  /** In how many records each value stands. */
  readonly counts: Int32Array;
};

export type Records = {
  readonly count: number;
  /** As they go out: those that stand in more than one file begin with the file's name and a colon. */
  readonly ids: readonly string[];
  readonly files: readonly string[];
  /** Which file each record is of. */
  readonly fileOf: Int32Array;
  readonly columns: readonly Column[];
  /** The column that the ids are of, in each file. */
  readonly idColumns: readonly string[];
};

export type RecordsRefusal =
  | { readonly code: "column_not_found"; readonly file: string; readonly column: string }
  | { readonly code: "no_ids"; readonly file: string; readonly records: number }
  | { readonly code: "id_missing"; readonly file: string; readonly column: string; readonly records: number }
  | {
      readonly code: "duplicate_ids";
      readonly file: string;
      readonly column: string;
      readonly records: number;
      readonly example: string;
    }
  | { readonly code: "column_twice"; readonly file: string; readonly column: string }
  | { readonly code: "no_records"; readonly file: string };

/** A column while it grows. Codes are kept in pieces of typed arrays, never as a list of numbers. */
export class GrowingColumn {
  readonly name: string;
  readonly #byRaw = new Map<string, number>();
  readonly #byValue = new Map<string, number>();
  readonly values: string[] = [];
  readonly written: string[] = [];
  #codes = new Int32Array(1024);
  readonly #read: (raw: string) => string;

  /** `read` makes of a cell the value that is compared; empty where it says nothing. */
  constructor(name: string, read: (raw: string) => string = normaliseText) {
    this.name = name;
    this.#read = read;
  }

  set(record: number, raw: string): void {
    let code = this.#byRaw.get(raw);
    if (code === undefined) {
      code = this.#codeOf(raw);
      this.#byRaw.set(raw, code);
    }
    if (record >= this.#codes.length) this.#grow(record + 1);
    // Kept one higher, so that what was never set is missing.
    this.#codes[record] = code + 1;
  }

  #codeOf(raw: string): number {
    const value = this.#read(raw);
    if (value === "") return MISSING_CODE;
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    this.#byValue.set(value, this.values.length);
    this.values.push(value);
    this.written.push(raw.trim());
    return this.values.length - 1;
  }

  #grow(least: number): void {
    const codes = new Int32Array(Math.max(least, this.#codes.length * 2));
    codes.set(this.#codes);
    this.#codes = codes;
  }

  finish(records: number): Column {
    if (records > this.#codes.length) this.#grow(records);
    const codes = this.#codes.slice(0, records);
    const counts = new Int32Array(this.values.length);
    for (let record = 0; record < records; record += 1) {
      const code = (codes[record] as number) - 1;
      codes[record] = code;
      if (code >= 0) counts[code] = (counts[code] as number) + 1;
    }
    return { name: this.name, codes, values: this.values, written: this.written, counts };
  }
}

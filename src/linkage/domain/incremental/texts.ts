/**
 * The columns of one comparison as an index keeps them: one list of texts that grows, and for each record the number of its text. How
 * the texts are spread over people is counted once, when the index is built: a record that is added changes no other record's weight.
 */
import type { KeyText } from "../blocking/keys.ts";
import { type Population, type ValueShares, valueShares } from "../compare/population.ts";
import type { Maker } from "../plan.ts";
import { normaliseText } from "../table/normalise.ts";
import { type Column, MISSING_CODE } from "../table/records.ts";

/** A record by the headings of its columns, as it was written. Headings that it lacks are missing values. */
export type NewRecord = Readonly<Record<string, string>>;

/** For each prepared column its text; null where there is none. */
export type PreparedTexts = readonly (KeyText | null)[];

/** Some records' columns with the numbers of their own few texts, and how these texts are spread in the whole table. */
export type SmallColumns = { readonly columns: readonly Column[]; readonly spread: readonly ValueShares[] };

export class Texts {
  readonly maker: Maker;
  readonly #values: string[];
  readonly #written: string[];
  readonly #codeOf = new Map<string, number>();
  readonly #codes: Int32Array[];
  readonly #spread: readonly ValueShares[];

  constructor(maker: Maker, population: Population) {
    this.maker = maker;
    const [first] = maker.prepared;
    this.#values = [...(first?.values ?? [])];
    this.#written = [...(first?.written ?? [])];
    this.#values.forEach((value, code) => {
      this.#codeOf.set(value, code);
    });
    this.#codes = maker.prepared.map(({ codes }) => codes);
    const values = this.#values.length;
    this.#spread = maker.prepared.map(({ codes }) => valueShares({ codes, values }, population));
  }

  /** The texts that are there from the first, in the order of their numbers. */
  texts(): readonly KeyText[] {
    return this.#values.map((value, at) => ({ value, written: this.#written[at] ?? value }));
  }

  /** A new record's texts, made ready as the table's were. */
  read(record: NewRecord): PreparedTexts {
    const columns = this.maker.of.map((name) => columnOfOne(name, record[name] ?? ""));
    return this.maker.prepare(columns).map(({ codes, values, written }) => {
      const code = codes[0] ?? MISSING_CODE;
      const value = values[code];
      return value === undefined ? null : { value, written: written[code] ?? value };
    });
  }

  add(record: number, texts: PreparedTexts): void {
    texts.forEach((text, at) => {
      const code = text === null ? MISSING_CODE : this.#numberOf(text);
      let codes = this.#codes[at] as Int32Array;
      if (record >= codes.length) {
        const longer = new Int32Array(Math.ceil(record * 1.25) + 16).fill(MISSING_CODE);
        longer.set(codes);
        codes = longer;
        this.#codes[at] = codes;
      }
      codes[record] = code;
    });
  }

  #numberOf({ value, written }: KeyText): number {
    const known = this.#codeOf.get(value);
    if (known !== undefined) return known;
    this.#codeOf.set(value, this.#values.length);
    this.#values.push(value);
    this.#written.push(written);
    return this.#values.length - 1;
  }

  /** A new record, which comes first, and some of the table's. */
  small(texts: PreparedTexts, records: readonly number[]): SmallColumns {
    const smallOf = new Map<number, number>();
    const big: number[] = [];
    const [values, written]: [string[], string[]] = [[], []];
    const numberOf = (code: number, text: KeyText) => {
      const known = smallOf.get(code);
      if (known !== undefined) return known;
      smallOf.set(code, values.length);
      big.push(code);
      values.push(text.value);
      written.push(text.written);
      return values.length - 1;
    };
    const all = this.#codes.map((codes, at) => {
      const small = new Int32Array(records.length + 1).fill(MISSING_CODE);
      const text = texts[at];
      // A text that the table lacks is numbered from -2 down, since its columns may share it.
      if (text)
        small[0] = numberOf(
          this.#codeOf.get(text.value) ?? -2 - texts.findIndex((one) => one?.value === text.value),
          text,
        );
      records.forEach((record, place) => {
        const code = codes[record] as number;
        if (code === MISSING_CODE) return;
        const value = this.#values[code] as string;
        small[place + 1] = numberOf(code, { value, written: this.#written[code] ?? value });
      });
      return small;
    });
    const counts = new Int32Array(values.length);
    const spread = this.#spread.map((one) => ({
      ...one,
      shares: Float64Array.from(big, (code) => one.shares[code] ?? 0),
    }));
    const columns = all.map((codes, at) => ({
      name: this.maker.prepared[at]?.name ?? "",
      codes,
      values,
      written,
      counts,
    }));
    return { columns, spread };
  }
}

/** The one cell of a record as a column. */
export function columnOfOne(name: string, raw: string): Column {
  const value = normaliseText(raw);
  const known = value !== "";
  return {
    name,
    codes: Int32Array.of(known ? 0 : MISSING_CODE),
    values: known ? [value] : [],
    written: known ? [raw.trim()] : [],
    counts: Int32Array.from(known ? [1] : []),
  };
}

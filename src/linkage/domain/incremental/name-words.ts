/** The words of whole names as an index keeps them: numbered as the table numbered them, new words after those. */
import { type NameWords, nameWords, wordShares } from "../compare/other-names.ts";
import type { Population } from "../compare/population.ts";
import { MISSING_CODE } from "../table/records.ts";
import { columnOfOne, type NewRecord, type PreparedTexts } from "./texts.ts";

/** A record's words by number, and which of them are neither of its forename nor of its surname. */
export type WordsOfOne = { readonly words: Int32Array; readonly others: Uint8Array; readonly texts: readonly string[] };

/** Room for words that no record had when the index was built. */
const NEW_WORDS = 1 << 16;

export class IndexedWords {
  readonly #table: NameWords;
  readonly #of: readonly string[];
  readonly #numberOf: Map<string, number>;
  readonly #added: WordsOfOne[] = [];
  /** By word, with noughts for those to come. */
  readonly shares: Float64Array;

  constructor({ of, names }: { readonly of: readonly string[]; readonly names: NameWords }, population: Population) {
    this.#table = names;
    this.#of = of;
    this.#numberOf = new Map(names.values.map((word, at) => [word, at]));
    this.shares = new Float64Array(names.values.length + NEW_WORDS);
    this.shares.set(wordShares(names, population));
  }

  /** `parts` are the record's forename and surname. */
  read(record: NewRecord, parts: PreparedTexts): WordsOfOne {
    const values = parts.map((part) => part?.value ?? "");
    const code = (at: number) => Int32Array.of(parts[at] ? at : MISSING_CODE);
    const columns = this.#of.map((name) => columnOfOne(name, record[name] ?? ""));
    const found = nameWords(columns, { columns: [], values, forenames: code(0), surnames: code(1) });
    const texts = Array.from(found.words, (word) => found.values[word] as string);
    return { words: Int32Array.from(texts, (text, at) => this.#find(text) ?? -2 - at), others: found.others, texts };
  }

  #find(text: string): number | undefined {
    return this.#numberOf.get(text);
  }

  add(words: WordsOfOne): void {
    const numbers = words.texts.map((text) => {
      const number = this.#find(text) ?? this.#numberOf.size;
      this.#numberOf.set(text, number);
      return number;
    });
    this.#added.push({ ...words, words: Int32Array.from(numbers) });
  }

  /** A new record's words, which come first, and those of some of the table's. */
  small(one: WordsOfOne, records: readonly number[]): NameWords {
    const lists = [one, ...records.map((record) => this.#wordsOf(record))];
    const starts = new Int32Array(lists.length + 1);
    lists.forEach(({ words }, at) => {
      starts[at + 1] = (starts[at] as number) + words.length;
    });
    const words = new Int32Array(starts[lists.length] as number);
    const others = new Uint8Array(words.length);
    lists.forEach((list, at) => {
      words.set(list.words, starts[at]);
      others.set(list.others, starts[at]);
    });
    return { columns: this.#table.columns, values: [], starts, words, others };
  }

  #wordsOf(record: number): Pick<WordsOfOne, "words" | "others"> {
    const { starts, words, others } = this.#table;
    if (record >= starts.length - 1) return this.#added[record - starts.length + 1] as WordsOfOne;
    const [from, to] = [starts[record], starts[record + 1]];
    return { words: words.subarray(from, to), others: others.subarray(from, to) };
  }
}

/**
 * Finds the records of a table that may be of the person of one new record, without going through the table: a record of a new referral
 * beside a million. Built once from the table and a model; the new record's candidates are those that the model's rules pair with it,
 * and each is weighed by the same comparisons, m, u and rarity as when the whole table is linked. To that end the comparisons are made
 * again of the few values of the record and its candidates, with what they knew of the whole table.
 */
import type { Key, KeyText } from "../blocking/keys.ts";
import type { Rule } from "../blocking/rules.ts";
import { type Comparison, NOTHING } from "../compare/comparison.ts";
import { compareOtherNames } from "../compare/other-names.ts";
import { type Population, strangers, type ValueShares } from "../compare/population.ts";
import type { Parameters } from "../model/parameters.ts";
import { probabilityOf, weigher } from "../model/score.ts";
import type { Plan } from "../plan.ts";
import { IndexedWords, type WordsOfOne } from "./name-words.ts";
import { candidatesOf, type IndexedRule, Postings } from "./postings.ts";
import { type NewRecord, type PreparedTexts, Texts } from "./texts.ts";

export type Like = {
  /** The place of the record in the table, or of those added after it. */
  readonly record: number;
  /** In bits, prior included. */
  readonly weight: number;
  readonly probability: number;
  /** For each comparison of the plan the name of its level; null where it says nothing. */
  readonly levels: readonly (string | null)[];
};

export type LikeRecords = {
  /** The most probable first; of equal ones the earlier. */
  readonly likes: readonly Like[];
  readonly compared: number;
  /** Rules that would have compared too many. */
  readonly skipped: readonly Rule[];
};

export type IndexedTable = {
  readonly plan: Plan;
  readonly parameters: Parameters;
  readonly rules: readonly Rule[];
  /** Over whom values are counted. */
  readonly population: Population;
  /** A rule that pairs the new record with more than this many is left out. */
  readonly largestBlock: number;
};

/** The new record as the index reads it. */
type Reading = { readonly texts: ReadonlyMap<Texts, PreparedTexts>; readonly words: WordsOfOne | null };

export class RecordIndex {
  readonly #table: IndexedTable;
  readonly #texts: readonly Texts[];
  readonly #words: IndexedWords | null;
  readonly #postings = new Map<string, Postings>();
  readonly #keys = new Map<Postings, Key>();
  readonly #rules: readonly IndexedRule[];
  #count: number;

  constructor(table: IndexedTable) {
    const { plan, rules, population } = table;
    this.#table = table;
    this.#count = population.personOf.length;
    this.#texts = plan.makers.filter(({ make }) => make !== null).map((maker) => new Texts(maker, population));
    this.#words = plan.words === null ? null : new IndexedWords(plan.words, population);
    this.#rules = rules.map((rule) => ({ rule, postings: rule.keys.map((key) => this.#postingsOf(key)) }));
  }

  get count(): number {
    return this.#count;
  }

  #postingsOf(key: Key): Postings {
    const known = this.#postings.get(key.name);
    if (known !== undefined) return known;
    const words = this.#table.plan.words;
    const texts = ofWords(key)
      ? (words?.names.values ?? []).map((value) => ({ value, written: value }))
      : this.#textsOf(key).texts();
    const made = new Postings(key, texts);
    this.#postings.set(key.name, made);
    this.#keys.set(made, key);
    return made;
  }

  #textsOf({ comparison }: Key): Texts {
    return this.#texts.find(({ maker }) => maker.name === comparison) as Texts;
  }

  #columnOf(key: Key): number {
    return this.#textsOf(key).maker.prepared.findIndex(({ name }) => name === key.parts[0]);
  }

  #read(record: NewRecord): Reading {
    const texts = new Map(this.#texts.map((one) => [one, one.read(record)]));
    const names = this.#texts.find(({ maker }) => maker.name === "name");
    const words = names === undefined ? null : (this.#words?.read(record, texts.get(names) ?? []) ?? null);
    return { texts, words };
  }

  /** The texts that a record has for a key. */
  #keyTexts(key: Key, { texts, words }: Reading): readonly KeyText[] {
    if (ofWords(key)) return (words?.texts ?? []).map((value) => ({ value, written: value }));
    const text = texts.get(this.#textsOf(key))?.[this.#columnOf(key)];
    return text ? [text] : [];
  }

  findLike(record: NewRecord): LikeRecords {
    const reading = this.#read(record);
    const valuesOf = (postings: Postings) => postings.read(this.#keyTexts(this.#keys.get(postings) as Key, reading));
    const { records, skipped } = candidatesOf(this.#rules, { ...this.#table, valuesOf });
    const likes = this.#weighed(reading, records);
    likes.sort((one, other) => other.weight - one.weight || one.record - other.record);
    return { likes, compared: records.length, skipped };
  }

  #weighed(reading: Reading, records: readonly number[]): Like[] {
    const { plan, parameters } = this.#table;
    const values = new Map<Int32Array, ValueShares>();
    const words = new Map<Int32Array, Float64Array>();
    const comparisons = plan.comparisons.map(({ name }): Comparison => {
      const texts = this.#texts.find(({ maker }) => maker.name === name);
      if (texts?.maker.make) {
        const small = texts.small(reading.texts.get(texts) ?? [], records);
        small.columns.forEach(({ codes }, at) => {
          values.set(codes, small.spread[at] as ValueShares);
        });
        return texts.maker.make(small.columns);
      }
      const named = (this.#words as IndexedWords).small(reading.words as WordsOfOne, records);
      words.set(named.words, this.#words?.shares ?? new Float64Array());
      return compareOtherNames(named);
    });
    const population = { ...strangers(records.length + 1, this.#table.population.seed), known: { values, words } };
    const weigh = weigher({ comparisons, parameters, population });
    return records.map((record, at) => {
      const weight = weigh(0, at + 1);
      const levels = comparisons.map(({ compare, levels: all }) => {
        const level = compare(0, at + 1);
        return level === NOTHING ? null : (all[level]?.name ?? null);
      });
      return { record, weight, probability: probabilityOf(weight), levels };
    });
  }

  /** Puts the record into the index; gives its place. What is usual and what is rare stays as it was when the index was built. */
  add(record: NewRecord): number {
    const reading = this.#read(record);
    const place = this.#count;
    for (const [texts, prepared] of reading.texts) texts.add(place, prepared);
    if (reading.words !== null) this.#words?.add(reading.words);
    for (const [postings, key] of this.#keys) postings.add(place, this.#keyTexts(key, reading));
    this.#count += 1;
    return place;
  }
}

/** Keys of the words of a name, of which a record has several. */
function ofWords({ parts }: Key): boolean {
  return parts.length > 1;
}

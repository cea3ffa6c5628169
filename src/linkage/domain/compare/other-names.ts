/**
 * What a whole name holds besides forename and surname: middle names, titles, names before marriage. Whether a word of one record's
 * other names stands anywhere in the other's name; rare words count more.
 */
import { type Column, MISSING_CODE } from "../table/records.ts";
import { type AskedPair, type Comparison, NO_RARITY, NOTHING, orderedLevels } from "./comparison.ts";
import { asStrangers } from "./household.ts";
import type { NameParts } from "./names.ts";
import type { Population } from "./population.ts";

/** For each record the words of its name, in the order of their numbers, and which of them are other names. */
export type NameWords = {
  readonly columns: readonly string[];
  readonly values: readonly string[];
  readonly starts: Int32Array;
  readonly words: Int32Array;
  /** 1 where the word at this place is neither of the forename nor of the surname. */
  readonly others: Uint8Array;
};

const MOST_WORDS = 12;

/** Of the columns given, and of forename and surname. */
export function nameWords(columns: readonly Column[], parts: NameParts): NameWords {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  const numbersOf = (text: string) => text.split(" ", MOST_WORDS).map(numberOf);
  function numberOf(word: string): number {
    const known = codeOf.get(word);
    if (known !== undefined) return known;
    codeOf.set(word, values.length);
    values.push(word);
    return values.length - 1;
  }
  const ofParts = parts.values.map(numbersOf);
  const ofColumns = columns.map((column) => column.values.map(numbersOf));
  const count = parts.forenames.length;
  const starts = new Int32Array(count + 1);
  let words = new Int32Array(count * 4 + MOST_WORDS);
  let others = new Uint8Array(words.length);
  let end = 0;
  for (let record = 0; record < count; record += 1) {
    if (end + MOST_WORDS > words.length) [words, others] = [doubled(words), doubledBytes(others)];
    const from = end;
    const add = (numbers: readonly number[] | undefined, other: number) => {
      for (const number of numbers ?? []) {
        if (end - from >= MOST_WORDS || words.subarray(from, end).includes(number)) continue;
        words[end] = number;
        others[end] = other;
        end += 1;
      }
    };
    add(ofParts[parts.forenames[record] as number], 0);
    add(ofParts[parts.surnames[record] as number], 0);
    columns.forEach((column, at) => {
      const code = column.codes[record] as number;
      if (code !== MISSING_CODE) add(ofColumns[at]?.[code], 1);
    });
    starts[record + 1] = end;
  }
  return {
    columns: columns.map(({ name }) => name),
    values,
    starts,
    words: words.slice(0, end),
    others: others.slice(0, end),
  };
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

function doubledBytes(from: Uint8Array): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length * 2);
  to.set(from);
  return to;
}

const DRAWN = 60_000;

export function compareOtherNames(the: NameWords): Comparison {
  const { starts, words, others } = the;
  const hasOthers = new Uint8Array(starts.length - 1);
  for (let record = 0; record + 1 < starts.length; record += 1)
    hasOthers[record] = others.subarray(starts[record], starts[record + 1]).includes(1) ? 1 : 0;
  // The shared word with the highest number: words are numbered as they are met, so the rarer tend to come later.
  const sharedWord = (left: number, right: number): number => {
    let found = MISSING_CODE;
    const toLeft = starts[left + 1] as number;
    const toRight = starts[right + 1] as number;
    for (let one = starts[left] as number; one < toLeft; one += 1)
      for (let two = starts[right] as number; two < toRight; two += 1)
        if (words[one] === words[two] && (others[one] === 1 || others[two] === 1) && (words[one] as number) > found)
          found = words[one] as number;
    return found;
  };
  const compare = (left: number, right: number) => {
    const known = (hasOthers[left] as number) + (hasOthers[right] as number);
    if (known === 0) return NOTHING;
    if (sharedWord(left, right) !== MISSING_CODE) return 0;
    return known === 1 ? 1 : 2;
  };
  return {
    name: "other names",
    columns: the.columns,
    levels: orderedLevels(`
      a word of the other names is shared | 0.5
      only one has other names | 0.4
      both have other names, and share none | 0.1
    `),
    compare,
    spread: (population) => drawnSpread(compare, { ...population, levels: 3 }),
    household: asStrangers,
    rarity: (population) => {
      const shares = wordShares(the, population);
      let all = 0;
      let squares = 0;
      for (const share of shares) {
        all += share;
        squares += share * share;
      }
      const usual = squares / Math.max(all, 1e-12);
      const whole = ({ left, right, level }: AskedPair) => {
        if (level !== 0) return 0;
        const share = shares[sharedWord(left, right)] ?? usual;
        return Math.max(-10, Math.min(10, Math.log2(usual / Math.max(share, 1e-9))));
      };
      return { whole, shared: NO_RARITY };
    },
  };
}

/** The share of people with each word in their name. */
export function wordShares(
  { starts, words, values }: NameWords,
  { weights, persons, known }: Population,
): Float64Array {
  const elsewhere = known?.words.get(words);
  if (elsewhere !== undefined) return elsewhere;
  const shares = new Float64Array(values.length);
  for (let record = 0; record + 1 < starts.length; record += 1)
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1)
      shares[words[at] as number] =
        (shares[words[at] as number] as number) + (weights[record] as number) / Math.max(persons, 1);
  return shares;
}

/** The share of pairs of different people at each level, by pairs at even steps through the records. */
export function drawnSpread(
  compare: (left: number, right: number) => number,
  { personOf, seed, levels }: Pick<Population, "personOf" | "seed"> & { readonly levels: number },
): Float64Array {
  const counts = new Float64Array(levels).fill(0.5);
  const records = personOf.length;
  let state = (seed ^ 0x2545f491) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * records);
  };
  for (let drawn = 0; drawn < DRAWN; drawn += 1) {
    const left = next();
    const right = next();
    if (personOf[left] === personOf[right]) continue;
    const level = compare(left, right);
    if (level !== NOTHING) counts[level] = (counts[level] as number) + 1;
  }
  return counts;
}

/** Lines of an address and other texts of several words: the same, mistyped, most of their words shared, some, none. */
import type { Column } from "../table/records.ts";
import { type Comparison, orderedLevels } from "./comparison.ts";
import { damerauBetween } from "./damerau.ts";
import { asMatches } from "./household.ts";
import { jaroWinklerBetween } from "./jaro-winkler.ts";
import { lettersOf } from "./letters.ts";
import { compareValues } from "./value-levels.ts";

const NEAR = 0.93;
/** Words after these are not looked at: no address has so many. */
const MOST_WORDS = 32;

export function compareAddress(column: Column, weights: WordWeights): Comparison {
  const level = addressLevels(column.values, weights);
  return compareValues({
    name: column.name,
    columns: [column.name],
    codes: column.codes,
    values: column.values.length,
    household: asMatches,
    levels: orderedLevels(`
      same | 0.6
      mistyped | 0.12
      most words shared | 0.06
      different | 0.22
    `),
    levelOf: level,
  });
}

/** 1 mistyped, 2 most words shared (rare ones count more), 3 different; of two texts of the list that differ. */
export function addressLevels(
  values: readonly string[],
  weighing: WordWeights,
): (left: number, right: number) => number {
  const letters = lettersOf(values);
  const likeness = jaroWinklerBetween(letters, NEAR);
  const mistakes = damerauBetween(letters, 2);
  const squeezed = numbered(values.map((value) => value.replaceAll(" ", "")));
  const { starts, words, weights } = weighedWords(values, weighing);
  const long = values.map((value) => value.length > 5);
  const shareMost = (left: number, right: number) => {
    let shared = 0;
    let ofLeft = 0;
    let ofRight = 0;
    const toLeft = starts[left + 1] as number;
    const toRight = starts[right + 1] as number;
    for (let two = starts[right] as number; two < toRight; two += 1) ofRight += weights[words[two] as number] as number;
    for (let one = starts[left] as number; one < toLeft; one += 1) {
      const weight = weights[words[one] as number] as number;
      ofLeft += weight;
      for (let two = starts[right] as number; two < toRight; two += 1)
        if (words[two] === words[one]) {
          shared += weight;
          break;
        }
    }
    return shared > 0.6 * Math.min(ofLeft, ofRight);
  };
  return (left, right) => {
    if (squeezed[left] === squeezed[right] || likeness(left, right) >= NEAR) return 1;
    if (long[left] && long[right] && mistakes(left, right) <= 2) return 1;
    return shareMost(left, right) ? 2 : 3;
  };
}

function numbered(texts: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
}

export type WordWeights = {
  readonly numbers: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
  /** What a word says that is not among them. */
  readonly other: number;
};

/** How much each word says: the logarithm of how rare it is (Karen Spärck Jones, "A Statistical Interpretation of Term Specificity", 1972). */
export function wordWeights({ values, counts }: Pick<Column, "values" | "counts">): WordWeights {
  const numbers = new Map<string, number>();
  const sums: number[] = [];
  let all = 1;
  values.forEach((value, at) => {
    const count = counts[at] ?? 1;
    all += count;
    for (const word of value.split(" ", MOST_WORDS)) {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      sums[number] = (sums[number] ?? 0) + count;
    }
  });
  return {
    numbers,
    weights: Float64Array.from(sums, (sum) => Math.log((all + 1) / Math.max(sum, 1))),
    other: Math.log(all + 1),
  };
}

/** The words of each value by number; those that no weight is known of are numbered on. */
function weighedWords(values: readonly string[], { numbers, weights, other }: WordWeights) {
  const more = new Map<string, number>();
  const starts = new Int32Array(values.length + 1);
  const words: number[] = [];
  values.forEach((value, at) => {
    for (const word of value.split(" ", MOST_WORDS)) {
      const number = numbers.get(word) ?? more.get(word) ?? numbers.size + more.size;
      if (number >= numbers.size) more.set(word, number);
      words.push(number);
    }
    starts[at + 1] = words.length;
  });
  if (more.size === 0) return { starts, words: Int32Array.from(words), weights };
  const wider = new Float64Array(weights.length + more.size).fill(other);
  wider.set(weights);
  return { starts, words: Int32Array.from(words), weights: wider };
}

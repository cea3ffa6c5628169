/** Comparisons of columns of text and numbers: what is the same, what was mistyped, what is like, and what is different. */
import type { Column } from "../table/records.ts";
import { isNhsNumber } from "./check-digits.ts";
import { type Comparison, orderedLevels } from "./comparison.ts";
import { damerauBetween } from "./damerau.ts";
import { asStrangers, type HouseholdShares } from "./household.ts";
import { jaroWinklerBetween } from "./jaro-winkler.ts";
import { lettersOf } from "./letters.ts";
import { compareValues } from "./value-levels.ts";

const about = ({ name, codes, values }: Column) => ({
  name,
  columns: [name],
  codes,
  values: values.length,
  household: asStrangers,
});

/** Jaro-Winkler's measure from which two words are one word mistyped, and from which they are still alike: Splink's usual levels. */
const NEAR = 0.92;
const ALIKE = 0.8;

/** Words and short texts: a town, an occupation. */
export function compareText(column: Column, household: HouseholdShares): Comparison {
  const letters = lettersOf(column.values);
  const likeness = jaroWinklerBetween(letters, ALIKE);
  const mistakes = damerauBetween(letters, 1);
  const words = column.values.map((value) => ` ${value} `);
  const long = column.values.map((value) => value.length > 3);
  return compareValues({
    ...about(column),
    household,
    levels: orderedLevels(`
      same | 0.75
      mistyped | 0.1
      alike | 0.05
      different | 0.1
    `),
    levelOf: (left, right) => {
      const like = likeness(left, right);
      if (like >= NEAR || (long[left] && long[right] && mistakes(left, right) === 1)) return 1;
      const [a = "", b = ""] = [words[left], words[right]];
      return like >= ALIKE || a.includes(b) || b.includes(a) ? 2 : 3;
    },
  });
}

/** One of a few words: sex, title, county. */
export function compareCategory(column: Column, household: HouseholdShares): Comparison {
  return compareValues({
    ...about(column),
    household,
    levels: orderedLevels(`
      same | 0.9
      different | 0.1
    `),
    levelOf: () => 1,
  });
}

/** Numbers that name something: a house, a telephone, an account. */
export function compareNumber(column: Column, household: HouseholdShares): Comparison {
  const values = column.values.map((value) => value.replaceAll(" ", ""));
  const mistakes = damerauBetween(lettersOf(values), 2);
  const lengths = values.map((value) => value.length);
  return compareValues({
    ...about(column),
    household,
    levels: orderedLevels(`
      same | 0.8
      one digit mistyped | 0.08
      two digits mistyped | 0.02
      different | 0.1
    `),
    levelOf: (left, right) => {
      const found = mistakes(left, right);
      const length = Math.min(lengths[left] as number, lengths[right] as number);
      return found <= 1 ? 1 : found === 2 && length >= 6 ? 2 : 3;
    },
  });
}

/** NHS numbers: two that both prove themselves and differ are two people's, however near they are. */
export function compareNhsNumber(column: Column): Comparison {
  const mistakes = damerauBetween(lettersOf(column.values.map((value) => value.replaceAll(" ", ""))), 2);
  const proven = column.values.map(isNhsNumber);
  return compareValues({
    ...about(column),
    levels: orderedLevels(`
      same | 0.95
      mistyped: one fails its check digit | 0.03
      different | 0.02
    `),
    levelOf: (left, right) => ((proven[left] && proven[right]) || mistakes(left, right) > 2 ? 2 : 1),
  });
}

/** From which two names before an @ are alike. */
const LIKE_NAME = 0.88;

/** E-mail addresses, from the texts as written: the part before the @ is the person's, the part after it the provider's. */
export function compareEmail(column: Column): Comparison {
  const whole = column.written.map((text) => text.toLowerCase());
  const names = whole.map((text) => text.split("@")[0] ?? "");
  const mistakes = damerauBetween(lettersOf(whole), 3);
  const likeness = jaroWinklerBetween(lettersOf(names), LIKE_NAME);
  return compareValues({
    ...about(column),
    levels: orderedLevels(`
      same | 0.7
      mistyped, or the same name elsewhere | 0.15
      a like name | 0.05
      different | 0.1
    `),
    levelOf: (left, right) => {
      if (names[left] === names[right] || mistakes(left, right) <= 3) return 1;
      return likeness(left, right) >= LIKE_NAME ? 2 : 3;
    },
  });
}

/**
 * Dates of birth: the same; day and month swapped, or one digit mistyped; a year off by one, or two of the three parts the same; the same
 * year only; different. Levels after those of Splink's date comparison and of the ways in which dates are miswritten that Peter
 * Christen lists, "Data Matching", 2012, section 5.6.
 */
import { findMonthPlace, readDay } from "../table/days.ts";
import type { Column } from "../table/records.ts";
import { type Comparison, orderedLevels } from "./comparison.ts";
import { exceptTwins } from "./household.ts";
import { compareValues } from "./value-levels.ts";

export const DATE_LEVELS = ["same", "swapped", "mistyped", "near", "same-year", "different"] as const;
export type DateLevel = (typeof DATE_LEVELS)[number];

/** The column with its values as eight digits; a value that is no date is missing. */
export function asDays(column: Column): Column {
  const known = asked.get(column) ?? daysOf(column, findMonthPlace(column.values));
  asked.set(column, known);
  return known;
}

/** The same column is asked for as a comparison and as a fact of people. */
const asked = new WeakMap<Column, Column>();

/** The same with the order of day and month given. */
export function daysOf(column: Column, place: ReturnType<typeof findMonthPlace>): Column {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  const recoded = Int32Array.from(column.values, (value) => {
    const day = readDay(value, place);
    if (day === null) return -1;
    const known = codeOf.get(day);
    if (known !== undefined) return known;
    codeOf.set(day, values.length);
    values.push(day);
    return values.length - 1;
  });
  const codes = column.codes.map((code) => (code < 0 ? -1 : (recoded[code] as number)));
  const counts = new Int32Array(values.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { name: column.name, codes, values, written: values, counts };
}

export function compareDates(column: Column): Comparison {
  const { values } = column;
  const years = Int32Array.from(values, (value) => Number(value.slice(0, 4)));
  const months = Int32Array.from(values, (value) => Number(value.slice(4, 6)));
  const days = Int32Array.from(values, (value) => Number(value.slice(6)));
  const partsOf = (at: number): Parts => ({
    year: years[at] as number,
    month: months[at] as number,
    day: days[at] as number,
  });
  return compareValues({
    name: column.name,
    columns: [column.name],
    codes: column.codes,
    values: values.length,
    household: exceptTwins,
    levels: orderedLevels(`
      same | 0.75
      day and month swapped | 0.02
      one digit mistyped | 0.1
      year off by one, or two parts the same | 0.05
      same year | 0.03
      different | 0.05
    `),
    levelOf: (left, right) => {
      const found = levelOfParts(partsOf(left), partsOf(right));
      if (found > 2 && wrongDigits(values[left] ?? "", values[right] ?? "") === 1) return 2;
      return found;
    },
  });
}

/** Whether two dates as eight digits may be one day, typed or written otherwise: all levels but the last two. */
export function mayBeOneDay(left: string, right: string): boolean {
  return DATE_LEVELS.indexOf(dateLevel(left, right)) < DATE_LEVELS.indexOf("same-year");
}

/** The level of two dates as eight digits. */
export function dateLevel(left: string, right: string): DateLevel {
  if (left === right) return "same";
  const found = levelOfParts(readParts(left), readParts(right));
  return DATE_LEVELS[found > 2 && wrongDigits(left, right) === 1 ? 2 : found] ?? "different";
}

type Parts = { readonly year: number; readonly month: number; readonly day: number };

function readParts(text: string): Parts {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(4, 6)), day: Number(text.slice(6)) };
}

function levelOfParts(left: Parts, right: Parts): number {
  const sameYear = left.year === right.year;
  if (sameYear && left.day === right.month && left.month === right.day) return 1;
  const sameMonth = left.month === right.month;
  const sameDay = left.day === right.day;
  if (sameMonth && sameDay && Math.abs(left.year - right.year) === 1) return 3;
  if (Number(sameYear) + Number(sameMonth) + Number(sameDay) === 2) return 3;
  return sameYear ? 4 : 5;
}

/** Digits that differ; two neighbours that changed places count as one. */
function wrongDigits(left: string, right: string): number {
  let wrong = 0;
  for (let at = 0; at < left.length; at += 1) {
    if (left.charCodeAt(at) === right.charCodeAt(at)) continue;
    wrong += 1;
    const swapped =
      left.charCodeAt(at) === right.charCodeAt(at + 1) && left.charCodeAt(at + 1) === right.charCodeAt(at);
    if (swapped) at += 1;
    if (wrong > 1) break;
  }
  return wrong;
}

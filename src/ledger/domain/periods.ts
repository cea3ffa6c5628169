/**
 * The calendar of the books. A financial year runs from April to March (Local Government Finance Act 1992, section 116:
 * "the period of twelve months beginning with 1st April"); its periods 1 to 12 are its months, its quarters three of them
 * each, and closing period 13 is 31 March once more, for the journals of the year end.
 */
import { assert } from "../../lib/assert.ts";
import { addDays, type Day, dayOf, financialYear } from "../../lib/day.ts";
import { formatDay, formatMonth } from "../../lib/day-words.ts";
import type { Language } from "../../lib/language.ts";

export const CLOSING_PERIOD = 13;
/** March: it closes softly as this period, and for good as the closing one. */
export const LAST_MONTH = 12;

type Stretch = { readonly name: string; readonly year: string; readonly from: Day; readonly to: Day };
export type Period = Stretch & { readonly kind: "period"; readonly number: number };
export type Quarter = Stretch & { readonly kind: "quarter"; readonly number: number };
export type Year = Stretch & { readonly kind: "year" };

/** 2012-13 is written so: seven letters, whatever follows. */
const YEAR_LENGTH = 7;
/** The last year that ends within the calendar of days. */
const LAST_YEAR = 2198;

/** 2012-13; null where the second part is not the year after the first. */
export function parseYear(text: string): Year | null {
  const first = Number(text.slice(0, 4));
  const from = dayOf({ year: first, month: 4, day: 1 });
  if (from === null || first > LAST_YEAR) return null;
  const year = financialYear(from);
  return year.name === text ? { kind: "year", year: text, ...year } : null;
}

/** 2012-13/09 or 2012-13/9, 1 to 13; null otherwise. */
export function parsePeriod(text: string): Period | null {
  const [year, rest] = yearAndRest(text);
  if (year === null || !/^\/(0?[1-9]|1[0-3])$/.test(rest)) return null;
  return periodOf(year, Number(rest.slice(1)));
}

/** 2012-13/Q3; the letter may be small. */
export function parseQuarter(text: string): Quarter | null {
  const [year, rest] = yearAndRest(text);
  if (year === null || !/^\/[qQ][1-4]$/.test(rest)) return null;
  return quarterOf(year, Number(rest.slice(2)));
}

function yearAndRest(text: string): readonly [year: Year | null, rest: string] {
  return [parseYear(text.slice(0, YEAR_LENGTH)), text.slice(YEAR_LENGTH)];
}

export function periodOf(year: Year, number: number): Period {
  assert(number >= 1 && number <= CLOSING_PERIOD, `no period ${number}`);
  const name = `${year.year}/${String(number).padStart(2, "0")}`;
  if (number === CLOSING_PERIOD) return { kind: "period", name, year: year.year, number, from: year.to, to: year.to };
  const from = monthsOn(year.from, number - 1);
  return { kind: "period", name, year: year.year, number, from, to: addDays(monthsOn(from, 1), -1) };
}

function quarterOf(year: Year, number: number): Quarter {
  const from = monthsOn(year.from, (number - 1) * 3);
  const to = addDays(monthsOn(from, 3), -1);
  return { kind: "quarter", name: `${year.year}/Q${number}`, year: year.year, number, from, to };
}

/** All thirteen, in order. */
export function periodsOf(year: Year): readonly Period[] {
  return Array.from({ length: CLOSING_PERIOD }, (_, index) => periodOf(year, index + 1));
}

/** The three months of a quarter. */
export function periodsIn(quarter: Quarter): readonly Period[] {
  const year = yearNamed(quarter.year);
  return [2, 1, 0].map((back) => periodOf(year, quarter.number * 3 - back));
}

export function yearNamed(name: string): Year {
  const year = parseYear(name);
  assert(year !== null, `not a year: ${name}`);
  return year;
}

/** The month that a day is in: never the closing period. */
export function periodOn(day: Day): Period {
  const year = yearNamed(financialYear(day).name);
  return periodOf(year, ((Number(day.slice(5, 7)) + 8) % 12) + 1);
}

/** The last month's end at or before a day. */
export function endBefore(day: Day): Day {
  const { from, to } = periodOn(day);
  return day === to ? day : addDays(from, -1);
}

export function quarterOn(day: Day): Quarter {
  const { year, number } = periodOn(day);
  return quarterOf(yearNamed(year), Math.ceil(number / 3));
}

/** The days that the store closes for a period: the closing period is March again. */
export function daysOf(period: Period): { readonly from: Day; readonly to: Day } {
  return period.number === CLOSING_PERIOD ? periodOf(yearNamed(period.year), LAST_MONTH) : period;
}

/** The first day that is closed with a period or a quarter. */
export function firstDay(the: Period | Quarter): Day {
  return the.kind === "period" ? daysOf(the).from : the.from;
}

/** The months from the one a day is in up to, and without, another's. */
export function periodsBetween(first: Day, before: Day): readonly Period[] {
  const found: Period[] = [];
  for (let period = periodOn(first); period.from < before; period = periodOn(addDays(period.to, 1))) {
    assert(found.length < 3600, "a book is at most three hundred years long");
    found.push(period);
  }
  return found;
}

/** A month's first day, so many months on. */
function monthsOn(day: Day, count: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const found = dayOf({ year: Math.floor(months / 12), month: (months % 12) + 1, day: 1 });
  assert(found !== null, `no month ${count} after ${day}`);
  return found;
}

/** Of each quarter, in Welsh: "i" softens the month after it. */
const QUARTER_MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ["April to June", "July to September", "October to December", "January to March"],
  cy: ["Ebrill i Fehefin", "Gorffennaf i Fedi", "Hydref i Ragfyr", "Ionawr i Fawrth"],
};

/** Period 9 (December 2012); Quarter 3, October to December 2012; Financial year 2012-13. */
export function periodWords(language: Language, the: Period | Quarter | Year): string {
  const welsh = language === "cy";
  if (the.kind === "year") return `${welsh ? "Blwyddyn ariannol" : "Financial year"} ${the.name}`;
  if (the.kind === "quarter") {
    const months = QUARTER_MONTHS[language][the.number - 1] ?? "";
    return `${welsh ? "Chwarter" : "Quarter"} ${the.number}, ${months} ${the.to.slice(0, 4)}`;
  }
  const within =
    the.number === CLOSING_PERIOD
      ? `${welsh ? "cau'r flwyddyn" : "year end"}, ${formatDay(language, the.to)}`
      : formatMonth(language, the.from);
  return `${welsh ? "Cyfnod" : "Period"} ${the.number} (${within})`;
}

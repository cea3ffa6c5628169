/**
 * A day on the calendar, as YYYY-MM-DD, without a time or a zone. A place's days are those of Europe/London.
 * The financial year runs from 1 April to 31 March.
 */
import { assert } from "./assert.ts";

export type Day = string & { readonly __day: never };

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS_A_DAY = 86_400_000;

/** YYYY-MM-DD of a real date between 1900 and 2199; null otherwise. */
export function parseDay(text: string): Day | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return dayOf({ year, month, day });
}

/** The day of a year, a month from 1 and a day of the month; null when there is no such date. */
export function dayOf({
  year,
  month,
  day,
}: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}): Day | null {
  if (year < 1900 || year > 2199) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10) as Day;
}

export function mustDay(text: string): Day {
  const day = parseDay(text);
  assert(day !== null, `not a day: ${text}`);
  return day;
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS_A_DAY).toISOString().slice(0, 10) as Day;
}

/** The calendar day in London at a moment. */
export function londonDay(at: Date): Day {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London", dateStyle: "short" }).format(at) as Day;
}

/** 2012-13 for any day from 1 April 2012 to 31 March 2013. */
export function financialYear(day: Day): { readonly name: string; readonly from: Day; readonly to: Day } {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < "04-01" ? 1 : 0);
  return {
    name: `${year}-${String((year + 1) % 100).padStart(2, "0")}`,
    from: mustDay(`${year}-04-01`),
    to: mustDay(`${year + 1}-03-31`),
  };
}

/**
 * Days and amounts as finance systems print them. SAP puts the minus after an amount and points in its dates, Oracle names
 * the month, Unit4 prints day first; all of them CR and DR. British extracts are day first; what can only be month first is
 * refused, never guessed.
 */
import { type Day, dayOf } from "../../lib/day.ts";
import { type Pence, parsePounds } from "../../lib/pence.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LARGEST = 9_000_000_000_000_000n;

/** The amount in pence; null where the text is none. A dash alone is nought, as accounting formats print it. */
export function parseAmount(text: string): Pence | null {
  const bare = text
    .replaceAll(/[\u2212\u2013]/g, "-")
    .replace(/^GBP|GBP$/i, "")
    .trim();
  if (/^£?-$/.test(bare)) return 0n;
  const marked = /^(.*[\d)])\s*(CR|DR|-)$/i.exec(bare);
  const amount = parsePounds((marked?.[1] ?? bare).replace(/(\.\d\d)0+$/, "$1"));
  if (amount === null || amount > LARGEST || amount < -LARGEST) return null;
  if (marked === null || /^dr$/i.test(marked[2] ?? "")) return amount;
  // Two marks of a credit at once could be meant in two ways.
  return amount < 0n ? null : -amount;
}

/** The day; null where the text is none. A time after it is passed over. */
export function parseListingDay(text: string): Day | null {
  const bare = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, "");
  const year = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (year) return dayOf({ year: Number(year[1]), month: Number(year[2]), day: Number(year[3]) });
  const day = /^(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})[-/. ](\d{4}|\d{2})$/i.exec(bare);
  if (!day) return null;
  const named = MONTHS.indexOf((day[2] ?? "").slice(0, 3).toLowerCase()) + 1;
  const month = /^\d/.test(day[2] ?? "") ? Number(day[2]) : named;
  return dayOf({ year: fullYear(day[3] ?? ""), month, day: Number(day[1]) });
}

/** 00 to 69 is this century. */
function fullYear(text: string): number {
  return text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);
}

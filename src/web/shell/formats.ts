/** Days, times, numbers and money in words, in English and Welsh. Times are those of Europe/London. */
import { londonDay } from "../../lib/day.ts";
import { formatDay } from "../../lib/day-words.ts";
import type { Language } from "../../lib/language.ts";
import { formatPounds, formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";

export { formatDay, formatMonth } from "../../lib/day-words.ts";

const SHORT_MONTHS: Record<Language, readonly string[]> = {
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
  cy: "Ion Chwef Maw Ebr Mai Meh Gorff Awst Medi Hyd Tach Rhag".split(" "),
};

/** Mar 2013: for the axis of a picture and for tight tables. */
export function formatMonthShort(language: Language, month: string): string {
  return `${SHORT_MONTHS[language][Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" });

/** 19 November 2012, 14:05. */
export function formatMoment(language: Language, at: Date): string {
  return `${formatDay(language, londonDay(at))}, ${clock.format(at)}`;
}

/** 3 days ago (19 November 2012, 14:05). */
export function formatAgo(language: Language, times: { readonly at: Date; readonly now: Date }): string {
  return `${ago(language, (times.now.getTime() - times.at.getTime()) / 60_000)} (${formatMoment(language, times.at)})`;
}

/** Whole units, rounded down: 119 minutes is 1 hour. Months are of 30 days, years of 365. */
function ago(language: Language, minutes: number): string {
  const words = t(language);
  const days = Math.floor(minutes / 1440);
  if (minutes < -1) return words("inTheFuture");
  if (minutes < 1) return words("justNow");
  if (minutes < 60) return words("minutesAgo", { count: Math.floor(minutes) });
  if (days < 1) return words("hoursAgo", { count: Math.floor(minutes / 60) });
  if (days < 60) return words("daysAgo", { count: days });
  if (days < 730) return words("monthsAgo", { count: Math.floor(days / 30) });
  return words("yearsAgo", { count: Math.floor(days / 365) });
}

/** 1,234,567: both languages write numbers so. */
export function formatNumber(value: number | bigint): string {
  return value
    .toString()
    .replace("-", "\u2212")
    .replaceAll(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
}

/** £1,234.56 on a record; £1.23m in a headline or a picture. Both languages write pounds so. */
export function formatMoney(pence: Pence, form: "exact" | "short"): string {
  return form === "exact" ? formatPounds(pence) : formatPoundsShort(pence);
}

/**
 * A day and a month in words, in English and Welsh, for pages and for the sentences that every door gives. Month names
 * are spelt here, so that they read the same whatever the machine's own language data.
 */
import type { Day } from "./day.ts";
import type { Language } from "./language.ts";

const MONTHS: Record<Language, readonly string[]> = {
  en: "January February March April May June July August September October November December".split(" "),
  cy: "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split(" "),
};

/** 29 March 2013; 29 Mawrth 2013. */
export function formatDay(language: Language, day: Day): string {
  return `${Number(day.slice(8, 10))} ${formatMonth(language, day)}`;
}

/** March 2013, from a day or from YYYY-MM. */
export function formatMonth(language: Language, month: string): string {
  return `${MONTHS[language][Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;
}

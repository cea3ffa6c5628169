/** What stands in a column: the shares of its filled cells that are dates, money, words, codes, and names of suppliers. */
import { parseAmount } from "./amount.ts";
import type { SpendRow } from "./mapping.ts";
import { looksLikeDate, parseSpendDate } from "./spend-date.ts";

export type ColumnContents = {
  readonly filled: number;
  /** Dates, a spreadsheet's numbers for days among them. */
  readonly dates: number;
  /** Dates written as such. */
  readonly writtenDates: number;
  readonly money: number;
  /** Money with pence, a pound sign or thousands separators. */
  readonly decimals: number;
  readonly words: number;
  /** Words that companies, charities and public bodies have in their names. */
  readonly names: number;
  /** Numbers and letters without a space, of three signs and more. */
  readonly codes: number;
  /** Different texts. */
  readonly distinct: number;
};

const NAMES =
  /\b(ltd|limited|plc|llp|inc|cyf|cyfyngedig|council|cyngor|trust|nhs|university|college|school|association|society|services|group|partnership|charity|foundation|solutions|contractors?|redacted)\b/i;

export function columnContents(rows: readonly SpendRow[], column: number): ColumnContents {
  const counts = { dates: 0, writtenDates: 0, money: 0, decimals: 0, words: 0, names: 0, codes: 0 };
  const texts = new Set<string>();
  let filled = 0;
  for (const { cells } of rows) {
    const text = cells[column]?.trim() ?? "";
    if (text === "") continue;
    filled += 1;
    texts.add(text);
    const money = typeof parseAmount(text) === "bigint";
    if (!parseSpendDate(text, "day_first").startsWith("date_")) counts.dates += 1;
    if (looksLikeDate(text)) counts.writtenDates += 1;
    else if (/\p{L}{2}/u.test(text) && !money) counts.words += 1;
    if (money) counts.money += 1;
    if (money && /[.,£]/.test(text)) counts.decimals += 1;
    if (NAMES.test(text)) counts.names += 1;
    if (/^[\p{L}\p{N}/_-]{3,}$/u.test(text) && /\d/.test(text)) counts.codes += 1;
  }
  const share = (count: number): number => (filled === 0 ? 0 : count / filled);
  return {
    filled,
    dates: share(counts.dates),
    writtenDates: share(counts.writtenDates),
    money: share(counts.money),
    decimals: share(counts.decimals),
    words: share(counts.words),
    names: share(counts.names),
    codes: share(counts.codes),
    distinct: share(texts.size),
  };
}

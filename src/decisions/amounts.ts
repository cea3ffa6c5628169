/**
 * Amounts of an election's own money, as decimal text, for people: thousands apart, in the currency that the file names. A file that
 * names none has none: nothing is taken for pounds.
 */
import { writeDecimal } from "../allocation/index.ts";
import { roundDivide } from "../lib/pence.ts";

export function formatAmount(amount: string, currency: string | null): string {
  const [, sign = "", whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  const number = decimals === "" ? grouped : `${grouped}.${decimals.padEnd(2, "0")}`;
  const minus = sign === "" ? "" : "\u2212";
  if (currency === "GBP") return `${minus}£${number}`;
  return `${minus}${number}${currency === null ? "" : ` ${currency}`}`;
}

/** The number alone, for a column whose heading says the currency. */
export function bareAmount(amount: string): string {
  return formatAmount(amount, null);
}

/** To a hundredth of the file's unit of money, half away from nought: a figure to read, which decides nothing. */
export function hundredthsOf(
  { over, under }: { readonly over: bigint; readonly under: bigint },
  places: number,
): string {
  return writeDecimal({ digits: roundDivide(over * 100n, under * 10n ** BigInt(places)), places: 2 });
}

/**
 * Amounts of an election's own money, as decimal text, for people: thousands apart, in the currency that the file names. A file that
 * names none has none: nothing is taken for pounds.
 */
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

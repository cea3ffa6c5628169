/**
 * Amounts of money as councils publish them, to whole pence, without fractions of a number at any point. A credit is
 * written with a minus before or after, in brackets, or with CR. An amount that could be meant in two ways is not read.
 */
import type { Pence } from "../../lib/pence.ts";

export type AmountFault =
  | "amount_missing"
  | "amount_not_read"
  | "amount_has_exponent"
  | "amount_has_more_than_pence"
  | "amount_too_large";

/** A trillion pounds: more than the nation spends. */
const MOST_POUNDS_DIGITS = 12;
const PLAIN_LENGTH = 14;

/** The amount in pence, or why the text is none. */
export function parseAmount(text: string): Pence | AmountFault {
  const plain = plainPence(text);
  return Number.isNaN(plain) ? parseDressed(text) : BigInt(plain);
}

/** Digits with two decimals or none, perhaps with a minus: nearly all lines. Whole numbers below 2^53, so exact. */
function plainPence(text: string): number {
  const length = text.length;
  const from = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === from || length > PLAIN_LENGTH) return Number.NaN;
  let value = 0;
  let decimals = -1;
  for (let at = from; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      if (decimals >= 0) decimals += 1;
    } else if (code === 46 && decimals < 0 && at > from) decimals = 0;
    else return Number.NaN;
  }
  if (decimals > 2 || decimals === 0) return Number.NaN;
  const pence = decimals === 2 ? value : decimals === 1 ? value * 10 : value * 100;
  // Nought has no sign, and too large an amount is left to the full reading to refuse.
  if (pence >= 1e14) return Number.NaN;
  return from === 1 && pence !== 0 ? -pence : pence;
}

function parseDressed(text: string): Pence | AmountFault {
  const bare = text.replaceAll(/[\s\u00a0\u2007\u202f]+/g, " ").trim();
  if (bare === "") return "amount_missing";
  if (/^[-+]?\d*\.?\d+e[-+]?\d+$/i.test(bare)) return "amount_has_exponent";
  const { negative, rest } = withoutSigns(bare);
  if (rest === null) return "amount_not_read";
  // Accounting formats print nought as a dash.
  if (rest === "-") return 0n;
  const match = /^(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)?(?:\.(\d*))?$/.exec(rest);
  if (!match || !/\d/.test(rest)) return "amount_not_read";
  const pounds = (match[1] ?? "0").replaceAll(/[, ]/g, "").replace(/^0+(?=\d)/, "");
  const decimals = (match[2] ?? "").replace(/0+$/, "");
  if (decimals.length > 2) return "amount_has_more_than_pence";
  if (pounds.length > MOST_POUNDS_DIGITS) return "amount_too_large";
  const pence = BigInt(pounds) * 100n + BigInt(decimals.padEnd(2, "0"));
  return negative ? -pence : pence;
}

/** The digits of an amount without its pound sign and its one mark of a credit; null when it has two. */
function withoutSigns(text: string): { readonly negative: boolean; readonly rest: string | null } {
  let rest = text.replaceAll(/[\u2212\u2013]/g, "-");
  let credits = 0;
  const bracketed = /^(£|GBP)? ?\((.*)\)$/i.exec(rest);
  if (bracketed) {
    rest = `${bracketed[1] ?? ""}${bracketed[2] ?? ""}`.trim();
    credits += 1;
  }
  const ending = /^(.*\d\.?) ?(CR|DR)\.?$/i.exec(rest);
  if (ending) {
    rest = (ending[1] ?? "").trim();
    if (/^cr/i.test(ending[2] ?? "")) credits += 1;
  }
  const after = /^(.*\d\.?) ?-$/.exec(rest);
  if (after) {
    rest = after[1] ?? "";
    credits += 1;
  }
  const before = /^(?:([-+]) ?)?(?:(?:£|GBP) ?)?(?:([-+]) ?)?(?=[\d.])(.*)$/i.exec(rest);
  if (!before) return { negative: false, rest: credits === 0 && /^(£|GBP)? ?- ?$/i.test(rest) ? "-" : null };
  const signs = `${before[1] ?? ""}${before[2] ?? ""}`;
  if (signs.includes("-")) credits += 1;
  return {
    negative: credits === 1,
    rest: credits > 1 || signs.length > 1 ? null : (before[3] ?? "").replace(/ ?(£|GBP)$/i, ""),
  };
}

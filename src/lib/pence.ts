/**
 * Money is whole pence in a bigint, and decimal text in JSON. It is computed exactly and rounded once, at the end,
 * half away from zero. Shares are cut by the largest remainder, so that the parts sum to the whole.
 */
import { assert } from "./assert.ts";

export type Pence = bigint;

const POUNDS = /^([+-])?(\d+)(?:\.(\d{1,2}))?$/;

/** Pounds as people type them ("1,234.50", "£12", "(3.20)", "-4"), or copy them from a page, to pence; null when it is not an amount. */
export function parsePounds(text: string): Pence | null {
  const bare = text
    .replaceAll(/[\s\u00a0]/g, "")
    .replace("£", "")
    .replace("\u2212", "-");
  const bracketed = /^\((.*)\)$/.exec(bare);
  const unsigned = (bracketed?.[1] ?? bare).replace(
    /^(\d{1,3})((?:,\d{3})+)(?=$|\.)/,
    (_, head, rest) => `${head}${rest.replaceAll(",", "")}`,
  );
  const match = POUNDS.exec(
    unsigned.replace(
      /^([+-])(\d{1,3})((?:,\d{3})+)(?=$|\.)/,
      (_, sign, head, rest) => `${sign}${head}${rest.replaceAll(",", "")}`,
    ),
  );
  if (!match) return null;
  const [, sign, pounds, pennies = ""] = match;
  const pence = BigInt(pounds ?? "0") * 100n + BigInt(pennies.padEnd(2, "0"));
  return sign === "-" || bracketed ? -pence : pence;
}

/** £1,234.56; a negative amount reads -£1,234.56, with a true minus sign. */
export function formatPounds(pence: Pence): string {
  const size = pence < 0n ? -pence : pence;
  const pounds = (size / 100n).toString().replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${pence < 0n ? "\u2212" : ""}£${pounds}.${(size % 100n).toString().padStart(2, "0")}`;
}

/** Short form for pictures and headlines: £950, £12.3k, £640k, £1.2m, £4bn. The exact figure stands on the record. */
export function formatPoundsShort(pence: Pence): string {
  const sign = pence < 0n ? "\u2212" : "";
  const size = pence < 0n ? -pence : pence;
  const steps: readonly [bigint, bigint, number, string][] = [
    [99_950_000_000n, 100_000_000_000n, 2, "bn"],
    [99_995_000n, 100_000_000n, 2, "m"],
    [99_950n, 100_000n, 1, "k"],
  ];
  for (const [from, unit, digits, letter] of steps) {
    if (size < from) continue;
    const scale = 10n ** BigInt(digits);
    const scaled = roundDivide(size * scale, unit);
    const rest = (scaled % scale).toString().padStart(digits, "0").replace(/0+$/, "");
    return `${sign}£${scaled / scale}${rest === "" ? "" : `.${rest}`}${letter}`;
  }
  return `${sign}£${roundDivide(size, 100n)}`;
}

/** numerator / denominator to the nearest whole, halves away from zero. */
export function roundDivide(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, "cannot divide by nought");
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const quotient = (2n * top + bottom) / (2n * bottom);
  return negative ? -quotient : quotient;
}

/**
 * Cuts a total into shares in proportion to the weights, to the penny, by the largest remainder (Hamilton's method).
 * The parts sum to the total. Equal remainders go to the earlier share.
 */
export function splitPence(total: Pence, weights: readonly bigint[]): readonly Pence[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  assert(weights.every((weight) => weight >= 0n) && sum > 0n, "weights must be positive");
  const negative = total < 0n;
  const size = negative ? -total : total;
  const parts = weights.map((weight) => (size * weight) / sum);
  const remainders = weights.map((weight, index) => ({ index, rest: (size * weight) % sum }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  let left = size - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return negative ? parts.map((part) => -part) : parts;
}

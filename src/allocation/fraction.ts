/** Exact fractions of whole numbers, for what a float may not decide. The denominator is above nought. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

/** Below nought, nought or above it, as a is less than, equal to or more than b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function lowestTerms({ over, under }: Fraction): Fraction {
  const shared = greatestCommonDivisor(over < 0n ? -over : over, under);
  return { over: over / shared, under: under / shared };
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [more, less] = [a, b];
  while (less !== 0n) [more, less] = [less, more % less];
  return more;
}

const KEPT_BITS = 64;
/** A float times this is not further from the fraction than the fraction's own share of it. */
export const ROUNDING = 2 ** -52;

/**
 * The nearest float, or its neighbour: off by at most `ROUNDING` of its value. The two may be thousands of bits long; `near` is a
 * float of about the same size, and may be nought, when the size is read from the digits.
 */
export function toFloat({ over, under }: Fraction, near = 0): number {
  if (over === 0n) return 0;
  const size = near > 0 && Number.isFinite(near) ? Math.floor(Math.log2(near)) : bitsOf(over) - bitsOf(under);
  const shift = KEPT_BITS - size;
  const kept = shift >= 0 ? (over << BigInt(shift)) / under : over / (under << BigInt(-shift));
  return Number(kept) * 2 ** -shift;
}

function bitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

/** "17/3" and "4": as the replay file writes it. */
export function writeFraction(fraction: Fraction): string {
  const { over, under } = lowestTerms(fraction);
  return under === 1n ? String(over) : `${over}/${under}`;
}

/** Null where the text is not one. */
export function readFraction(text: string): Fraction | null {
  const found = /^(-?\d{1,20000})(?:\/(\d{1,20000}))?$/.exec(text);
  if (found === null) return null;
  const under = BigInt(found[2] ?? "1");
  return under === 0n ? null : { over: BigInt(found[1] ?? "0"), under };
}

/** Fractions as they are shown: in full, and to two decimals. */
import { roundDivide } from "../../lib/pence.ts";
import { type Fraction, writeFraction } from "../fraction.ts";
import type { Exact } from "./explanation.ts";

export const DECIMALS = 2;

export function exactly(fraction: Fraction): Exact {
  return { exact: writeFraction(fraction), decimal: decimalOf(fraction) };
}

/** To two decimals, half away from nought. */
export function decimalOf({ over, under }: Fraction): string {
  const scale = 10n ** BigInt(DECIMALS);
  const rounded = roundDivide(over * scale, under);
  const size = rounded < 0n ? -rounded : rounded;
  return `${rounded < 0n ? "-" : ""}${size / scale}.${String(size % scale).padStart(DECIMALS, "0")}`;
}

/** The greatest whole number that is not above it: so nobody is said to hold what they do not. */
export function roundDown({ over, under }: Fraction): bigint {
  return over < 0n ? -((-over + under - 1n) / under) : over / under;
}

/** The least whole number that is not below it. */
export function roundUp({ over, under }: Fraction): bigint {
  return over <= 0n ? -(-over / under) : (over + under - 1n) / under;
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under - b.over * a.under, under: a.under * b.under };
}

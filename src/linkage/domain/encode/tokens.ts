/**
 * What of a value is hashed: runs of letters, the whole, or the neighbours of a number. As clkhash takes values apart
 * (`clkhash/comparators.py`); the neighbours of numbers after Dinusha Vatsalan and Peter Christen, "Privacy-preserving Matching of Similar
 * Patients", Journal of Biomedical Informatics 59, 2016.
 */
import type { Comparing, Numeric } from "./schema.ts";

/**
 * Tokens of a value: runs of n letters with blanks about it, their place before them where it counts; the whole; or a number and its
 * neighbours, none for a text that is no number. Letters are those of Unicode, as in Python, and not the halves of which JavaScript
 * makes the rarer ones.
 */
export function tokensOf(value: string, comparison: Comparing): readonly string[] {
  if (value === "") return [];
  if (comparison.type === "exact") return [value];
  if (comparison.type === "numeric") return neighboursOf(value, comparison);
  const { n, positional = false } = comparison;
  const blanks = " ".repeat(n - 1);
  const letters = [...(blanks + value + blanks)];
  return Array.from({ length: letters.length - n + 1 }, (_, at) => {
    const token = letters.slice(at, at + n).join("");
    return positional ? `${at + 1} ${token}` : token;
  });
}

const WHOLE = /^[+-]?\d+$/;

function neighboursOf(text: string, { thresholdDistance, resolution, fractional_precision: places = 0 }: Numeric) {
  const scale = 10 ** places;
  const interval = BigInt(toEven(thresholdDistance * scale));
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === "") return [];
  const whole = WHOLE.test(text.trim())
    ? BigInt(text.trim().replace("+", "")) * BigInt(scale)
    : BigInt(places > 0 ? toEven(value * scale) : Math.trunc(value));
  const scaled = whole * 2n * BigInt(resolution);
  const rest = ((scaled % interval) + interval) % interval;
  const middle = 2n * rest < interval ? scaled - rest : scaled + interval - rest;
  return Array.from({ length: 2 * resolution + 1 }, (_, at) => String(middle + BigInt(at - resolution) * interval));
}

/** The nearest whole number, the even one of two as near: so does Python round. */
function toEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

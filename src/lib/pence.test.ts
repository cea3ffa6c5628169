/** Money in words, exact shares and rounding: by example, and as properties over any amounts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPounds, formatPoundsShort, parsePounds, roundDivide, splitPence } from "./pence.ts";

/** The lines "in | out" of a text. */
function pairs(text: string): readonly (readonly [string, string])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [given = "", expected = ""] = line.split("|").map((part) => part.trim());
      return [given, expected] as const;
    });
}

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe("pounds as people type them", () => {
  it.each(
    pairs(`
      0             | 0
      12            | 1200
      £12           | 1200
      1,234.50      | 123450
      £1,234,567.89 | 123456789
      1234567.8     | 123456780
      0.07          | 7
      -4            | -400
      -£4.05        | -405
      -1,234.5      | -123450
      −£4.05        | -405
      −1,234.50     | -123450
      +3.20         | 320
      (3.20)        | -320
      (£1,000)      | -100000
      1 234.00      | 123400
    `),
  )("%s is %s pence", (text, pence) => expect(parsePounds(text)).toBe(BigInt(pence)));

  it.each([
    "",
    "£",
    "abc",
    "1.234",
    "1,23",
    "12,34.00",
    "1,2345",
    "1.2.3",
    "--1",
    "(1",
    "1)",
    "1e3",
    ".5",
    "£1k",
    "NaN",
  ])("%j is no amount", (text) => expect(parsePounds(text)).toBeNull());

  it("reads what it writes", () => {
    fc.assert(
      fc.property(amount, (pence) => {
        expect(parsePounds(formatPounds(pence))).toBe(pence);
      }),
    );
  });
});

describe("pounds as they are shown", () => {
  it.each(
    pairs(`
      0         | £0.00
      7         | £0.07
      123456789 | £1,234,567.89
      -123456   | −£1,234.56
    `),
  )("%s pence is %s", (pence, text) => expect(formatPounds(BigInt(pence))).toBe(text));

  it.each(
    pairs(`
      0            | £0
      49           | £0
      50           | £1
      95000        | £950
      99949        | £999
      99950        | £1k
      1230000      | £12.3k
      64000000     | £640k
      64004999     | £640k
      64005000     | £640.1k
      99994999     | £999.9k
      99995000     | £1m
      120000000    | £1.2m
      215000000    | £2.15m
      200000000    | £2m
      2000000000   | £20m
      400000000000 | £4bn
      220000000000 | £2.2bn
      -64000000    | −£640k
    `),
  )("%s pence is, in short, %s", (pence, text) => expect(formatPoundsShort(BigInt(pence))).toBe(text));
});

describe("rounding", () => {
  it.each(
    pairs(`
      1/2  | 1
      -1/2 | -1
      1/-2 | -1
      3/2  | 2
      -3/2 | -2
      5/3  | 2
      4/3  | 1
      -4/3 | -1
      0/7  | 0
      6/3  | 2
    `),
  )("%s is %s: halves go away from zero", (fraction, whole) => {
    const [numerator = "", denominator = ""] = fraction.split("/");
    expect(roundDivide(BigInt(numerator), BigInt(denominator))).toBe(BigInt(whole));
  });

  it("is never more than half away, and turns with the sign", () => {
    const divisor = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(amount, divisor, (numerator, denominator) => {
        const rest = numerator - roundDivide(numerator, denominator) * denominator;
        expect(2n * (rest < 0n ? -rest : rest) <= denominator).toBe(true);
        expect(roundDivide(-numerator, denominator)).toBe(-roundDivide(numerator, denominator));
      }),
    );
  });

  it("refuses to divide by nought", () => expect(() => roundDivide(1n, 0n)).toThrow("nought"));
});

describe("a total cut into shares", () => {
  it.each(
    pairs(`
      100 by 1 1 1     | 34 33 33
      -100 by 1 1 1    | -34 -33 -33
      10 by 3 2 1      | 5 3 2
      1 by 1 1         | 1 0
      0 by 5 7         | 0 0
      7 by 0 1         | 0 7
      1000 by 47 16 16 | 595 203 202
    `),
  )("%s is %s", (given, parts) => {
    const [total = "", weights = ""] = given.split(" by ");
    expect(splitPence(BigInt(total), weights.split(" ").map(BigInt)).join(" ")).toBe(parts);
  });

  it("sums to the whole, no share a penny or more from its due, pennies going to the largest remainders", () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 })
      .filter((found) => found.some((weight) => weight > 0n));
    fc.assert(
      fc.property(amount, weights, (total, given) => {
        const parts = splitPence(total, given);
        const sum = given.reduce((a, b) => a + b, 0n);
        const size = total < 0n ? -total : total;
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        // Per share, times the sum of the weights: how much more than its due it got, exactly.
        const over = parts.map((part, index) => (part < 0n ? -part : part) * sum - size * (given[index] ?? 0n));
        for (const one of over) expect(one > -sum && one < sum).toBe(true);
        const remainders = given.map((weight) => (size * weight) % sum);
        const least = remainders.filter((_, index) => (over[index] ?? 0n) > 0n).reduce((a, b) => (b < a ? b : a), sum);
        for (const [index, rest] of remainders.entries()) {
          if ((over[index] ?? 0n) < 0n) expect(rest <= least).toBe(true);
        }
      }),
    );
  });

  it("needs weights that mean something", () => {
    expect(() => splitPence(1n, [0n, 0n])).toThrow("positive");
    expect(() => splitPence(1n, [2n, -1n])).toThrow("positive");
  });
});

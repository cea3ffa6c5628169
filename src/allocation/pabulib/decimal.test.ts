/** Numbers as files write them, kept exactly. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atPlaces, atPlacesDown, atPlacesUp, parseDecimal, writeDecimal } from "./decimal.ts";

describe("parseDecimal", () => {
  const cases = `
    0           | 0
    007         | 7
    400000.0    | 400000
    1784786.62  | 1784786.62
    12,5        | 12.5
    12,50       | 12.5
    +3          | 3
    -0.50       | -0.5
    5.          | 5
    12345678901234567890.123 | 12345678901234567890.123
    400,000     | none
    1,000,000   | none
    1 000       | none
    1e6         | none
    .5          | none
    5,          | none
    12.3.4      | none
    £5          | none
    NaN         | none
    ٣           | none
    1234567890123456789012345678901 | none
  `;
  test.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim())),
  )("%s is %s", (written, read) => {
    const decimal = parseDecimal(written ?? "");
    expect(decimal === null ? "none" : writeDecimal(decimal)).toBe(read);
  });

  test("what is written is read as the same number", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
        fc.integer({ min: 0, max: 9 }),
        (digits, places) => {
          const read = parseDecimal(writeDecimal({ digits, places }));
          expect(read && atPlaces(read, places)).toBe(digits);
        },
      ),
    );
  });
});

test("fewer places round down for what may be spent and up for what must be reached", () => {
  const decimal = (text: string) => parseDecimal(text) ?? { digits: 0n, places: 0, comma: false };
  expect([atPlacesDown(decimal("12.39"), 1), atPlacesUp(decimal("12.31"), 1)]).toEqual([123n, 124n]);
  expect([atPlacesDown(decimal("-0.5"), 0), atPlacesUp(decimal("-0.5"), 0)]).toEqual([-1n, 0n]);
  expect([atPlacesDown(decimal("7"), 2), atPlacesUp(decimal("7"), 2)]).toEqual([700n, 700n]);
});

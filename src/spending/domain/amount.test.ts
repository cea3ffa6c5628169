/** Amounts as councils write them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAmount } from "./amount.ts";

const table = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" => "));

describe("read", () => {
  const cases = `
    565.20 => 56520
    777 => 77700
    1817.2 => 181720
    -12.30 => -1230
    £1,234.56 => 123456
    £ 1,234.56 => 123456
    1,234,567 => 123456700
    (1,234.56) => -123456
    (£12.00) => -1200
    £(12.00) => -1200
    -£12.00 => -1200
    £-12.00 => -1200
    - 12.00 => -1200
    12.00- => -1200
    12.00 CR => -1200
    12.00cr => -1200
    12.00 DR => 1200
    −12.00 => -1200
    +12 => 1200
    GBP 1 234.56 => 123456
    12.00 £ => 1200
    .50 => 50
    12. => 1200
    12.3400 => 1234
    12.00000 => 1200
    -0.00 => 0
    £ - => 0
    - => 0
    0001.10 => 110
    999999999999.99 => 99999999999999
    1\u00a0234.50 => 123450
  `;
  test.each(table(cases))("%s", (text = "", pence) => {
    expect(parseAmount(text.replace("\\u00a0", "\u00a0"))).toBe(BigInt(pence ?? ""));
  });
});

describe("not read", () => {
  const cases = `
    12.3.4 => amount_not_read
    12,34 => amount_not_read
    1,23,456 => amount_not_read
    1.234,56 => amount_not_read
    12 34 => amount_not_read
    abc => amount_not_read
    £ => amount_not_read
    . => amount_not_read
    -(12.00) => amount_not_read
    -12.00- => amount_not_read
    --12 => amount_not_read
    -12.00 CR => amount_not_read
    $12 => amount_not_read
    €12 => amount_not_read
    12.00 OR => amount_not_read
    0x10 => amount_not_read
    ١٢ => amount_not_read
    Infinity => amount_not_read
    #REF! => amount_not_read
    1e3 => amount_has_exponent
    1.5E+21 => amount_has_exponent
    12.345 => amount_has_more_than_pence
    0.001 => amount_has_more_than_pence
    1000000000000 => amount_too_large
    1234567890123456 => amount_too_large
  `;
  test.each(table(cases))("%s", (text = "", fault) => expect(parseAmount(text)).toBe(fault));
  test.each(["", "  ", "\u00a0"])("%j is missing", (text) => expect(parseAmount(text)).toBe("amount_missing"));
});

test("any amount is read in every way of writing it", () => {
  const forms: readonly ((pounds: string, grouped: string, pennies: string, credit: boolean) => string)[] = [
    (pounds, _, pennies, credit) => `${credit ? "-" : ""}${pounds}.${pennies}`,
    (_, grouped, pennies, credit) => `${credit ? "-" : ""}£${grouped}.${pennies}`,
    (_, grouped, pennies, credit) => (credit ? `(${grouped}.${pennies})` : ` ${grouped}.${pennies}00 `),
    (pounds, _, pennies, credit) => `£${pounds}.${pennies}${credit ? " CR" : ""}`,
    (pounds, _, pennies, credit) => `${pounds}.${pennies}${credit ? "-" : ""}`,
  ];
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 14n - 1n), max: 10n ** 14n - 1n }),
      fc.constantFrom(...forms),
      (pence, form) => {
        const size = pence < 0n ? -pence : pence;
        const pounds = (size / 100n).toString();
        const grouped = pounds.replaceAll(/\B(?=(\d{3})+$)/g, ",");
        const text = form(pounds, grouped, (size % 100n).toString().padStart(2, "0"), pence < 0n);
        expect(parseAmount(text)).toBe(pence);
      },
    ),
  );
});

test("any text gives an amount or a reason, never an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => ["bigint", "string"].includes(typeof parseAmount(text))),
  );
});

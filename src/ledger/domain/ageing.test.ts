/** The bands of aged debts: counted in days from the first period end. */
import { expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { addToBands, ageDays, bandOf, NO_BANDS } from "./ageing.ts";

const cases = `
  2012-12-31 | 2012-12-31 |   0 | to30
  2012-11-30 | 2012-12-30 |  30 | to30
  2012-11-30 | 2012-12-31 |  31 | to60
  2012-11-01 | 2012-12-31 |  60 | to60
  2012-10-31 | 2012-12-31 |  61 | to90
  2012-10-02 | 2012-12-31 |  90 | to90
  2012-10-01 | 2012-12-31 |  91 | over90
  2012-02-29 | 2013-02-28 | 365 | over90
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)("from %s to %s: %s days, %s", (from = "", to = "", days = "", band = "") => {
  const found = ageDays(mustDay(from), mustDay(to));
  expect([String(found), bandOf(found)]).toEqual([days, band]);
});

it("adds to its own band alone", () => {
  const day = mustDay("2012-12-31");
  const bands = addToBands(NO_BANDS, { since: mustDay("2012-06-30"), day, pence: 500n });
  expect(addToBands(bands, { since: day, day, pence: -20n })).toEqual({ to30: -20n, to60: 0n, to90: 0n, over90: 500n });
});

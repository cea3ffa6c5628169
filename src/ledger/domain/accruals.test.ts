/** What each kind of accrual does to the cost of its period, and where it stands. */
import { expect, it } from "vitest";
import { type AccrualKind, accrualLines } from "./accruals.ts";

const cases = `
  accrual            |  500 | adjustment 500, creditor -500
  prepayment         |  500 | adjustment -500, prepaid 500
  debtor             |  500 | adjustment -500, debtor 500
  receipt_in_advance |  500 | adjustment 500, creditor -500
  accrual            | -500 | adjustment -500, creditor 500
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)("%s of %s: %s", (kind = "", pence = "", expected = "") => {
  const lines = accrualLines(kind as AccrualKind, BigInt(pence));
  expect(lines.map(({ account, amountPence }) => `${account} ${amountPence}`).join(", ")).toBe(expected);
  expect(lines.reduce((sum, { amountPence }) => sum + amountPence, 0n)).toBe(0n);
});

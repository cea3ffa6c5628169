/** What each kind of accrual does to the cost of its period, and where it stands. */
import { expect, it } from "vitest";
import { type AccrualKind, accrualLines, takesBack } from "./accruals.ts";

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

// The amount of one, what stands under its reference, and what takes it back.
const standing = `
  500 |  500 | -500
  500 |  800 | -500
  500 |  300 | -300
  500 |    0 | null
  500 | -100 | null
 -500 | -500 | 500
 -500 | -200 | 200
 -500 |    0 | null
 -500 |  300 | null
`;

it.each(
  standing
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim())),
)("%s with %s standing is taken back by %s", (amount = "", stands = "", expected = "") => {
  const one = { amountPence: BigInt(amount), standsPence: BigInt(stands), takesBackId: null, takenBackById: null };
  expect(String(takesBack(one))).toBe(expected);
  for (const linked of [{ takesBackId: "other" }, { takenBackById: "other" }])
    expect(takesBack({ ...one, ...linked })).toBe(null);
});

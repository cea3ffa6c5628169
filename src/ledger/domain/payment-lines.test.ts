/**
 * What a pot bears of an invoice: net of what is recovered (VATGPB6640). The rate of 20 % is that of 2011 on; an invoice of
 * £1,000 and £200 VAT costs a council that recovers it £1,000 and a charity that cannot £1,200.
 */
import { expect, it } from "vitest";
import { decideLines } from "./payment-lines.ts";

// The payment: borne, recovered. Its lines: net/VAT/recoverable.
const cases = `
  100000 |  20000 | 100000/20000/20000                    | right
  120000 |      0 | 100000/20000/0                        | right
  110000 |  10000 | 100000/20000/10000                    | right
  150000 |  20000 | 100000/20000/20000, 50000/0/0         | right
   90000 |  18000 | 100000/20000/20000, -10000/-2000/-2000 | right
   98000 |  20000 | 100000/20000/20000, -10000/-2000/0    | lines_do_not_sum
  100000 |  20000 | 100000/20000/0                        | lines_do_not_sum
  100001 |  20000 | 100000/20000/20000                    | lines_do_not_sum
  100000 |  19999 | 100000/20000/20000                    | lines_recover_another
    2000 |      0 | 0/2000/0                              | right
       0 |   2000 | 0/2000/2000                           | right
  100000 |  18000 | 100000/20000/20000, 0/-2000/-2000     | right
  100000 |  20000 | 100000/20000/20001                    | line_not_right 1
   80000 | -20000 | 100000/-20000/0                       | line_not_right 1
  140000 | -20000 | 100000/20000/-20000                   | line_not_right 1
  -80000 |      0 | -100000/20000/0                       | line_not_right 1
  150001 |  20000 | 100000/20000/20000, 50000/0/1         | line_not_right 2
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)("%s borne, %s recovered, of %s: %s", (borne = "", recovered = "", text = "", expected = "") => {
  const lines = text.split(",").map((one) => {
    const [netPence = 0n, vatPence = 0n, recoverablePence = 0n] = one.trim().split("/").map(BigInt);
    return { netPence, vatPence, recoverablePence, subjectiveGroup: null, words: "" };
  });
  const decided = decideLines({ amountPence: BigInt(borne), vatRecoveredPence: BigInt(recovered) }, lines);
  const said = decided.ok
    ? "right"
    : decided.refusal.code === "line_not_right"
      ? `line_not_right ${decided.refusal.line}`
      : decided.refusal.code;
  expect(said).toBe(expected);
});

it("makes one line of a payment that says its two amounts alone", () => {
  const decided = decideLines({ amountPence: 624_000n, vatRecoveredPence: 124_800n }, null);
  expect(decided).toMatchObject({
    ok: true,
    value: [{ netPence: 624_000n, vatPence: 124_800n, recoverablePence: 124_800n, words: "" }],
  });
});

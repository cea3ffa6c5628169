/**
 * What a pot bears of an invoice: net of what is recovered (VATGPB6640). The rate of 20 % is that of 2011 on; an invoice of
 * £1,000 and £200 VAT costs a council that recovers it £1,000 and a charity that cannot £1,200.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { addLines, bear, decideLines } from "./payment-lines.ts";

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
  100000 |  20000 | 100000/20000/20001                    | line_not_right 1 recoverablePence
   80000 | -20000 | 100000/-20000/0                       | line_not_right 1 vatPence
  140000 | -20000 | 100000/20000/-20000                   | line_not_right 1 recoverablePence
  -80000 |      0 | -100000/20000/0                       | line_not_right 1 vatPence
  150001 |  20000 | 100000/20000/20000, 50000/0/1         | line_not_right 2 recoverablePence
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
      ? `line_not_right ${decided.refusal.line} ${decided.refusal.column}`
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

const amount = fc.bigInt(0n, 10n ** 12n);
/** VAT at 20 % rounded either way, and any part of it recovered; a credit is the same with the other sign. */
const anyLine = fc
  .tuple(amount, fc.constantFrom(0n, 1n), fc.nat(100), fc.constantFrom(1n, -1n))
  .map(([net, up, percent, sign]) => {
    const vat = net / 5n + up;
    const recovered = (vat * BigInt(percent)) / 100n;
    return { netPence: sign * net, vatPence: sign * vat, recoverablePence: sign * recovered };
  });

it("loses no penny: what is borne and what is recovered are what was invoiced, line by line and together", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 40 }), (lines) => {
      const added = addLines(lines);
      if (!added.ok) throw new Error(`line ${added.refusal.line}`);
      const sum = (of: (line: ReturnType<typeof bear>) => bigint) =>
        lines.reduce((total, line) => total + of(bear(line)), 0n);
      const { netPence, vatPence, grossPence, recoverablePence, bornePence } = added.value;
      expect(bornePence + recoverablePence).toBe(netPence + vatPence);
      expect([grossPence, bornePence]).toEqual([sum((one) => one.grossPence), sum((one) => one.bornePence)]);
    }),
  );
});

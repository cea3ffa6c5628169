/**
 * What a supplier's credit note gives back of an invoice, line by line. The rate of 20 % is that of 2011 on. Worked by hand: of a
 * room at £83.33 and £16.67 VAT that nobody recovers, half given up is £41.67 and £8.33, and £50.00 goes back to the pot; of
 * training at £1,000 and £200 VAT that the council recovers, a tenth is £100 and £20, and £100.00 goes back to the pot.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { addCredited, decideCreditLines, fitCredit, leftOfLines } from "./credit-lines.ts";
import { bear } from "./payment-lines.ts";

const amountsOf = (text: string) => {
  const [netPence = 0n, vatPence = 0n, recoverablePence = 0n] = text.trim().split("/").map(BigInt);
  return { netPence, vatPence, recoverablePence };
};
const linesOf = (text: string) =>
  text
    .split(",")
    .filter((one) => one.trim() !== "")
    .map((one, index) => {
      const [number, amounts] = one.includes(":") ? one.split(":") : [String(index + 1), one];
      return { line: Number(number), ...amountsOf(amounts ?? "") };
    });
const rowsOf = (cases: string) =>
  cases
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));

// What goes back to the pot; the note's lines, each by the number of the payment's line: net/VAT/recoverable.
const notes = `
   5000 | 2:4167/833/0                         | right
  10000 | 1:10000/2000/2000                    | right
  15000 | 1:10000/2000/2000, 2:4167/833/0      | right
   4000 | 2:4167/833/0, 4:-833/-167/0          | right
    833 | 2:0/833/0                            | right
   4167 | 2:4167/833/833                       | right
   5001 | 2:4167/833/0                         | lines_do_not_sum 5000
   5000 | 2:2500/500/0, 2:1667/333/0           | line_twice 2
   4167 | 2:4167/833/834                       | line_not_right 2 recoverablePence
   3334 | 2:4167/-833/0                        | line_not_right 2 vatPence
`;

it.each(rowsOf(notes))("a note of %s pence by %s: %s", (amount = "", text = "", expected = "") => {
  const decided = decideCreditLines(BigInt(amount), linesOf(text));
  expect(decided.ok ? "right" : said(decided.refusal)).toBe(expected);
});

// The payment's lines; what was credited of them before; the note; what is decided.
const fits = `
  100000/20000/20000, 8333/1667/0 |                      | 1:100000/20000/20000, 2:8333/1667/0 | fits
  100000/20000/20000, 8333/1667/0 |                      | 3:1/0/0             | line_not_found 3
  100000/20000/20000, 8333/1667/0 |                      | 0:1/0/0             | line_not_found 0
  8333/1667/0                     |                      | 1:8334/1666/0       | credit_over_line 1 netPence 8333
  8333/1667/0                     |                      | 1:8333/1668/0       | credit_over_line 1 vatPence 1667
  8333/1667/0                     |                      | 1:8333/1667/1       | credit_over_line 1 recoverablePence 0
  8333/1667/0                     | 1:4167/833/0         | 1:4166/834/0        | fits
  8333/1667/0                     | 1:4167/833/0         | 1:4167/833/0        | credit_over_line 1 netPence 4166
  8333/1667/0                     | 1:4167/0/0, 1:4166/0/0 | 1:0/1667/0        | fits
  8333/1667/0                     | 1:8333/1667/0        | 1:0/1/0             | credit_over_line 1 vatPence 0
  4000/200/100                    |                      | 1:0/100/0           | fits
  4000/200/100                    |                      | 1:0/101/0           | credit_leaves_recovered 1 1
  4000/200/100                    |                      | 1:4000/200/0        | credit_leaves_recovered 1 100
  4000/200/100                    |                      | 1:4000/200/99       | credit_leaves_recovered 1 100
  4000/200/100                    | 1:0/0/0              | 1:4000/200/100      | fits
  100000/20000/20000              | 1:10000/2000/2000    | 1:0/18000/17999     | credit_leaves_recovered 1 18000
  8333/1667/0, -833/-167/0        |                      | 1:8333/1667/0, 2:-833/-167/0 | fits
  8333/1667/0, -833/-167/0        |                      | 2:-834/-167/0       | credit_over_line 2 netPence -833
  8333/1667/0, -833/-167/0        |                      | 2:833/0/0           | credit_over_line 2 netPence -833
  8333/1667/0, -833/-167/0        | 2:-833/-167/0        | 2:-1/0/0            | credit_over_line 2 netPence 0
  0/2000/0                        |                      | 1:0/2000/0          | fits
`;

it.each(rowsOf(fits))(
  "of lines %s, credited before %s, credited now %s: %s",
  (paid = "", before = "", now = "", end = "") => {
    const left = leftOfLines(linesOf(paid), { credited: linesOf(before), unsharedPence: 0n });
    const fit = fitCredit(linesOf(now), left.lines);
    expect(fit.ok ? "fits" : said(fit.refusal)).toBe(end);
  },
);

// The payment's lines; credited by line; credited by one amount; what is left of each line; what is not shared out by line.
const lefts = `
  5000/0/0                 |              |    0 | 5000/0/0                 |    0
  5000/0/0                 |              | 1200 | 3800/0/0                 |    0
  5000/0/0                 | 1:800/0/0    | 1200 | 3000/0/0                 |    0
  5000/1000/1000           |              | 1200 | 5000/1000/1000           | 1200
  5000/0/0, 200/0/0        | 2:150/0/0    | 1200 | 5000/0/0, 50/0/0         | 1200
`;

it.each(rowsOf(lefts))(
  "of lines %s, by line %s, by amount %s: %s left, %s not shared",
  (paid = "", by = "", one = "", left = "", unshared = "") => {
    const found = leftOfLines(linesOf(paid), { credited: linesOf(by), unsharedPence: BigInt(one) });
    const text = found.lines.map(({ left: of }) => `${of.netPence}/${of.vatPence}/${of.recoverablePence}`);
    expect([text.join(", "), String(found.unsharedPence)]).toEqual([left, unshared]);
  },
);

const amount = fc.bigInt(0n, 10n ** 12n);
const share = fc.bigInt(0n, 100n);
const anyLine = fc.tuple(amount, amount, share, fc.constantFrom(1n, -1n)).map(([net, vat, percent, sign]) => ({
  netPence: sign * net,
  vatPence: sign * vat,
  recoverablePence: (sign * (vat * percent)) / 100n,
}));
const anyPayment = fc
  .array(anyLine, { minLength: 1, maxLength: 12 })
  .map((lines) => lines.map((line, index) => ({ line: index + 1, ...line })));
const anyNotes = fc.array(fc.array(fc.tuple(fc.nat(13), share, share, share), { minLength: 1, maxLength: 6 }), {
  maxLength: 8,
});

it("never gives back more than was paid, however many notes there are, and loses no penny", () => {
  fc.assert(
    fc.property(anyPayment, anyNotes, (paid, drawn) => {
      const credited: { line: number; netPence: bigint; vatPence: bigint; recoverablePence: bigint }[] = [];
      for (const note of drawn) {
        const left = leftOfLines(paid, { credited, unsharedPence: 0n }).lines;
        const lines = note.map(([number, net, vat, recovered]) => {
          const of = left.find(({ line }) => line === number)?.left ?? {
            netPence: 5n,
            vatPence: 0n,
            recoverablePence: 0n,
          };
          const part = (pence: bigint, percent: bigint) => (pence * percent) / 90n;
          const amounts = { netPence: part(of.netPence, net), vatPence: part(of.vatPence, vat) };
          return { line: number, ...amounts, recoverablePence: part(of.recoverablePence, recovered) };
        });
        const sum = addCredited(lines);
        if (!sum.ok || !decideCreditLines(sum.value.bornePence, lines).ok || !fitCredit(lines, left).ok) continue;
        credited.push(...lines);
      }
      for (const one of leftOfLines(paid, { credited, unsharedPence: 0n }).lines) {
        const whole = bear(paid[one.line - 1] ?? one);
        const back = bear(addUp(credited.filter(({ line }) => line === one.line)));
        expect(back.bornePence + one.left.bornePence).toBe(whole.bornePence);
        // What is left is a line too: nothing of it is below nought, and no more is recovered than was charged.
        const sign = whole.grossPence < 0n ? -1n : 1n;
        for (const pence of [one.left.netPence, one.left.vatPence, one.left.recoverablePence, one.left.bornePence])
          expect(sign * pence >= 0n).toBe(true);
        expect(sign * (one.left.vatPence - one.left.recoverablePence) >= 0n).toBe(true);
      }
    }),
  );
});

type Amounts = ReturnType<typeof amountsOf>;
function addUp(lines: readonly Amounts[]): Amounts {
  const sum = (of: (line: Amounts) => bigint) => lines.reduce((total, line) => total + of(line), 0n);
  return {
    netPence: sum((one) => one.netPence),
    vatPence: sum((one) => one.vatPence),
    recoverablePence: sum((one) => one.recoverablePence),
  };
}

function said(refusal: { readonly code: string }): string {
  const { code, line, column, leftPence, leastPence, sumPence } = refusal as Record<string, unknown>;
  return [code, line, column, leftPence, leastPence, sumPence].filter((part) => part !== undefined).join(" ");
}

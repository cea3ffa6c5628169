/** The rules of matching, as lines of text: what stands in the listing, what Onepot has, what is suggested. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawSeed } from "../../../test/setup/seed.ts";
import { mustDay } from "../../lib/day.ts";
import { alikePercent, plainReference } from "./alike.ts";
import { type MatchLine, type MatchRecord, suggestMatches } from "./match.ts";
import { findSums, MOST_PARTS } from "./sums.ts";

const line = (text: string): MatchLine => {
  const [lineId = "", day = "", pence = "", document = "", reference = "", supplier = "", words = ""] = cells(text);
  const codes = { costCentre: "", subjective: "", project: "" };
  return { lineId, postedOn: mustDay(day), amountPence: BigInt(pence), document, reference, supplier, words, ...codes };
};
const record = (text: string): MatchRecord => {
  const [recordId = "", day = "", pence = "", reference = "", supplier = "", reverses = ""] = cells(text);
  const about = { kind: "payment" as const, code: null, reverses: reverses || null };
  return { recordId, day: mustDay(day), amountPence: BigInt(pence), reference, supplier, ...about };
};
const cells = (text: string) => text.split(",").map((cell) => cell.trim());
const blocks = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((one) => one.trim());

// name | lines (id, day, pence, document, reference, supplier, words; ...) | records | expected
const CASES = `
  a shared reference and amount are certain | L1,2013-02-04,5000,5100012,OP-2013-7,Irwell Support | P1,2013-02-01,5000,OP/2013/7,Irwell | certain L1=P1
  a document number as the reference too | L1,2013-02-04,5000,5100012,,Irwell | P1,2013-02-01,5000,5100012,Irwell | certain L1=P1
  a shared reference with another amount is no match | L1,2013-02-04,5001,5100012,OP-2013-7,Irwell | P1,2013-02-01,5000,OP-2013-7,Irwell | none
  two lines with the reference and amount are not certain | L1,2013-02-04,5000,1,OP-2013-7,Irwell; L2,2013-02-04,5000,2,OP-2013-7,Irwell | P1,2013-02-01,5000,OP-2013-7,Irwell | possible L1=P1
  amount, supplier and day are likely | L1,2013-02-04,5000,1,,Irwell Family Support Ltd | P1,2013-02-01,5000,,Irwell Family Support | likely L1=P1
  amount and day alone are possible | L1,2013-02-04,5000,1,,Ordsall | P1,2013-02-01,5000,,Irwell Family Support | possible L1=P1
  too many days apart is no match | L1,2013-06-04,5000,1,,Irwell Family Support | P1,2013-02-01,5000,,Irwell Family Support | none
  a cost and a credit are no match | L1,2013-02-04,-5000,1,,Irwell | P1,2013-02-01,5000,,Irwell | none
  the lines of one document come to a payment | L1,2013-02-04,2000,77,,Irwell; L2,2013-02-04,3000,77,,Irwell; L3,2013-02-04,5001,78,,Irwell | P1,2013-02-01,5000,,Irwell | likely L1+L2=P1
  several payments come to one line | L1,2013-02-04,5000,77,,Irwell | P1,2013-02-01,2000,,Irwell; P2,2013-02-01,3000,,Irwell | possible L1=P1+P2
  two sums that fit suggest nothing | L1,2013-02-04,5000,7,,Irwell | P1,2013-02-01,2000,,Irwell; P2,2013-02-01,3000,,Irwell; P3,2013-02-02,1000,,Irwell; P4,2013-02-02,4000,,Irwell | none
  a payment and its reversal cancel | | P1,2013-02-01,5000,,Irwell; R1,2013-03-01,-5000,,Irwell,P1 | likely =P1+R1
  a reference that names another line is not passed over | L1,2013-02-04,5000,1,,Irwell; L2,2013-02-04,5005,2,OP-2013-9,Irwell | P1,2013-02-01,5000,OP-2013-9,Irwell | none
  the nearer day is taken first | L1,2013-02-20,5000,1,,Irwell; L2,2013-02-02,5000,2,,Irwell | P1,2013-02-01,5000,,Irwell | likely L2=P1
`;

describe("suggestions", () => {
  it.each(blocks(CASES).map((text) => text.split("|").map((cell) => cell.trim())))(
    "%s",
    (...[, lines = "", records = "", expected = ""]) => {
      const many = (text: string) => text.split(";").filter((one) => one.trim() !== "");
      const { suggestions } = suggestMatches(many(lines).map(line), many(records).map(record));
      const told = suggestions.map((one) => `${one.strength} ${one.lineIds.join("+")}=${one.recordIds.join("+")}`);
      expect(told.length === 0 ? "none" : told.join("; ")).toBe(expected);
    },
  );

  it("gives up where there is too much to try, and says for which record", () => {
    const lines = Array.from({ length: MOST_PARTS + 1 }, (_, at) =>
      line(`L${at},2013-02-04,${1000 + at},${at},,Irwell`),
    );
    const { suggestions, notTried } = suggestMatches(lines, [record("P1,2013-02-01,999999,,Irwell")]);
    expect([suggestions, notTried]).toEqual([[], ["P1"]]);
  });

  it("puts each line and record in at most one suggestion, and every sum agrees to the penny", () => {
    const amount = fc.bigInt({ min: -6n, max: 6n });
    const word = fc.constantFrom("", "OP-2013-7", "OP-2013-8", "Irwell", "Ordsall");
    const day = fc.constantFrom("2013-01-05", "2013-02-01", "2013-02-20");
    const many = fc.array(fc.tuple(amount, word, word, day), { maxLength: 12 });
    fc.assert(
      fc.property(many, many, (ours, theirs) => {
        const lines = theirs.map(([pence, reference, supplier, on], at) =>
          line(`L${at},${on},${pence},D${at % 3},${reference},${supplier}`),
        );
        const records = ours.map(([pence, reference, supplier, on], at) =>
          record(`P${at},${on},${pence},${reference},${supplier}`),
        );
        const { suggestions } = suggestMatches(lines, records);
        const used = suggestions.flatMap(({ lineIds, recordIds }) => [...lineIds, ...recordIds]);
        expect(new Set(used).size).toBe(used.length);
        for (const one of suggestions) {
          const left = lines.filter(({ lineId }) => one.lineIds.includes(lineId));
          const right = records.filter(({ recordId }) => one.recordIds.includes(recordId));
          const sum = (of: readonly { amountPence: bigint }[]) =>
            of.reduce((total, { amountPence }) => total + amountPence, 0n);
          expect(sum(left)).toBe(sum(right));
        }
      }),
      { seed: drawSeed("match"), numRuns: 300 },
    );
  });
});

describe("sums", () => {
  it("finds the only set there is, as trying every set does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 40n }), { maxLength: 7 }),
        fc.bigInt({ min: 1n, max: 120n }),
        (amounts, target) => {
          const parts = amounts.map((amountPence, at) => ({ id: String(at), amountPence, group: "" }));
          const sets = Array.from({ length: 2 ** parts.length }, (_, bits) =>
            parts.filter((_part, at) => (bits >> at) % 2 === 1),
          );
          const fitting = sets.filter(
            (set) =>
              set.length >= 2 && set.length <= 6 && set.reduce((sum, one) => sum + one.amountPence, 0n) === target,
          );
          const kind = fitting.length === 0 ? "none" : fitting.length === 1 ? "found" : "several";
          expect(findSums({ target, parts }).kind).toBe(kind);
        },
      ),
      { seed: drawSeed("sums"), numRuns: 200 },
    );
  });
});

describe("names and references", () => {
  it.each([
    ["Irwell Family Support Ltd", "IRWELL FAMILY SUPPORT", 100],
    ["Irwell Family Support", "Ordsall Housing", 12],
    // Dice 1945, as commonly worked: "night" and "nacht" share one pair of four and four.
    ["night", "nacht", 25],
  ])("%s and %s are %i%% alike", (first, second, percent) => {
    expect(Math.abs(alikePercent(first, second) - percent)).toBeLessThanOrEqual(percent === 12 ? 12 : 0);
  });
  it("reads a reference whatever its signs", () => {
    expect([plainReference("op-2013/0012"), plainReference("OP 2013 0012"), plainReference("1")]).toEqual([
      "OP20130012",
      "OP20130012",
      "",
    ]);
  });
});

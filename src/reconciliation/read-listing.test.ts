/** Reading listings: the shapes of three finance systems say the same, the forms of banks say the same, and every fault is named. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseAmount, parseListingDay } from "./domain/cells.ts";
import { plainHeading, type Source } from "./domain/columns.ts";
import { readListing } from "./read-listing.ts";

const example = (name: string) => readFile(new URL(`./examples/${name}`, import.meta.url));
const read = (bytes: Buffer, source: Source = "ledger") => readListing({ bytes }, { source, chosen: async () => null });
const readText = (text: string, source: Source = "ledger") => read(Buffer.from(text), source);

async function taken(reading: ReturnType<typeof read>) {
  const found = await reading;
  if (!found.ok)
    throw new Error(JSON.stringify(found.refusal, (_, value) => (typeof value === "bigint" ? String(value) : value)));
  return found.value;
}
async function refusalOf(reading: ReturnType<typeof read>) {
  const found = await reading;
  return found.ok ? null : found.refusal;
}

describe("three finance systems", () => {
  const same = [
    "2013-02-04 624000 4471 41100 irwell family support OP-7",
    "2013-02-05 125050 4471 41100 ordsall housing ",
    "2013-02-05 -25050 4471 41100 ordsall housing ",
  ];
  it.each(["sap-fbl3n.csv", "oracle-account-analysis.csv", "unit4-gl.csv"])("%s", async (name) => {
    const { lines, faults, missing } = await taken(read(await example(name)));
    const told = lines.map((one) =>
      [one.postedOn, one.amountPence, one.costCentre, one.subjective, one.supplier.toLowerCase(), one.reference].join(
        " ",
      ),
    );
    expect({ told, faults, missing }).toEqual({ told: same, faults: [], missing: [] });
    expect(lines.map(({ documentLine }) => documentLine)).toEqual(["1", "1", "2"]);
  });
});

describe("a bank's own forms", () => {
  it.each([
    ["bank-1.ofx", "ofx", null, 376_000n],
    ["bank-2.ofx", "ofx", null, 376_000n],
  ])("%s", async (name, format, openingPence, closingPence) => {
    const found = await taken(read(await example(name), "bank"));
    expect(found).toMatchObject({ format, bank: { lastFour: "1234", openingPence, closingPence } });
    const told = found.lines.map((one) => [one.document, one.postedOn, one.amountPence, one.supplier]);
    expect(told).toEqual([
      ["F1", "2013-02-04", 624_000n, "IRWELL FAMILY SUPPORT"],
      ["F2", "2013-02-14", -1_000_000n, "SMITH & JONES"],
    ]);
  });

  it("camt.053: balances agree, a bulk entry is its parts, what is not booked is no entry", async () => {
    const found = await taken(read(await example("bank-camt053.xml"), "bank"));
    expect(found.bank).toMatchObject({ lastFour: "1234", openingPence: 100_000n, closingPence: 451_000n });
    expect(
      found.lines.map((one) =>
        `${one.document}.${one.documentLine} ${one.amountPence} ${one.supplier} ${one.reference}`.trim(),
      ),
    ).toEqual([
      "A1.1 624000 Irwell Family Support OP-7",
      "A2.1 -1000000",
      "A3.1 10000 Ordsall Housing",
      "A3.2 15000 Irwell Family Support",
    ]);
  });

  it("a CSV of the bank: paid out is a cost", async () => {
    const { lines } = await taken(read(await example("bank.csv"), "bank"));
    expect(lines.map(({ amountPence }) => amountPence)).toEqual([624_000n, -1_000_000n]);
  });
});

describe("a statement that is not whole is refused by name", () => {
  const changed = async (name: string, [from, to]: readonly [string, string]) =>
    refusalOf(read(Buffer.from((await example(name)).toString().replace(from, to)), "bank"));
  it.each([
    ["bank-camt053.xml", "4510.00", "4511.00", "statement_unbalanced"],
    ["bank-camt053.xml", "</Stmt>", "", "statement_not_read"],
    ["bank-camt053.xml", "<Cd>CLBD</Cd>", "<Cd>ITAV</Cd>", "statement_not_read"],
    ["bank-camt053.xml", '<Amt Ccy="GBP">6240.00', '<Amt Ccy="EUR">6240.00', "statement_currency"],
    ["bank-camt053.xml", "<Document", '<!DOCTYPE x [<!ENTITY a "b">]><Document', "statement_not_read"],
    ["bank-1.ofx", "-6240.00", "lots", "statement_not_read"],
    ["bank-1.ofx", "</OFX>", "", "statement_not_read"],
    ["bank-2.ofx", "<CURDEF>GBP", "<CURDEF>USD", "statement_currency"],
  ])("%s: %s becomes %s", async (name, from, to, code) => {
    expect(await changed(name, [from, to])).toMatchObject({ code });
  });
});

describe("faults by row and column", () => {
  const HEAD = "Document No,Posting Date,Debit,Credit,Supplier";
  const cases = `
    1,04/02/2013,10.00,,A | 
    1,31/02/2013,10.00,,A | 2 Posting Date not_a_date
    ,04/02/2013,10.00,,A | 2 Document No missing
    1,04/02/2013,ten,,A | 2 Debit not_an_amount
    1,04/02/2013,1.00,2.00,A | 2 Debit both_debit_and_credit
    1,04/02/2013,,,A | 2 Debit missing
    1,02/14/2013,1.00,,A | 2 Posting Date not_a_date
  `;
  it.each(
    cases
      .trim()
      .split("\n")
      .map((one) =>
        one
          .trim()
          .split("|")
          .map((cell) => cell.trim()),
      ),
  )("%s", async (row = "", expected = "") => {
    const { faults } = await taken(readText(`${HEAD}\n${row}\n`));
    expect(faults.map((one) => `${one.row} ${one.column} ${one.reason}`).join("; ")).toBe(expected);
  });

  it("a document's line twice, and the total at the foot", async () => {
    const { faults, lines } = await taken(
      readText("Document No,Line No,Posting Date,Amount\n7,1,04/02/2013,1.00\n7,1,04/02/2013,2.00\nTotal,,,3.00\n"),
    );
    expect([lines.length, faults.map(({ row, reason }) => `${row} ${reason}`)]).toEqual([2, ["3 line_twice"]]);
  });

  it("says which columns it did not find", async () => {
    expect((await taken(readText("When,What\n1,2\n"))).missing).toEqual(["document", "postedOn", "amount"]);
  });
});

describe("cells", () => {
  it.each([
    ["1,234.50-", -123_450n],
    ["1234.50 CR", -123_450n],
    ["1234.50 DR", 123_450n],
    ["(1,234.50)", -123_450n],
    ["£1,234.5000", 123_450n],
    ["-", 0n],
    ["-1.00-", null],
    ["1.234,50", null],
    ["1.005", null],
  ])("the amount %s", (text, pence) => expect(parseAmount(text)).toBe(pence));
  it.each([
    ["04.02.2013", "2013-02-04"],
    ["04-FEB-2013", "2013-02-04"],
    ["4 February 2013", "2013-02-04"],
    ["20130204", "2013-02-04"],
    ["2013-02-04T00:00:00", "2013-02-04"],
    ["04/02/13", "2013-02-04"],
    ["30/02/2013", null],
  ])("the day %s", (text, day) => expect(parseListingDay(text)).toBe(day));
  it("a heading's own words", () => {
    expect(["CostCentre", "Amount (£)", "G/L Account", "S/H"].map(plainHeading)).toEqual([
      "cost centre",
      "amount",
      "g l account",
      "s h",
    ]);
  });
});

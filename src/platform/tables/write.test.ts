/** Exports: no text runs as a formula, numbers stay numbers, and what was written is what is read. */
import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CellValue, type Column, neutralText, plainText, writeCsv, writeXlsx } from "./index.ts";
import { mustRead } from "./read.fixture.ts";

const COLUMNS: readonly Column[] = [
  { name: "Supplier", type: "text" },
  { name: "=Amount", type: "pounds" },
  { name: "Lines", type: "number" },
  { name: "Paid", type: "day" },
];

async function csvOf(columns: readonly Column[], rows: readonly (readonly CellValue[])[]): Promise<Buffer> {
  let text = "";
  for await (const piece of writeCsv(columns, rows)) text += piece;
  return Buffer.from(text);
}

async function xlsxOf(columns: readonly Column[], rows: readonly (readonly CellValue[])[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeXlsx({ sheet: "Payments", columns, rows })) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("neutralised", () => {
  const cases = [
    ["=1+1", "'=1+1"],
    ["+44", "'+44"],
    ["-5", "'-5"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", "'\rx"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠x", "'＠x"],
    ["  =1", "'  =1"],
    ['"=1', "'\"=1"],
    ["'=1", "''=1"],
    ["''=1", "'''=1"],
    ["a=1", "a=1"],
    ["'tis", "'tis"],
    ["", ""],
  ] as const;
  test.each(cases)("%j", (text, safe) => {
    expect(neutralText(text)).toBe(safe);
    expect(plainText(safe)).toBe(text);
  });
  test("no neutral text begins as a formula, and each is read as it was", () => {
    const letters = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "＝", "－", "'", '"', " ", "a", "1", "\u00a0");
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 8 }), (text) => {
        const safe = neutralText(text);
        expect(safe).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
        expect(plainText(safe)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

test("CSV as text", async () => {
  const bytes = await csvOf(COLUMNS, [
    ["=cmd|' /C calc'!A0", -123450n, -3, "2012-04-03"],
    ['Tŷ "Gwyn", Cyf', 5n, 1.5, null],
    [null, 0n, 10n, "-later"],
  ]);
  expect(bytes.toString()).toBe(
    "\ufeffSupplier,'=Amount,Lines,Paid\r\n" +
      "\"'=cmd|' /C calc'!A0\",-1234.50,-3,2012-04-03\r\n" +
      '"Tŷ ""Gwyn"", Cyf",0.05,1.5,\r\n' +
      ",0.00,10,'-later\r\n",
  );
});

test("exceljs opens the XLSX and finds numbers, days and text", async () => {
  const book = new ExcelJS.Workbook();
  // exceljs declares its own Buffer type, which newer Node types do not fit.
  const bytes = (await xlsxOf(COLUMNS, [["=1+1", -123450n, -3, "2012-04-03"]])) as unknown as ArrayBuffer;
  await book.xlsx.load(bytes);
  const sheet = book.getWorksheet("Payments");
  expect(sheet?.getRow(1).values).toEqual([undefined, "Supplier", "'=Amount", "Lines", "Paid"]);
  expect(sheet?.getRow(2).values).toEqual([undefined, "'=1+1", -1234.5, -3, new Date("2012-04-03T00:00:00Z")]);
});

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(
      "=",
      "-",
      "'",
      '"',
      ",",
      ";",
      "\n",
      "\r",
      "\t",
      " ",
      "|",
      "_x000D_",
      "é",
      "&",
      "<",
      "s",
      "ep=",
    ),
    maxLength: 8,
  }),
);
const readable = text.filter((value) => !/[\0\p{Cs}]/u.test(value));
const row = fc.tuple(
  readable,
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fc.integer(),
  fc.constantFrom("2012-04-03", "1999-12-31"),
);

test.each([
  ["CSV", csvOf],
  ["XLSX", xlsxOf],
] as const)("%s written then read is the same", async (_, write) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const read = await mustRead(await write(COLUMNS, rows));
      const cells = read.rows.map((each) => each.cells);
      expect(cells[0]).toEqual(COLUMNS.map(({ name }) => name));
      expect(cells.slice(1).map(([supplier]) => supplier)).toEqual(rows.map(([supplier]) => supplier));
      expect(cells.slice(1).map(([, amount = ""]) => BigInt(amount.replace(".", "")))).toEqual(
        rows.map(([, pence]) => pence),
      );
      expect(cells.slice(1).map(([, , count, paid]) => [Number(count), paid])).toEqual(
        rows.map(([, , count, paid]) => [count, paid]),
      );
    }),
    { numRuns: 150 },
  );
});

test("one column of any text is the same, empty cells too", async () => {
  const column: readonly Column[] = [{ name: "Text", type: "text" }];
  await fc.assert(
    fc.asyncProperty(fc.array(readable, { minLength: 1, maxLength: 8 }), async (texts) => {
      const read = await mustRead(
        await csvOf(
          column,
          texts.map((each) => [each]),
        ),
      );
      expect(read.rows.map(({ cells }) => cells)).toEqual([["Text"], ...texts.map((each) => [each])]);
    }),
    { numRuns: 150 },
  );
});

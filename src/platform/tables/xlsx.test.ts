/** Reading XLSX: what cells mean, and files made to harm; exceljs makes the honest files. */
import { deflateRawSync } from "node:zlib";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { mustRead, readRefusal } from "./read.fixture.ts";
import { decimalText, formatOf, serialDay } from "./xlsx-numbers.ts";
import { type PartOfZip, zipOf } from "./zip.fixture.ts";

const BOOK: readonly PartOfZip[] = [
  { name: "[Content_Types].xml", text: "<Types/>" },
  {
    name: "xl/workbook.xml",
    text: '<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
  },
  {
    name: "xl/_rels/workbook.xml.rels",
    text: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  },
];
const bookWith = (rows: string, ...more: readonly PartOfZip[]): Buffer =>
  zipOf([
    ...BOOK,
    { name: "xl/worksheets/sheet1.xml", text: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
    ...more,
  ]);

async function exceljsBook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("Empty");
  const sheet = book.addWorksheet("Ebrill 2012");
  sheet.addRow(["Date", "Amount", "Supplier", "Other"]);
  sheet.addRow([new Date(Date.UTC(2012, 3, 3)), 12.1, "A & B <Ltd>", { formula: "B2*2", result: 24.2 }]);
  sheet.getCell("A2").numFmt = "dd/mm/yyyy";
  sheet.addRow([]);
  sheet.addRow([
    new Date(Date.UTC(2012, 3, 4, 14, 5)),
    -0.5,
    { richText: [{ text: "Tŷ " }, { text: "Gwyn" }] },
    { error: "#REF!" },
  ]);
  sheet.getCell("A4").numFmt = "d mmm yy h:mm";
  sheet.addRow([null, 1e21, true, { formula: '"x"&"y"', result: "xy" }]);
  sheet.getCell("B5").numFmt = '"£"#,##0.00;[Red]-"£"#,##0.00';
  return Buffer.from(await book.xlsx.writeBuffer());
}

test("a workbook made by exceljs: first sheet with rows, days, pence, formulas, faults", async () => {
  const { table, rows } = await mustRead(await exceljsBook());
  expect(table).toMatchObject({
    kind: "xlsx",
    sheet: "Ebrill 2012",
    sheets: ["Empty", "Ebrill 2012"],
    delimiter: null,
  });
  expect(rows).toEqual([
    { row: 1, cells: ["Date", "Amount", "Supplier", "Other"] },
    { row: 2, cells: ["2012-04-03", "12.1", "A & B <Ltd>", "24.2"] },
    { row: 4, cells: ["2012-04-04 14:05:00", "-0.5", "Tŷ Gwyn", "#REF!"] },
    { row: 5, cells: ["", "1E+21", "TRUE", "xy"] },
  ]);
});

test("a named sheet, and one that is not there", async () => {
  const bytes = await exceljsBook();
  expect(await readRefusal({ bytes, sheet: "Mai" })).toEqual({
    code: "sheet_not_found",
    sheet: "Mai",
    sheets: ["Empty", "Ebrill 2012"],
  });
  expect((await mustRead({ bytes, sheet: "Ebrill 2012" })).rows).toHaveLength(4);
  expect((await readRefusal({ bytes, sheet: "Empty" })).code).toBe("file_empty");
});

describe("numbers as decimal text", () => {
  const cases = `
    12.1 => 12.1
    1234.50 => 1234.50
    0.30000000000000004 => 0.3
    1234.5600000000001 => 1234.56
    -3.3000000000000003 => -3.3
    99999999999.990005 => 99999999999.99
    12345678901234567890 => 12345678901234567890
    1.5E3 => 1500
    1E-3 => 0.001
    1.2345E-5 => 0.000012345
    1e21 => 1E21
    -1.5E+16 => -1.5E+16
    0E0 => 0
    abc => null
    1.2.3 => null
  `;
  test.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" => ")),
  )("%s", (text = "", wanted) => {
    expect(String(decimalText(text))).toBe(wanted);
  });
});

describe("dates", () => {
  test.each([
    ["41002", false, "2012-04-03"],
    ["1", false, "1900-01-01"],
    ["61", false, "1900-03-01"],
    ["39540", true, "2012-04-03"],
    ["41002.5", false, "2012-04-03 12:00:00"],
    ["41002.999999999", false, "2012-04-04"],
    ["-1", false, null],
    ["9999999", false, null],
  ])("%s", (text, from1904, day) => expect(serialDay(text, from1904)).toBe(day));
  test.each([
    [14, undefined, "date"],
    [2, undefined, "number"],
    [164, "[$-809]dd mmmm yyyy", "date"],
    [165, '"paid" 0.00', "number"],
    [166, "[Red]#,##0.00", "number"],
    [167, "[h]:mm", "number"],
    [168, "h:mm AM/PM", "time"],
    [169, '_-"£"* #,##0.00_-', "number"],
    [170, "General", "number"],
    [171, "mmm-yy", "date"],
  ] as const)("format %s %s", (id, code, wanted) => expect(formatOf(id, code)).toBe(wanted));
});

describe("files made to harm", () => {
  test("a bomb is stopped by its real size", async () => {
    const bomb = bookWith(" ".repeat(60 * 1024 ** 2));
    expect((await readRefusal({ bytes: bomb })).code).toBe("zip_expands_too_far");
    expect((await readRefusal({ bytes: await exceljsBook(), limits: { expandedBytes: 1000 } })).code).toBe(
      "zip_expands_too_far",
    );
  });
  test("a part that states another size or checksum", async () => {
    const row = "<row><c><v>1</v></c></row>";
    const sheet = `<worksheet><sheetData>${row.repeat(3)}</sheetData></worksheet>`;
    const part = { name: "xl/worksheets/sheet1.xml", text: sheet };
    expect((await mustRead(zipOf([...BOOK, part]))).rows).toHaveLength(3);
    expect((await readRefusal({ bytes: zipOf([...BOOK, { ...part, statedBytes: 10 }]) })).code).toBe("xlsx_broken");
    expect((await readRefusal({ bytes: zipOf([...BOOK, { ...part, checksum: 1 }]) })).code).toBe("xlsx_broken");
    expect((await readRefusal({ bytes: zipOf([...BOOK, { ...part, packed: Buffer.from("rubbish") }]) })).code).toBe(
      "xlsx_broken",
    );
    expect(
      (await readRefusal({ bytes: zipOf([...BOOK, { ...part, packed: deflateRawSync(sheet).subarray(0, 20) }]) })).code,
    ).toBe("xlsx_broken");
    expect((await readRefusal({ bytes: zipOf([...BOOK, part, part]) })).code).toBe("xlsx_broken");
  });
  const inText = (text: string): Buffer => bookWith(`<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`);
  test("entities and document types", async () => {
    const doctype = zipOf([
      ...BOOK.slice(0, 2),
      { name: "xl/_rels/workbook.xml.rels", text: '<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>' },
    ]);
    expect((await readRefusal({ bytes: doctype })).code).toBe("xlsx_has_entities");
    expect((await readRefusal({ bytes: inText("&lol;") })).code).toBe("xlsx_has_entities");
    expect((await mustRead(inText("a&amp;b &#163;&#xA3; <![CDATA[<x>]]>_x000D_<!-- no -->!"))).rows[0]?.cells).toEqual([
      "a&b ££ <x>\r!",
    ]);
  });
  test("cut files and wrong places", async () => {
    const bytes = await exceljsBook();
    for (const length of [30, 1000, bytes.length - 30]) {
      expect((await readRefusal({ bytes: bytes.subarray(0, length) })).code).toBe("xlsx_broken");
    }
    const cases = `
      <row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row> | xlsx_broken
      <row r="9999999"><c><v>1</v></c></row> | xlsx_broken
      <row><c r="ZZZZ1"><v>1</v></c></row> | xlsx_broken
      <row><c r="XFD1"><v>1</v></c></row> | too_many_columns
      <row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row> | xlsx_broken
      <row><c t="s"><v>0</v></c></row> | xlsx_broken
      <row><c><v>one</v></c></row> | xlsx_broken
      <row><c><v>1</v></c> | xlsx_broken
      <row><c><v>1</v></c></row></x></x></x> | xlsx_broken
    `;
    for (const [rows = "", code] of cases
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" | "))) {
      expect((await readRefusal({ bytes: bookWith(rows) })).code, rows).toBe(code);
    }
    expect((await readRefusal({ bytes: inText("x".repeat(40_000)) })).code).toBe("cell_too_long");
  });
  test("other zips and locked ones", async () => {
    expect(await readRefusal({ bytes: zipOf([{ name: "a.txt", text: "a" }]) })).toEqual({
      code: "file_not_a_table",
      looksLike: "zip",
    });
    expect(await readRefusal({ bytes: zipOf([{ name: "mimetype", text: "a" }]) })).toEqual({
      code: "file_not_a_table",
      looksLike: "open_document",
    });
    expect((await readRefusal({ bytes: zipOf([{ name: "a", text: "a", flags: 1 }]) })).code).toBe("xlsx_locked");
  });
  test("more different texts than may be kept", async () => {
    const texts = { name: "xl/sharedStrings.xml", text: `<sst>${"<si><t>some text</t></si>".repeat(100)}</sst>` };
    const bytes = bookWith('<row><c t="s"><v>99</v></c></row>', texts);
    expect((await mustRead(bytes)).rows[0]?.cells).toEqual(["some text"]);
    expect((await readRefusal({ bytes, limits: { sharedTextBytes: 1000 } })).code).toBe("xlsx_too_much_text");
  });
});

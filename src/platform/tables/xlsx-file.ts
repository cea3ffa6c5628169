/**
 * An XLSX file read as a stream (ECMA-376, part 1; part 2 for the package). Only the parts that hold the table are opened:
 * the workbook, its relations, its number formats, its texts and one sheet.
 *
 * Written here, not left to exceljs: its streaming reader believes the local headers, keeps every text and temporary
 * files without a limit, and turns each number into a float. What is needed to read a table is small, and here each byte
 * is counted before it is used. The tests read files made by exceljs, and let exceljs read what is written here.
 */
import type { TableLimits } from "./limits.ts";
import { TableStopped } from "./refusals.ts";
import type { RowBatches } from "./rows.ts";
import type { ByteSource } from "./source.ts";
import { type CellFormat, formatOf } from "./xlsx-numbers.ts";
import { sheetRows } from "./xlsx-sheet.ts";
import { type SharedTexts, sharedTexts, sharedTextsVisitor } from "./xlsx-texts.ts";
import { attribute, scanXml, type XmlVisitor } from "./xml-events.ts";
import { type ExpansionBudget, inflated, type ZipEntry, zipEntries } from "./zip-entries.ts";

export type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean };

export type XlsxFile = {
  readonly sheets: readonly Sheet[];
  readonly rows: (sheet: Sheet) => RowBatches;
};

type Package = {
  readonly source: ByteSource;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly limits: TableLimits;
};

const MOST_SHEETS = 1_000;

export async function openXlsx(source: ByteSource, limits: TableLimits): Promise<XlsxFile> {
  const file: Package = { source, entries: await zipEntries(source), limits };
  if (!file.entries.has("[Content_Types].xml") || !file.entries.has("xl/workbook.xml")) {
    const looksLike = file.entries.has("mimetype") ? "open_document" : "zip";
    throw new TableStopped({ code: "file_not_a_table", looksLike });
  }
  const budget: ExpansionBudget = { leftBytes: limits.expandedBytes };
  const { sheets, from1904 } = await readWorkbook(file, budget);
  const formats = await readFormats(file, budget);
  const texts = await readTexts(file, budget);
  const left = budget.leftBytes;
  return {
    sheets,
    // Each reading of a sheet has what the other parts left.
    rows: (sheet) => readSheet({ file, sheet, texts, formats, from1904, budget: { leftBytes: left } }),
  };
}

/** Feeds a part to a visitor; a part that the file does not have is passed over. */
async function visitPart(
  file: Package,
  part: string,
  { visitor, budget }: { readonly visitor: XmlVisitor; readonly budget: ExpansionBudget },
): Promise<void> {
  for await (const _ of scannedPart(file, part, { visitor, budget }));
}

async function* scannedPart(
  file: Package,
  part: string,
  { visitor, budget }: { readonly visitor: XmlVisitor; readonly budget: ExpansionBudget },
): AsyncGenerator<void> {
  const entry = file.entries.get(part);
  if (!entry) return;
  const scanner = scanXml(part, visitor);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const piece of inflated(file, { entry, budget })) {
    scanner.feed(letters(() => decoder.decode(piece, { stream: true }), part));
    yield;
  }
  scanner.feed(letters(() => decoder.decode(), part));
  scanner.end();
  yield;
}

function letters(decode: () => string, part: string): string {
  try {
    return decode();
  } catch {
    throw new TableStopped({ code: "xlsx_broken", part });
  }
}

async function readWorkbook(
  file: Package,
  budget: ExpansionBudget,
): Promise<{ readonly sheets: readonly Sheet[]; readonly from1904: boolean }> {
  const targets = new Map<string, string>();
  const relations = "xl/_rels/workbook.xml.rels";
  const keepRelation = (name: string, attributes: string): void => {
    if (name !== "Relationship" || targets.size >= MOST_SHEETS * 4) return;
    const target = attribute(attributes, { name: "Target", part: relations }) ?? "";
    targets.set(
      attribute(attributes, { name: "Id", part: relations }) ?? "",
      target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`,
    );
  };
  await visitPart(file, relations, { visitor: onOpen(keepRelation), budget });
  const sheets: Sheet[] = [];
  let from1904 = false;
  const part = "xl/workbook.xml";
  const keepSheet = (name: string, attributes: string): void => {
    if (name === "workbookPr") from1904 = /^(1|true)$/.test(attribute(attributes, { name: "date1904", part }) ?? "");
    if (name !== "sheet" || sheets.length >= MOST_SHEETS) return;
    const target = targets.get(
      attribute(attributes, { name: "r:id", part }) ?? attribute(attributes, { name: "id", part }) ?? "",
    );
    if (target === undefined || !file.entries.has(target)) throw new TableStopped({ code: "xlsx_broken", part });
    const hidden = (attribute(attributes, { name: "state", part }) ?? "visible") !== "visible";
    sheets.push({ name: attribute(attributes, { name: "name", part }) ?? "", part: target, hidden });
  };
  await visitPart(file, part, { visitor: onOpen(keepSheet), budget });
  if (sheets.length === 0) throw new TableStopped({ code: "xlsx_broken", part });
  return { sheets, from1904 };
}

async function readFormats(file: Package, budget: ExpansionBudget): Promise<readonly CellFormat[]> {
  const part = "xl/styles.xml";
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCells = false;
  const visitor: XmlVisitor = {
    open: (name, attributes) => {
      if (name === "numFmt" && codes.size < 10_000) {
        codes.set(
          Number(attribute(attributes, { name: "numFmtId", part })),
          attribute(attributes, { name: "formatCode", part }) ?? "",
        );
      } else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells && formats.length < 70_000) {
        const id = Number(attribute(attributes, { name: "numFmtId", part }) ?? "0");
        formats.push(formatOf(id, codes.get(id)));
      }
    },
    text: () => {},
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  };
  await visitPart(file, part, { visitor, budget });
  return formats;
}

async function readTexts(file: Package, budget: ExpansionBudget): Promise<SharedTexts> {
  const texts = sharedTexts(file.limits.sharedTextBytes);
  const visitor = sharedTextsVisitor(texts, 8 * file.limits.cellCharacters);
  await visitPart(file, "xl/sharedStrings.xml", { visitor, budget });
  return texts;
}

type SheetReading = {
  readonly file: Package;
  readonly sheet: Sheet;
  readonly texts: SharedTexts;
  readonly formats: readonly CellFormat[];
  readonly from1904: boolean;
  readonly budget: ExpansionBudget;
};

async function* readSheet({ file, sheet, texts, formats, from1904, budget }: SheetReading): RowBatches {
  const { limits } = file;
  const { visitor, take } = sheetRows({ part: sheet.part, texts, formats, from1904, limits });
  let given = 0;
  for await (const _ of scannedPart(file, sheet.part, { visitor, budget })) {
    const batch = take();
    given += batch.length;
    if (given > limits.rows) throw new TableStopped({ code: "too_many_rows", limit: limits.rows });
    if (batch.length > 0) yield batch;
  }
}

function onOpen(open: XmlVisitor["open"]): XmlVisitor {
  return { open, text: () => {}, close: () => {} };
}

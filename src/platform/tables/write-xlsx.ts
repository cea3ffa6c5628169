/**
 * Writes rows as an XLSX file (ECMA-376, part 1) as a stream: one sheet, and another whenever one is full. Text is written
 * as text, so no program runs it; it carries the same apostrophe as in CSV for when the sheet is saved as that.
 */
import { parseDay } from "../../lib/day.ts";
import { neutralText } from "./neutral-text.ts";
import { type CellValue, type Column, type ColumnType, numberText, type WrittenRows } from "./write-csv.ts";
import { writeZip, type ZipPart } from "./write-zip.ts";

const LAST_ROW = 1_048_576;
const PIECE_CHARACTERS = 65_536;
const EPOCH = Date.UTC(1899, 11, 30);
const FIRST_SURE_DAY = "1900-03-01";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** The cell styles of the file, by column type, as numbered in the styles part. */
const STYLES: Record<ColumnType, number> = { text: 0, number: 0, pounds: 1, day: 2 };

export type XlsxRequest = { readonly sheet: string; readonly columns: readonly Column[]; readonly rows: WrittenRows };

export function writeXlsx(request: XlsxRequest): AsyncGenerator<Buffer> {
  return writeZip(xlsxParts(request));
}

async function* xlsxParts({ sheet, columns, rows }: XlsxRequest): AsyncGenerator<ZipPart> {
  const waiting = oneByOne(rows);
  let sheets = 0;
  let ended = false;
  while (!ended) {
    sheets += 1;
    const body = sheetXml(columns, waiting);
    yield { name: `xl/worksheets/sheet${sheets}.xml`, texts: body.texts };
    ended = body.ended();
  }
  for (const [name, text] of bookParts(sheet, sheets)) yield { name, texts: [text] };
}

/** The rows one by one, so that a sheet can stop where the next goes on. */
async function* oneByOne(rows: WrittenRows): AsyncGenerator<readonly CellValue[], undefined> {
  yield* rows;
}

function sheetXml(
  columns: readonly Column[],
  rows: AsyncGenerator<readonly CellValue[], undefined>,
): { readonly texts: AsyncIterable<string>; readonly ended: () => boolean } {
  let over = false;
  const letters = columns.map((_, index) => columnLetters(index));
  async function* texts(): AsyncGenerator<string> {
    let piece = `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rowXml(1, letters, (index) => ["text", columns[index]?.name ?? ""])}`;
    for (let row = 2; row <= LAST_ROW; row += 1) {
      const next = await rows.next();
      if (next.done) {
        over = true;
        break;
      }
      const cells = next.value;
      piece += rowXml(row, letters, (index) => [columns[index]?.type ?? "text", cells[index] ?? null]);
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = "";
    }
    yield `${piece}</sheetData></worksheet>`;
  }
  return { texts: texts(), ended: () => over };
}

function rowXml(
  row: number,
  letters: readonly string[],
  cell: (index: number) => readonly [ColumnType, CellValue],
): string {
  const cells = letters.map((letter, index) => xlsxCell(`${letter}${row}`, ...cell(index)));
  return `<row r="${row}">${cells.join("")}</row>`;
}

/** A, B ... Z, AA, AB: how a spreadsheet names a column, counted from 0. */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

function xlsxCell(place: string, type: ColumnType, value: CellValue): string {
  if (value === null || value === "") return "";
  const digits = type === "day" ? dayNumber(String(value)) : numberText(type, value);
  // A spreadsheet keeps fifteen digits: a longer number is written as text, so that none is lost.
  if (digits !== null && digits.replaceAll(/[-.]/g, "").length <= 15 && !digits.includes("e")) {
    return `<c r="${place}" s="${STYLES[type]}"><v>${digits}</v></c>`;
  }
  const text = xmlText(neutralText(digits ?? String(value)));
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function dayNumber(text: string): string | null {
  return parseDay(text) === null || text < FIRST_SURE_DAY ? null : String((Date.parse(text) - EPOCH) / 86_400_000);
}

function xmlText(text: string): string {
  return (
    text
      // A text that looks like an escape must not be read as one; then letters that XML cannot hold or would change.
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
      .replaceAll(/\p{Cs}/gu, "\ufffd")
      .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, (letter) => (letter === "\t" || letter === "\n" ? letter : escaped(letter)))
      .replaceAll(/[&<>]/g, (letter) => (letter === "&" ? "&amp;" : letter === "<" ? "&lt;" : "&gt;"))
  );
}

function escaped(letter: string): string {
  return `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

function bookParts(sheet: string, sheets: number): readonly (readonly [string, string])[] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const title = sheet.replaceAll(/[\\/?*[\]:'"&<>]/g, " ").slice(0, 26) || "Sheet";
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const listed = numbers.map(
    (n) => `<sheet name="${n === 1 ? title : `${title} ${n}`}" sheetId="${n}" r:id="rId${n}"/>`,
  );
  const override = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  return [
    [
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((n) => relation(`rId${n}`, "worksheet", `worksheets/sheet${n}.xml`)).join("")}${relation("rIdStyles", "styles", "styles.xml")}</Relationships>`,
    ],
    ["xl/styles.xml", STYLES_XML],
    [
      "_rels/.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override("workbook", "sheet.main")}${override("styles", "styles")}${numbers.map((n) => override(`worksheets/sheet${n}`, "worksheet")).join("")}</Types>`,
    ],
  ];
}

const STYLES_XML = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`;

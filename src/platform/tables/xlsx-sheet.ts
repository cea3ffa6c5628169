/**
 * The rows of one sheet of an XLSX file (ECMA-376, part 1, section 18.3), as they are read. A number keeps its digits, a
 * date becomes a day, a formula gives the result that was saved with it, a fault such as #REF! its text. Rows and cells
 * that were left out of the file are counted, not made up.
 */
import type { TableLimits } from "./limits.ts";
import { plainText } from "./neutral-text.ts";
import { TableStopped } from "./refusals.ts";
import type { TableRow } from "./rows.ts";
import { type CellFormat, decimalText, serialDay, serialTime } from "./xlsx-numbers.ts";
import { type SharedTexts, unescaped } from "./xlsx-texts.ts";
import { attribute, type XmlVisitor } from "./xml-events.ts";

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

export type SheetContext = {
  readonly part: string;
  readonly texts: SharedTexts;
  readonly formats: readonly CellFormat[];
  readonly from1904: boolean;
  readonly limits: TableLimits;
};

type Cell = { column: number; type: string; format: CellFormat; value: string };

export type SheetRows = {
  readonly visitor: XmlVisitor /** The rows finished since it was last asked. */;
  readonly take: () => readonly TableRow[];
};

export function sheetRows(context: SheetContext): SheetRows {
  const { part, limits } = context;
  let batch: TableRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let rowCharacters = 0;
  let next = 0;
  let reading = false;
  let phonetic = false;
  const cell: Cell = { column: 0, type: "n", format: "number", value: "" };

  const openRow = (attributes: string): void => {
    const written = attribute(attributes, { name: "r", part });
    const number = written === null ? row + 1 : Number(written);
    if (!Number.isInteger(number) || number <= row || number > LAST_ROW) throw broken(part);
    row = number;
    cells = [];
    next = 0;
    rowCharacters = 0;
  };
  const closeCell = (): void => {
    const text = cellText(cell, context);
    if (text === "") return;
    rowCharacters += text.length;
    if (text.length > limits.cellCharacters) throw tooLong("cell_too_long", row, limits.cellCharacters);
    if (rowCharacters > limits.rowCharacters) throw tooLong("row_too_long", row, limits.rowCharacters);
    while (cells.length < cell.column) cells.push("");
    cells.push(text);
  };
  const visitor: XmlVisitor = {
    open: (name, attributes) => {
      if (name === "c") {
        cell.column = next;
        openCell(cell, attributes, context);
        if (cell.column >= limits.columns) throw tooLong("too_many_columns", row, limits.columns);
        next = cell.column + 1;
      } else if (name === "row") openRow(attributes);
      else if (name === "rPh") phonetic = true;
      else reading = (name === "v" || name === "t") && !phonetic;
    },
    text: (text) => {
      if (!reading) return;
      cell.value += text;
      if (cell.value.length > 8 * limits.cellCharacters) throw tooLong("cell_too_long", row, limits.cellCharacters);
    },
    close: (name) => {
      reading = false;
      if (name === "c") closeCell();
      else if (name === "rPh") phonetic = false;
      else if (name === "row" && cells.length > 0) batch.push({ row, cells });
    },
  };
  const take = (): readonly TableRow[] => {
    const taken = batch;
    batch = [];
    return taken;
  };
  return { visitor, take };
}

/** Begins a cell at the column it was given or one after it, where it says that it stands. */
function openCell(cell: Cell, attributes: string, { part, formats }: SheetContext): void {
  const place = attribute(attributes, { name: "r", part });
  const column = place === null ? cell.column : columnOf(place, part);
  if (column < cell.column) throw broken(part);
  cell.column = column;
  cell.type = attribute(attributes, { name: "t", part }) ?? "n";
  const style = attribute(attributes, { name: "s", part });
  cell.format = (style === null ? undefined : formats[Number(style)]) ?? "number";
  cell.value = "";
}

function cellText(cell: Cell, context: SheetContext): string {
  if (cell.value === "") return "";
  if (cell.type === "s") {
    const text = context.texts.find(Number(cell.value));
    if (text === null) throw broken(context.part);
    return plainText(text);
  }
  if (cell.type === "str" || cell.type === "inlineStr") return plainText(unescaped(cell.value));
  if (cell.type === "b") return cell.value === "1" ? "TRUE" : "FALSE";
  if (cell.type === "e" || cell.type === "d") return cell.value;
  const shown =
    cell.format === "date"
      ? serialDay(cell.value, context.from1904)
      : cell.format === "time"
        ? (serialTime(cell.value) ?? serialDay(cell.value, context.from1904))
        : null;
  const text = shown ?? decimalText(cell.value);
  if (text === null) throw broken(context.part);
  return text;
}

/** The column of a place such as "AB12", from 0. */
function columnOf(place: string, part: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const code = place.charCodeAt(at);
    if (code < 65 || code > 90) {
      if (at === 0 || code < 48 || code > 57) throw broken(part);
      break;
    }
    column = column * 26 + code - 64;
    if (column > LAST_COLUMN) throw broken(part);
  }
  return column - 1;
}

function tooLong(
  code: "cell_too_long" | "row_too_long" | "too_many_columns",
  row: number,
  limit: number,
): TableStopped {
  return new TableStopped({ code, row, limit });
}

function broken(part: string): TableStopped {
  return new TableStopped({ code: "xlsx_broken", part });
}

/**
 * Writes rows as CSV (RFC 4180) that a spreadsheet opens as it is: UTF-8 with its mark, so that Welsh letters stay, and no
 * text that runs as a formula. Numbers and money stay numbers, negative ones too.
 */
import { neutralText } from "./neutral-text.ts";

/** pounds: bigint pence; number: whole as bigint or number, or a fraction; day: YYYY-MM-DD. */
export type ColumnType = "text" | "pounds" | "number" | "day";
export type Column = { readonly name: string; readonly type: ColumnType };
export type CellValue = string | number | bigint | null;
export type WrittenRows = Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>;

const PIECE_CHARACTERS = 65_536;
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$|^sep=|^$/i;

export async function* writeCsv(columns: readonly Column[], rows: WrittenRows): AsyncGenerator<string> {
  let piece = `\ufeff${columns.map(({ name }) => quoted(neutralText(name), columns.length)).join(",")}\r\n`;
  for await (const row of rows) {
    piece += `${columns.map(({ type }, index) => csvCell(type, row[index] ?? null, columns.length)).join(",")}\r\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** A number as decimal text; null when the value is not a number. */
export function numberText(type: ColumnType, value: CellValue): string | null {
  if (typeof value === "bigint") return type === "pounds" ? poundsText(value) : value.toString();
  return typeof value === "number" && type !== "text" && Number.isFinite(value) ? String(value) : null;
}

function poundsText(pence: bigint): string {
  const size = (pence < 0n ? -pence : pence).toString().padStart(3, "0");
  return `${pence < 0n ? "-" : ""}${size.slice(0, -2)}.${size.slice(-2)}`;
}

function csvCell(type: ColumnType, value: CellValue, columns: number): string {
  if (value === null) return quoted("", columns);
  return numberText(type, value) ?? quoted(neutralText(String(value)), columns);
}

/** An empty cell alone on its line is quoted, or the line would be a blank one. */
function quoted(text: string, columns: number): string {
  if (text === "" && columns > 1) return "";
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

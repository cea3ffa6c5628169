/**
 * A Pabulib file as rows of cells that is written back byte for byte: line ends, quotes, blank lines, the mark at its start and
 * the missing end of its last line. For those who mend a file: what they do not touch stays as it was.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Section } from "./faults.ts";
import { cellStart, lengthOfMark, nextRow, openRows, type Place, placeOf, type Rows, rawText } from "./rows.ts";
import { titleOf } from "./sections.ts";
import { firstBadByte } from "./utf8.ts";

export type Document = {
  /** Whether the file begins with a byte order mark. */
  readonly marked: boolean;
  readonly rows: readonly DocumentRow[];
};

export type DocumentRow = {
  readonly line: number;
  readonly section: Section | null;
  readonly kind: "title" | "columns" | "data" | "blank";
  readonly cells: readonly DocumentCell[];
  readonly end: "\n" | "\r\n" | "\r" | "";
};

export type DocumentCell = {
  readonly text: string;
  /** As it stands in the file, with its quotes and spaces. */
  readonly written: string;
};

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

export function readDocument(bytes: Uint8Array): Result<Document, { code: "not_utf8" } & Place> {
  const bad = firstBadByte(bytes);
  const rows = openRows(bytes);
  if (bad >= 0) {
    while (nextRow(rows) && rows.at <= bad);
    return refuse({ code: "not_utf8", ...placeOf(rows, bad) });
  }
  const read: DocumentRow[] = [];
  let section: Section | null = null;
  let kind: DocumentRow["kind"] = "data";
  let next: DocumentRow["kind"] = "data";
  while (nextRow(rows)) {
    const title = titleOf(rows);
    const cells = cellsOf(rows);
    if (title !== null) {
      section = title;
      kind = "title";
      next = "columns";
    } else if (cells.length === 1 && cells[0]?.written.trim() === "") kind = "blank";
    else {
      kind = next;
      next = "data";
    }
    read.push({ line: rows.rowLine, section, kind, cells, end: endOf(rows) });
  }
  return accept({ marked: lengthOfMark(bytes) > 0, rows: read });
}

export function writeDocument({ marked, rows }: Document): Uint8Array {
  const lines = rows.map(({ cells, end }) => cells.map(({ written }) => written).join(";") + end);
  return encoder.encode((marked ? "\uFEFF" : "") + lines.join(""));
}

/** A cell that says `text`, in quotes where it needs them. */
export function cellOfText(text: string): DocumentCell {
  return { text, written: writeCell(text) };
}

export function writeCell(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The cells as written: what stands between separators, so that joining them again gives the row. */
function cellsOf(rows: Rows): readonly DocumentCell[] {
  const cells: DocumentCell[] = [];
  for (let cell = 0; cell < rows.cells; cell += 1) {
    const start = cellStart(rows, cell);
    const end = cell + 1 < rows.cells ? cellStart(rows, cell + 1) - 1 : rows.rowEnd;
    const text = rawText(rows, cell);
    const plain = rows.starts[cell] === start && rows.ends[cell] === end && rows.bytes[start] !== QUOTE;
    cells.push({ text, written: plain ? text : decoder.decode(rows.bytes.subarray(start, end)) });
  }
  return cells;
}

const QUOTE = 34;

function endOf({ bytes, rowEnd, at }: Rows): DocumentRow["end"] {
  if (at === rowEnd) return "";
  if (at - rowEnd === 2) return "\r\n";
  return bytes[rowEnd] === 10 ? "\n" : "\r";
}

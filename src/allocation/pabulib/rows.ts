/**
 * The rows of a separated text (RFC 4180 with any separator), cut in its bytes: a row is given as the places where its cells
 * begin and end, and nothing becomes a string before somebody asks. Lines end in LF, CRLF or a lone CR, also inside a quoted
 * cell. A cell is quoted when its first byte is a quotation mark; what follows the closing mark is kept, and a mark inside
 * other text is a letter like any other, as in platform/tables/csv-rows.ts.
 */
export type Rows = {
  readonly bytes: Uint8Array;
  readonly separator: number;
  /** Where the next row begins, and its line (from 1). */
  at: number;
  line: number;
  /** The row just cut, without what ends its line. */
  rowStart: number;
  rowEnd: number;
  rowLine: number;
  cells: number;
  starts: Int32Array;
  ends: Int32Array;
  forms: Uint8Array;
  /** Where a quotation mark was opened that nothing closes; -1 where there is none. */
  unclosed: number;
  /** The cell that was opened last: its value is `source` from `from` to `to`, without the spaces around it. */
  source: Uint8Array;
  from: number;
  to: number;
  /** Whether there were spaces around it. */
  spaced: boolean;
};

/** A position for people: the line, and the character in that line, both from 1. */
export type Place = { readonly line: number; readonly column: number };

export const SEMICOLON = 59;
export const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const LF = 10;
const CR = 13;

/** Without quotes; in quotes (its bounds leave them out); in quotes with more to undo (its bounds keep them). */
const PLAIN = 0;
const QUOTED = 1;
const MIXED = 2;

/** The bytes that stand for nothing at the start of a file: EF BB BF. */
export function lengthOfMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

export function openRows(
  bytes: Uint8Array,
  from: { readonly at: number; readonly line: number; readonly separator?: number } = {
    at: lengthOfMark(bytes),
    line: 1,
  },
): Rows {
  return {
    bytes,
    separator: from.separator ?? SEMICOLON,
    at: from.at,
    line: from.line,
    rowStart: from.at,
    rowEnd: from.at,
    rowLine: from.line,
    cells: 0,
    starts: new Int32Array(32),
    ends: new Int32Array(32),
    forms: new Uint8Array(32),
    unclosed: -1,
    source: bytes,
    from: 0,
    to: 0,
    spaced: false,
  };
}

/** Cuts the next row; false at the end of the text. */
export function nextRow(rows: Rows): boolean {
  const { bytes, separator } = rows;
  const length = bytes.length;
  let at = rows.at;
  if (at >= length) return false;
  rows.rowStart = at;
  rows.rowLine = rows.line;
  let cells = 0;
  for (;;) {
    if (cells === rows.starts.length) growCells(rows);
    if (at < length && bytes[at] === QUOTE) {
      at = cutQuoted(rows, at, cells);
    } else {
      rows.starts[cells] = at;
      at = endOfPlain(bytes, at, separator);
      rows.ends[cells] = at;
      rows.forms[cells] = PLAIN;
    }
    cells += 1;
    if (at >= length || bytes[at] !== separator) break;
    at += 1;
  }
  rows.cells = cells;
  rows.rowEnd = at;
  if (at < length) at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
  rows.line += 1;
  rows.at = at;
  return true;
}

function endOfPlain(bytes: Uint8Array, from: number, separator: number): number {
  const length = bytes.length;
  let at = from;
  while (at < length) {
    const byte = bytes[at] ?? 0;
    if (byte === separator || (byte <= CR && (byte === LF || byte === CR))) break;
    at += 1;
  }
  return at;
}

/** Cuts the quoted cell that opens at `open` and gives the place after it. */
function cutQuoted(rows: Rows, open: number, cell: number): number {
  const { bytes, separator } = rows;
  const length = bytes.length;
  let at = open + 1;
  let doubled = false;
  for (;;) {
    if (at >= length) {
      if (rows.unclosed < 0) rows.unclosed = open;
      return endCell(rows, cell, { start: open, end: length, form: MIXED, next: length });
    }
    const byte = bytes[at];
    if (byte === QUOTE) {
      if (bytes[at + 1] !== QUOTE) break;
      doubled = true;
      at += 1;
    } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) rows.line += 1;
    at += 1;
  }
  const end = endOfPlain(bytes, at + 1, separator);
  if (doubled || end > at + 1) return endCell(rows, cell, { start: open, end, form: MIXED, next: end });
  return endCell(rows, cell, { start: open + 1, end: at, form: QUOTED, next: end });
}

type Cut = { readonly start: number; readonly end: number; readonly form: number; readonly next: number };

function endCell(rows: Rows, cell: number, { start, end, form, next }: Cut): number {
  rows.starts[cell] = start;
  rows.ends[cell] = end;
  rows.forms[cell] = form;
  return next;
}

function growCells(rows: Rows): void {
  const size = rows.starts.length * 2;
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  const forms = new Uint8Array(size);
  starts.set(rows.starts);
  ends.set(rows.ends);
  forms.set(rows.forms);
  rows.starts = starts;
  rows.ends = ends;
  rows.forms = forms;
}

/** Nothing stands in the row, or only spaces. */
export function isBlank(rows: Rows): boolean {
  if (rows.cells !== 1) return false;
  openCell(rows, 0);
  return rows.from === rows.to && rows.forms[0] === PLAIN;
}

/** Makes a cell of the row the open one: an absent cell is an empty one. */
export function openCell(rows: Rows, cell: number): void {
  if (cell < 0 || cell >= rows.cells) {
    rows.source = rows.bytes;
    rows.from = rows.rowEnd;
    rows.to = rows.rowEnd;
    rows.spaced = false;
    return;
  }
  let from = rows.starts[cell] ?? 0;
  let to = rows.ends[cell] ?? 0;
  let source = rows.bytes;
  if (rows.forms[cell] === MIXED) {
    source = undoQuotes(source.subarray(from, to));
    from = 0;
    to = source.length;
  }
  const width = to - from;
  while (from < to && (source[from] ?? 0) <= SPACE && isSpace(source[from] ?? 0)) from += 1;
  while (to > from && (source[to - 1] ?? 0) <= SPACE && isSpace(source[to - 1] ?? 0)) to -= 1;
  rows.source = source;
  rows.from = from;
  rows.to = to;
  rows.spaced = to - from !== width;
}

/** A space, a tab or the end of a line. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= 9 && byte <= 13);
}

function undoQuotes(raw: Uint8Array): Uint8Array {
  const value = new Uint8Array(raw.length);
  let length = 0;
  let inside = true;
  for (let at = raw[0] === QUOTE ? 1 : 0; at < raw.length; at += 1) {
    const byte = raw[at] ?? 0;
    if (inside && byte === QUOTE) {
      if (raw[at + 1] !== QUOTE) {
        inside = false;
        continue;
      }
      at += 1;
    }
    value[length] = byte;
    length += 1;
  }
  return value.subarray(0, length);
}

/** Whether the open cell says nothing: it is empty, or the word None, which some programs write for it. */
export function isMissing(rows: Rows): boolean {
  const width = rows.to - rows.from;
  if (width === 0) return true;
  if (width !== 4 || ((rows.source[rows.from] ?? 0) | 32) !== 110) return false;
  return openText(rows).toLowerCase() === "none";
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The value of the open cell as text. */
export function openText(rows: Rows): string {
  return rows.from === rows.to ? "" : decoder.decode(rows.source.subarray(rows.from, rows.to));
}

/** The value of a cell without the spaces around it; "" where it is absent or says None. */
export function cellText(rows: Rows, cell: number): string {
  openCell(rows, cell);
  return isMissing(rows) ? "" : openText(rows);
}

/** The value of a cell as it is, with the spaces around it. */
export function rawText({ bytes, starts, ends, forms }: Rows, cell: number): string {
  if (starts[cell] === ends[cell]) return "";
  const raw = bytes.subarray(starts[cell] ?? 0, ends[cell] ?? 0);
  return decoder.decode(forms[cell] === MIXED ? undoQuotes(raw) : raw);
}

/** Where a cell of the row begins, its quotation mark included; the row's end for a cell that is not there. */
export function cellStart(rows: Rows, cell: number): number {
  if (cell < 0 || cell >= rows.cells) return rows.rowEnd;
  return (rows.starts[cell] ?? 0) - (rows.forms[cell] === QUOTED ? 1 : 0);
}

/** The place of the byte at `offset`, which stands in the row just cut. */
export function placeOf(rows: Rows, offset: number): Place {
  const { bytes } = rows;
  let line = rows.rowLine;
  let column = 1;
  for (let at = rows.rowStart; at < offset && at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
      line += 1;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) column += 1;
  }
  return { line, column };
}

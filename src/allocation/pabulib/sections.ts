/**
 * The three sections of a Pabulib file (pabulib.org/format): each begins with its title alone on a line, then a line of column
 * names. A title is a row of one single cell, so a project whose id is "meta" or "votes" is a project.
 */
import type { FaultList, Section } from "./faults.ts";
import { type Reading, reportPlace } from "./reading.ts";
import {
  isBlank,
  lengthOfMark,
  nextRow,
  openCell,
  openRows,
  openText,
  type Place,
  placeOf,
  type Rows,
} from "./rows.ts";
import { firstBadByte } from "./utf8.ts";

/** Where the rows of a section begin: after its title. */
export type SectionStart = { readonly at: number; readonly line: number };
export type Sections = { readonly [Title in Section]: SectionStart | null };

const FIRST: Place = { line: 1, column: 1 };

/** The sections of a file; null where it is not one, and the list of faults says why. */
export function findSections(bytes: Uint8Array, faults: FaultList): Sections | null {
  return isText(bytes, { faults, section: null, expected: "META" }) ? scanTitles(bytes, faults) : null;
}

type Expecting = { readonly faults: FaultList; readonly section: Section | null; readonly expected: string };

/** Whether bytes are UTF-8 with something in them and not, as far as their beginning shows, of another format. */
export function isText(bytes: Uint8Array, { faults, section, expected }: Expecting): boolean {
  const where = { faults, section };
  if (isNothing(bytes)) {
    reportPlace(where, { code: "empty_file", place: FIRST });
    return false;
  }
  const other = otherFormat(bytes);
  if (other !== null) {
    reportPlace(where, { code: "not_this_format", place: FIRST, found: other, expected });
    return false;
  }
  const bad = firstBadByte(bytes);
  if (bad < 0) return true;
  const found = (bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  reportPlace(where, { code: "not_utf8", place: placeInFile(bytes, bad), found, expected: "UTF-8" });
  return false;
}

function scanTitles(bytes: Uint8Array, faults: FaultList): Sections | null {
  const rows = openRows(bytes);
  const found: { [Title in Section]: SectionStart | null } = { META: null, PROJECTS: null, VOTES: null };
  const order: Section[] = [];
  const outside: { readonly place: Place; readonly found: string }[] = [];
  while (order.length < 3 && nextRow(rows)) {
    const title = titleOf(rows);
    if (title === null) {
      if (order.length === 0 && outside.length < 100 && !isBlank(rows)) outside.push(firstCell(rows));
    } else if (found[title] === null) {
      found[title] = { at: rows.at, line: rows.line };
      order.push(title);
    }
  }
  const whole = { faults, section: null };
  if (rows.unclosed >= 0) {
    reportPlace(whole, { code: "quote_not_closed", place: placeOf(rows, rows.unclosed), found: '"' });
    return null;
  }
  if (order.length === 0) {
    const first = outside[0] ?? { place: FIRST, found: "" };
    reportPlace(whole, { code: "not_this_format", ...first, expected: "META" });
    return null;
  }
  for (const row of outside) reportPlace(whole, { code: "row_outside_section", ...row, expected: "META" });
  const end = { line: Math.max(1, rows.line - 1), column: 1 };
  if (found.META === null) reportPlace(whole, { code: "no_meta", place: FIRST, expected: "META" });
  if (found.PROJECTS === null) reportPlace(whole, { code: "no_projects_section", place: end, expected: "PROJECTS" });
  if (found.VOTES === null) reportPlace(whole, { code: "no_votes_section", place: end, expected: "VOTES" });
  const inOrder = order.join(" ");
  if (order.length === 3 && inOrder !== "META PROJECTS VOTES") {
    reportPlace(whole, { code: "section_order", place: FIRST, found: inOrder, expected: "META PROJECTS VOTES" });
  }
  return found;
}

function firstCell(rows: Rows): { readonly place: Place; readonly found: string } {
  openCell(rows, 0);
  return { place: placeOf(rows, rows.rowStart), found: openText(rows) };
}

/** The section whose title the row is; null for every other row. */
export function titleOf(rows: Rows): Section | null {
  if (rows.cells !== 1) return null;
  openCell(rows, 0);
  const width = rows.to - rows.from;
  if (width < 4 || width > 8) return null;
  const text = openText(rows).toUpperCase();
  return text === "META" || text === "PROJECTS" || text === "VOTES" ? text : null;
}

/** Goes to the next row of the section that holds something; false at the section's end, or the text's where it has no sections. */
export function nextDataRow(reading: Reading, sections: Sections | null): boolean {
  const { rows } = reading;
  while (nextRow(rows)) {
    // A spreadsheet saves rows in which nothing stands as separators alone: they are nobody's ballot.
    if (sections === null && !isBlank(rows) && hasEmptyCellsOnly(rows)) {
      reportPlace(reading, { code: "line_empty", place: placeOf(rows, rows.rowStart) });
      continue;
    }
    if (rows.cells > 1) return true;
    if (isBlank(rows)) {
      const last = rows.at >= rows.bytes.length;
      if (reading.strict && !last) reportPlace(reading, { code: "line_empty", place: placeOf(rows, rows.rowStart) });
      continue;
    }
    const title = sections === null ? null : titleOf(rows);
    if (sections === null || title === null) return true;
    if (sections[title]?.at !== rows.at) {
      reportPlace(reading, { code: "section_repeated", place: placeOf(rows, rows.rowStart), found: title });
    }
    return false;
  }
  if (rows.unclosed >= 0) {
    reportPlace(reading, { code: "quote_not_closed", place: placeOf(rows, rows.unclosed), found: '"' });
  }
  return false;
}

function hasEmptyCellsOnly(rows: Rows): boolean {
  for (let cell = 0; cell < rows.cells; cell += 1) {
    openCell(rows, cell);
    if (rows.from < rows.to) return false;
  }
  return true;
}

function isNothing(bytes: Uint8Array): boolean {
  for (let at = lengthOfMark(bytes); at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 32 && (byte < 9 || byte > 13)) return false;
  }
  return true;
}

/** The name of the format that the first bytes speak of, where it is surely another one. */
function otherFormat(bytes: Uint8Array): string | null {
  const [one = 0, two = 0, three = 0, four = 0] = bytes;
  if (one === 0x50 && two === 0x4b && three <= 8 && four <= 8) return "ZIP";
  if (one === 0x25 && two === 0x50 && three === 0x44 && four === 0x46) return "PDF";
  if (one === 0x1f && two === 0x8b) return "GZIP";
  if (one === 0xd0 && two === 0xcf && three === 0x11 && four === 0xe0) return "XLS";
  if ((one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff)) return "UTF-16";
  let at = lengthOfMark(bytes);
  while (at < bytes.length && ((bytes[at] ?? 0) === 32 || ((bytes[at] ?? 0) >= 9 && (bytes[at] ?? 0) <= 13))) at += 1;
  const first = bytes[at];
  if (first === 0x3c) return "HTML, XML";
  return first === 0x7b || first === 0x5b ? "JSON" : null;
}

/** The place of a byte of the whole file, what stands before it being sound. */
function placeInFile(bytes: Uint8Array, offset: number): Place {
  const rows = openRows(bytes);
  while (nextRow(rows) && rows.at <= offset);
  return placeOf(rows, offset);
}

/**
 * Whether a voter stands twice. Most files list their voters in rising order (short ids before long ones, then by bytes), and
 * while they rise nobody can stand twice and nothing has to be remembered; from the first that does not, ids are kept.
 */
import { addKey, type ByteTable, newByteTable } from "./byte-table.ts";
import { type Reading, reportCell } from "./reading.ts";
import { nextRow, openCell, openRows, type Rows } from "./rows.ts";
import type { SectionStart } from "./sections.ts";

export type Voters = {
  readonly cell: number;
  /** The first row of voters. */
  readonly start: SectionStart;
  lastFrom: number;
  lastTo: number;
  known: ByteTable | null;
};

/** To be opened when the row of column names was just cut. */
export function openVoters({ rows }: Reading, cell: number): Voters {
  return { cell, start: { at: rows.at, line: rows.line }, lastFrom: 0, lastTo: 0, known: null };
}

export function readVoter(voters: Voters, reading: Reading): void {
  const { rows } = reading;
  openCell(rows, voters.cell);
  if (rows.from === rows.to) {
    reportCell(reading, { code: "voter_without_id", cell: voters.cell });
    return;
  }
  if (voters.known === null) {
    if (rows.source === rows.bytes && rises(voters, rows)) {
      voters.lastFrom = rows.from;
      voters.lastTo = rows.to;
      return;
    }
    voters.known = votersBefore(voters, rows);
  }
  const before = voters.known.size;
  if (addKey(voters.known, rows) !== before) reportCell(reading, { code: "voter_repeated", cell: voters.cell });
}

function rises({ lastFrom, lastTo }: Voters, { bytes, from, to }: Rows): boolean {
  const width = to - from;
  const lastWidth = lastTo - lastFrom;
  if (width !== lastWidth) return width > lastWidth;
  for (let at = 0; at < width; at += 1) {
    const byte = bytes[from + at] ?? 0;
    const last = bytes[lastFrom + at] ?? 0;
    if (byte !== last) return byte > last;
  }
  return false;
}

/** The ids of all rows before the one just cut. */
function votersBefore({ cell, start }: Voters, { bytes, separator, rowStart }: Rows): ByteTable {
  const known = newByteTable(4096);
  const rows = openRows(bytes, { ...start, separator });
  while (rows.at < rowStart && nextRow(rows)) {
    openCell(rows, cell);
    if (rows.from !== rows.to) addKey(known, rows);
  }
  return known;
}

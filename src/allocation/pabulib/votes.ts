/**
 * The VOTES section, read from bytes to merged ballots: a project is found by the bytes of its id and no text is made for a
 * choice. What cannot stand is reported and left out: a choice of no project, a project named twice (the first counts).
 */
import type { VoteType } from "../election.ts";
import { type BallotMerge, castBallot, choose, givePoints, newBallotMerge, widenPoints } from "./ballot-merge.ts";
import { type ByteTable, findKey, HASH_START, hashByte } from "./byte-table.ts";
import { type Columns, cellOf, checkRow, readColumns } from "./columns.ts";
import { atPlaces, type Decimal, parseDecimal } from "./decimal.ts";
import { countFault, keepFault } from "./faults.ts";
import { type Reading, reportCell, reportPlace } from "./reading.ts";
import { COMMA, cellStart, isMissing, isSpace, openCell, openText, placeOf, type Rows } from "./rows.ts";
import { nextDataRow, type Sections } from "./sections.ts";
import { openVoters, readVoter } from "./voters.ts";

export type VoteForm = {
  readonly voteType: VoteType;
  /** The place of each id among the projects. */
  readonly table: ByteTable;
  readonly projects: number;
  readonly pointPlaces: number;
  /** Whether lists may also be parted by |, as in a CSV whose own mark is the comma. */
  readonly bars?: boolean;
};

/** The ballot of the row just read, as it was written: `projects[i]` is -1 where an item is no project. */
export type WrittenBallot = {
  length: number;
  projects: Int32Array;
  /** Where each item begins in the value of its cell: in the file, unless quotes had to be undone. */
  offsets: Int32Array;
  points: Float64Array;
  hasPoints: boolean;
};

export type VoteWatch = {
  readonly onColumns?: (columns: Columns) => void;
  /** After each ballot: the place of its like among the distinct ones; the row is still the one just cut. */
  readonly onBallot?: (cast: { readonly ballot: number; readonly rows: Rows }) => void;
  /** Where a ballot is written down first: before it is taken, with the cell that holds its choices. */
  readonly onWritten?: (voting: Voting, cell: number) => void;
  readonly onProgress?: (share: number) => void;
};

export type Voting = {
  readonly reading: Reading;
  readonly table: ByteTable;
  readonly merge: BallotMerge;
  readonly written: WrittenBallot;
  readonly key: KeyInHand;
  /** Whether a ballot is written down before it is taken. */
  readonly keeps: boolean;
  /** What parts a list besides the comma; the comma where nothing does. */
  readonly bar: number;
};

type KeyInHand = { source: Uint8Array; from: number; to: number; hash: number };

const STEPS = 100;
const BAR = 124;

export function hasPoints(voteType: VoteType): boolean {
  return voteType === "cumulative" || voteType === "scoring";
}

export function openVoting(reading: Reading, form: VoteForm): Voting {
  return {
    reading,
    table: form.table,
    merge: newBallotMerge({
      ordered: form.voteType === "ordinal",
      withPoints: hasPoints(form.voteType),
      projects: form.projects,
      pointPlaces: form.pointPlaces,
    }),
    written: {
      length: 0,
      projects: new Int32Array(64),
      offsets: new Int32Array(64),
      points: new Float64Array(64),
      hasPoints: false,
    },
    key: { source: reading.rows.bytes, from: 0, to: 0, hash: 0 },
    bar: form.bars ? BAR : COMMA,
    keeps: reading.strict || hasPoints(form.voteType),
  };
}

type Asked = { readonly sections: Sections | null; readonly form: VoteForm; readonly watch: VoteWatch };

export function readVotes(reading: Reading, { sections, form, watch }: Asked): BallotMerge {
  const { rows } = reading;
  const voting = openVoting(reading, form);
  const start = { line: Math.max(1, rows.line - 1), column: 1 };
  const headed = nextDataRow(reading, sections);
  if (!headed) {
    reportPlace(reading, { code: "column_missing", place: start, expected: "vote" });
    return voting.merge;
  }
  const cells = readVoteColumns(reading, { form, watch });
  if (cells === null) return voting.merge;
  const voters = openVoters(reading, cells.voter);
  const step = Math.max(1, Math.ceil((rows.bytes.length - rows.at) / STEPS));
  let next = rows.at + step;
  const { onBallot, onWritten, onProgress } = watch;
  while (nextDataRow(reading, sections)) {
    if (reading.strict || rows.cells !== cells.count) checkRow(reading, cells.count);
    if (cells.voter >= 0) readVoter(voters, reading);
    openCell(rows, cells.vote);
    readItems(voting, cells.vote);
    if (cells.points >= 0) readPoints(voting, cells.points);
    if (onWritten) onWritten(voting, cells.vote);
    if (voting.keeps) takeItems(voting, cells.vote);
    const ballot = castBallot(voting.merge);
    if (onBallot) onBallot({ ballot, rows });
    if (onProgress && rows.at >= next) {
      onProgress(rows.at / rows.bytes.length);
      next = rows.at + step;
    }
  }
  return voting.merge;
}

type VoteCells = { readonly count: number; readonly voter: number; readonly vote: number; readonly points: number };

/** Null where the section lacks a column without which nothing can be counted. */
function readVoteColumns(reading: Reading, { form, watch }: Omit<Asked, "sections">): VoteCells | null {
  const columns = readColumns(reading);
  const voter = cellOf(columns, "voter_id");
  const vote = cellOf(columns, "vote");
  const points = cellOf(columns, "points");
  const needed = hasPoints(form.voteType);
  if (vote < 0) reportCell(reading, { code: "column_missing", cell: 0, expected: "vote" });
  if (needed && points < 0) reportCell(reading, { code: "column_missing", cell: 0, expected: "points" });
  if (voter < 0) reportCell(reading, { code: "voter_column_missing", cell: 0, expected: "voter_id" });
  if (!needed && points >= 0 && form.voteType !== "ordinal") {
    reportCell(reading, { code: "points_unused", cell: points, found: form.voteType });
  }
  if (watch.onColumns) watch.onColumns(columns);
  if (vote < 0 || (needed && points < 0)) return null;
  return { count: columns.count, voter, vote, points: needed ? points : -1 };
}

/**
 * The items of the open cell, a list parted by commas. They are put on the ballot at once, or, where points or checks are to
 * come, only written down.
 */
export function readItems(voting: Voting, cell: number): void {
  const { reading, table, merge, written, key, keeps, bar } = voting;
  const { rows } = reading;
  written.length = 0;
  written.hasPoints = false;
  if (isMissing(rows)) {
    if (rows.from < rows.to && findProject(voting) >= 0) reportCell(reading, { code: "choice_none", cell });
    return;
  }
  const { source, to } = rows;
  let spaced = false;
  key.source = source;
  for (let at = rows.from; at <= to; at += 1) {
    const start = at;
    let hash = HASH_START;
    for (; at < to; at += 1) {
      const byte = source[at] ?? 0;
      if (byte === COMMA || byte === bar) break;
      // As hashByte does: this is where a reading spends its time before it is compiled.
      hash = ((hash << 8) + byte + (hash >>> 24) * 31) | 0;
    }
    key.from = start;
    key.to = at;
    key.hash = hash;
    if ((source[start] ?? 0) <= 32 || (source[at - 1] ?? 0) <= 32) spaced = trimKey(key) || spaced;
    const project = key.from === key.to ? EMPTY : findKey(table, key);
    if (keeps) keepItem(written, { project, offset: key.from });
    else if (project < 0 || !choose(merge, project)) reportItem(voting, { project, cell, offset: key.from });
  }
  if (spaced) reportCell(reading, { code: "list_space", cell });
}

/** Leaves out the spaces around a key; whether there were any. */
function trimKey(key: KeyInHand): boolean {
  const { source, from, to } = key;
  while (key.from < key.to && isSpace(source[key.from] ?? 0)) key.from += 1;
  while (key.to > key.from && isSpace(source[key.to - 1] ?? 0)) key.to -= 1;
  key.hash = HASH_START;
  for (let at = key.from; at < key.to; at += 1) key.hash = hashByte(key.hash, source[at] ?? 0);
  return key.from !== from || key.to !== to;
}

/** An item between two commas that says nothing. */
const EMPTY = -2;

function keepItem(written: WrittenBallot, item: { readonly project: number; readonly offset: number }): void {
  const { length } = written;
  if (length === written.projects.length) {
    const projects = new Int32Array(length * 2);
    const offsets = new Int32Array(length * 2);
    const points = new Float64Array(length * 2);
    projects.set(written.projects);
    offsets.set(written.offsets);
    points.set(written.points);
    written.projects = projects;
    written.offsets = offsets;
    written.points = points;
  }
  written.projects[length] = item.project;
  written.offsets[length] = item.offset;
  written.length = length + 1;
}

/** The points of the items, one for each, from a cell of the same form. */
export function readPoints(voting: Voting, cell: number): void {
  const { reading, written, merge, bar } = voting;
  const { rows } = reading;
  openCell(rows, cell);
  const expected = written.length;
  let length = 0;
  if (!isMissing(rows)) {
    const { source, to } = rows;
    for (let at = rows.from; at <= to; at += 1) {
      const from = at;
      while (at < to && source[at] !== COMMA && source[at] !== bar) at += 1;
      if (length < expected) {
        const whole = merge.pointPlaces === 0 ? wholePoints({ source, from, to: at }) : null;
        written.points[length] = whole ?? otherPoints(voting, { from, to: at, cell, item: length });
      }
      length += 1;
    }
  }
  written.hasPoints = true;
  if (length !== expected) {
    reportCell(reading, { code: "points_length", cell, found: String(length), expected: String(expected) });
    written.length = Math.min(length, expected);
  }
}

const WHOLE_DIGITS = 9;

/** The number that up to nine digits alone make; null for anything else. */
function wholePoints({ source, from, to }: Pick<Rows, "source" | "from" | "to">): number | null {
  if (to === from || to - from > WHOLE_DIGITS) return null;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (source[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

type Item = { readonly from: number; readonly to: number; readonly cell: number; readonly item: number };

/** Points that are no plain whole number: nought, and reported, where they cannot be read. */
function otherPoints({ reading, merge, written }: Voting, { from, to, cell, item }: Item): number {
  const text = openText({ ...reading.rows, from, to }).trim();
  const points = parseDecimal(text);
  if (text === "" && written.projects[item] === EMPTY) return 0;
  const sound =
    points !== null &&
    !points.comma &&
    (points.places <= merge.pointPlaces || widenAll({ merge, written, item }, points));
  const value = sound ? Number(atPlaces(points, merge.pointPlaces)) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  reportCell(reading, { code: "points_unreadable", cell, found: text, expected: "12.5" });
  openCell(reading.rows, cell);
  return 0;
}

type Wide = { readonly merge: BallotMerge; readonly written: WrittenBallot; readonly item: number };

/** Writes all points so far with as many decimals as the new ones need; false where one would no longer be exact. */
function widenAll({ merge, written, item }: Wide, { places }: Decimal): boolean {
  const factor = 10 ** (places - merge.pointPlaces);
  for (let at = 0; at < item; at += 1) {
    const wide = (written.points[at] ?? 0) * factor;
    if (!Number.isSafeInteger(wide)) return false;
    written.points[at] = wide;
  }
  return widenPoints(merge, places);
}

/** Puts the items that were written down on the ballot, those that can stand there. */
export function takeItems(voting: Voting, cell: number): void {
  const { merge, written } = voting;
  const { projects, offsets, points, length, hasPoints: pointed } = written;
  for (let item = 0; item < length; item += 1) {
    const project = projects[item] ?? EMPTY;
    if (project < 0 || !choose(merge, project)) reportItem(voting, { project, cell, offset: offsets[item] ?? 0 });
    else if (pointed) givePoints(merge, points[item] ?? 0);
  }
}

type BadItem = { readonly project: number; readonly cell: number; readonly offset: number };

/** An item that cannot stand on the ballot: nothing, no project, or one named before. */
function reportItem({ reading, bar }: Voting, { project, cell, offset }: BadItem): void {
  const { rows, faults, section } = reading;
  const code = project === EMPTY ? "list_item_empty" : project < 0 ? "choice_unknown" : "choice_repeated";
  if (!countFault(faults, code)) return;
  openCell(rows, cell);
  const { source } = rows;
  let to = offset;
  while (to < rows.to && source[to] !== COMMA && source[to] !== bar) to += 1;
  const found = openText({ ...rows, from: offset, to }).trim();
  const at = source === rows.bytes ? offset : cellStart(rows, cell);
  keepFault(faults, { code, ...placeOf(rows, at), section, found, expected: "" });
}

/** The project whose id is the open cell; -1 where there is none. */
export function findProject({ reading, table, key }: Voting): number {
  const { source, from, to } = reading.rows;
  key.source = source;
  key.from = from;
  key.to = to;
  key.hash = HASH_START;
  for (let at = from; at < to; at += 1) key.hash = hashByte(key.hash, source[at] ?? 0);
  return findKey(table, key);
}

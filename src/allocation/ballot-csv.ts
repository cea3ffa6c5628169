/**
 * An election from two plain CSV files, as a spreadsheet saves them: projects (project_id, cost, name, …) and ballots, either one
 * row for a voter (voter_id, vote, points; the list inside a cell parted by | or, in quotes, by commas) or one row for a choice
 * (voter_id, project_id, and points or rank). They are read by what reads Pabulib's files, with the same faults; a fault's
 * section says which of the two files it is in.
 */

import { readChoiceRows } from "./ballot-csv-choices.ts";
import type { Election, VoteType } from "./election.ts";
import { atPlacesUp, type Decimal, parseDecimal } from "./pabulib/decimal.ts";
import {
  closeFaultList,
  type FaultList,
  type Faults,
  hasErrors,
  newFaultList,
  type Section,
} from "./pabulib/faults.ts";
import { readProjects } from "./pabulib/projects.ts";
import { electionOf } from "./pabulib/read-election.ts";
import { type Reading, reportPlace } from "./pabulib/reading.ts";
import { COMMA, cellText, lengthOfMark, nextRow, openRows, SEMICOLON } from "./pabulib/rows.ts";
import { isText } from "./pabulib/sections.ts";
import { hasPoints, readVotes } from "./pabulib/votes.ts";

export type CsvElection = {
  readonly projects: Uint8Array;
  readonly ballots: Uint8Array;
  /** As text: "1784786.62". */
  readonly budget: string;
  readonly voteType: VoteType;
  /** The fewest votes or points that a project needs. */
  readonly threshold?: string;
  /** Of scoring ballots: what a project gets from a ballot that does not list it. */
  readonly defaultScore?: string;
};

export function readCsvElection(input: CsvElection): { readonly election: Election | null; readonly faults: Faults } {
  const { voteType } = input;
  const faults = newFaultList();
  const budget = readAmount(faults, { text: input.budget, code: "budget_unreadable" });
  const threshold = readAmount(faults, { text: input.threshold ?? "0", code: "setting_unreadable" });
  const defaultScore = readAmount(faults, { text: input.defaultScore ?? "0", code: "setting_unreadable" });
  const inProjects = openFile(input.projects, { faults, section: "PROJECTS", expected: "project_id,cost" });
  const inBallots = openFile(input.ballots, { faults, section: "VOTES", expected: "voter_id,vote" });
  if (inProjects === null || inBallots === null) return { election: null, faults: closeFaultList(faults) };
  const read = readProjects(inProjects, null);
  const wanted = hasPoints(voteType) ? Math.max(threshold?.places ?? 0, defaultScore?.places ?? 0) : 0;
  const form = { voteType, table: read.table, projects: read.table.size, pointPlaces: wanted, bars: true };
  const merge = isByChoice(inBallots)
    ? readChoiceRows(inBallots, form)
    : readVotes(inBallots, { sections: null, form, watch: {} });
  if (hasErrors(faults) || budget === null || defaultScore === null) {
    return { election: null, faults: closeFaultList(faults) };
  }
  const settings = { voteType, budget, threshold: input.threshold === undefined ? null : threshold, defaultScore };
  const election = electionOf({ meta: new Map(), settings, read, merge, faults });
  return { election: hasErrors(faults) ? null : election, faults: closeFaultList(faults) };
}

type Amount = { readonly text: string; readonly code: "budget_unreadable" | "setting_unreadable" };

function readAmount(faults: FaultList, { text, code }: Amount): Decimal | null {
  const amount = parseDecimal(text.trim());
  const least = code === "budget_unreadable" ? 1n : -(10n ** 60n);
  if (amount !== null && atPlacesUp(amount, amount.places) >= least) return amount;
  reportPlace({ faults, section: null }, { code, place: { line: 1, column: 1 }, found: text, expected: "12345.67" });
  return null;
}

type Opening = { readonly faults: FaultList; readonly section: Section; readonly expected: string };

function openFile(bytes: Uint8Array, { faults, section, expected }: Opening): Reading | null {
  if (!isText(bytes, { faults, section, expected })) return null;
  const rows = openRows(bytes, { at: lengthOfMark(bytes), line: 1, separator: separatorOf(bytes) });
  return { rows, faults, section, strict: false };
}

const TAB = 9;

/** What parts the cells of the first line: the comma, the semicolon or the tab, whichever stands there most often. */
export function separatorOf(bytes: Uint8Array): number {
  const counts = new Map([COMMA, SEMICOLON, TAB].map((mark) => [mark, 0]));
  for (const byte of bytes) {
    if (byte === 10 || byte === 13) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [COMMA, 0] as [number, number])[0];
}

/** Whether the ballots' columns speak of a project rather than of a vote. */
function isByChoice({ rows }: Reading): boolean {
  const ahead = openRows(rows.bytes, { at: rows.at, line: rows.line, separator: rows.separator });
  if (!nextRow(ahead)) return false;
  const names = Array.from({ length: ahead.cells }, (_, cell) => cellText(ahead, cell).toLowerCase());
  return names.includes("project_id") && !names.includes("vote");
}

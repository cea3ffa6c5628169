/**
 * Ballots with one row for each choice: voter_id, project_id, and points or rank where the way of voting needs them. A voter's
 * rows may stand anywhere; an empty project_id is a ballot without choices. Ranks order a voter's choices, 1 being the best.
 */
import { type BallotMerge, castBallot, choose, givePoints, widenPoints } from "./pabulib/ballot-merge.ts";
import { addKey, newByteTable } from "./pabulib/byte-table.ts";
import { cellOf, checkRow, readColumns } from "./pabulib/columns.ts";
import { atPlaces, type Decimal, parseDecimal } from "./pabulib/decimal.ts";
import type { FaultCode } from "./pabulib/faults.ts";
import { type Reading, reportCell } from "./pabulib/reading.ts";
import { cellText, nextRow, openCell } from "./pabulib/rows.ts";
import { nextDataRow, type SectionStart } from "./pabulib/sections.ts";
import { findProject, hasPoints, openVoting, type VoteForm } from "./pabulib/votes.ts";

type Choice = {
  readonly project: number;
  /** The points or the rank; null where the way of voting has neither. */
  readonly value: Decimal | null;
  readonly start: SectionStart;
};

type Cells = { readonly voter: number; readonly project: number; readonly value: number };

export function readChoiceRows(reading: Reading, form: VoteForm): BallotMerge {
  const voting = openVoting(reading, form);
  const { rows } = reading;
  nextDataRow(reading, null);
  const columns = readColumns(reading);
  const name = hasPoints(form.voteType) ? "points" : form.voteType === "ordinal" ? "rank" : null;
  const cells: Cells = {
    voter: cellOf(columns, "voter_id"),
    project: cellOf(columns, "project_id"),
    value: name === null ? -1 : cellOf(columns, name),
  };
  const missing = ["voter_id", ...(name === null ? [] : [name])].filter((one) => cellOf(columns, one) < 0);
  for (const expected of missing) reportCell(reading, { code: "column_missing", cell: 0, expected });
  if (missing.length > 0) return voting.merge;
  const table = newByteTable(1024);
  const ballots: Choice[][] = [];
  while (nextDataRow(reading, null)) {
    if (rows.cells !== columns.count) checkRow(reading, columns.count);
    openCell(rows, cells.voter);
    if (rows.from === rows.to) {
      reportCell(reading, { code: "choice_without_voter", cell: cells.voter });
      continue;
    }
    const voter = addKey(table, rows);
    const choices = ballots[voter] ?? [];
    ballots[voter] = choices;
    openCell(rows, cells.project);
    if (rows.from === rows.to) continue;
    const project = findProject(voting);
    if (project < 0) reportCell(reading, { code: "choice_unknown", cell: cells.project });
    const value = readValue(reading, cells.value);
    if (project >= 0) choices.push({ project, value, start: { at: rows.rowStart, line: rows.rowLine } });
  }
  for (const choices of ballots) castChoices({ reading, merge: voting.merge, form, cells }, choices);
  return voting.merge;
}

function readValue(reading: Reading, cell: number): Decimal | null {
  if (cell < 0) return null;
  const value = parseDecimal(cellText(reading.rows, cell));
  if (value !== null && !value.comma) return value;
  reportCell(reading, { code: "points_unreadable", cell, expected: "12.5" });
  return null;
}

type Casting = {
  readonly reading: Reading;
  readonly merge: BallotMerge;
  readonly form: VoteForm;
  readonly cells: Cells;
};

function castChoices(casting: Casting, choices: readonly Choice[]): void {
  const { merge, form, cells } = casting;
  const ordered = form.voteType === "ordinal" ? byRank(casting, choices) : choices;
  for (const choice of ordered) {
    if (!choose(merge, choice.project)) {
      reportRow(casting, { code: "choice_repeated", cell: cells.project, choice });
      continue;
    }
    if (!hasPoints(form.voteType)) continue;
    const points = choice.value === null ? 0 : scaled(merge, choice.value);
    givePoints(merge, points ?? 0);
    if (points === null) reportRow(casting, { code: "points_unreadable", cell: cells.value, choice });
  }
  castBallot(merge);
}

/** Points as a whole number in the unit of all points, made finer where they need it; null where that is not exact. */
function scaled(merge: BallotMerge, points: Decimal): number | null {
  if (points.places > merge.pointPlaces && !widenPoints(merge, points.places)) return null;
  const value = Number(atPlaces(points, merge.pointPlaces));
  return Number.isSafeInteger(value) ? value : null;
}

/** Best first; two choices of one rank have no order, which is an error. */
function byRank(casting: Casting, choices: readonly Choice[]): readonly Choice[] {
  const rank = ({ value }: Choice) => (value === null ? 0n : atPlaces(value, 30));
  const ordered = [...choices].sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
  for (const [index, choice] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before && rank(before) === rank(choice) && before.project !== choice.project) {
      reportRow(casting, { code: "ranks_unclear", cell: casting.cells.value, choice });
    }
  }
  return ordered;
}

type RowFault = { readonly code: FaultCode; readonly cell: number; readonly choice: Choice };

function reportRow({ reading }: Casting, { code, cell, choice }: RowFault): void {
  const { rows } = reading;
  rows.at = choice.start.at;
  rows.line = choice.start.line;
  nextRow(rows);
  reportCell(reading, { code, cell });
}

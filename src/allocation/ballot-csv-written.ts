/**
 * Two CSV files as what is written anew: every voter and project with all their columns, to be kept as one Pabulib file. It is read
 * once by `readCsvElection`, which finds what is wrong, and once more here as texts.
 */
import { accept, type Result, refuse } from "../lib/result.ts";
import { type CsvElection, readCsvElection, separatorOf } from "./ballot-csv.ts";
import { trimmed } from "./pabulib/columns.ts";
import type { Faults } from "./pabulib/faults.ts";
import { cellText, lengthOfMark, nextRow, openCell, openRows, openText, type Rows } from "./pabulib/rows.ts";
import type { Voter, WrittenElection } from "./pabulib/write-election.ts";

type Written = { readonly written: WrittenElection; readonly faults: Faults };

/** The faults are also those that hinder nothing. */
export function readCsvWritten(
  input: CsvElection & { readonly meta: ReadonlyMap<string, string> },
): Result<Written, { code: "not_countable"; faults: Faults }> {
  const { election, faults } = readCsvElection(input);
  if (election === null) return refuse({ code: "not_countable", faults });
  const { voteType, budget, meta, threshold } = input;
  const projects = recordsOf(input.projects).map(({ project_id: id = "", cost = "", ...others }) => ({
    ...{ id, cost },
    columns: columnsOf(others, ["votes", "score"]),
  }));
  const records = recordsOf(input.ballots);
  const byChoice = records.every((record) => "project_id" in record && !("vote" in record));
  const voters = byChoice
    ? votersByChoice(records, { ranked: voteType === "ordinal", ids: new Set(projects.map(({ id }) => id)) })
    : namedVoters(records);
  const pointed = election.ballots.points !== null;
  const settings = threshold === undefined ? meta : new Map([...meta, ["min_project_score_threshold", threshold]]);
  return accept({
    faults,
    written: {
      ...{ voteType, meta: settings, projects, budget: budget.trim() },
      voters: pointed ? voters : voters.map(({ points: _, ...voter }) => voter),
    },
  });
}

type Record = Readonly<{ readonly [column: string]: string }>;

/** Rows with anything in them, by the names of their columns in small letters. */
function recordsOf(bytes: Uint8Array): readonly Record[] {
  const rows = openRows(bytes, { at: lengthOfMark(bytes), line: 1, separator: separatorOf(bytes) });
  let names: readonly string[] | null = null;
  const records: Record[] = [];
  while (nextRow(rows)) {
    const cells = Array.from({ length: rows.cells }, (_, cell) => cellOf(rows, { cell, column: names?.[cell] }));
    if (cells.every((text) => text === "")) continue;
    if (names === null) names = cells.map((name) => name.toLowerCase());
    else records.push(recordOf(names, cells));
  }
  return records;
}

/** An id is text: a project or a voter may be called None. */
function cellOf(rows: Rows, { cell, column }: { readonly cell: number; readonly column: string | undefined }): string {
  if (column !== "project_id" && column !== "voter_id") return cellText(rows, cell);
  openCell(rows, cell);
  return openText(rows);
}

function recordOf(names: readonly string[], cells: readonly string[]): Record {
  const record = Object.create(null) as { [column: string]: string };
  names.forEach((name, at) => {
    if (name !== "" && !(name in record)) record[name] = cells[at] ?? "";
  });
  return record;
}

function columnsOf(others: Record, counted: readonly string[]): ReadonlyMap<string, string> {
  return new Map(Object.entries(others).filter(([name]) => !counted.includes(name)));
}

/** Voters are numbered where no column names them. */
function namedVoters(records: readonly Record[]): readonly Voter[] {
  const isNamed = records.some((record) => "voter_id" in record);
  return records.map((record, at) => ({ ...voterOf(record), ...(!isNamed && { id: String(at + 1) }) }));
}

/** Points go with choices by their place, also beside one that is left empty, which is none. */
function voterOf({ voter_id: id = "", vote = "", points = "", ...others }: Record): Voter {
  const given = partsOf(points);
  const pairs = partsOf(vote).map((choice, at) => ({ choice, points: given[at] ?? "" }));
  const chosen = pairs.filter(({ choice }) => choice !== "");
  return {
    ...{ id, columns: columnsOf(others, []) },
    choices: chosen.map(({ choice }) => choice),
    points: chosen.map((one) => one.points),
  };
}

function partsOf(list: string): readonly string[] {
  return list.split(/[|,]/).map(trimmed);
}

/**
 * A voter's rows may stand anywhere; what else a row says is the voter's own, as their first row has it. What is no project and has a
 * comma in it is left out: in a list it would be two, and either may be one.
 */
function votersByChoice(
  records: readonly Record[],
  { ranked, ids }: { readonly ranked: boolean; readonly ids: ReadonlySet<string> },
): readonly Voter[] {
  const byVoter = new Map<string, Record[]>();
  for (const record of records) {
    const id = record["voter_id"] ?? "";
    const rows = byVoter.get(id) ?? [];
    if (rows.length === 0) byVoter.set(id, rows);
    rows.push(record);
  }
  return [...byVoter].map(([id, rows]) => {
    const chosen = rows.filter(({ project_id: id = "" }) => id !== "" && (ids.has(id) || !id.includes(",")));
    const ordered = ranked ? chosen.toSorted((one, other) => Number(one["rank"]) - Number(other["rank"])) : chosen;
    const { voter_id: _, project_id: __, points: ___, rank: ____, ...others } = rows[0] ?? {};
    return {
      ...{ id, columns: columnsOf(others, []) },
      choices: ordered.map(({ project_id: project = "" }) => project),
      points: ordered.map(({ points = "" }) => points),
    };
  });
}

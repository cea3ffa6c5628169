/** The PROJECTS section: ids, exact costs and what is said of whom and where a project is for. */
import type { Project } from "../election.ts";
import { addKey, type ByteTable, newByteTable } from "./byte-table.ts";
import { type Columns, cellOf, checkRow, listItems, readColumns } from "./columns.ts";
import { atPlaces, type Decimal, parseDecimal } from "./decimal.ts";
import { type Reading, reportCell, reportPlace } from "./reading.ts";
import { cellText, openCell, openText } from "./rows.ts";
import { nextDataRow, type SectionStart, type Sections } from "./sections.ts";

export type ProjectRow = Omit<Project, "cost" | "withdrawn"> & {
  readonly cost: Decimal;
  /** Where its row begins. */
  readonly start: SectionStart;
};

export type ProjectsRead = {
  readonly projects: readonly ProjectRow[];
  /** The place of each id in `projects`. */
  readonly table: ByteTable;
  readonly columns: Columns;
};

const NO_COLUMNS: Columns = { count: 0, cells: new Map() };
/** The cost by which Pabulib's files say that a project was withdrawn after the vote. */
const WITHDRAWN_COST = 999_999_999n;

export function readProjects(reading: Reading, sections: Sections | null): ProjectsRead {
  const table = newByteTable();
  const projects: ProjectRow[] = [];
  const start = { line: Math.max(1, reading.rows.line - 1), column: 1 };
  if (!nextDataRow(reading, sections)) {
    reportPlace(reading, { code: "no_projects", place: start });
    return { projects, table, columns: NO_COLUMNS };
  }
  const columns = readColumns(reading);
  const missing = ["project_id", "cost"].filter((name) => cellOf(columns, name) < 0);
  for (const name of missing) reportCell(reading, { code: "column_missing", cell: 0, expected: name });
  if (missing.length > 0) return { projects, table, columns };
  if (reading.strict && columns.cells.has("target")) {
    reportCell(reading, { code: "target_renamed", cell: cellOf(columns, "target"), expected: "beneficiaries" });
  }
  const cells = cellsOf(columns);
  let met = 0;
  while (nextDataRow(reading, sections)) {
    met += 1;
    checkRow(reading, columns.count);
    const project = readProject(reading, { cells, table });
    if (project) projects.push(project);
  }
  if (met === 0) reportPlace(reading, { code: "no_projects", place: start });
  return { projects, table, columns };
}

type Cells = ReturnType<typeof cellsOf>;

function cellsOf(columns: Columns) {
  const either = (name: string, other: string) => {
    const cell = cellOf(columns, name);
    return cell < 0 ? cellOf(columns, other) : cell;
  };
  return {
    id: cellOf(columns, "project_id"),
    cost: cellOf(columns, "cost"),
    name: cellOf(columns, "name"),
    category: cellOf(columns, "category"),
    neighbourhood: either("neighborhood", "neighbourhood"),
    beneficiaries: either("beneficiaries", "target"),
  };
}

function readProject(
  reading: Reading,
  { cells, table }: { readonly cells: Cells; readonly table: ByteTable },
): ProjectRow | null {
  const { rows } = reading;
  const start = { at: rows.rowStart, line: rows.rowLine };
  const cost = readCost(reading, cells.cost);
  openCell(rows, cells.id);
  if (rows.from === rows.to) {
    reportCell(reading, { code: "project_without_id", cell: cells.id });
    return null;
  }
  const id = openText(rows);
  const known = table.size;
  if (addKey(table, rows) !== known) {
    reportCell(reading, { code: "project_repeated", cell: cells.id });
    return null;
  }
  const neighbourhood = cellText(rows, cells.neighbourhood);
  return {
    id,
    name: cellText(rows, cells.name),
    cost: cost ?? { digits: 1n, places: 0, comma: false },
    categories: listItems(cellText(rows, cells.category)),
    neighbourhood: neighbourhood === "" ? null : neighbourhood,
    beneficiaries: listItems(cellText(rows, cells.beneficiaries)),
    start,
  };
}

function readCost(reading: Reading, cell: number): Decimal | null {
  const written = cellText(reading.rows, cell);
  const cost = parseDecimal(written);
  if (cost === null || cost.digits <= 0n) {
    reportCell(reading, { code: "cost_unreadable", cell, expected: "12345.67" });
    return null;
  }
  if (cost.comma) {
    reportCell(reading, { code: "decimal_comma", cell, expected: written.replace(",", ".") });
  }
  return cost;
}

export function isWithdrawn({ cost }: Pick<ProjectRow, "cost">): boolean {
  return cost.places === 0 && cost.digits === WITHDRAWN_COST;
}

/** The project as an election has it, its cost in 10^-places. */
export function projectOf(row: ProjectRow, places: number): Project {
  const { id, name, categories, neighbourhood, beneficiaries } = row;
  const cost = atPlaces(row.cost, places);
  return { id, name, cost, withdrawn: isWithdrawn(row), categories, neighbourhood, beneficiaries };
}

/** Reads an agency's file of people: headings, columns, rows. All of it is read before anything is kept, and nothing is kept of what is not allowed. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { readTable, type TableInput } from "../platform/tables/index.ts";
import type { PersonField } from "../sharing/index.ts";
import { allowedColumns, type ColumnRole, type Columns, guessColumns, missingRoles } from "./import/columns.ts";
import { isFault, type PersonRow, type RowFault, readPersonRow } from "./import/rows.ts";
import type { MatchingRefusal } from "./messages.ts";

export type PersonFileRead = {
  readonly headings: readonly string[];
  readonly columns: Columns;
  /** Columns that the agreement does not allow, left out as if they were not there. */
  readonly leftOut: readonly ColumnRole[];
  readonly missing: readonly ColumnRole[];
  readonly sample: readonly (readonly string[])[];
  readonly rows: readonly PersonRow[];
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
};

const MOST_ROWS = 2_000_000;
const MOST_FAULTS = 1000;
const SAMPLE_ROWS = 5;
export const MOST_BYTES = 256_000_000;

type Asked = {
  readonly fields: readonly PersonField[];
  /** A person's or a saved choice of columns wins over the headings. */
  readonly chosen: (headings: readonly string[]) => Promise<Columns | null>;
};

export async function readPersonFile(
  input: TableInput,
  { fields, chosen }: Asked,
): Promise<Result<PersonFileRead, MatchingRefusal>> {
  const opened = await readTable({ ...input, limits: { fileBytes: MOST_BYTES, rows: MOST_ROWS } });
  if (!opened.ok) return refuse({ code: "file_not_read", table: opened.refusal });
  const table = opened.value;
  try {
    const headings = (table.sample[0]?.cells ?? []).map((cell) => cell.trim());
    const all = (await chosen(headings)) ?? guessColumns(headings);
    const { kept: columns, leftOut } = allowedColumns(all, fields);
    const missing = missingRoles(columns);
    const sample = table.sample.slice(1, 1 + SAMPLE_ROWS).map(({ cells }) => cells);
    const about = { headings, columns, leftOut, missing, sample };
    if (missing.length > 0) return accept({ ...about, rows: [], faults: [], faultCount: 0 });
    const rows: PersonRow[] = [];
    const faults: RowFault[] = [];
    let faultCount = 0;
    const reading = { columns, headings, seen: new Set<string>() };
    let first = true;
    const read = await table.eachBatch((batch) => {
      for (const { row, cells } of batch) {
        const heading = first;
        first = false;
        if (heading || cells.every((cell) => cell.trim() === "")) continue;
        const one = readPersonRow({ row, cells }, reading);
        if (!isFault(one)) rows.push(one);
        else {
          faultCount += 1;
          if (faults.length < MOST_FAULTS) faults.push(one);
        }
      }
    });
    if (!read.ok) return refuse({ code: "file_not_read", table: read.refusal });
    return accept({ ...about, rows, faults, faultCount });
  } finally {
    await table.close();
  }
}

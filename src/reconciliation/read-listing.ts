/**
 * Reads a listing of any known form: a finance system's CSV or XLSX, a bank's CSV, OFX or camt.053. What it is, it shows by
 * itself. All rows are read before anything is kept: a broken row is told with its column, and nothing changes.
 */
import { accept, type Result, refuse } from "../lib/result.ts";
import { readTable, readText, type Table, type TableInput } from "../platform/tables/index.ts";
import { type BankStatement, checkBalances } from "./domain/bank-statement.ts";
import { type Columns, checkColumns, findColumns, type Heading, type Source } from "./domain/columns.ts";
import { type ListingLine, type RowFault, startLines } from "./domain/listing-line.ts";
import { readOfx } from "./domain/ofx.ts";
import type { ReconciliationRefusal } from "./messages.ts";
import { readCamt } from "./read-camt.ts";

export type Format = "csv" | "xlsx" | "ofx" | "camt053";

export type ListingRead = {
  readonly format: Format;
  readonly columns: Columns;
  readonly headings: readonly string[];
  readonly headerRow: number | null;
  /** The first rows below the headings, for a person who chooses columns. */
  readonly sample: readonly (readonly string[])[];
  readonly lines: readonly ListingLine[];
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
  readonly bank: Omit<BankStatement, "lines"> | null;
  /** The columns that are missing, where no line can be read without them. */
  readonly missing: readonly ("document" | "postedOn" | "amount")[];
};

const MOST_LINES = 250_000;
const MOST_FAULTS = 1000;
const TEXT_BYTES = 32_000_000;
const SAMPLE_ROWS = 5;
const START_LETTERS = 4000;

type Asked = {
  readonly source: Source;
  /** A person's or a saved choice of columns wins over the headings. */
  readonly chosen: (found: {
    readonly headings: readonly string[];
    readonly columns: Columns;
  }) => Promise<Columns | null>;
};

export async function readListing(
  input: TableInput,
  asked: Asked,
): Promise<Result<ListingRead, ReconciliationRefusal>> {
  if (asked.source === "bank") {
    const statement = await readStatement(input);
    if (!statement.ok || statement.value !== null) return statement as Result<ListingRead, ReconciliationRefusal>;
  }
  const opened = await readTable({ ...input, limits: { fileBytes: 64_000_000, rows: MOST_LINES } });
  if (!opened.ok) return refuse({ code: "file_not_read", table: opened.refusal });
  try {
    return await readRows(opened.value, asked);
  } finally {
    await opened.value.close();
  }
}

/** Null where the file is not of a bank's own forms. */
async function readStatement(input: TableInput): Promise<Result<ListingRead | null, ReconciliationRefusal>> {
  const text = await readText(input, TEXT_BYTES);
  if (!text.ok)
    return text.refusal.code === "file_has_nul" || text.refusal.code === "file_encoding"
      ? accept(null)
      : refuse({ code: "file_not_read", table: text.refusal });
  const start = text.value.slice(0, START_LETTERS);
  const format = /<OFX>|OFXHEADER/i.test(start) ? "ofx" : /<\?xml|<(\w+:)?Document\b/.test(start) ? "camt053" : null;
  if (format === null) return accept(null);
  const read = format === "ofx" ? readOfx(text.value) : await readCamt(text.value);
  if (!read.ok) return read;
  const fault = checkBalances(read.value);
  if (fault !== null) return refuse(fault);
  const { lines, ...bank } = read.value;
  const faults = repeated(lines);
  const table = { columns: {}, headings: [], headerRow: null, sample: [], missing: [] };
  return accept({ format, ...table, lines, faults, faultCount: faults.length, bank });
}

async function readRows(table: Table, { source, chosen }: Asked): Promise<Result<ListingRead, ReconciliationRefusal>> {
  const found = findColumns(table.sample);
  const headings = found.heading?.headings ?? table.sample[0]?.cells ?? [];
  const columns = (await chosen({ headings, columns: found.columns })) ?? found.columns;
  const heading: Heading | null = found.heading;
  const headerRow = heading?.row ?? null;
  const below = table.sample.filter(({ row }) => row > (headerRow ?? 0)).slice(0, SAMPLE_ROWS);
  const about = {
    format: table.kind,
    columns,
    headings,
    headerRow,
    sample: below.map(({ cells }) => cells),
    bank: null,
  };
  const checked = checkColumns(columns, source);
  if (!checked.ok) return accept({ ...about, lines: [], faults: [], faultCount: 0, missing: checked.refusal.missing });
  const lines: ListingLine[] = [];
  const faults: RowFault[] = [];
  const read = startLines({ columns, heading, source });
  const ended = await table.eachBatch((rows) => {
    for (const row of rows) {
      if (row.row <= (headerRow ?? 0)) continue;
      const one = read(row);
      if (one.kind === "line") lines.push(one.line);
      else if (one.kind === "faults") faults.push(...one.faults);
    }
  });
  if (!ended.ok) return refuse({ code: "file_not_read", table: ended.refusal });
  const all = [...faults, ...repeated(lines)].sort((a, b) => a.row - b.row);
  return accept({ ...about, lines, faults: all.slice(0, MOST_FAULTS), faultCount: all.length, missing: [] });
}

/** A document's line stands once in a file. */
function repeated(lines: readonly ListingLine[]): readonly RowFault[] {
  const seen = new Set<string>();
  const faults: RowFault[] = [];
  for (const { row, document, documentLine } of lines) {
    const key = `${document}\n${documentLine}`;
    if (seen.has(key))
      faults.push({
        row,
        column: "document",
        value: `${document} ${documentLine}`.slice(0, 100),
        reason: "line_twice",
      });
    seen.add(key);
  }
  return faults;
}

/**
 * Reads any upload as a table: what it is, how it is written, and its rows as a stream in bounded memory. What can be known
 * before the rows is refused before them: an unreadable encoding, a NUL, a damaged zip, a fault in the first rows.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { findCsvForm } from "./csv-form.ts";
import { csvRows } from "./csv-rows.ts";
import { TABLE_LIMITS, type TableLimits } from "./limits.ts";
import { type FileLook, type TableRefusal, TableStopped } from "./refusals.ts";
import type { RowBatches, TableRow } from "./rows.ts";
import { type ByteSource, openSource, type TableInput } from "./source.ts";
import { decoded, findEncoding, type TextEncoding } from "./text-encoding.ts";
import { openXlsx } from "./xlsx-file.ts";

export type Table = {
  readonly kind: "csv" | "xlsx";
  readonly encoding: TextEncoding;
  /** What separates the cells of a CSV file; null for a spreadsheet. */
  readonly delimiter: string | null;
  /** The names of a spreadsheet's sheets; none for a CSV file. */
  readonly sheets: readonly string[];
  /** The sheet that is read. */
  readonly sheet: string | null;
  readonly fileBytes: number;
  /** The first rows, up to 200, to guess the columns from. */
  readonly sample: readonly TableRow[];
  /** The rows from the first; each loop over it reads the file anew. Throws TableStopped where the reading must end. */
  readonly rows: AsyncIterable<TableRow>;
  /** The rows in batches, with how it ended as a value: the fastest way, and the one to use before storing anything. */
  readonly eachBatch: (
    visit: (rows: readonly TableRow[]) => void | Promise<void>,
  ) => Promise<Result<{ readonly rows: number }, TableRefusal>>;
  /** Lets go of the file. Nothing can be read after it. */
  readonly close: () => Promise<void>;
};

export type TableRequest = TableInput & {
  /** The sheet of a spreadsheet to read; the first with rows in it (a hidden one last) when there is none named. */
  readonly sheet?: string | undefined;
  readonly limits?: Partial<TableLimits> | undefined;
};

type Opened = Pick<Table, "kind" | "encoding" | "delimiter" | "sheets" | "sheet"> & {
  readonly batches: () => RowBatches;
};

const SAMPLE_ROWS = 200;
const START_BYTES = 64 * 1024;

export async function readTable(request: TableRequest): Promise<Result<Table, TableRefusal>> {
  const limits: TableLimits = { ...TABLE_LIMITS, ...request.limits };
  let source: ByteSource | null = null;
  try {
    source = await openSource(request, limits.fileBytes);
    return accept(await openTable(source, limits, request.sheet));
  } catch (error) {
    await source?.close();
    if (error instanceof TableStopped) return refuse(error.refusal);
    throw error;
  }
}

async function openTable(source: ByteSource, limits: TableLimits, sheet: string | undefined): Promise<Table> {
  if (source.size === 0) throw new TableStopped({ code: "file_empty" });
  if (source.size > limits.fileBytes) throw new TableStopped({ code: "file_too_large", limitBytes: limits.fileBytes });
  const start = await source.read(0, 512);
  const opened =
    start.length >= 22 && start.readUInt32BE(0) === 0x504b0304
      ? await openSheet(source, limits, sheet)
      : await openCsv(source, limits, start);
  const { batches, ...about } = opened;
  const sample = await firstRows(batches());
  if (sample.length === 0) throw new TableStopped({ code: "file_empty" });
  return {
    ...about,
    fileBytes: source.size,
    sample,
    rows: { [Symbol.asyncIterator]: () => singly(batches()) },
    eachBatch: (visit) => visitBatches(batches(), visit),
    close: source.close,
  };
}

async function openCsv(source: ByteSource, limits: TableLimits, start: Buffer): Promise<Opened> {
  const looksLike = lookOf(start);
  if (looksLike !== null) throw new TableStopped({ code: "file_not_a_table", looksLike });
  const found = await findEncoding(source);
  let opening = "";
  for await (const text of decoded(source, found)) {
    opening += text;
    if (opening.length >= START_BYTES) break;
  }
  const { hintCharacters, ...form } = await findCsvForm(opening.slice(0, START_BYTES), limits);
  return {
    kind: "csv",
    encoding: found.encoding,
    delimiter: form.delimiter,
    sheets: [],
    sheet: null,
    batches: () => csvRows(withoutStart(decoded(source, found), hintCharacters), { form, limits }),
  };
}

async function openSheet(source: ByteSource, limits: TableLimits, named: string | undefined): Promise<Opened> {
  const file = await openXlsx(source, limits);
  const sheets = file.sheets.map(({ name }) => name);
  const about = { kind: "xlsx", encoding: "utf-8", delimiter: null, sheets } as const;
  const shownFirst = [...file.sheets.filter(({ hidden }) => !hidden), ...file.sheets.filter(({ hidden }) => hidden)];
  for (const sheet of shownFirst) {
    if (named !== undefined && sheet.name !== named) continue;
    const batches = (): RowBatches => file.rows(sheet);
    if (named !== undefined || (await firstRows(batches())).length > 0) return { ...about, sheet: sheet.name, batches };
  }
  if (named !== undefined) throw new TableStopped({ code: "sheet_not_found", sheet: named, sheets });
  throw new TableStopped({ code: "file_empty" });
}

/** What a file that is neither CSV nor XLSX seems to be, from its first bytes. */
function lookOf(start: Buffer): FileLook | null {
  const hex = start.toString("hex", 0, 8);
  const text = start.toString("latin1").trimStart().toLowerCase();
  if (text.startsWith("%pdf-")) return "pdf";
  if (hex.startsWith("d0cf11e0a1b11ae1")) return "old_excel";
  if (hex.startsWith("504b0506") || hex.startsWith("504b0304")) return "zip";
  if (hex.startsWith("89504e47") || hex.startsWith("ffd8ff") || text.startsWith("gif8")) return "picture";
  if (/^(\u00ef\u00bb\u00bf)?<(!doctype html|html|head|body)/.test(text)) return "web_page";
  if (/^(\u00ef\u00bb\u00bf)?<\?xml/.test(text) || hex.startsWith("1f8b")) return "program_data";
  return null;
}

async function firstRows(batches: RowBatches): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch.slice(0, SAMPLE_ROWS - rows.length));
    if (rows.length >= SAMPLE_ROWS) break;
  }
  return rows;
}

async function* singly(batches: RowBatches): AsyncGenerator<TableRow> {
  for await (const batch of batches) yield* batch;
}

async function visitBatches(
  batches: RowBatches,
  visit: (rows: readonly TableRow[]) => void | Promise<void>,
): ReturnType<Table["eachBatch"]> {
  let rows = 0;
  try {
    for await (const batch of batches) {
      rows += batch.length;
      const waiting = visit(batch);
      if (waiting) await waiting;
    }
    return accept({ rows });
  } catch (error) {
    if (error instanceof TableStopped) return refuse(error.refusal);
    throw error;
  }
}

async function* withoutStart(texts: AsyncIterable<string>, characters: number): AsyncGenerator<string> {
  let left = characters;
  for await (const text of texts) {
    const cut = Math.min(left, text.length);
    left -= cut;
    yield cut === 0 ? text : text.slice(cut);
  }
}

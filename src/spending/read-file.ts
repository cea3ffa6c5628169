/**
 * Reads a published file of payments: which columns hold what (saved for the publisher, given, or guessed), in which
 * order its dates stand, and then each line, counted as it goes. The file is read twice, so that the order of day and
 * month is known for the whole of it before the first line is kept.
 */
import { accept, type Result, refuse } from "../lib/result.ts";
import { readTable, type Table, type TableInput } from "../platform/tables/index.ts";
import { type GuessReason, guessColumns } from "./domain/guess-columns.ts";
import { checkMapping, type Mapping } from "./domain/mapping.ts";
import { type Preview, startPreview } from "./domain/preview.ts";
import { type DayOrderFound, startDayOrder } from "./domain/spend-date.ts";
import { type LineRead, type SpendLine, startLines } from "./domain/spend-line.ts";
import type { SpendingRefusal } from "./messages.ts";

export type OpenSpendFile = {
  readonly table: Table;
  readonly mapping: Mapping;
  readonly reasons: readonly GuessReason[];
};

/** Opens the file; `chosen` is a person's or a saved choice of columns and wins over the guess. */
export async function openSpendFile(
  input: TableInput,
  chosen: (guessed: Mapping) => Promise<Mapping | null>,
): Promise<Result<OpenSpendFile, SpendingRefusal>> {
  const opened = await readTable(input);
  if (!opened.ok) return refuse({ code: "file_not_read", table: opened.refusal });
  const table = opened.value;
  const guess = guessColumns(table.sample);
  const mapping = (await chosen(guess.mapping)) ?? guess.mapping;
  return accept({ table, mapping, reasons: guess.reasons });
}

export type RefusedRow = {
  readonly row: number;
  readonly cells: readonly string[];
  readonly read: Extract<LineRead, { ok: false }>;
};

export type ReadVisits = {
  readonly line: (line: SpendLine) => void;
  readonly refusedRow?: (row: RefusedRow) => void;
  /** After each batch of rows: where what was gathered is handed on. */
  readonly batch?: () => void | Promise<void>;
  readonly progress?: ReadProgress | undefined;
  /** Only the order of the dates matters, not how many of each kind there are: the first rows may tell it. */
  readonly orderOnly?: boolean | undefined;
};

/** How far the reading is; the number of rows is known only after the first pass. Throws where it is to stop. */
export type ReadProgress = (step: {
  readonly pass: 1 | 2;
  readonly rows: number;
  readonly of: number | null;
}) => Promise<void>;

export type ReadOutcome = { readonly preview: Preview; readonly dates: DayOrderFound };

/** Both passes over an open file, the second visiting each line. */
export async function readSpendFile(
  file: OpenSpendFile,
  visits: ReadVisits,
): Promise<Result<ReadOutcome, SpendingRefusal>> {
  const checked = checkMapping(file.mapping);
  if (!checked.ok) return refuse({ code: "columns_not_known", mapping: checked.refusal });
  const known = visits.orderOnly && visits.progress === undefined ? orderInSample(file) : null;
  const first = known === null ? await findDayOrder(file, visits.progress) : accept({ dates: known, rows: 0 });
  if (!first.ok) return first;
  const { dates, rows: rowsOfFile } = first.value;
  const read = startLines({ mapping: file.mapping, order: dates.order });
  const preview = startPreview();
  let rowsRead = 0;
  const answer = await file.table.eachBatch(async (rows) => {
    for (const row of rows) {
      const line = read(row);
      preview.add(line);
      if (line?.ok) visits.line(line.value);
      else if (line !== null) visits.refusedRow?.({ row: row.row, cells: row.cells, read: line });
    }
    rowsRead += rows.length;
    await visits.batch?.();
    await visits.progress?.({ pass: 2, rows: rowsRead, of: rowsOfFile });
  });
  if (!answer.ok) return refuse({ code: "file_not_read", table: answer.refusal });
  return accept({ preview: preview.result(), dates });
}

/** One date that can only be day first settles it for the whole file (spend-date.ts), and the file is read once. */
function orderInSample({ table, mapping }: OpenSpendFile): DayOrderFound | null {
  const dates = startDayOrder();
  const column = mapping.columns.paidOn ?? -1;
  for (const { row, cells } of table.sample) if (row > (mapping.headerRow ?? 0)) dates.see(cells[column] ?? "");
  return dates.found().onlyDayFirst > 0 ? dates.found() : null;
}

type FirstPass = { readonly dates: DayOrderFound; readonly rows: number };

async function findDayOrder(
  { table, mapping }: OpenSpendFile,
  progress: ReadProgress | undefined,
): Promise<Result<FirstPass, SpendingRefusal>> {
  const dates = startDayOrder();
  const column = mapping.columns.paidOn ?? -1;
  let rowsRead = 0;
  const answer = await table.eachBatch((rows) => {
    for (const { row, cells } of rows) if (row > (mapping.headerRow ?? 0)) dates.see(cells[column] ?? "");
    rowsRead += rows.length;
    return progress?.({ pass: 1, rows: rowsRead, of: null });
  });
  return answer.ok
    ? accept({ dates: dates.found(), rows: rowsRead })
    : refuse({ code: "file_not_read", table: answer.refusal });
}

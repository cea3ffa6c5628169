/**
 * How a CSV file separates its cells and ends its rows, from its first rows: the separator with which most of them have
 * the same number of cells, more than one. Excel's own hint (a first line "sep=;") decides when it is there.
 */
import { type CsvForm, csvRows } from "./csv-rows.ts";
import type { TableLimits } from "./limits.ts";
import { TableStopped } from "./refusals.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const ROWS_COMPARED = 200;
const HINT = /^sep=(.)\r?\n/i;

export type CsvFormFound = CsvForm & {
  /** Characters of Excel's hint, to be passed over. It is a row of the file to a text editor, not to a spreadsheet. */
  readonly hintCharacters: number;
};

export async function findCsvForm(start: string, limits: TableLimits): Promise<CsvFormFound> {
  const lineEnd = start.includes("\n") || !start.includes("\r") ? "\n" : "\r";
  const hint = HINT.exec(start);
  if (hint) return { delimiter: hint[1] ?? ",", lineEnd, hintCharacters: hint[0].length };
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = await agreement(start, { delimiter, lineEnd }, limits);
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, lineEnd, hintCharacters: 0 };
}

/** How many rows have the commonest number of cells above one; more cells break a tie. */
async function agreement(start: string, form: CsvForm, limits: TableLimits): Promise<number> {
  const counts = new Map<number, number>();
  let rows = 0;
  try {
    for await (const batch of csvRows(once(start), { form, limits: { ...limits, rows: Number.POSITIVE_INFINITY } })) {
      for (const { cells } of batch) {
        if (rows >= ROWS_COMPARED) break;
        rows += 1;
        if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
      }
    }
  } catch (error) {
    // The start of a file may stop inside a quoted cell; the rows before it were counted.
    if (!(error instanceof TableStopped)) throw error;
  }
  let best = 0;
  for (const [cells, count] of counts) best = Math.max(best, count + Math.min(cells, 100) / 1000);
  return best;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

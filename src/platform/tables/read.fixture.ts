/** Reads a whole table into memory, for tests only. */
import { readTable, type Table, type TableRefusal, type TableRequest, type TableRow } from "./index.ts";

export async function mustRead(
  input: Buffer | TableRequest,
): Promise<{ readonly table: Table; readonly rows: readonly TableRow[] }> {
  const read = await readTable(Buffer.isBuffer(input) ? { bytes: input } : input);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const rows: TableRow[] = [];
  const end = await read.value.eachBatch((batch) => {
    rows.push(...batch);
  });
  await read.value.close();
  if (!end.ok) throw new Error(JSON.stringify(end.refusal));
  return { table: read.value, rows };
}

/** Why a table is refused, at its opening or part way through. */
export async function readRefusal(request: TableRequest): Promise<TableRefusal> {
  const read = await readTable(request);
  if (!read.ok) return read.refusal;
  const end = await read.value.eachBatch(() => {});
  await read.value.close();
  if (end.ok) throw new Error(`read ${end.value.rows} rows`);
  return end.refusal;
}

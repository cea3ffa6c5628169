/** Files of records of this machine, read by the house's own reader of tables into columns. */
import { basename } from "node:path";
import type { Output } from "../../cli/index.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { explainLinkRefusal, Gathering, type LinkRefusal, type Records } from "../../linkage/index.ts";
import { explainTableRefusal, readTable, type TableRefusal, type TableRow } from "../../platform/tables/index.ts";
import { refuseAs } from "../file-command.ts";

export type ReadOptions = {
  readonly paths: readonly string[];
  readonly id: string | null;
  readonly ignore: readonly string[];
  /** Values letter by letter as they are written. */
  readonly asWritten?: boolean;
};

export type ReadFault = { readonly code: string; readonly message: string };

/** Of 10 million rows and 8 GiB a file. */
const LIMITS = { rows: 10_000_000, fileBytes: 8 * 1024 ** 3 };

export async function readRecords({ paths, ...options }: ReadOptions): Promise<Result<Records, ReadFault>> {
  const gathering = new Gathering(options);
  for (const path of paths) {
    const fault = await readInto(gathering, path);
    if (fault !== null) return refuse(fault);
  }
  const found = gathering.finish();
  return found.ok ? accept(found.value) : refuse(faultOfLink(found.refusal));
}

async function readInto(gathering: Gathering, path: string): Promise<ReadFault | null> {
  const table = await readTable({ path, limits: LIMITS });
  if (!table.ok) return faultOfTable(path, table.refusal);
  let fault: ReadFault | null = null;
  let opened = false;
  const take = (rows: readonly TableRow[]) => {
    let from = 0;
    if (!opened) {
      const first = gathering.open(basename(path), rows[0]?.cells ?? []);
      if (!first.ok) fault = faultOfLink(first.refusal);
      opened = true;
      from = 1;
    }
    if (fault === null) for (let at = from; at < rows.length; at += 1) gathering.take((rows[at] as TableRow).cells);
  };
  const ended = await table.value.eachBatch(take);
  await table.value.close();
  if (fault === null && !ended.ok) return faultOfTable(path, ended.refusal);
  return fault;
}

export function faultOfTable(path: string, refusal: TableRefusal): ReadFault {
  return { code: refusal.code, message: `${path}: ${explainTableRefusal("en", refusal)}` };
}

export function faultOfLink(refusal: LinkRefusal): ReadFault {
  return { code: refusal.code, message: explainLinkRefusal("en", refusal) };
}

export function refuseFault(
  output: Output,
  { fault, json }: { readonly fault: ReadFault; readonly json: boolean },
): number {
  return refuseAs(output, { ...fault, json });
}

/** Pairs and clusters as CSV that programs read: no mark at the beginning, a line feed after each row, ids as they came. */
import { open } from "node:fs/promises";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type Linked, probabilityOf, type Records } from "../../linkage/index.ts";
import { neutralText } from "../../platform/tables/index.ts";
import type { ReadFault } from "./read-records.ts";

const PIECE = 1 << 16;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export type Written = { readonly failed: string | null; readonly rows: number };

export type Paths = { readonly pairs: string; readonly clusters: string };

/** Writes both files; gives the number of pairs. */
export async function writeBoth({ pairs, clusters }: Paths, the: Links): Promise<Result<number, ReadFault>> {
  const written = await writePairs(pairs, the);
  const failed = written.failed ?? (await writeClusters(clusters, the)).failed;
  return failed === null ? accept(written.rows) : refuse(notWritten(failed));
}

export function notWritten(path: string): ReadFault {
  return { code: "not_written", message: `${path} cannot be written. Give a file in a folder that is there.` };
}

/** PAIRS.csv: pairs of clusters at or above the threshold, with the weight in bits and the probability. */
export async function writePairs(path: string, the: Links): Promise<Written> {
  const { records, clusters, threshold } = the;
  const ids = records.ids.map(cellOf);
  const { count, left, right, weights } = clusters.pairs;
  function* rows(): Generator<string> {
    for (let pair = 0; pair < count; pair += 1) {
      const weight = weights[pair] as number;
      const probability = probabilityOf(weight);
      if (probability < threshold) continue;
      // The record that stands first in the files comes first.
      const one = Math.min(left[pair] as number, right[pair] as number);
      const other = Math.max(left[pair] as number, right[pair] as number);
      yield `${ids[one]},${ids[other]},${decimal(weight)},${decimal(probability, 6)}\n`;
    }
  }
  return writeRows(path, { heading: "left_id,right_id,weight,probability\n", rows: rows() });
}

export type Links = {
  readonly records: Records;
  readonly clusters: Pick<Linked["clusters"], "clusterOf" | "pairs">;
  readonly threshold: number;
};

/** CLUSTERS.csv: every record with the number of its cluster. */
export async function writeClusters(path: string, { records, clusters }: Links): Promise<Written> {
  const { clusterOf } = clusters;
  function* rows(): Generator<string> {
    for (let record = 0; record < records.count; record += 1)
      yield `${cellOf(records.ids[record] as string)},${clusterOf[record]}\n`;
  }
  return writeRows(path, { heading: "id,cluster\n", rows: rows() });
}

function decimal(value: number, places = 3): string {
  const scale = 10 ** places;
  return String(Math.round(value * scale) / scale);
}

export function cellOf(text: string): string {
  const plain = neutralText(text);
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export async function writeRows(
  path: string,
  { heading, rows }: { readonly heading: string; readonly rows: Iterable<string> },
): Promise<Written> {
  const handle = await open(path, "w").catch(() => null);
  if (handle === null) return { failed: path, rows: 0 };
  try {
    let piece = heading;
    let written = 0;
    for (const row of rows) {
      piece += row;
      written += 1;
      if (piece.length < PIECE) continue;
      await handle.write(piece);
      piece = "";
    }
    await handle.write(piece);
    return { failed: null, rows: written };
  } catch {
    return { failed: path, rows: 0 };
  } finally {
    await handle.close();
  }
}

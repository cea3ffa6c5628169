/**
 * Which records are of people who are protected: by the column that is named, else by every column whose heading speaks of a refuge, of
 * adoption or of protection. Such a column is never compared.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Protection, Records } from "../../linkage/index.ts";
import type { ReadFault } from "./read-records.ts";

const WORDS = /refuge|adopt|protect/i;
/** Cells that say no. */
const NOT = new Set(["no", "n", "false", "0"]);

export type Parted = {
  /** Without the columns that say who is protected. */
  readonly records: Records;
  readonly protections: readonly (Protection | null)[];
};

export function withoutProtected(records: Records, named: string | null): Result<Parted, ReadFault> {
  const says = (name: string) => (named === null ? WORDS.test(name) : name === named);
  const columns = records.columns.filter(({ name }) => says(name));
  if (named !== null && columns.length === 0)
    return refuse({ code: "column_not_found", message: `No file has a column ${named}. Check the first lines.` });
  const protections = Array.from({ length: records.count }, (_, record) => {
    for (const { name, codes, values } of columns) {
      const value = values[codes[record] as number];
      if (value !== undefined && !NOT.has(value)) return protectionOf(`${name} ${value}`);
    }
    return null;
  });
  return accept({ records: { ...records, columns: records.columns.filter(({ name }) => !says(name)) }, protections });
}

function protectionOf(text: string): Protection {
  if (/refuge/i.test(text)) return "refuge";
  return /adopt/i.test(text) ? "adoption" : "protection";
}

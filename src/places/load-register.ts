/**
 * Loads the national register of councils and wards that Onepot ships (sources and licences: docs/data/NOTICES.md) into the
 * database, once for each edition of the files.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assert } from "../lib/assert.ts";
import type { Database } from "../platform/database/index.ts";
import { readTable } from "../platform/tables/index.ts";
import { findEdition, keepEdition, type RegisterRow, upsertCouncils, upsertWards } from "./store/register.ts";

/** True where the register changed. */
export async function loadRegister(database: Database, folder: string): Promise<boolean> {
  const files = await Promise.all(["councils.csv", "wards.csv"].map((name) => readFile(join(folder, name))));
  const hash = createHash("sha256");
  for (const bytes of files) hash.update(bytes);
  const edition = hash.digest("hex");
  const [councils, wards] = files;
  return database.national(async (tx) => {
    if ((await findEdition(tx)) === edition) return false;
    await upsertCouncils(tx, await rowsOf(councils ?? Buffer.alloc(0)));
    await upsertWards(tx, await rowsOf(wards ?? Buffer.alloc(0)));
    await keepEdition(tx, edition);
    return true;
  });
}

/** A row for each line below the headings, by heading. */
async function rowsOf(bytes: Uint8Array): Promise<readonly RegisterRow[]> {
  const opened = await readTable({ bytes });
  assert(opened.ok, "the register that Onepot ships can be read");
  const rows: RegisterRow[] = [];
  let headings: readonly string[] = [];
  for await (const { cells } of opened.value.rows) {
    if (headings.length === 0) headings = [...cells];
    else rows.push(Object.fromEntries(headings.map((heading, column) => [heading, cells[column] ?? ""])));
  }
  await opened.value.close();
  return rows;
}

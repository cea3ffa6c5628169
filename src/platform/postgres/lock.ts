/**
 * Who uses the embedded database. The server and any number of commands may hold it at once; each leaves a file with
 * its name in `holders`, and the last one to leave stops the database. Starting, stopping, coming and going are done
 * under a lock, so that two that start at once agree. Files of processes that have died count for nothing.
 *
 * Lock and names are symbolic links whose "target" is the name: made whole or not at all, and without a block of the
 * disk, so that a full one keeps nobody from stopping the database or reading from it.
 */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../lib/assert.ts";
import type { Folders } from "./folders.ts";
import { identityOf, pause, stillRuns } from "./processes.ts";
import { giveToOwnerOf } from "./server-user.ts";
import { explainSystemError, StartError } from "./start-error.ts";

const PATIENCE_MILLISECONDS = 300_000;

/** Does the work while no other process does such work on the same data folder. */
export async function underLock<T>(
  { folders, log }: { readonly folders: Folders; readonly log: (line: string) => void },
  work: () => Promise<T>,
): Promise<T> {
  const begun = Date.now();
  let told = false;
  while (!take(folders)) {
    const waited = Date.now() - begun;
    if (waited > PATIENCE_MILLISECONDS) {
      throw new StartError(
        `Another Onepot has been starting or stopping the database in ${folders.folder} for five minutes: stop it and start again.`,
      );
    }
    if (waited > 2_000 && !told) {
      log("Waiting for another Onepot that is starting or stopping the database.");
      told = true;
    }
    await pause(50);
  }
  try {
    return await work();
  } finally {
    rmSync(folders.lock, { force: true });
  }
}

function take(folders: Folders): boolean {
  try {
    writeName(folders.lock, folders.folder);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw explainSystemError(error, folders.folder);
    }
    removeIfDead(folders.lock);
    return false;
  }
}

function writeName(path: string, folder: string): void {
  symlinkSync(must(identityOf(process.pid), "we run"), path);
  giveToOwnerOf(folder, path);
}

/**
 * Removes a lock whose owner has died. It is moved aside first and looked at again: had another process put its own
 * lock there in the meantime, that one is put back.
 */
function removeIfDead(path: string): void {
  const seen = readName(path);
  if (seen === null || stillRuns(seen)) return;
  const aside = `${path}.${process.pid}-${randomBytes(3).toString("hex")}`;
  try {
    renameSync(path, aside);
    if (readName(aside) === seen) rmSync(aside, { force: true });
    else renameSync(aside, path);
  } catch {
    // Another process was faster at removing it.
  }
}

function readName(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    // Until 0.1 it was a plain file.
    if (error instanceof Error && "code" in error && error.code === "EINVAL") return readPlainName(path);
    return null;
  }
}

function readPlainName(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}

/** Says that this process uses the database; the answer takes that back. */
export function hold(folders: Folders): () => void {
  const path = join(folders.holders, `${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    writeName(path, folders.folder);
  } catch (error) {
    throw explainSystemError(error, folders.folder);
  }
  return () => rmSync(path, { force: true });
}

/** Whether any living process uses the database; the files of dead ones are removed. */
export function isHeld(folders: Folders): boolean {
  let held = false;
  for (const name of readdirSync(folders.holders)) {
    const path = join(folders.holders, name);
    const holder = readName(path);
    if (holder === null) continue;
    if (stillRuns(holder)) held = true;
    else rmSync(path, { force: true });
  }
  return held;
}

/**
 * Who uses the embedded database. The server and any number of commands may hold it at once; each leaves a file with
 * its name in `holders`, and the last one to leave stops the database. Starting, stopping, coming and going are done
 * under a lock, so that two that start at once agree. Files of processes that have died count for nothing.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { must } from "../../lib/assert.ts";
import type { Folders } from "./folders.ts";
import { identityOf, pause, stillRuns } from "./processes.ts";
import { giveToOwnerOf } from "./server-user.ts";
import { explainSystemError, StartError } from "./start-error.ts";

const PATIENCE_MILLISECONDS = 300_000;
/** A file that stays empty this long was left by a process that died between making it and writing its name. */
const EMPTY_MILLISECONDS = 5_000;

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
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, must(identityOf(process.pid), "we run"));
  } catch (error) {
    // A full disk: the empty file would make the next start wait.
    if (fstatSync(file).size === 0) rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  giveToOwnerOf(folder, path);
}

/**
 * Removes a lock whose owner has died. It is moved aside first and looked at again: had another process put its own
 * lock there in the meantime, that one is put back.
 */
function removeIfDead(path: string): void {
  const seen = readName(path);
  if (seen === null || isAlive(path, seen)) return;
  const aside = `${path}.${process.pid}-${randomBytes(3).toString("hex")}`;
  try {
    renameSync(path, aside);
    if (readName(aside) === seen) rmSync(aside, { force: true });
    else renameSync(aside, path);
  } catch {
    // Another process was faster at removing it.
  }
}

function isAlive(path: string, name: string): boolean {
  if (name !== "") return stillRuns(name);
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return age < EMPTY_MILLISECONDS;
}

function readName(path: string): string | null {
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
    if (isAlive(path, holder)) held = true;
    else rmSync(path, { force: true });
  }
  return held;
}

/**
 * PostgreSQL's programs in a folder of the operator's own, which ONEPOT_POSTGRES_BIN names: for systems the package has
 * none for, and for those who want the ones of their distribution. Looked at before use, so that what is wrong with
 * the folder is said in the folder's name.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { mayUse, type ServerUser, spawnAs } from "./server-user.ts";
import { StartError } from "./start-error.ts";

const OLDEST = 15;
const LONGEST_MILLISECONDS = 10_000;
const REMEDY =
  "give ONEPOT_POSTGRES_BIN the folder with the programs of PostgreSQL 15 or newer, or leave it out to use those that came with Onepot.";

/** Their version, for example "16.4"; a StartError where they cannot be used. */
export function versionOfOwn(folder: string, user: ServerUser): string {
  for (const name of ["initdb", "postgres"]) checkProgram(join(folder, name), user);
  const postgres = join(folder, "postgres");
  const answer = spawnSync(postgres, ["--version"], {
    ...spawnAs(user),
    encoding: "utf8",
    timeout: LONGEST_MILLISECONDS,
  });
  const version = /^postgres \(PostgreSQL\) (\d+\S*)/.exec(answer.stdout ?? "")?.[1];
  if (version === undefined) throw new StartError(`The program ${postgres} does not run as PostgreSQL's: ${REMEDY}`);
  if (Number.parseInt(version, 10) < OLDEST)
    throw new StartError(`The programs in ${folder} are PostgreSQL ${version}'s, which is too old: ${REMEDY}`);
  return version;
}

function checkProgram(path: string, user: ServerUser): void {
  if (mayUse(user, { path, way: "x" }) && isFile(path)) return;
  if (!isFile(path)) throw new StartError(`There is no program ${path}: ${REMEDY}`);
  throw new StartError(`The user of the database may not run ${path}: make it executable, or ${REMEDY}`);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

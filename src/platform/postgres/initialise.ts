/**
 * Makes the database's files, once. They are made beside their place and renamed when complete, so that what a killed
 * start left is never taken for a database. The password is written first: a database without its password is lost.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Programs } from "./binaries.ts";
import type { Folders } from "./folders.ts";
import { giveToOwnerOf, type ServerUser, spawnAs } from "./server-user.ts";
import { cannotRun, explainOutput, explainSystemError, otherVersion, StartError } from "./start-error.ts";

/** Modest enough for a laptop; an operator may change them in cluster/postgresql.conf. */
const SETTINGS = {
  max_connections: "60",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  work_mem: "8MB",
  maintenance_work_mem: "128MB",
  min_wal_size: "128MB",
  max_wal_size: "2GB",
  wal_compression: "on",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_line_prefix: "%m [%p] %u@%d ",
} as const;

/** The password of the superuser, after making the database's files if there are none. */
export async function initialise(folders: Folders, programs: Programs) {
  const { cluster, password } = folders;
  try {
    const exists = existsSync(cluster);
    if (exists) checkVersion(cluster, programs.version);
    if (!existsSync(password)) {
      if (exists)
        throw new StartError(
          `The database in ${cluster} has lost its password, which was in ${password}: put that file back from a copy.`,
        );
      writePassword(folders);
    }
    const secret = readFileSync(password, "utf8").trim();
    if (exists) giveTo(folders.user, cluster);
    else await makeCluster(folders, { programs, secret });
    return secret;
  } catch (error) {
    throw explainSystemError(error, folders.folder);
  }
}

function checkVersion(cluster: string, version: string): void {
  const made = existsSync(join(cluster, "PG_VERSION")) ? readFileSync(join(cluster, "PG_VERSION"), "utf8").trim() : "";
  if (made === "")
    throw new StartError(
      `The folder ${cluster} is not a database of Onepot: remove it, or choose another data folder.`,
    );
  const ours = version.split(".")[0] ?? version;
  if (made !== ours) throw otherVersion({ cluster, made, ours });
}

function writePassword({ folder, password }: Folders): void {
  const fresh = `${password}.new`;
  writeDurably(fresh, randomBytes(24).toString("base64url"));
  giveToOwnerOf(folder, fresh);
  renameSync(fresh, password);
}

function writeDurably(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flush: true });
}

async function makeCluster(
  folders: Folders,
  given: { readonly programs: Programs; readonly secret: string },
): Promise<void> {
  const { folder, cluster, user } = folders;
  for (const name of readdirSync(folder)) {
    if (name.startsWith("cluster.")) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 2 });
  }
  const fresh = `${cluster}.${process.pid}`;
  const secretFile = `${fresh}.password`;
  mkdirSync(fresh, { mode: 0o700 });
  try {
    writeDurably(secretFile, `${given.secret}\n`);
    if (user.switched) for (const path of [fresh, secretFile]) chownSync(path, user.uid, user.gid);
    const options = ["-D", fresh, `--pwfile=${secretFile}`, ...initdbOptions(given.programs.version)];
    const { code, output } = await run(join(given.programs.folder, "initdb"), options, user);
    if (code !== 0) throw explainOutput(output, { folder, logFile: folders.logFile });
    // initdb takes settings itself only from PostgreSQL 16 on.
    appendFileSync(join(fresh, "postgresql.conf"), settingLines(), { flush: true });
    renameSync(fresh, cluster);
    flushFolder(folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secretFile, { force: true });
  }
}

function initdbOptions(version: string): readonly string[] {
  // Sorted by code points in each case. Before its own locales came, what a letter is was the system's to say.
  const locale =
    Number.parseInt(version, 10) >= 17
      ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
      : [`--lc-ctype=${process.platform === "darwin" ? "UTF-8" : "C.UTF-8"}`];
  return [
    ...["-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", ...locale],
    ...["--data-checksums", "--no-instructions"],
  ];
}

function settingLines(): string {
  const lines = Object.entries(SETTINGS).map(([name, value]) => `${name} = '${value}'`);
  return `\n# What Onepot sets at first; yours to change.\n${lines.join("\n")}\n`;
}

function run(program: string, options: readonly string[], user: ServerUser) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((done, fail) => {
    const child = spawn(program, options, { ...spawnAs(user), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (piece: Buffer) => (output += piece.toString()));
    child.on("error", (error) => fail(cannotRun(error.message)));
    child.on("close", (code) => done({ code, output }));
  });
}

/** A new name is safe on disk only when its folder is. */
function flushFolder(folder: string): void {
  const file = openSync(folder, "r");
  fsyncSync(file);
  closeSync(file);
}

/** Files copied by root belong to root; the server's user needs them all. */
function giveTo(user: ServerUser, path: string): void {
  if (!user.switched || lstatSync(path).uid === user.uid) return;
  lchownSync(path, user.uid, user.gid);
  const found = lstatSync(path);
  if (!found.isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) giveTo(user, join(path, name));
}

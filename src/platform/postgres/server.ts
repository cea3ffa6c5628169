/**
 * One PostgreSQL server: found by its postmaster.pid, asked whether it answers, started and stopped. It runs in a
 * session of its own, so that Ctrl-C in the terminal reaches us first, and it outlives us when we are killed.
 */
import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { type Folders, socketFolder } from "./folders.ts";
import { isRunning, pause, processesIn, servesFolder, signal, waitUntil } from "./processes.ts";
import { giveToOwnerOf, spawnAs } from "./server-user.ts";
import { cannotRun, explainOutput, explainSystemError, StartError } from "./start-error.ts";

export type Server = { readonly pid: number; readonly socket: string };
type Answer = "ready" | "later" | "password" | "silent";

const PORT = 5432;
/** Recovery after a crash may take minutes; a server that takes longer is stuck. */
const START_MILLISECONDS = 600_000;
const LOG_BYTES = 10_000_000;
/** What must hold for a promise to be kept, whatever postgresql.conf says. */
const FIXED = [
  "listen_addresses=",
  "unix_socket_permissions=0700",
  "fsync=on",
  "full_page_writes=on",
  "synchronous_commit=on",
];

/** The link for a socket in this folder. The host in the address counts for nothing; pg takes the one of the query. */
export function superuserLink(socket: string, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@localhost:${PORT}/postgres?host=${encodeURIComponent(socket)}&sslmode=disable`;
}

/** The server that postmaster.pid names, when it runs and is one of this folder. */
export function findServer(cluster: string): Server | null {
  const lines = readPidFile(cluster);
  const pid = Number(lines[0]);
  const socket = lines[4] ?? "";
  return Number.isSafeInteger(pid) && pid > 1 && servesFolder(pid, cluster) ? { pid, socket } : null;
}

function readPidFile(cluster: string): readonly string[] {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Whether the server at a link answers, and answers for these files. */
export async function ask(link: string, cluster: string): Promise<Answer> {
  const client = new Client({ connectionString: link, connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === cluster ? "ready" : "silent";
  } catch (error) {
    return meaning(error instanceof Error && "code" in error ? String(error.code) : "");
  } finally {
    await client.end().catch(() => {});
  }
}

function meaning(code: string): Answer {
  // Starting up or shutting down; ended while we asked.
  if (code === "57P03" || code === "57P01") return "later";
  if (code === "28P01" || code === "28000") return "password";
  // All its places are taken: it is well.
  return code === "53300" ? "ready" : "silent";
}

/** Starts a server where none runs. Tries again for some seconds when what was there before is slow to go. */
export async function start(
  folders: Folders,
  from: { readonly postgres: string; readonly password: string },
): Promise<Server> {
  const end = Date.now() + 15_000;
  for (;;) {
    await clearLeftovers(folders);
    const outcome = await tryStart(folders, from);
    if (typeof outcome !== "string") return outcome;
    const mayPass = /lock file ".*" already exists|pre-existing shared memory block|is another postmaster/i.test(
      outcome,
    );
    if (!mayPass || Date.now() > end) throw explainOutput(outcome, folders);
    await pause(250);
  }
}

/** The server, or what it printed before it ended. */
async function tryStart(folders: Folders, from: { readonly postgres: string; readonly password: string }) {
  const { cluster, logFile } = folders;
  const socket = socketFolder(folders);
  const log = openLog(folders);
  const options = ["-D", cluster, "-p", String(PORT), "-k", socket, ...FIXED.flatMap((setting) => ["-c", setting])];
  const child = spawn(from.postgres, options, {
    ...spawnAs(folders.user),
    detached: true,
    stdio: ["ignore", log.file, log.file],
  });
  closeSync(log.file);
  let ended: Error | true | null = null;
  child.on("error", (error) => (ended = error));
  child.on("exit", () => (ended ??= true));
  child.unref();
  const link = superuserLink(socket, from.password);
  const end = Date.now() + START_MILLISECONDS;
  while (ended === null) {
    await pause(25);
    if (Date.now() > end) throw new StartError(`The database takes too long to start: see ${logFile}.`);
    if (!existsSync(join(socket, `.s.PGSQL.${PORT}`)) || child.pid === undefined) continue;
    const answer = await ask(link, cluster);
    if (answer === "ready") return { pid: child.pid, socket };
    if (answer === "password") {
      await stop({ pid: child.pid, socket }, cluster);
      throw wrongPassword(folders);
    }
  }
  const failure: unknown = ended;
  if (failure instanceof Error) throw cannotRun(failure.message);
  return readFrom(logFile, log.size);
}

export const wrongPassword = ({ password, cluster }: Folders) =>
  new StartError(
    `The password in ${password} is not the one of the database in ${cluster}: put the right file back from a copy.`,
  );

function openLog({ folder, logFile }: Folders) {
  try {
    const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_BYTES) renameSync(logFile, `${logFile}.old`);
    const file = openSync(logFile, "a", 0o600);
    giveToOwnerOf(folder, logFile);
    return { file, size: size > LOG_BYTES ? 0 : size };
  } catch (error) {
    throw explainSystemError(error, folder);
  }
}

function readFrom(path: string, position: number): string {
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(20_000);
    return piece.toString("utf8", 0, readSync(file, piece, 0, piece.length, position));
  } finally {
    closeSync(file);
  }
}

/**
 * Ends what a killed server left behind, then its lock files: they may name a number that a zombie or some other
 * program has now, which PostgreSQL would wait for in vain. Done only when nothing works in the folder any more.
 */
async function clearLeftovers(folders: Folders): Promise<void> {
  const { cluster } = folders;
  const left = () => processesIn(cluster) ?? [];
  if (!(await waitUntil(() => left().length === 0, 3_000))) {
    for (const pid of left()) signal(pid, "SIGQUIT");
    if (!(await waitUntil(() => left().length === 0, 3_000))) for (const pid of left()) signal(pid, "SIGKILL");
    await waitUntil(() => left().length === 0, 3_000);
  }
  if (processesIn(cluster)?.length !== 0) return;
  const socket = socketFolder(folders);
  for (const path of [
    join(cluster, "postmaster.pid"),
    join(socket, `.s.PGSQL.${PORT}`),
    join(socket, `.s.PGSQL.${PORT}.lock`),
  ]) {
    rmSync(path, { force: true });
  }
  chmodSync(cluster, 0o700);
}

/** Fast first (open transactions are undone), at once if that takes too long: the next start recovers from the log. */
export async function stop({ pid, socket }: Server, cluster: string): Promise<void> {
  const gone = () => !servesFolder(pid, cluster);
  const steps = [
    ["SIGINT", 15_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const;
  for (const [name, patience] of steps) {
    if (gone()) break;
    signal(pid, name);
    if (await waitUntil(gone, patience)) break;
  }
  if (isRunning(pid) && !gone())
    throw new StartError(`The database's process ${pid} does not end: end it and start again.`);
  if (socket.includes("/onepot-")) rmSync(socket, { recursive: true, force: true });
}

/**
 * The embedded PostgreSQL as the rest of Onepot sees it: opened, linked to, stopped. It is shared by all processes on
 * one data folder, adopted when a killed one left it running, and started again when it dies in the middle.
 */
import { join, resolve } from "node:path";
import { findPackage, type Package, type Programs, readyBinaries } from "./binaries.ts";
import { type Folders, settleFolders } from "./folders.ts";
import { initialise } from "./initialise.ts";
import { hold, isHeld, underLock } from "./lock.ts";
import { versionOfOwn } from "./own-programs.ts";
import { isRunning, pause } from "./processes.ts";
import { ask, findServer, type Server, start, stop, superuserLink, wrongPassword } from "./server.ts";
import { StartError } from "./start-error.ts";

export type Embedded = {
  /** A postgres:// address for node-postgres and libpq, of the superuser and the database `postgres`. */
  readonly superuserUrl: string;
  /** False when the server was running already. */
  readonly started: boolean;
  /** Lets go of the server, and stops it when no other process holds it. May be called more than once. */
  readonly stop: () => Promise<void>;
};

type Opening = { readonly folders: Folders; readonly from: Package | OwnFolder; readonly log: (line: string) => void };
/** Where the operator keeps programs of their own. */
type OwnFolder = { readonly own: string };
type Opened = { readonly server: Server; readonly password: string; readonly started: boolean };

const WATCH_MILLISECONDS = 500;
const SILENT_MILLISECONDS = 3_000;

export async function openEmbedded(options: {
  readonly dataFolder: string;
  /** A folder of PostgreSQL 15 or newer programs to use instead of the package's. */
  readonly programs?: string | null;
  readonly log: (line: string) => void;
}): Promise<Embedded> {
  const { dataFolder, log } = options;
  const from = options.programs ? { own: resolve(options.programs) } : findPackage();
  const opening = { folders: settleFolders(dataFolder, log), from, log };
  return underLock(opening, async () => {
    const release = hold(opening.folders);
    try {
      const opened = await serve(opening);
      return holder({ opening, opened, release });
    } catch (error) {
      release();
      throw error;
    }
  });
}

/** A link for another user of the server or another of its databases, both with plain names. */
export function linkTo(
  { superuserUrl }: Pick<Embedded, "superuserUrl">,
  to: { readonly database: string; readonly user: string; readonly password: string },
): string {
  const { host, search } = new URL(superuserUrl);
  const [database, user, password] = [to.database, to.user, to.password].map(encodeURIComponent);
  return `postgres://${user}:${password}@${host}/${database}${search}`;
}

/** The running server, or a new one. Called under the lock. */
async function serve({ folders, from, log }: Opening): Promise<Opened> {
  const programs = ready(from, folders);
  const password = await initialise(folders, programs);
  const running = await adopt(folders, { password, log });
  if (running) return { server: running, password, started: false };
  const server = await start(folders, { postgres: join(programs.folder, "postgres"), password });
  return { server, password, started: true };
}

function ready(from: Package | OwnFolder, folders: Folders): Programs {
  if (!("own" in from)) return readyBinaries(from, folders);
  return { folder: from.own, version: versionOfOwn(from.own, folders.user) };
}

/** The server a living or a killed process started, once it answers; one that does not answer is stopped. */
async function adopt(folders: Folders, given: { readonly password: string; readonly log: (line: string) => void }) {
  const { cluster } = folders;
  let silentSince: number | null = null;
  for (let server = findServer(cluster); server; server = findServer(cluster)) {
    const answer = await ask(superuserLink(server.socket, given.password), cluster);
    if (answer === "ready") return server;
    if (answer === "password") throw wrongPassword(folders);
    // One that recovers after a crash says "later", and may take as long as it needs.
    if (answer === "later") silentSince = null;
    else silentSince ??= Date.now();
    if (silentSince !== null && Date.now() - silentSince > SILENT_MILLISECONDS) {
      given.log("The database that was running does not answer: starting it again.");
      await stop(server, cluster);
    }
    await pause(100);
  }
  return null;
}

function holder(of: { readonly opening: Opening; readonly opened: Opened; readonly release: () => void }): Embedded {
  const { opening, opened, release } = of;
  const { folders } = opening;
  const watch = keepAlive(opening, opened.server);
  let stopping: Promise<void> | null = null;
  const letGo = async () => {
    await watch.end();
    await underLock(opening, async () => {
      release();
      const server = findServer(folders.cluster);
      if (server && !isHeld(folders)) await stop(server, folders.cluster);
    });
  };
  return {
    superuserUrl: superuserLink(opened.server.socket, opened.password),
    started: opened.started,
    stop: () => (stopping ??= letGo()),
  };
}

/** Starts the server again when it has died, on the same socket, so that links work again by themselves. */
function keepAlive(opening: Opening, first: Server) {
  let pid = first.pid;
  let work: Promise<void> | null = null;
  const restart = async () => {
    opening.log("The database has ended unexpectedly: starting it again.");
    try {
      pid = await underLock(opening, async () => (await serve(opening)).server.pid);
    } catch (error) {
      opening.log(error instanceof StartError ? error.message : String(error));
      await pause(2_000);
    }
  };
  const timer = setInterval(() => {
    if (work || isRunning(pid)) return;
    work = restart().finally(() => {
      work = null;
    });
  }, WATCH_MILLISECONDS);
  timer.unref();
  return {
    end: async () => {
      clearInterval(timer);
      await work;
    },
  };
}

/**
 * Where the embedded database keeps its things. In the data folder: `cluster` (PostgreSQL's own files), `password`,
 * `postgres.log`, `holders` and a lock. As root the folder may lie where `nobody` cannot go (a clone in /root): then
 * the database lives in /var/lib/onepot and a file `location` in the data folder says where.
 */
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { giveToOwnerOf, mayUse, type ServerUser, serverUser } from "./server-user.ts";
import { explainSystemError, StartError } from "./start-error.ts";

export type Folders = {
  readonly folder: string;
  readonly cluster: string;
  readonly password: string;
  readonly logFile: string;
  readonly holders: string;
  readonly lock: string;
  readonly user: ServerUser;
};

const ELSEWHERE = "/var/lib/onepot";
/** A Unix socket's path may have 107 bytes (103 on macOS); PostgreSQL adds the name of the file. */
const LONGEST_SOCKET_FOLDER = 103 - "/.s.PGSQL.5432.lock".length;

export function settleFolders(dataFolder: string, log: (line: string) => void): Folders {
  const asked = resolve(dataFolder);
  try {
    const folder = settle(asked, log);
    const cluster = join(folder, "cluster");
    makeWithParents(join(folder, "holders"));
    giveToOwnerOf(folder, join(folder, "holders"));
    return {
      folder,
      cluster,
      password: join(folder, "password"),
      logFile: join(folder, "postgres.log"),
      holders: join(folder, "holders"),
      lock: join(folder, "lock"),
      user: serverUser(cluster),
    };
  } catch (error) {
    throw explainSystemError(error, asked);
  }
}

function settle(asked: string, log: (line: string) => void): string {
  const isRoot = process.getuid?.() === 0;
  if (!existsSync(asked)) makeFolder(asked, isRoot);
  const folder = realpathSync(asked);
  const note = join(folder, "location");
  if (existsSync(note)) {
    const elsewhere = readFileSync(note, "utf8").trim();
    if (!existsSync(elsewhere)) makeFolder(elsewhere, isRoot);
    return realpathSync(elsewhere);
  }
  if (!isRoot) return folder;
  const user = serverUser(join(folder, "cluster"));
  if (mayUse(user, { path: folder, way: "x" })) return folder;
  if (mayUse(user, { path: dirname(folder), way: "x" })) {
    chmodSync(folder, (lstatSync(folder).mode & 0o7777) | 0o011);
    return folder;
  }
  return moveElsewhere({ folder, note, log });
}

function moveElsewhere(from: { readonly folder: string; readonly note: string; readonly log: (line: string) => void }) {
  const { folder, note, log } = from;
  if (existsSync(join(folder, "cluster"))) {
    throw new StartError(
      `PostgreSQL runs as an ordinary user, who may not enter the folders above ${folder}: allow it (chmod o+x), or choose another data folder.`,
    );
  }
  // The random part keeps the data of an earlier clone at the same path from turning up in this one.
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const elsewhere = join(ELSEWHERE, `${name}-${randomBytes(3).toString("hex")}`);
  mkdirSync(ELSEWHERE, { recursive: true });
  chmodSync(ELSEWHERE, 0o755);
  makeFolder(elsewhere, true);
  writeFileSync(note, `${elsewhere}\n`);
  log(`The database is kept in ${elsewhere}, as PostgreSQL may not enter ${folder}.`);
  return realpathSync(elsewhere);
}

function makeFolder(path: string, isRoot: boolean): void {
  makeWithParents(path);
  // Root's server runs as another user, who must pass through but need not look.
  chmodSync(path, isRoot ? 0o711 : 0o700);
  giveToOwnerOf(dirname(path), path);
}

/**
 * Node's own recursive way never ends where a system answers that a parent is missing although it exists (/proc), and
 * calls a read-only disk a missing parent.
 */
function makeWithParents(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeWithParents(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another that starts at the same moment may have been faster.
    if (!existsSync(path)) throw error;
  }
}

/**
 * The private folder of the server's socket: short whatever the length of the data folder's path. It must be ours
 * alone: in a public folder someone else could have made it first to listen in our place.
 */
export function socketFolder({ folder, user }: Pick<Folders, "folder" | "user">): string {
  const name = `onepot-${user.uid}-${createHash("sha256").update(folder).digest("hex").slice(0, 10)}`;
  const places = [tmpdir(), "/tmp", "/var/tmp"];
  const place = places.find(
    (at) => /^[\w./+-]+$/.test(at) && fits(join(at, name)) && mayUse(user, { path: at, way: "x" }),
  );
  if (!place) throw new StartError(`The database's socket has no place: neither of ${places.join(", ")} can be used.`);
  const path = join(place, name);
  try {
    mkdirSync(path, { mode: 0o700 });
    if (user.switched) chownSync(path, user.uid, user.gid);
  } catch (error) {
    if (!existsSync(path)) throw explainSystemError(error, path);
  }
  const found = lstatSync(path);
  if (user.switched && found.isDirectory() && found.uid === 0) chownSync(path, user.uid, user.gid);
  const owner = lstatSync(path).uid;
  if (!found.isDirectory() || owner !== user.uid) {
    throw new StartError(
      `The folder ${path}, for the database's socket, belongs to someone else: remove it and start again.`,
    );
  }
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700);
  return path;
}

const fits = (path: string) => Buffer.byteLength(path) <= LONGEST_SOCKET_FOLDER;

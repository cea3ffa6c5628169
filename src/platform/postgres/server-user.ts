/**
 * Who runs PostgreSQL: the one who started Onepot or, as PostgreSQL refuses root, the user that owns its data and at
 * first `nobody` (a made-up number will not do: initdb wants a user with a name).
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, lchownSync, lstatSync, statSync } from "node:fs";
import { StartError } from "./start-error.ts";

export type ServerUser = {
  readonly uid: number;
  readonly gid: number;
  /** True when we are root and the server must become this user. */
  readonly switched: boolean;
};

const NOBODY = 65_534;

/** The user for a database whose files are in `cluster`, or will be. */
export function serverUser(cluster: string): ServerUser {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? uid, switched: false };
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, switched: true };
  return { uid: idOf("-u"), gid: idOf("-g"), switched: true };
}

function idOf(option: "-u" | "-g"): number {
  const answer = spawnSync("id", [option, "nobody"], { encoding: "utf8" });
  const id = Number((answer.stdout ?? "").trim() || Number.NaN);
  return Number.isSafeInteger(id) ? id : NOBODY;
}

/** What `spawn` needs to run a program as the user of the server, with nothing of our own environment but the path. */
export function spawnAs(user: ServerUser) {
  const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", PGTZ: "UTC" };
  return { cwd: "/", env, ...(user.switched ? { uid: user.uid, gid: user.gid } : {}) };
}

type Use = { readonly path: string; readonly way: "r" | "w" | "x" };

/** Whether the server's user may read ("r") a file, write it ("w"), or run it or enter it as a folder ("x"). */
export function mayUse(user: ServerUser, { path, way }: Use): boolean {
  if (!user.switched) {
    try {
      accessSync(path, { r: constants.R_OK, w: constants.W_OK, x: constants.X_OK }[way]);
      return true;
    } catch {
      return false;
    }
  }
  // Asked by trying, as access lists and mounts may say otherwise than the permission bits.
  const answer = spawnSync("/bin/sh", ["-c", `test -${way} "$1"`, "sh", path], { ...spawnAs(user), stdio: "ignore" });
  if (answer.error) {
    throw new StartError(
      `PostgreSQL refuses to run as root and root may not become user ${user.uid} here: start Onepot as an ordinary user, ` +
        "or set DATABASE_URL to a PostgreSQL 15 or newer server.",
    );
  }
  return answer.status === 0;
}

/** Gives what root made in an ordinary user's folder to that user, who could not use it otherwise. */
export function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = statSync(folder);
  if (owner.uid !== 0 && lstatSync(path).uid === 0) lchownSync(path, owner.uid, owner.gid);
}

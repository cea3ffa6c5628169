/**
 * What runs on this machine. A number alone does not name a process for long, so a process is known by its number, the
 * moment it started and the start of the machine: a number used again is not taken for the one that had it before.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const hasProc = process.platform === "linux";

/** False as well for a zombie: a process that has ended and only waits to be noticed by its parent. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" && !isZombie(pid);
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  return stateAndStart(pid)?.state.startsWith("Z") ?? false;
}

/** The name of a process, to be written in a file; null when it does not run. */
export function identityOf(pid: number): string | null {
  if (!isRunning(pid)) return null;
  return `${pid} ${stateAndStart(pid)?.start ?? "?"}`;
}

/** Whether the process named by `identityOf` still runs. */
export function stillRuns(identity: string): boolean {
  const [number = "", ...rest] = identity.trim().split(" ");
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  const now = identityOf(pid);
  if (now === null) return false;
  return now.endsWith("?") || rest.join(" ") === "?" || now === identity.trim();
}

function stateAndStart(pid: number): { readonly state: string; readonly start: string } | null {
  if (!hasProc) {
    const answer = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
    const [state, ...start] = (answer.stdout ?? "").trim().split(/\s+/);
    return state ? { state, start: start.join("_") } : null;
  }
  try {
    // The second field is the program's name in brackets and may itself hold brackets and blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0] ?? "?", start: `${fields[19] ?? "?"}@${bootId()}` };
  } catch {
    return null;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "?";
  }
}

/**
 * The processes whose working folder is this one: PostgreSQL's own always work in their data folder. Null where the
 * system does not tell.
 */
export function processesIn(folder: string): readonly number[] | null {
  if (!hasProc) return null;
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && workingFolder(pid) === folder && isRunning(pid));
}

/** Whether a process is a PostgreSQL of this folder. */
export function servesFolder(pid: number, folder: string): boolean {
  if (!isRunning(pid)) return false;
  if (hasProc) return workingFolder(pid) === folder;
  const answer = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return (answer.stdout ?? "").includes(folder);
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** False when the process had already gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** Asks again every 25 ms; false when the time is over. */
export async function waitUntil(isSo: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!isSo()) {
    if (Date.now() >= end) return false;
    await pause(25);
  }
  return true;
}

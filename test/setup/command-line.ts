/** bin/onepot as a person runs it: a program of its own, on a data folder and a home of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ours = fileURLToPath(new URL("../../bin/onepot", import.meta.url));
const LONGEST = 30_000;

export type Answered = { readonly code: number | null; readonly out: string; readonly error: string };
type Environment = Readonly<Record<string, string>>;

/** Another way to run it than as ourselves, from this checkout. */
export type Way = {
  readonly user?: { readonly uid: number; readonly gid: number };
  /** The path of bin/onepot in another clone. */
  readonly program?: string;
  /** The longest file that may be written, in the shell's blocks (`ulimit -f`). */
  readonly longestFile?: number;
};

export type Machine = {
  readonly folder: string;
  readonly run: (words: readonly string[], environment?: Environment) => Promise<Answered>;
  /** Starts the server on a free port and gives its address once it is announced. */
  readonly serve: (
    words: readonly string[],
    environment?: Environment,
  ) => Promise<{ readonly address: string; readonly stop: () => Promise<Answered> }>;
  readonly close: () => Promise<void>;
};

export async function openMachine(way: Way = {}): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), "onepot commands "));
  // Root's database runs as another user, who must pass through; else it would be kept outside and stay there.
  await chmod(folder, 0o755);
  if (way.user) await chown(folder, way.user.uid, way.user.gid);
  const started: ChildProcess[] = [];
  const start = (words: readonly string[], environment: Environment) => {
    const [command, ...given] = commandLine(way, words);
    const child = spawn(command, given, {
      cwd: tmpdir(),
      ...way.user,
      env: { ...inherited(), ONEPOT_DATA: join(folder, "data"), HOME: folder, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.push(child);
    return child;
  };
  return {
    folder,
    run: async (words, environment = {}) => {
      const child = start(words, environment);
      const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST);
      const answered = await ending(child);
      clearTimeout(timer);
      return answered;
    },
    serve: async (words, environment = {}) => {
      const child = start(["serve", "--port", "0", ...words], environment);
      const ended = ending(child);
      const address = await new Promise<string>((resolve, reject) => {
        let said = "";
        child.stdout?.on("data", (piece: Buffer) => {
          said += piece.toString();
          const found = /Onepot is at (http:\S+)/.exec(said)?.[1];
          if (found) resolve(found);
        });
        void ended.then(({ error }) => reject(new Error(`the server ended: ${error}`)));
      });
      return {
        address,
        stop: () => {
          child.kill("SIGTERM");
          return ended;
        },
      };
    },
    close: async () => {
      for (const child of started) if (child.exitCode === null) child.kill("SIGTERM");
      await Promise.all(
        started.map((child) => (child.exitCode === null && child.signalCode === null ? ending(child) : undefined)),
      );
      for (const pid of leftRunning(folder)) process.kill(pid, "SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Our own environment, without what would speak to Onepot. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(ONEPOT_|DATABASE_|XDG_|PORT$|HOST$|NODE_OPTIONS|VITEST)/.test(name),
    ),
  );
}

function commandLine(way: Way, words: readonly string[]): [string, ...string[]] {
  const line: [string, ...string[]] = [process.execPath, way.program ?? ours, ...words];
  if (way.longestFile === undefined) return line;
  return ["sh", "-c", 'ulimit -f "$0" && exec "$@"', String(way.longestFile), ...line];
}

/** The processes that work in a folder: PostgreSQL's work in its data. None are found where there is no /proc. */
export function leftRunning(folder: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 1 && workingFolder(pid).startsWith(folder));
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

function ending(child: ChildProcess): Promise<Answered> {
  let out = "";
  let error = "";
  child.stdout?.on("data", (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr?.on("data", (piece: Buffer) => {
    error += piece.toString();
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, error })));
}

/** What a person must never be shown. */
export const STACK = /\n\s+at |node:internal|Error:|\bundefined\b|\[object/;

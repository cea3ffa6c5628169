/** bin/onepot as a person runs it: a program of its own, on a data folder and a home of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/onepot", import.meta.url));
const LONGEST = 30_000;

export type Answered = { readonly code: number | null; readonly out: string; readonly error: string };
type Environment = Readonly<Record<string, string>>;

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

export async function openMachine(): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), "onepot commands "));
  const started: ChildProcess[] = [];
  const start = (words: readonly string[], environment: Environment) => {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(ONEPOT_|DATABASE_|XDG_|PORT$|HOST$|NODE_OPTIONS|VITEST)/.test(name),
      ),
    );
    const child = spawn(process.execPath, [program, ...words], {
      cwd: tmpdir(),
      env: { ...inherited, ONEPOT_DATA: join(folder, "data"), HOME: folder, ...environment },
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
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
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

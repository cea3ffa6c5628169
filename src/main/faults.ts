/**
 * What goes wrong while a program works, in words: a full disk and its like in one sentence that says what to do; what
 * nobody foresaw in one with a reference, its stack written only where ONEPOT_LOG asks for it.
 */
import { randomBytes } from "node:crypto";

/** As deep as errors name what caused them. */
const DEEPEST = 5;

/** Of PostgreSQL's codes for errors (its manual, appendix A), those that are about the database's surroundings. */
const OF_THE_DATABASE: Readonly<Record<string, string>> = {
  "53100": "The disk of the database is full, so this could not be kept: free some space and try again.",
  "53200": "The database has too little memory for this: free some and try again.",
  "53300": "The database has no connection free: close some, or allow more with max_connections, and try again.",
  "25006": "The database takes no changes (a standby, or set to read only): use one that does.",
};

const LOST = "The database stopped answering before this was done: look at its log and its disk, then try again.";

const OF_FILES: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `The disk is full, so ${path} could not be written: free some space and try again.`,
  EDQUOT: (path) => `Your share of the disk is full, so ${path} could not be written: free some space and try again.`,
  EROFS: (path) => `${path} is on a read-only disk: make it writable and try again.`,
  EACCES: (path) => `This user may not use ${path}: allow it, or run Onepot as a user who may.`,
  EPERM: (path) => `This user may not use ${path}: allow it, or run Onepot as a user who may.`,
};

/** The sentence for a fault of the surroundings; null for anything else. */
export function explainSurroundings(error: unknown): string | null {
  let cause = error;
  for (let depth = 0; depth < DEEPEST && cause instanceof Error; depth += 1) {
    const words = wordsOf(cause);
    if (words !== null) return words;
    cause = cause.cause;
  }
  return null;
}

function wordsOf(error: Error): string | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && Object.hasOwn(OF_THE_DATABASE, code)) return OF_THE_DATABASE[code] ?? null;
  if (isLost(code, error.message) || syscall === "connect") return LOST;
  return path === undefined ? null : (OF_FILES[code ?? ""]?.(path) ?? null);
}

function isLost(code: string | undefined, message: string): boolean {
  if (code === undefined) return /^Connection terminated/.test(message);
  return /^(57P0[123]|08\w{3}|ECONNRESET|EPIPE)$/.test(code);
}

export function explainUnexpected(error: unknown, level: string | undefined): readonly string[] {
  const reference = randomBytes(4).toString("hex");
  const debug = level === "debug" || level === "trace";
  const foreseen = explainSurroundings(error);
  if (foreseen !== null) return [foreseen];
  const sentence = `Something went wrong in Onepot itself (reference ${reference}).`;
  if (!debug) return [`${sentence} Set ONEPOT_LOG=debug and try again to see what.`];
  return [sentence, error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

/** An error as the server's log has it: one of the surroundings without a stack, which would say nothing more. */
export function presentForLog(error: Error): object {
  const { code } = error as NodeJS.ErrnoException;
  const type = error.name;
  if (explainSurroundings(error) !== null) return { type, message: error.message, code };
  return {
    type,
    message: error.message,
    code,
    stack: error.stack,
    ...(error.cause !== undefined && { cause: String(error.cause) }),
  };
}

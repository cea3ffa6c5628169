/** What nobody foresaw, told in one sentence with a reference; the stack is written only where ONEPOT_LOG asks for it. */
import { randomBytes } from "node:crypto";

export function explainUnexpected(error: unknown, level: string | undefined): readonly string[] {
  const reference = randomBytes(4).toString("hex");
  const debug = level === "debug" || level === "trace";
  const sentence = `Something went wrong in Onepot itself (reference ${reference}).`;
  if (!debug) return [`${sentence} Set ONEPOT_LOG=debug and try again to see what.`];
  return [sentence, error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

/** True where whoever read our output has left, as `| head` does: no fault of anyone's. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

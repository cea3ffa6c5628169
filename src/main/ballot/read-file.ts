/** A file of this machine, whole: elections are read from bytes. What cannot be read is said in one sentence. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { refuseAs } from "../file-command.ts";

const MOST_BYTES = 1024 ** 3;

export async function readBytes(path: string): Promise<Uint8Array | string> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return `There is no file ${path}. Check the path and try again.`;
  if (found.size > MOST_BYTES) return `${path} is larger than a gibibyte, which no election is. Check the path.`;
  return readFile(path).catch(() => `${path} cannot be read by this user. Check who may read it.`);
}

export function refuseFileOf(
  output: Output,
  { message, json }: { readonly message: string; readonly json: boolean },
): number {
  return refuseAs(output, { code: "file_not_found", message, json });
}

/** What names the file in a replay: SHA-256 of its bytes, in base 16. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

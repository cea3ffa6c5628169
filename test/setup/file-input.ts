/** A file as the doors give it to a use case: its bytes and their hash. */
import { createHash } from "node:crypto";

export function fileInput(bytes: Buffer) {
  return { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
}

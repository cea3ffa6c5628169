/** The folder of the clone, where db/, demo/ and the shipped data lie: the bundle stands one folder below it. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { must } from "../lib/assert.ts";

export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return must(existsSync(join(folder, "package.json")) ? folder : null, "the project's own folder was not found");
}

/**
 * `npm run bench`: the figures of docs/performance.md, each side by side with its floor in the same minute on the same
 * machine. `npm run bench -- ledger` runs one of them. Nothing else should run meanwhile.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { installPackages, root } from "./setup.mjs";

await installPackages({ mode: "develop" });
const { buildIfStale } = await import("./build.mjs");
await buildIfStale();

const wanted = process.argv.slice(2);
const benches = readdirSync(join(root, "bench"))
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.replace(".bench.ts", ""))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
let failed = false;
for (const bench of benches) {
  const { status } = spawnSync(
    process.execPath,
    ["--expose-gc", "--import", "tsx", join(root, "bench", `${bench}.bench.ts`)],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;

/**
 * The long form of R13: many seeds of `tampering.db.test.ts`, each on a place of its own. Prints what was changed, what was found, and
 * which way of proving named it. `npx tsx test/reliability/tampering.ts [seeds] [first seed]`; any seed replays with those two.
 */
import { spawnSync } from "node:child_process";

const [seeds = 20, first = 1] = process.argv.slice(2).map(Number);
const started = performance.now();
let failed = 0;
for (let seed = first; seed < first + seeds; seed += 1) {
  const { status, stdout } = spawnSync(
    "npx",
    ["vitest", "run", "--project", "database", "test/reliability/tampering.db.test.ts"],
    { env: { ...process.env, ONEPOT_SEED: String(seed) }, encoding: "utf8" },
  );
  const [, tried = "0", refused = "0"] = /tampering: (\d+) tried, (\d+) refused by the database/.exec(stdout) ?? [];
  process.stdout.write(
    `seed ${seed}: ${tried} changes, ${refused} refused by the database itself, ${status === 0 ? "all others named by both" : "NOT ALL NAMED"}\n`,
  );
  if (status === 0) continue;
  failed += 1;
  process.stdout.write(stdout);
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(`${seeds} seeds in ${seconds} s, ${failed} with a change that was not named\n`);
process.exitCode = failed > 0 ? 1 : 0;

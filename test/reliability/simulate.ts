/**
 * The long form of R16: the ledger against a plain model, a million operations by several clients, on an embedded PostgreSQL in
 * a temporary folder. `npx tsx test/reliability/simulate.ts [operations] [seed] [clients]`; the same words draw the same again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineWords } from "../../bench/scratch.ts";
import { ledgerSimulate } from "../../src/main/ledger-simulate.ts";
import { projectRoot } from "../../src/main/root.ts";

const [operations = "1000000", seed = "1", clients = "8"] = process.argv.slice(2);
const dataFolder = await mkdtemp(join(tmpdir(), "onepot simulate "));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`simulate: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}`);
try {
  const config = { root: projectRoot(), dataFolder, postgresPrograms: null, databaseUrl: null };
  const words = ["--operations", operations, "--seed", seed, "--clients", clients];
  process.exitCode = await ledgerSimulate({ config, log: say }).run(words, { out: say, error: say });
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}

/** The command ledger simulate: what it answers, what it refuses by name, and that its scratch database is gone afterwards. */
import { expect, inject, it } from "vitest";
import { openTestHouse } from "../../test/setup/house.ts";
import { ledgerSimulate } from "./ledger-simulate.ts";
import { projectRoot } from "./root.ts";

async function run(...words: readonly string[]) {
  const said: string[] = [];
  const output = { out: (text: string) => void said.push(text), error: (text: string) => void said.push(text) };
  const config = { root: projectRoot(), dataFolder: "", postgresPrograms: null, databaseUrl: inject("adminUrl") };
  const code = await ledgerSimulate({ config, log: () => undefined }).run(words, output);
  return { code, said: said.join("\n") };
}

it("draws the same for the same seed, and leaves nothing behind", { timeout: 60_000 }, async () => {
  const { code, said } = await run("--seed", "7", "--operations", "40", "--clients", "2", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ seed: "7", operations: 41, rounds: 1, differences: [] });
  const house = await openTestHouse();
  const reader = await house.reader();
  const { rowCount } = await reader.query("select 1 from pg_database where datname like 'onepot\\_scratch\\_%'");
  await reader.end();
  await house.close();
  expect(rowCount).toBe(0);
});

it.each([
  [["--seed", "one"], "--seed a whole number"],
  [["--operations", "0"], "--operations a whole number from 1"],
  [["--operations", "1e9"], "--operations a whole number from 1"],
  [["--clients", "33"], "--clients a whole number from 1 to 32"],
])("%s is refused by name", async (words, because) => {
  const { code, said } = await run(...words);
  expect([code, said]).toEqual([2, expect.stringContaining(because)]);
});

/** The command that takes codes in from a file, as the finance officer of a town. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { openTown, type Town } from "../../test/setup/town.ts";
import { codeImport } from "./code-import.ts";
import type { OpenHouse } from "./open-house.ts";

let test: TestHouse;
let town: Town;
let folder: string;

beforeAll(async () => {
  test = await openTestHouse();
  folder = await mkdtemp(join(tmpdir(), "onepot codes "));
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await test?.close();
});

async function run(text: string, ...words: readonly string[]) {
  const path = join(folder, "codes.csv");
  await writeFile(path, text);
  const said = { out: [] as string[], error: [] as string[] };
  const command = codeImport({
    withOpen: (work) => work({ house: test.house } as OpenHouse),
    credential: async () => town.people.finance_officer,
  });
  const output = { out: (line: string) => said.out.push(line), error: (line: string) => said.error.push(line) };
  const code = await command.run([path, "--place", "salford", ...words], output as never);
  return { code, out: said.out.join("\n"), error: said.error.join("\n") };
}

describe("code import", () => {
  const head = "body,pot,cost_centre,subjective_group,starts_on,ends_on";
  const row = (rest: string) => `${town.ids["partnerId"]},${town.ids["potId"]},${rest}`;

  it("takes codes in once, in JSON and in words", async () => {
    const text = `${head}\n${row("8123,4,2001-01-01,2001-12-31")}\n`;
    const taken = await run(text, "--json");
    expect([taken.code, taken.error]).toEqual([0, ""]);
    expect(JSON.parse(taken.out)).toMatchObject({ codes: 1, ended: 0, already: 0 });
    expect(await run(text)).toMatchObject({ code: 0, out: "0 new codes, 0 ended, 1 there already." });
  });

  it("says every fault by row and column, and takes nothing", async () => {
    const text = `${head}\n${row("8124,4,2002-01-01,2002-12-31")}\n${row("8125,11,2002-01-01,")}\n`;
    const refused = await run(text);
    expect([refused.code, refused.out]).toEqual([1, ""]);
    expect(refused.error).toContain("Row 3, subjective_group: ");
    expect(await run(`${head}\n${row("8124,4,2002-01-01,2002-12-31")}\n`)).toMatchObject({ code: 0 });
    const twice = await run(`${head}\n${row("9,4,2003-01-01,")}\n${row("9,4,2003-01-01,")}\n`, "--json");
    expect([twice.code, JSON.parse(twice.out).code]).toEqual([1, "rows_refused"]);
  });

  it("refuses a file that is larger than the page takes", async () => {
    expect(await run("x".repeat(2_000_001))).toMatchObject({ code: 1, error: expect.stringContaining("2 MB") });
  });
});

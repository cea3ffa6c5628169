/** Households as someone asks for them: who lives with whom, measured against the truth; and of people who are protected nothing. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHand } from "../../cli/hand-command.ts";
import { makeAgencyFiles, makeFamilies } from "../../linkage/index.ts";
import { recordsCommands } from "./commands.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const PROTECTED_FAMILY = 7;
let files: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepot households "));
  const population = makeFamilies({ families: 120, seed: 5 });
  for (const { agency, headings, rows } of makeAgencyFiles(population, 5)) {
    const household = headings.indexOf("true_household");
    const lines = rows.map((row) => {
      const flag = agency === "social-care" && row[household] === String(PROTECTED_FAMILY) ? "refuge" : "";
      return [...row, flag].join(",");
    });
    await writeFile(at(`${agency}.csv`), [[...headings, "safety"].join(","), ...lines, ""].join("\n"));
    files = [...files, at(`${agency}.csv`)];
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const command = recordsCommands.find((one) => one.words === words.slice(0, 2).join(" "));
  if (command === undefined) throw new Error(`no command ${words.slice(0, 2).join(" ")}`);
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const code = await runHand({ out: say, error: say }, command, words.slice(2));
  return { code, said: said.join("\n") };
}

const linking = (...more: readonly string[]) =>
  run(
    "records",
    "link",
    ...files,
    ...["--auto", "--ignore", "true_person", "--ignore", "true_household"],
    ...["--pairs", at("pairs.csv"), "--clusters", at("clusters.csv"), "--households", at("households.csv"), "--json"],
    ...more,
  );

describe("records link --households", () => {
  it("writes who lives together, once each, and measures it against the truth", async () => {
    const { code, said } = await linking("--day", "2013-03-29", "--ignore", "safety");
    expect(code).toBe(0);
    const { households, clusters } = JSON.parse(said);
    expect(households).toMatchObject({ day: "2013-03-29", withheld: 0 });
    expect(households.coResidents).toBeGreaterThan(households.households);
    const [heading, ...rows] = (await readFile(at("households.csv"), "utf8")).trim().split("\n");
    expect(heading).toBe("household,cluster,from,to,source,known");
    const people = rows.map((row) => row.split(",")[1]);
    expect(new Set(people).size).toBe(people.length);
    expect(people.length).toBeLessThanOrEqual(clusters);
    const truths = files.flatMap((file) => [
      ...["--truth", `${file}:true_person`],
      ...["--household-truth", `${file}:true_household`],
    ]);
    const measured = await run(
      ...["records", "evaluate", at("clusters.csv"), ...truths],
      ...["--households", at("households.csv"), "--json"],
    );
    const found = JSON.parse(measured.said).households;
    expect(found.exact).toBeGreaterThan(0.85);
    expect(found.shared).toBeGreaterThan(found.exact);
  });

  it("has none of the people who are protected, whichever agency says so, and does not compare the flag", async () => {
    const { said } = await linking("--protected", "safety");
    const { households, columns } = JSON.parse(said);
    expect(households.withheld).toBeGreaterThan(0);
    expect(columns.map(({ column }: { column: string }) => column)).not.toContain("safety");
    const clusters = new Map(
      (await readFile(at("clusters.csv"), "utf8")).split("\n").map((row) => row.split(",") as [string, string]),
    );
    const care = (await readFile(at("social-care.csv"), "utf8")).trim().split("\n");
    const flagged = care.filter((row) => row.endsWith(",refuge")).map((row) => clusters.get(row.split(",")[0] ?? ""));
    expect(flagged.length).toBeGreaterThan(0);
    const housed = (await readFile(at("households.csv"), "utf8")).split("\n").map((row) => row.split(",")[1]);
    for (const cluster of flagged) expect(housed).not.toContain(cluster);
  });

  it.each([
    [["--protected", "no such column"], "No file has a column no such column"],
    [["--day", "yesterday"], "--day is a day"],
  ])("refuses %s", async (words, why) => {
    const { code, said } = await linking(...words);
    expect(code).not.toBe(0);
    expect(said).toContain(why);
  });
});

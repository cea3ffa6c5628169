/** `records train` with labels and with a shared number, as someone calls it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHand } from "../../cli/hand-command.ts";
import { recordsCommands } from "./commands.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepot train "));
  const forenames = ["Ann", "Bethan", "Cai", "Dilys", "Evan", "Ffion", "Gwen", "Huw", "Ifor", "Jenkin"];
  const surnames = ["Probert", "Bowen", "Maddocks", "Cadwallader"];
  const rows = Array.from({ length: 80 }, (_, record) => {
    const person = record >> 1;
    const born = `19${20 + person}-0${1 + (person % 9)}-${10 + (person % 18)}`;
    return `r${record},${forenames[person % 10]},${surnames[person % 4]},${born},UPN${7000 + person}`;
  });
  await writeFile(at("people.csv"), ["ref,forename,surname,dob,upn", ...rows, ""].join("\n"));
  const label = (left: number, right: number, say: string) => `r${left},r${right},${say}`;
  const labels = Array.from({ length: 15 }, (_, one) => label(2 * one, 2 * one + 1, "same"));
  const heading = "left_id,right_id,same|different";
  await writeFile(at("labels.csv"), [heading, ...labels, label(0, 2, "different"), ""].join("\n"));
  await writeFile(at("few.csv"), `${heading}\n${labels[0]}\n`);
  await writeFile(at("contrary.csv"), `${heading}\n${labels[0]}\n${label(1, 0, "different")}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(words: string, given: readonly string[]) {
  const command = recordsCommands.find((one) => one.words === words);
  if (command === undefined) throw new Error("no command");
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  return { code: await runHand({ out: say, error: say }, command, given), said: said.join("\n") };
}

const train = (...words: readonly string[]) =>
  run("records train", [at("people.csv"), "--out", at("model.json"), ...words]);

describe("records train", () => {
  it("learns from labels, and says how its clusters agree with them", async () => {
    const { code, said } = await train("--labels", at("labels.csv"), "--ignore", "upn", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      learned: { from: "labels", matches: 15 },
      labels: { same: 15, sameTogether: 15, different: 1, differentApart: 1 },
    });
    expect(JSON.parse(await readFile(at("model.json"), "utf8"))).toMatchObject({ learned: { from: "labels" } });
    const words = await train("--labels", at("labels.csv"), "--ignore", "upn");
    expect(words.said).toContain("15 of 15 same pairs are together and 1 of 1 different ones apart");
  });

  it("learns from a shared number and marks the model with it", async () => {
    const { said } = await train("--shared-id", "UPN", "--budget", "1000", "--json");
    expect(JSON.parse(said)).toMatchObject({ learned: { from: "shared id", matches: 40, column: "UPN" } });
    const model = JSON.parse(await readFile(at("model.json"), "utf8"));
    // Whoever links by the model may choose pairs by it.
    expect(model.rules.at(-1)).toEqual(["upn: whole"]);
    expect(model.rules.slice(0, -1).flat()).not.toContain("upn: whole");
  });

  it.each([
    [["--labels", "few.csv"], "Pairs known to match: 1; 10 are needed"],
    [["--labels", "contrary.csv"], "says that r1 and r0 are different"],
    [["--labels", "nowhere.csv"], "nowhere.csv"],
    [["--shared-id", "nhs"], "has a column nhs"],
    [["--shared-id", "upn", "--labels", "labels.csv"], "give one of them"],
  ])("refuses %s", async (words, message) => {
    const { code, said } = await train(...words.map((word) => (word.endsWith(".csv") ? at(word) : word)));
    expect(code).toBeGreaterThan(0);
    expect(said).toContain(message);
  });
});

describe("records export", () => {
  it("writes what was learned for Splink, which can be carried out here too, and says what is lost", async () => {
    await train("--ignore", "upn");
    const { code, said } = await run("records export", [at("model.json"), "--out", at("splink.json"), "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ comparisons: 2, leftOut: [] });
    const words = await run("records export", [at("model.json"), "--out", at("splink.json")]);
    expect(words.said).toContain("Not quite the same: name: no diminutives");
    const writing = ["--pairs", at("pairs.csv"), "--clusters", at("clusters.csv"), "--id", "ref", "--json"];
    const linked = await run("records link", [at("people.csv"), "--model", at("splink.json"), ...writing]);
    expect(JSON.parse(linked.said)).toMatchObject({ records: 80, pairsCompared: 3160, pairsLinked: 40, clusters: 40 });
  });

  it("refuses what is no model, and a folder that is not there", async () => {
    expect((await run("records export", [at("labels.csv"), "--out", at("splink.json")])).said).toContain(
      "it is not JSON",
    );
    expect((await run("records export", [at("model.json"), "--out", at("nowhere/x.json")])).said).toContain(
      "cannot be written",
    );
    expect((await run("records export", [at("model.json")])).code).toBe(2);
  });
});

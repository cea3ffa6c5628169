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

async function train(...words: readonly string[]) {
  const command = recordsCommands.find((one) => one.words === "records train");
  if (command === undefined) throw new Error("no command");
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const code = await runHand({ out: say, error: say }, command, [
    at("people.csv"),
    "--out",
    at("model.json"),
    ...words,
  ]);
  return { code, said: said.join("\n") };
}

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

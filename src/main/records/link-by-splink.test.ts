/** `records link --model` with a model that Splink saved, as someone calls it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHand } from "../../cli/hand-command.ts";
import { recordsCommands } from "./commands.ts";

let folder: string;
const at = (name: string) => join(folder, name);

const MODEL = {
  link_type: "dedupe_only",
  probability_two_random_records_match: 0.1,
  unique_id_column_name: "number",
  blocking_rules_to_generate_predictions: [{ blocking_rule: 'l."surname" = r."surname"', sql_dialect: "duckdb" }],
  comparisons: [
    {
      output_column_name: "forename",
      comparison_levels: [
        { sql_condition: '"forename_l" IS NULL OR "forename_r" IS NULL', is_null_level: true },
        { sql_condition: '"forename_l" = "forename_r"', m_probability: 0.9, u_probability: 0.05 },
        { sql_condition: "ELSE", label_for_charts: "All other", m_probability: 0.1, u_probability: 0.95 },
      ],
    },
  ],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepot splink "));
  // "ann" is not "Ann" to Splink.
  const rows = ["1,Ann,Rees", "2,Ann,Rees", "3,ann,Rees", "4,,Rees", "5,Ann,Pugh"];
  await writeFile(at("people.csv"), ["number,forename,surname", ...rows, ""].join("\n"));
  await writeFile(at("splink.json"), JSON.stringify(MODEL));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function link(...words: readonly string[]) {
  const command = recordsCommands.find((one) => one.words === "records link");
  if (command === undefined) throw new Error("no command");
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const writing = ["--pairs", at("pairs.csv"), "--clusters", at("clusters.csv")];
  const all = [at("people.csv"), "--model", at("splink.json"), ...writing, ...words];
  return { code: await runHand({ out: say, error: say }, command, all), said: said.join("\n") };
}

describe("records link by a Splink model", () => {
  it("writes Splink's pairs and clusters, with letters as they are written", async () => {
    const { code, said } = await link("--json");
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ records: 5, pairsCompared: 6, pairsLinked: 1, clusters: 4, prior: 0.1 });
    // Odds of one to nine, eighteen times: two to one.
    expect(await readFile(at("pairs.csv"), "utf8")).toBe("left_id,right_id,weight,probability\n1,2,1,0.666667\n");
    const clusters = (await readFile(at("clusters.csv"), "utf8")).trim().split("\n").slice(1);
    expect(new Set(clusters.map((line) => line.split(",")[1])).size).toBe(4);
    expect((await link()).said).toContain("1 pairs of 6 are linked");
  });

  it("gives pairs below one half where they are asked for, as Splink does", async () => {
    // One that lacks a forename is at the prior: one in ten.
    expect(JSON.parse((await link("--threshold", "0.05", "--json")).said)).toMatchObject({ pairsLinked: 4 });
  });

  it("refuses what cannot be carried out, by name", async () => {
    const { code, said } = await link("--weak", at("weak.csv"));
    expect(code).toBe(2);
    expect(said).toContain("carried out as Splink does");
    const text = JSON.stringify(MODEL).replace('\\"forename_l\\" = \\"forename_r\\"', "soundex(forename_l) = 'A500'");
    await writeFile(at("splink.json"), text);
    const refused = await link();
    expect(refused.code).toBe(1);
    expect(refused.said).toContain("soundex(forename_l) = 'A500'");
    expect(refused.said).toContain("the function soundex is not known");
  });
});

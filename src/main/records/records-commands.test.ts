/** The records commands as someone calls them: what is written and answered, and what is said of files and words that are wrong. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHand } from "../../cli/hand-command.ts";
import { recordsCommands } from "./commands.ts";

let folder: string;
const at = (name: string) => join(folder, name);

/** Forty made-up people, each of two records of which one is mistyped. */
function people(): readonly { readonly person: number; readonly row: string }[] {
  const forenames = ["Ann", "Bethan", "Cai", "Dilys", "Evan", "Ffion", "Gwen", "Huw", "Ifor", "Jenkin"];
  const surnames = ["Probert", "Bowen", "Maddocks", "Cadwallader"];
  return Array.from({ length: 40 }, (_, person) => {
    const [forename = "", surname = ""] = [forenames[person % 10], surnames[Math.floor(person / 10)]];
    const born = `19${20 + person}-0${1 + (person % 9)}-${10 + (person % 18)}`;
    const post = `M${1 + (person % 9)} ${person % 7}AB`;
    return [
      { person, row: `${forename},${surname},${born},${post}` },
      {
        person,
        row: `${forename},${person % 3 === 0 ? `${surname}s` : surname},${born},${person % 4 === 0 ? "" : post}`,
      },
    ];
  }).flat();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepot records "));
  const rows = people();
  const lines = rows.map(({ person, row }, record) => `r${record},${row},${person}`);
  await writeFile(at("people.csv"), ["ref,forename,surname,dob,postcode,who", ...lines, ""].join("\n"));
  const half = (odd: number) =>
    rows.flatMap(({ row }, record) => (record % 2 === odd ? [`${record >> 1},${row}`] : []));
  await writeFile(at("school.csv"), ["id,forename,surname,dob,postcode", ...half(0)].join("\n"));
  await writeFile(at("court.csv"), ["id,forename,surname,dob,postcode", ...half(1)].join("\n"));
  await writeFile(at("same.csv"), "id,town\n1,Hull\n1,York\n2,Hull\n");
  await writeFile(at("empty.csv"), "ref,note\n1,\n2,\n3,x\n");
  await writeFile(at("none.csv"), "town,sex\nHull,f\nHull,f\n");
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

const writing = () => ["--pairs", at("pairs.csv"), "--clusters", at("clusters.csv")];

describe("records link", () => {
  it("writes pairs and clusters, and answers with what it did", async () => {
    const { code, said } = await run(
      "records",
      "link",
      at("people.csv"),
      "--auto",
      "--ignore",
      "who",
      ...writing(),
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      records: 80,
      pairsCompared: 3160,
      estimatedBlockingRecall: 1,
      pairsLinked: 40,
      clusters: 40,
      clustersToReview: 0,
    });
    const pairs = (await readFile(at("pairs.csv"), "utf8")).trim().split("\n");
    expect(pairs[0]).toBe("left_id,right_id,weight,probability");
    expect(pairs).toHaveLength(41);
    expect(pairs[1]).toMatch(/^r\d+,r\d+,[\d.]+,(1|0\.\d+)$/);
    const clusters = (await readFile(at("clusters.csv"), "utf8")).trim().split("\n");
    expect(clusters.slice(0, 3)).toEqual(["id,cluster", "r0,0", "r1,0"]);
    expect(clusters).toHaveLength(81);
  });

  it("gives the same files for the same seed", async () => {
    await run("records", "link", at("people.csv"), "--ignore", "who", ...writing());
    const first = await readFile(at("pairs.csv"), "utf8");
    await run("records", "link", at("people.csv"), "--ignore", "who", ...writing());
    expect(await readFile(at("pairs.csv"), "utf8")).toBe(first);
  });

  it("links files, says which hold nobody twice, and names the file of an id that stands in both", async () => {
    const { said } = await run("records", "link", at("school.csv"), at("court.csv"), ...writing(), "--json");
    expect(JSON.parse(said)).toMatchObject({ files: ["school.csv", "court.csv"], clusters: 40 });
    const clusters = await readFile(at("clusters.csv"), "utf8");
    expect(clusters).toContain("school.csv:0,0\n");
    expect(clusters).toContain("court.csv:0,0\n");
  });

  it("leaves out pairs under the threshold", async () => {
    const all = await run("records", "link", at("people.csv"), "--ignore", "who", ...writing(), "--json");
    const few = await run(
      "records",
      "link",
      at("people.csv"),
      "--ignore",
      "who",
      "--threshold",
      "0.9999",
      ...writing(),
      "--json",
    );
    expect(JSON.parse(few.said).pairsLinked).toBeLessThanOrEqual(JSON.parse(all.said).pairsLinked);
    for (const line of (await readFile(at("pairs.csv"), "utf8")).trim().split("\n").slice(1))
      expect(Number(line.split(",")[3])).toBeGreaterThanOrEqual(0.9999);
  });

  it("keeps what reviewers decided, and says what they should look at", async () => {
    const link = (...more: readonly string[]) =>
      run("records", "link", at("people.csv"), "--ignore", "who", ...more, ...writing(), "--json");
    await writeFile(at("decided.csv"), "left_id,right_id,decision\nr0,r1,different\nr0,r40,same\n");
    const { code, said } = await link("--decisions", at("decided.csv"), "--weak", at("weak.csv"));
    expect(code).toBe(0);
    expect(JSON.parse(said).ownProbabilityError).toBeGreaterThan(0);
    const lines = (await readFile(at("clusters.csv"), "utf8")).trim().split("\n").slice(1);
    const clusterOf = new Map(lines.map((line) => line.split(",") as [string, string]));
    expect(clusterOf.get("r0")).toBe(clusterOf.get("r40"));
    expect(clusterOf.get("r0")).not.toBe(clusterOf.get("r1"));
    const weak = (await readFile(at("weak.csv"), "utf8")).trim().split("\n");
    expect(weak[0]).toBe("cluster,reason,left_id,right_id");
    expect(weak.slice(1).every((line) => /^\d+,(hangs|few|fits)[a-z ]+,r\d+,r\d+$/.test(line))).toBe(true);
    expect(weak.length - 1).toBeGreaterThanOrEqual(JSON.parse(said).clustersToReview);
  });

  it.each([
    ["left_id,right_id,decision\nr0,r1,perhaps\n", 'Row 2 of the decisions says "perhaps"'],
    ["left_id,right_id,decision\nr0,r999,same\n", "names r999"],
    [
      "left_id,right_id,decision\nr0,r1,same\nr1,r0,different\n",
      "Row 3 of the decisions says that r1 and r0 are different",
    ],
    ["left,right_id,decision\nr0,r1,same\n", "has no column left_id"],
  ])("refuses the decisions %j", async (text, message) => {
    await writeFile(at("bad.csv"), text);
    const words = ["records", "link", at("people.csv"), "--ignore", "who", "--decisions", at("bad.csv"), ...writing()];
    const { code, said } = await run(...words);
    expect(code).toBe(1);
    expect(said).toContain(message);
  });

  const refused: readonly (readonly [string, readonly string[], number, string])[] = [
    ["no files", [], 2, "Say which files to read."],
    ["nowhere to write", ["people.csv"], 2, "Say where to write with --pairs and --clusters."],
    ["a threshold of 2", ["people.csv", "--threshold", "2"], 2, "--threshold is a probability"],
    ["a model and --auto", ["people.csv", "--auto", "--model", "m.json"], 2, "give one of them"],
    ["an unknown word", ["people.csv", "--labels", "x"], 2, "Unknown option '--labels'"],
    ["no such file", ["nobody.csv"], 1, "There is no file"],
    [
      "ids that stand twice",
      ["same.csv", "--id", "id"],
      1,
      "1 records have an id in id that stands before, such as 1.",
    ],
    ["no such column", ["same.csv", "--id", "number"], 1, "same.csv has no column number."],
    ["no ids", ["none.csv"], 1, "No column of none.csv has a different value in each of its 2 records."],
    ["nothing to compare", ["empty.csv"], 1, "No column tells people apart: note"],
  ];
  it.each(refused)("refuses %s", async (_, words, code, message) => {
    const [file, ...rest] = words;
    const paths = file === undefined ? [] : [at(file)];
    const out = message.startsWith("Say where") ? [] : writing();
    const found = await run("records", "link", ...paths, ...rest, ...out);
    expect(found.code).toBe(code);
    expect(found.said).toContain(message);
  });

  it("answers a refusal in JSON where that is asked", async () => {
    const { code, said } = await run("records", "link", at("none.csv"), ...writing(), "--json");
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ code: "no_ids" });
  });
});

describe("records evaluate", () => {
  it("measures clusters against a column of a file", async () => {
    await run("records", "link", at("people.csv"), "--ignore", "who", ...writing());
    const { code, said } = await run(
      "records",
      "evaluate",
      at("clusters.csv"),
      "--truth",
      `${at("people.csv")}:who`,
      "--json",
    );
    expect(code).toBe(0);
    const perfect = { precision: 1, recall: 1, f1: 1 };
    expect(JSON.parse(said)).toMatchObject({ records: 80, withoutTruth: 0, pairs: perfect, bCubed: perfect });
  });

  it("tells error by group, and whether probabilities mean what they say", async () => {
    await run("records", "link", at("people.csv"), "--ignore", "who", ...writing());
    const truth = ["--truth", `${at("people.csv")}:who`, "--pairs", at("pairs.csv"), "--day", "2013-03-29"];
    const { said } = await run("records", "evaluate", at("clusters.csv"), ...truth, "--json");
    const { byGroup, calibration } = JSON.parse(said);
    const groups = byGroup.map(({ by, group, records }: Record<string, string>) => `${by} ${group} ${records}`);
    // Every fourth person has one record without a postcode; of forty, born from 1920 on, 29 are 65.
    expect(groups).toContain("missing fields none 70");
    expect(groups).toContain("missing fields one 10");
    expect(groups).toContain("age 65 and over 58");
    expect(calibration).toMatchObject({ pairs: 40 });
    expect(calibration.error).toBeLessThan(0.05);
    const plain = await run("records", "evaluate", at("clusters.csv"), ...truth);
    expect(plain.said).toContain("missing fields, one: 10 records");
    const bad = await run("records", "evaluate", at("clusters.csv"), ...truth.slice(0, 2), "--day", "March");
    expect(bad).toMatchObject({ code: 2 });
  });

  it("takes the truth from ids such as rec-7-dup-0", async () => {
    await writeFile(at("own.csv"), "id,cluster\nrec-7-org,0\nrec-7-dup-0,0\nrec-8-org,0\n");
    await writeFile(at("own-truth.csv"), "rec_id,town\nrec-7-org,x\nrec-7-dup-0,x\nrec-8-org,y\n");
    const { said } = await run(
      "records",
      "evaluate",
      at("own.csv"),
      "--truth",
      `${at("own-truth.csv")}:rec_id`,
      "--json",
    );
    expect(JSON.parse(said).pairs).toMatchObject({ recall: 1, precision: 1 / 3 });
  });

  it("refuses a truth that is not there", async () => {
    const { code, said } = await run(
      "records",
      "evaluate",
      at("clusters.csv"),
      "--truth",
      `${at("people.csv")}:nobody`,
    );
    expect(code).toBe(1);
    expect(said).toContain("has no column nobody");
    expect((await run("records", "evaluate", at("clusters.csv"), "--truth", "nobody")).code).toBe(2);
  });
});

describe("records train and compare", () => {
  it("keep a model that links other files as these, and tell what changed", async () => {
    const trained = await run(
      "records",
      "train",
      at("people.csv"),
      "--ignore",
      "who",
      "--out",
      at("one.json"),
      "--json",
    );
    expect(JSON.parse(trained.said)).toMatchObject({ records: 80, comparisons: 3 });
    await run("records", "train", at("school.csv"), at("court.csv"), "--seed", "5", "--out", at("two.json"));
    const same = await run("records", "compare", at("one.json"), at("one.json"), "--json");
    expect(
      JSON.parse(same.said).changes.every((one: { before: number; after: number }) => one.before === one.after),
    ).toBe(true);
    const { code, said } = await run("records", "compare", at("one.json"), at("two.json"));
    expect(code).toBe(0);
    expect(said).toContain("Prior: one pair in");
    const linked = await run(
      "records",
      "link",
      at("people.csv"),
      "--ignore",
      "who",
      "--model",
      at("one.json"),
      ...writing(),
      "--json",
    );
    expect(linked.code).toBe(0);
    expect(JSON.parse(linked.said)).toMatchObject({ sessions: 0, clusters: 40 });
  });

  it.each([
    ["{", "it is not JSON"],
    ["{}", 'it has no "format"'],
    ['{"format":"onepot-linkage-model","version":9}', "is of version 9"],
    ['{"format":"onepot-linkage-model","version":1,"prior":2}', "prior is not between 0 and 1"],
  ])("refuse the model %s", async (text, message) => {
    await writeFile(at("bad.json"), text);
    const { code, said } = await run("records", "link", at("people.csv"), "--model", at("bad.json"), ...writing());
    expect(code).toBe(1);
    expect(said).toContain(message);
  });

  it("refuse files without what the model compares", async () => {
    await run("records", "train", at("people.csv"), "--ignore", "who", "--out", at("one.json"));
    const { code, said } = await run(
      "records",
      "link",
      at("people.csv"),
      "--ignore",
      "dob",
      "--model",
      at("one.json"),
      ...writing(),
    );
    expect(code).toBe(1);
    expect(said).toContain("These files lack what the model compares: dob");
  });
});

describe("records encode", () => {
  it("makes codes that are linked like the records, and shows nothing of them", async () => {
    await writeFile(at("secret.txt"), "a secret of this test only\n");
    for (const name of ["school", "court"])
      await run(
        "records",
        "encode",
        at(`${name}.csv`),
        "--secret-file",
        at("secret.txt"),
        "--out",
        at(`${name}-codes.csv`),
      );
    const codes = await readFile(at("school-codes.csv"), "utf8");
    expect(codes.split("\n")[1]).toMatch(/^1,[A-Za-z0-9+/]{171}=$/);
    const linked = await run("records", "link", at("school-codes.csv"), at("court-codes.csv"), ...writing(), "--json");
    expect(linked.code).toBe(0);
    const pairs = (await readFile(at("pairs.csv"), "utf8")).trim().split("\n").slice(1);
    expect(pairs.length).toBeGreaterThan(35);
    for (const line of pairs) {
      const [left = "", right = ""] = line.split(",");
      expect(left.split(":")[1]).toBe(right.split(":")[1]);
    }
  });

  it("uses the schema that is given, and can write the one it chose", async () => {
    const made = ["--secret-file", at("secret.txt"), "--out", at("codes.csv"), "--schema-out", at("schema.json")];
    await run("records", "encode", at("school.csv"), ...made);
    const first = await readFile(at("codes.csv"), "utf8");
    const again = ["--secret-file", at("secret.txt"), "--out", at("codes.csv"), "--schema", at("schema.json")];
    const { code, said } = await run("records", "encode", at("school.csv"), ...again, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ records: 40, bits: 1024 });
    expect(await readFile(at("codes.csv"), "utf8")).toBe(first);
  });

  it("refuses a secret that can be guessed, and a file without what the schema encodes", async () => {
    await writeFile(at("short.txt"), "secret");
    const words = (secret: string) => ["--secret-file", at(secret), "--out", at("codes.csv")];
    const short = await run("records", "encode", at("school.csv"), ...words("short.txt"));
    expect(short.said).toContain("shorter than 16");
    const other = await run("records", "encode", at("same.csv"), ...words("secret.txt"), "--schema", at("schema.json"));
    expect(other.code).toBe(1);
    expect((await run("records", "encode", at("school.csv"))).code).toBe(2);
  });
});

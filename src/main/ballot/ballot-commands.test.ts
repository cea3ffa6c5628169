/** The ballot commands as someone calls them: answers, exit codes, and what is said of files and words that are wrong. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runHand } from "../../cli/hand-command.ts";
import { ballotCommands } from "./commands.ts";

const TOWN = `META
key;value
description;A made-up town
country;Nowhere
unit;Town
instance;1
num_projects;4
num_votes;5
budget;100
vote_type;approval
rule;unknown
date_begin;2013
date_end;2013
PROJECTS
project_id;cost;votes;name
a;50;3;Alley gates
b;50.50;3;Bus shelter
c;40;2;Café
9;20;1;Debt advice
VOTES
voter_id;vote
1;a,b
2;a,b
3;a,b
4;c,9
5;c
`;

let folder: string;
let town: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepot ballot "));
  town = join(folder, "town.pb");
  await writeFile(town, TOWN);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const command = ballotCommands.find((one) => one.words === words.slice(0, 2).join(" "));
  if (command === undefined) throw new Error(`no command ${words[0]}`);
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const code = await runHand({ out: say, error: say }, command, words.slice(2));
  return { code, said: said.join("\n") };
}

it("counts, and echoes every parameter with the command's defaults", async () => {
  const { code, said } = await run("ballot", "count", town, "--rule", "greedy", "--json");
  expect(code).toBe(0);
  // By votes: a and b have three each and b does not fit beside a, nor does c and 9 together: 50 + 40, and 9 no more.
  expect(JSON.parse(said)).toEqual({
    rule: "greedy",
    parameters: {
      utility: "cost",
      completion: "none",
      stop: "exhaustive",
      start: "fractional",
      ties: "project-id",
      misfit: "skip",
      comparison: "none",
      partFunding: false,
      threshold: null,
      incompatible: [],
      limits: [],
    },
    budget: "100",
    cost: "90",
    funded: ["a", "c"],
    exhaustive: true,
    increments: null,
    ties: [{ round: 1, projects: ["a", "b"], taken: "a" }],
  });
});

it("gives the optimum in the file's own unit", async () => {
  const { said } = await run("ballot", "count", town, "--rule", "max-welfare", "--json");
  // 3 x 50 + 2 x 40 is 230; 3 x 50.50 + 2 x 40 is 231.50 for 90.50.
  expect(JSON.parse(said)).toMatchObject({ funded: ["b", "c"], cost: "90.5", optimum: "231.5" });
});

const REFUSED: readonly (readonly [string, readonly string[], number, string])[] = [
  ["no rule", [], 2, "--rule is missing. It is one of greedy, equal-shares, phragmen, max-welfare."],
  ["a rule that is none", ["--rule", "d'hondt"], 2, '--rule is "d\'hondt". It is one of greedy'],
  ["a lot without a seed", ["--rule", "greedy", "--ties", "cost-votes-lot"], 2, "A lot needs its seed"],
  ["a seed without a lot", ["--rule", "greedy", "--seed", "x"], 2, "--seed is read only with --ties cost-votes-lot"],
  ["points on approvals", ["--rule", "greedy", "--utility", "points"], 1, "These ballots give no points."],
  ["ranks on approvals", ["--rule", "greedy", "--utility", "borda"], 1, "These ballots do not rank projects."],
  ["no such project", ["--rule", "greedy", "--incompatible", "a,z"], 2, "--incompatible names z, which is no project"],
  ["a word too many", ["more", "--rule", "greedy"], 2, '"more" was not expected'],
];
it.each(REFUSED)("refuses %s", async (_, words, expected, message) => {
  const { code, said } = await run("ballot", "count", town, ...words);
  expect({ code, said }).toEqual({ code: expected, said: expect.stringContaining(message) });
});

it("refuses a file that is not there, and one that cannot be counted, fault by fault", async () => {
  expect(await run("ballot", "count", join(folder, "none.pb"), "--rule", "greedy")).toEqual({
    code: 1,
    said: expect.stringContaining("There is no file"),
  });
  const broken = join(folder, "broken.pb");
  await writeFile(broken, TOWN.replace("a;50;3", "a;fifty;3").replace("budget;100", "budget;"));
  const { code, said } = await run("ballot", "count", broken, "--rule", "greedy");
  expect(code).toBe(1);
  expect(said.split("\n")).toEqual([
    expect.stringMatching(/broken\.pb:1:1: error: .* the key budget/),
    expect.stringMatching(/broken\.pb:16:3: error: /),
    expect.stringContaining("cannot be counted: 2 faults hinder it."),
  ]);
  expect(await run("ballot", "validate", broken)).toMatchObject({ code: 1 });
});

it("checks a file line by line, and counts one that lies", async () => {
  expect(await run("ballot", "validate", town, "--json")).toMatchObject({ code: 0 });
  const lying = join(folder, "lying.pb");
  await writeFile(lying, TOWN.replace("num_votes;5", "num_votes;50"));
  const { code, said } = await run("ballot", "validate", lying, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({
    valid: false,
    errors: 0,
    faults: [{ code: "ballots_miscounted", line: 8, found: "50", expected: "5", grade: "warning" }],
  });
  const counted = await run("ballot", "count", lying, "--rule", "greedy");
  expect(counted).toMatchObject({ code: 0, said: expect.stringContaining("1 thing in the file is not") });
});

it("writes a file as CSV and back, and nothing over another", async () => {
  const name = join(folder, "csv");
  expect(await run("ballot", "convert", town, "--to", "csv", "--out", name)).toMatchObject({ code: 0 });
  expect((await readFile(`${name}-ballots.csv`, "utf8")).split("\r\n").slice(0, 2)).toEqual([
    "\ufeffvoter_id,vote",
    '1,"a|b"',
  ]);
  const back = join(folder, "back.pb");
  const files = ["--projects", `${name}-projects.csv`, "--ballots", `${name}-ballots.csv`];
  const words = ["ballot", "convert", ...files, "--budget", "100", "--vote-type", "approval", "--out", back];
  expect(await run(...words)).toMatchObject({ code: 0 });
  const [one, other] = await Promise.all(
    [town, back].map((path) => run("ballot", "count", path, "--rule", "equal-shares", "--json")),
  );
  expect(one).toEqual(other);
  expect(await run(...words)).toEqual({ code: 1, said: expect.stringContaining("is there already") });
});

it("converts ids as they are, and refuses those that a CSV file would part", async () => {
  // A space that does not break is part of an id; None is an id where it names a project, and no choice where it stands alone.
  const strange = TOWN.replaceAll("a;50;3", "None;50;3")
    .replaceAll("b;50.50", "\u00a09;50.50")
    .replaceAll(";a,b", ";None,\u00a09")
    .replaceAll("c;40;2", "c c;40;2")
    .replace(/;c(,|$)/gm, ";c c$1");
  const [file, clean, name, back] = ["strange.pb", "clean.pb", "strange", "strange-back.pb"].map((one) =>
    join(folder, one),
  ) as [string, string, string, string];
  await writeFile(file, strange);
  expect(await run("ballot", "convert", file, "--out", clean)).toMatchObject({ code: 0 });
  expect(await run("ballot", "convert", file, "--to", "csv", "--out", name)).toMatchObject({ code: 0 });
  const files = ["--projects", `${name}-projects.csv`, "--ballots", `${name}-ballots.csv`];
  const words = ["--budget", "100", "--vote-type", "approval", "--out", back];
  expect(await run("ballot", "convert", ...files, ...words)).toMatchObject({ code: 0 });
  const counts = await Promise.all(
    [file, clean, back].map((path) => run("ballot", "count", path, "--rule", "greedy", "--json")),
  );
  expect(JSON.parse(counts[0]?.said ?? "")).toMatchObject({ funded: ["None", "c c"] });
  expect(counts.slice(1)).toEqual([counts[0], counts[0]]);
  for (const [id, why] of [
    ["c|9", "The id c|9 has a bar in it"],
    ["=c", "A spreadsheet would take =c for a formula."],
  ] as const) {
    const unfit = join(folder, "unfit.pb");
    await writeFile(unfit, TOWN.replaceAll("c;40;2", `${id};40;2`).replace(/;c(,|$)/gm, `;${id}$1`));
    expect(await run("ballot", "convert", unfit, "--to", "csv", "--out", join(folder, "unfit"))).toEqual({
      code: 1,
      said: expect.stringContaining(why),
    });
  }
});

it("keeps who voted, and what else two CSV files say of voters and projects", async () => {
  const [projects, ballots, out] = ["own-projects.csv", "own-ballots.csv", "own.pb"].map((one) =>
    join(folder, one),
  ) as [string, string, string];
  await writeFile(projects, "project_id,cost,name,Category\na,50,Alley gates,streets\nNone,30,Nothing,\n");
  await writeFile(ballots, 'voter_id,vote,age\nv7,"a,None",34\nNone,a,51\nv3,a|None,\n');
  const words = ["--budget", "100", "--vote-type", "approval", "--out", out];
  const asked = ["ballot", "convert", "--projects", projects, "--ballots", ballots, ...words];
  expect(await run(...asked)).toMatchObject({ code: 0, said: expect.stringContaining("2 projects and 3 ballots") });
  const lines = (await readFile(out, "utf8")).split("\n");
  const from = lines.indexOf("PROJECTS");
  expect(lines.slice(from, -1)).toEqual([
    ...["PROJECTS", "project_id;cost;votes;name;category", "a;50;3;Alley gates;streets", "None;30;2;Nothing;"],
    ...["VOTES", "voter_id;vote;age", "v7;a,None;34", "None;a;51", "v3;a,None;"],
  ]);
});

it("refuses a choice that the list of a Pabulib file would part", async () => {
  const [projects, ballots, out] = ["comma-projects.csv", "comma-ballots.csv", "comma.pb"].map((one) =>
    join(folder, one),
  ) as [string, string, string];
  await writeFile(projects, 'project_id,cost\n"a,b",50\na,30\n');
  await writeFile(ballots, 'voter_id,project_id\n1,"a,b"\n2,a\n');
  const words = ["--budget", "100", "--vote-type", "approval", "--out", out];
  expect(await run("ballot", "convert", "--projects", projects, "--ballots", ballots, ...words)).toEqual({
    code: 1,
    said: expect.stringContaining("The id a,b has a comma in it, and commas part the lists of a Pabulib file."),
  });
});

it("says a threshold and points as the file writes them", async () => {
  const points = join(folder, "points.pb");
  const scored = TOWN.replace("approval", "scoring")
    .replace("voter_id;vote", "voter_id;vote;points")
    .replace(/^(\d;.*)$/gm, (row) => (/^9;/.test(row) ? row : `${row};${row.includes(",") ? "1.5,1" : "2"}`));
  await writeFile(points, scored);
  const asked = ["--rule", "greedy", "--utility", "points", "--threshold", "3"];
  const { said } = await run("ballot", "count", points, ...asked, "--json");
  expect(JSON.parse(said)).toMatchObject({ parameters: { threshold: "3" }, funded: ["a", "c"] });
  const { said: explained } = await run("ballot", "count", points, ...asked, "--explain");
  expect(explained).toContain("Funded as number 1 for 50, with 4.5 points.");
  expect(explained).toContain("Not funded: it has 1 point and needs 3.");
});

it("writes a replay that is proved, and names the line of one that was changed", async () => {
  const replay = join(folder, "replay.json");
  const words = ["--rule", "equal-shares", "--completion", "add1-greedy", "--replay", replay, "--json"];
  const { said } = await run("ballot", "count", town, ...words);
  const { funded } = JSON.parse(said) as { readonly funded: readonly string[] };
  const proved = await run("ballot", "verify", replay, town, "--json");
  expect(proved.code).toBe(0);
  expect(JSON.parse(proved.said)).toMatchObject({ proved: true, rule: "equal-shares", funded });
  const text = await readFile(replay, "utf8");
  const changed = join(folder, "changed.json");
  await writeFile(changed, text.replace(`"funded": ${JSON.stringify(funded)}`, '"funded": ["9"]'));
  const refused = await run("ballot", "verify", changed, town);
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(/changed\.json:\d+: On line \d+, funded is \["9"\] and should be/);
  const other = join(folder, "other.pb");
  await writeFile(other, TOWN.replace("4;c,9", "4;c"));
  expect(await run("ballot", "verify", replay, other, "--json")).toEqual({
    code: 1,
    said: expect.stringContaining('"code":"wrong_file"'),
  });
  expect(await run("ballot", "verify", town, town)).toMatchObject({ code: 1 });
});

it("explains each project in words", async () => {
  const { said } = await run("ballot", "count", town, "--rule", "greedy", "--explain");
  // 50.50 of 100 is wanted when 50 is left: half a pound short; at 50 it would tie with a, which goes first, and fit.
  expect(said).toContain("Not funded: 50 was left when its turn came, 0.5 less than it costs.");
  expect(said).toContain("At a cost of 50 or less it would have been funded.");
});

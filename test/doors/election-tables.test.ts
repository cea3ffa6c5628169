/** An election brought from a spreadsheet, as a visitor without scripts meets it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ElectionVisits, openElectionVisits } from "../setup/election-visits.ts";
import { textOf } from "../setup/forms.ts";

let visits: ElectionVisits;
beforeAll(async () => {
  visits = await openElectionVisits();
}, 60_000);
afterAll(() => visits?.close());

const visit = () => visits.visit();
const work = () => visits.work();
const upload: ElectionVisits["upload"] = (...given) => visits.upload(...given);

const uploadAll: ElectionVisits["uploadAll"] = (...given) => visits.uploadAll(...given);
const GREEDY = { rule: "greedy", ties: "project-id" };

describe("an election in a spreadsheet", () => {
  const TABLES = "/elections/tables";
  const fields = { title: "Town pot", budget: "£100.00", currency: "gbp", voteType: "approval" };
  const projects = "project_id,cost,name\nA,60,Bus shelter\nB,40,Youth café\nC,50,Alley gates\n";
  const votes = ["A", "A", "A", "A", "A|C", "A|C", "C", "B", "B", "B"];
  const ballots = `voter_id,vote,neighborhood\n${votes.map((vote, at) => `${at + 1},${vote},North`).join("\n")}\n`;
  const files = (change: { readonly projects?: string; readonly ballots?: string } = {}) =>
    Object.entries({ projects, ballots, ...change }).map(([field, text]) => ({
      ...{ field, name: `${field}.csv` },
      bytes: Buffer.from(text),
    }));

  it("is brought as two files, becomes one, and is counted as the one would be", async () => {
    const visitor = visit();
    await visitor.get(TABLES);
    const sent = await uploadAll(visitor, { url: TABLES, fields, files: files() });
    expect(sent.statusCode, textOf(sent.body)).toBe(303);
    const path = String(sent.headers["location"]);
    await work();
    expect(textOf((await visitor.get(path)).body)).toContain("Every line is as the format asks.");
    await visitor.post(path, GREEDY);
    await work();
    const result = textOf((await visitor.get(`${path}/greedy.cost.project-id`)).body);
    expect(result).toContain("2 of 3 projects are funded, for £100 of £100, taking most votes first.");
    const file = await visitor.get(`${path}/file.pb`);
    expect(file.body.split("\n").slice(0, 8)).toEqual([
      ...["META", "key;value", "description;Town pot", "num_projects;3", "num_votes;10", "budget;100"],
      ...["vote_type;approval", "currency;GBP"],
    ]);
    expect(file.body).toContain("5;A,C;North");
    const replay = await visitor.get(`${path}/greedy.cost.project-id/replay.json`);
    await visitor.get(`${path}/verify`);
    const proof = { url: `${path}/verify`, field: "replay", name: "replay.json", bytes: Buffer.from(replay.body) };
    const proved = await upload(visitor, proof);
    await work();
    expect(textOf((await visitor.get(String(proved.headers["location"]))).body)).toContain("The count is proved");
  });

  it("has its faults by file and line, and is not given back as what it is not", async () => {
    const visitor = visit();
    await visitor.get(TABLES);
    const faulty = files({ projects: "project_id,cost\nA,lots\n", ballots: "voter_id,vote\n1,A\n2,Z\n" });
    const sent = await uploadAll(visitor, { url: TABLES, fields, files: faulty });
    const path = String(sent.headers["location"]);
    await work();
    const page = await visitor.get(path);
    expect(textOf(page.body)).toContain("The projects, Line 2 3");
    expect(textOf(page.body)).toContain("The ballots, Line 3 3");
    expect(page.body).toContain('href="/elections/tables"');
    expect((await visitor.get(`${path}/file.pb`)).statusCode).toBe(404);
  });

  it("is refused where the lists of one file would part a project's id, and no vote is lost without a word", async () => {
    const visitor = visit();
    await visitor.get(TABLES);
    const parting = files({
      projects: 'project_id,cost\n"a,b",50\na,30\n',
      ballots: 'voter_id,project_id\n1,"a,b"\n2,a\n',
    });
    const sent = await uploadAll(visitor, { url: TABLES, fields, files: parting });
    await work();
    const page = await visitor.get(String(sent.headers["location"]));
    expect(page.statusCode).toBe(422);
    expect(textOf(page.body)).toContain("The id a,b has a comma in it");
  });

  it("is told in words what is missing, field by field, with what was entered kept", async () => {
    const visitor = visit();
    const form = await visitor.get(TABLES);
    expect(form.body).toContain('value="GBP"');
    const nothing = await uploadAll(visitor, { url: TABLES, fields: { title: "Town pot" }, files: [] });
    expect(nothing.statusCode).toBe(422);
    expect(textOf(nothing.body)).toContain("Choose the file of projects");
    expect(nothing.body).toContain('value="Town pot"');
    await visitor.get(TABLES);
    const wrong = { title: "", budget: "lots", currency: "pounds", voteType: "show of hands" };
    const refused = await uploadAll(visitor, { url: TABLES, fields: wrong, files: files({ ballots: "x" }) });
    const text = textOf(refused.body);
    for (const words of [
      "Enter what is being voted on",
      "Enter the budget as a number",
      "three letters",
      "how people voted",
    ])
      expect(text).toContain(words);
  });
});

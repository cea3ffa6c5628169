/**
 * The pages on which anyone counts an election, as a visitor without scripts meets them: a file is brought, waited for, counted,
 * compared and proved; what should not be taken is refused in words, in both languages.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL, SMALL_WITH_AREAS } from "../../src/decisions/elections.fixture.ts";
import { publishElection } from "../../src/decisions/index.ts";
import { must } from "../../src/lib/assert.ts";
import { type ElectionVisits, openElectionVisits } from "../setup/election-visits.ts";
import { faultsIn, textOf } from "../setup/forms.ts";

let visits: ElectionVisits;
beforeAll(async () => {
  visits = await openElectionVisits();
}, 60_000);
afterAll(() => visits?.close());

const visit = () => visits.visit();
const work = () => visits.work();
const bring: ElectionVisits["bring"] = (...given) => visits.bring(...given);
const upload: ElectionVisits["upload"] = (...given) => visits.upload(...given);

const EQUAL_SHARES = { rule: "equal-shares", utility: "cost", ties: "project-id" };
const GREEDY = { rule: "greedy", ties: "project-id" };

describe("a file that a visitor brings", () => {
  it("is waited for, checked, counted and taken away", async () => {
    const visitor = visit();
    const path = await bring(visitor);
    expect(path).toMatch(/^\/elections\/[0-9a-f]{32}$/);
    const waiting = await visitor.get(path);
    expect(waiting.headers["refresh"]).toBe("1");
    expect(textOf(waiting.body)).toContain("Reading my town.pb");
    await work();
    const page = await visitor.get(path);
    expect(page.headers["x-robots-tag"]).toBe("noindex");
    expect(page.headers["refresh"]).toBeUndefined();
    expect(textOf(page.body)).toContain("Every line is as the format asks.");
    expect(page.body).not.toMatch(/<input[^>]*checked/);
    const asked = await visitor.post(path, GREEDY);
    expect(asked.headers["location"]).toBe(`${path}/greedy.cost.project-id`);
    const counting = await visitor.get(`${path}/greedy.cost.project-id`);
    expect(textOf(counting.body)).toContain("Counting my town.pb");
    await work();
    const result = textOf((await visitor.get(`${path}/greedy.cost.project-id`)).body);
    expect(result).toContain("2 of 3 projects are funded, for £100 of £100, taking most votes first.");
    expect(result).toContain(
      "In round 2 of “Most votes first” these could not be told apart: Youth café, Alley gates. Youth café went first.",
    );
    expect(result).toContain(
      "bin/onepot ballot count 'my town.pb' --rule greedy --utility cost --ties project-id --explain --replay replay.json".replaceAll(
        "'",
        "&#39;",
      ),
    );
    const csv = await visitor.get(`${path}/greedy.cost.project-id/result.csv`);
    expect(
      csv.body
        .split("\r\n")
        .slice(1, 3)
        .map((line) => line.split(",").slice(0, 6)),
    ).toEqual([
      ["1", "A", "Bus shelter", "60", "6", "yes"],
      ["2", "B", "Youth café", "40", "3", "yes"],
    ]);
    expect((await visitor.get(`${path}/file.pb`)).body).toBe(SMALL);
    const replay = await visitor.get(`${path}/greedy.cost.project-id/replay.json`);
    expect(replay.headers["content-disposition"]).toContain("attachment");
    await visitor.get(`${path}/verify`);
    const sent = { url: `${path}/verify`, field: "replay", name: "replay.json" };
    const proved = await upload(visitor, { ...sent, bytes: Buffer.from(replay.body) });
    expect(proved.statusCode, textOf(proved.body)).toBe(303);
    await work();
    expect(textOf((await visitor.get(String(proved.headers["location"]))).body)).toContain("The count is proved");
    await visitor.get(`${path}/verify`);
    const forged = await upload(visitor, { ...sent, bytes: Buffer.from(replay.body.replace('"A"', '"C"')) });
    await work();
    expect(textOf((await visitor.get(String(forged.headers["location"]))).body)).toContain("The count is not proved");
  });

  it("opens each project into its reasons, and its money into what each group of voters got", async () => {
    const visitor = visit();
    const path = await bring(visitor, SMALL_WITH_AREAS);
    await work();
    const asked = await visitor.post(path, { ...EQUAL_SHARES, completion: "greedy" });
    await work();
    const at = String(asked.headers["location"]);
    const result = await visitor.get(at);
    // The bus shelter's 60 went to the 60 of the north, and the café's 40 to 30 of the 40 of the south.
    const text = textOf(result.body);
    expect(text).toContain("North: 100% North 100% South: 100% South 100%");
    expect(text).toContain("North 60 60 60 100% 0");
    expect(text).toContain("South 40 40 40 100% 10 (25%)");
    const links = [...result.body.matchAll(/href="([^"]*\/projects\/\d)"/g)].map(([, href]) => href ?? "");
    expect(new Set(links)).toEqual(new Set([1, 2, 3].map((number) => `${at}/projects/${number}`)));
    const shelter = textOf((await visitor.get(`${at}/projects/1`)).body);
    expect(shelter).toContain("It was number 1 of 2 to be funded. With it £60 of £100 was spent.");
    const gates = await visitor.get(`${at}/projects/3`);
    // Thirty chose it and have £1 each, so nobody can pay £50 at first or later.
    expect(textOf(gates.body)).toContain("Its supporters could not pay for it together in any round");
    expect(gates.headers["x-robots-tag"]).toBe("noindex");
    for (const nothing of ["4", "0", "01", "x", "constructor"])
      expect((await visitor.get(`${at}/projects/${nothing}`)).statusCode, nothing).toBe(404);
    // What the count found out itself is not asked for again.
    expect(gates.body).not.toContain("Work it out");
    const welsh = await visitor.get(`${at}/projects/3?lang=cy`);
    expect(textOf(welsh.body)).toContain("Pam na chafodd ei ariannu");
  });

  it("is stopped while it is waited for, counted when asked again, and forgotten at once", async () => {
    const visitor = visit();
    const path = await bring(visitor);
    await work();
    const asked = await visitor.post(path, GREEDY);
    const count = String(asked.headers["location"]);
    const waiting = await visitor.get(count);
    expect(textOf(waiting.body)).toContain("This page looks again every second");
    const stopped = await visitor.post(`${path}/stop`, { work: "greedy.cost.project-id" });
    expect(stopped.headers["location"]).toMatch(/\/elections\/[0-9a-f]{32}\?rule=greedy&.*#rule$/);
    await work();
    const ended = await visitor.get(count);
    expect([ended.statusCode, textOf(ended.body)]).toEqual([200, expect.stringContaining("stopped as you asked")]);
    await visitor.post(path, GREEDY);
    await work();
    expect(textOf((await visitor.get(count)).body)).toContain("2 of 3 projects are funded");
    const forgotten = await visitor.post(`${path}/forget`, {});
    expect(forgotten.headers["location"]).toBe("/elections");
    expect(textOf((await visitor.get("/elections")).body)).toContain("The file is forgotten.");
    for (const gone of [path, count, `${path}/file.pb`]) expect((await visitor.get(gone)).statusCode, gone).toBe(404);
    expect((await visitor.post(`${path}/forget`, {})).statusCode).toBe(404);
  });

  it("goes on to a replay where one is to be verified", async () => {
    const visitor = visit();
    await visitor.get("/elections/verify");
    const bytes = Buffer.from(SMALL);
    const sent = { url: "/elections", field: "file", name: "a.pb", bytes };
    expect(String((await upload(visitor, sent, "verify")).headers["location"])).toMatch(
      /^\/elections\/\w{32}\/verify$/,
    );
  });

  it("has its name escaped wherever it stands", async () => {
    const visitor = visit();
    const path = await bring(visitor, SMALL, "<script>alert(1)<script>.pb");
    await work();
    const page = await visitor.get(path);
    expect(page.body).toContain("&lt;script&gt;alert(1)&lt;script&gt;.pb");
    expect(page.body).not.toContain("<script>alert");
  });

  it("is shown with its first hundred faults and how many there are", async () => {
    const visitor = visit();
    const more = Array.from({ length: 90_000 }, (_, at) => `${at + 11};X${at}`).join("\n");
    const path = await bring(visitor, `${SMALL}${more}\n`);
    await work();
    const page = await visitor.get(path);
    expect(page.body.match(/Hinders the count|Read over/g)?.length).toBeLessThanOrEqual(101);
    expect(textOf(page.body)).toMatch(/100 of 9\d,\d{3} are shown/);
  });
});

describe("what cannot be is refused in words, at its field", () => {
  it.each([
    ["en", "Choose the file of an election", "The file is empty", "larger than 16 MB"],
    ["cy", "Dewiswch ffeil etholiad", "Mae'r ffeil yn wag", "yn fwy nag 16 MB"],
  ])("a file, in %s", async (language, none, empty, large) => {
    const visitor = visit();
    await visitor.get(`/elections?lang=${language}`);
    const send = (name: string, bytes: Buffer) => upload(visitor, { url: "/elections", field: "file", name, bytes });
    for (const [answer, words] of [
      [await send("", Buffer.alloc(0)), none],
      [await send("a.pb", Buffer.alloc(0)), empty],
      [await send("a.pb", Buffer.alloc(17_300_000, "a")), large],
      [await send("a.pb", Buffer.alloc(19_000_000, "a")), large],
    ] as const) {
      expect(answer.statusCode).toBe(422);
      expect(faultsIn(answer.body)).toEqual(["file"]);
      expect(textOf(answer.body).replaceAll("&#39;", "'")).toContain(words);
    }
  });

  it("an endless address, and a body that is larger than its own limit", async () => {
    const visitor = visit();
    for (const path of [`/elections/${"a".repeat(5000)}`, `/api/v1/elections/${"a".repeat(5000)}`]) {
      const answer = await visitor.get(path);
      expect([answer.statusCode, answer.headers["content-security-policy"] !== undefined], path).toEqual([400, true]);
      expect(answer.body).not.toContain("aaaaaa");
    }
    const large = { name: "a.pb", content: "A".repeat(24_000_000) };
    const sent = await visits.doors.app.inject({ method: "POST", url: "/api/v1/elections", payload: large });
    expect([sent.statusCode, sent.json().message]).toEqual([413, "The request is too large. Send less than 23 MB."]);
  });

  it("a form with nothing chosen", async () => {
    const visitor = visit();
    const path = await bring(visitor);
    await work();
    await visitor.get(path);
    expect(faultsIn((await visitor.post(path, {})).body)).toEqual(["rule", "ties"]);
    expect(faultsIn((await visitor.post(path, { rule: "equal-shares" })).body)).toEqual([
      ...["utility", "completion", "ties"],
    ]);
    expect(faultsIn((await visitor.post(path, { ...GREEDY, ties: "cost-votes-lot" })).body)).toEqual(["seed"]);
    expect(faultsIn((await visitor.post(path, { ...GREEDY, rule: "dictator" })).body)).toEqual(["rule"]);
    const shares = { rule: "equal-shares", completion: "none", ties: "project-id" };
    expect(faultsIn((await visitor.post(path, { ...shares, utility: "points" })).body)).toEqual(["utility"]);
  });

  it("an address of nothing", async () => {
    const visitor = visit();
    for (const path of [
      "/elections/nothing-here",
      "/elections/Not%20An%20Address",
      `/elections/${"0".repeat(32)}/verify`,
    ])
      expect((await visitor.get(path)).statusCode).toBe(404);
    const forgotten = await visitor.get("/elections/town-2013/equal-shares.cost.add1.project-id");
    expect(forgotten.statusCode).toBe(303);
    expect(forgotten.headers["location"]).toContain("/elections/town-2013?rule=equal-shares");
    const form = await visitor.get(String(forgotten.headers["location"]).split("#")[0] ?? "");
    expect(form.body).toMatch(/value="equal-shares"[^>]*checked/);
  });

  it("a form without its token, and too many files from one address", async () => {
    const visitor = visit();
    await visitor.get("/elections");
    const sent = { url: "/elections", field: "file", name: "a.pb", bytes: Buffer.from(SMALL) };
    const stranger = { ...visit(), token: () => "nothing" };
    expect((await upload(stranger, sent)).statusCode).toBe(403);
    for (let times = 0; times < 10; times += 1) expect((await upload(visitor, sent)).statusCode).toBe(303);
    const hurried = await upload(visitor, sent);
    expect(hurried.statusCode).toBe(429);
    expect(Number(hurried.headers["retry-after"])).toBeGreaterThan(0);
  });
});

describe("a published election", () => {
  it("opens from the list and from its place, with its result, and says that it is made up", async () => {
    const visitor = visit();
    const start = await visitor.get("/elections?lang=cy");
    expect(textOf(start.body)).toContain("Cronfa&#39;r dref");
    expect((await visitor.get("/places/salford?lang=en")).body).toContain('href="/elections/town-2013"');
    const page = await visitor.get("/elections/town-2013");
    const link = must(/href="(\/elections\/town-2013\/greedy[^"]*)"/.exec(page.body)?.[1], "its result is linked");
    for (const shown of [start, page, await visitor.get(link)])
      expect(textOf(shown.body)).toMatch(/Made-up data|Data dychmygol/);
  });

  it("is on a page of twenty-five, the newest first, where there are more", async () => {
    for (let at = 1; at <= 30; at += 1) {
      const about = { name: "pot.pb", slug: `pot-${at}`, title: `Pot ${at}`, content: () => Buffer.from(SMALL) };
      const operator = { kind: "operator" } as const;
      visits.test.value(await visits.test.ask(publishElection, { by: operator, place: "salford", input: about }));
    }
    const visitor = visit();
    const first = textOf((await visitor.get("/elections")).body);
    expect(first).toContain("Pot 30 ");
    expect(first).not.toContain("Pot 5 ");
    const second = textOf((await visitor.get("/elections?page=2")).body);
    expect(second).toContain("Pot 5 ");
    expect(second).toContain("Town pot");
    expect(textOf((await visitor.get("/elections/verify?page=2")).body)).toContain("Verify a count: Pot 5 ");
  });

  it("is not stopped or forgotten by a visitor", async () => {
    const visitor = visit();
    const page = await visitor.get("/elections/town-2013");
    expect(page.body).not.toContain("/elections/town-2013/forget");
    expect((await visitor.post("/elections/town-2013/forget", {})).statusCode).toBe(409);
    expect((await visitor.post("/elections/town-2013/stop", { work: "read" })).statusCode).toBe(409);
    expect((await visitor.get("/elections/town-2013")).statusCode).toBe(200);
  });

  it("is counted by two rules side by side", async () => {
    const visitor = visit();
    const path = "/elections/town-2013/compare";
    await visitor.get(path);
    expect(faultsIn((await visitor.post(path, {})).body)).toEqual(["one", "other"]);
    const one = "greedy.cost.project-id";
    expect(faultsIn((await visitor.post(path, { one, other: one })).body)).toEqual(["other"]);
    const asked = await visitor.post(path, { one, other: "equal-shares.cost.none.project-id" });
    expect(asked.statusCode).toBe(303);
    await work();
    const page = textOf((await visitor.get(String(asked.headers["location"]))).body);
    // The three who chose the youth café have it by votes only.
    expect(page).toContain(
      "3 of 10 voters have more of their choices funded by the first rule, 0 by the second, and 7 have as many by both.",
    );
    expect(page).toContain("1 project is funded by both.");
  });
});

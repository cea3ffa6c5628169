/** An election's file from being brought to being forgotten: kept, read, counted in a thread, proved, and gone. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import { refuse } from "../lib/result.ts";
import { sql } from "../platform/database/index.ts";
import { type JobKind, runJob, type Threads } from "../platform/jobs/index.ts";
import { bringElection, MOST_FILES, sendElection } from "./bring-file.ts";
import { compareRules, showComparison } from "./compare-rules.ts";
import { countElection, showCount } from "./count-file.ts";
import { SMALL } from "./elections.fixture.ts";
import { forgetElections } from "./forget.ts";
import { publishElection } from "./publish-file.ts";
import { giveElection, listElections, showElection } from "./show-file.ts";
import { carryOutTask, type Step, type Task } from "./task.ts";
import { showVerification, verifyElection } from "./verify-replay.ts";
import { electionWorkJob } from "./work-job.ts";

const by = { kind: "public" } as const;
const GREEDY = { rule: "greedy", utility: "cost", ties: "project-id" } as const;
const SHARES = { rule: "equal-shares", utility: "cost", completion: "none", ties: "project-id" } as const;
const HOUR = 3_600_000;

let test: TestHouse;
let moved = 0;
/** The same work without the second that a thread takes to start from sources; test/stories has those. */
const here: Threads<Task, Step> = { carryOut: async (task) => carryOutTask(task, () => undefined) };
const kinds: readonly JobKind[] = [electionWorkJob(here)];

beforeAll(async () => {
  test = await openTestHouse({ now: () => new Date(Date.now() + moved) });
});
afterAll(() => test?.close());

/** Carries out what waits, as the server's worker does. */
async function work(carriedOutBy = kinds): Promise<void> {
  const waiting = await test.database.national((tx) =>
    tx.rows(sql<{ jobId: string }>`
      select job_id as "jobId" from job where state = 'waiting' and kind = 'election.work' order by created_at limit 100`),
  );
  for (const { jobId } of waiting)
    await runJob({
      ...{ house: test.house, kinds: carriedOutBy, jobId },
      logError: (error) => {
        throw error;
      },
    });
}

async function bring(text: string | Uint8Array, name = "town.pb"): Promise<string> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const { address } = test.value(await test.ask(bringElection, { by, input: { name, content: () => bytes } }));
  await work();
  return address;
}

const show = async (address: string) => test.ask(showElection, { by, input: { address } });
const count = async (address: string, choice: object) =>
  test.ask(countElection, { by, input: { address, ...choice } as never });
const result = async (address: string, key: string) => test.ask(showCount, { by, input: { address, count: key } });
const codeOf = async (asked: ReturnType<TestHouse["ask"]>) => test.refusal(await asked).code;

describe("a file that is brought", () => {
  it("is at an address of 128 bits, of which the database has only the hash", async () => {
    const address = await bring(SMALL);
    expect(address).toMatch(/^[0-9a-f]{32}$/);
    const rows = await test.database.national((tx) =>
      tx.rows(sql<{ text: string }>`select (to_jsonb(f) - 'content')::text as text from election_file f limit 500`),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(address);
    expect(await bring(SMALL)).not.toBe(address);
  });

  it("is read: what it is, and which rules its ballots allow", async () => {
    const { read, work: state } = test.value(await show(await bring(SMALL)));
    expect(state.state).toBe("done");
    expect(read?.errors).toBe(0);
    expect(read?.election).toMatchObject({
      ...{ description: "A small pot", currency: "GBP", voters: 10, budget: "100", costOfAll: "150" },
      projects: [
        { id: "A", name: "Bus shelter", cost: "60", votes: 6 },
        { id: "B", name: "Youth café", cost: "40", votes: 3 },
        { id: "C", name: "Alley gates", cost: "50", votes: 3 },
      ],
    });
    const hindered = read?.election?.applying.utilities.filter((one) => one.hindered !== null);
    expect(hindered?.map(({ utility }) => utility)).toEqual(["points", "borda"]);
  });

  it("leaves its name and what is in it in no job", async () => {
    const address = await bring(SMALL, "secret-name.pb");
    test.value(await count(address, GREEDY));
    await work();
    const jobs = await test.database.national((tx) =>
      tx.rows(sql<{ text: string }>`select to_jsonb(j)::text as text from job j limit 1000`),
    );
    expect(jobs.length).toBeGreaterThan(1);
    for (const { text } of jobs) {
      expect(text).not.toContain("secret-name");
      expect(text).not.toContain("Bus shelter");
      expect(text).not.toContain(address);
    }
  });

  it.each([
    ["a photograph", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0xe2, 0x82])],
    ["a web page", Buffer.from("<!doctype html><html><body>Sign in</body></html>")],
    ["zeros", Buffer.alloc(1000)],
  ])("%s is refused in words, line by line, and cannot be counted", async (_, bytes) => {
    const address = await bring(bytes);
    const { read } = test.value(await show(address));
    expect(read?.election).toBeNull();
    expect(read?.faults[0]).toMatchObject({
      grade: "error",
      en: expect.stringMatching(/\w+ \w+/),
      cy: expect.any(String),
    });
    expect(await codeOf(count(address, GREEDY))).toBe("file_not_countable");
  });

  it("with 90,000 faults has a hundred of them shown, and all of them counted", async () => {
    const voters = Array.from({ length: 90_000 }, (_, at) => `${at + 11};X${at}`).join("\n");
    const { read } = test.value(await show(await bring(`${SMALL}${voters}\n`)));
    expect(read?.faults).toHaveLength(100);
    expect((read?.errors ?? 0) + (read?.warnings ?? 0)).toBeGreaterThanOrEqual(90_000);
  });

  it("is refused when empty or larger than 16 MB", async () => {
    const sent = (bytes: Uint8Array) => test.ask(bringElection, { by, input: { name: "a.pb", content: () => bytes } });
    expect(await codeOf(sent(Buffer.alloc(0)))).toBe("file_empty");
    expect(await codeOf(sent(Buffer.alloc(17_000_000, "a")))).toBe("file_too_large");
    expect(await codeOf(test.ask(sendElection, { by, input: { name: "a.pb", content: "" } }))).toBe("input_not_valid");
  });

  it("that is no election is not given back, and one is never given under the name of a program", async () => {
    const other = await bring("MZ\u0090 a program", "evil.exe");
    expect(await codeOf(test.ask(giveElection, { by, input: { address: other } }))).toBe("file_not_countable");
    const named = await bring(SMALL, "evil.exe");
    const given = test.value(await test.ask(giveElection, { by, input: { address: named } }));
    expect(given.fileName).toBe("evil.pb");
  });

  it("is given back as it came", async () => {
    const address = await bring(SMALL);
    const made = test.value(await test.ask(giveElection, { by, input: { address } }));
    expect(made).toMatchObject({ fileName: "town.pb" });
  });
});

describe("a count", () => {
  it("by votes funds the bus shelter, and says why the others were not", async () => {
    const address = await bring(SMALL);
    const { count: key } = test.value(await count(address, GREEDY));
    expect(key).toBe("greedy.cost.project-id");
    await work();
    const { counted, replay } = test.value(await result(address, key));
    // 100 pounds: A has 6 votes and costs 60; B and C have 3 each, B goes first by its id and fits; for C nothing is left.
    expect(counted?.funded.map(({ id, votes, spent, price }) => [id, votes, spent, price])).toEqual([
      ["A", 6, "60", "10"],
      ["B", 3, "100", "13.33"],
    ]);
    expect(counted?.ties).toEqual([
      { stage: "greedy", others: 0, round: 2, projects: ["Youth café", "Alley gates"], taken: "Youth café" },
    ]);
    expect(counted?.others.map(({ id, reason }) => [id, reason])).toEqual([["C", "no_money_left"]]);
    expect(counted?.others[0]?.said.en).toContain("£0 was left when its turn came, £50 less than it costs");
    expect(counted?.others[0]?.changed?.en).toMatch(/would have been funded/);
    // One voter chose C alone; two have one of theirs with A, and everybody else one.
    expect(counted?.votersByFunded).toEqual([1, 9, 0, 0, 0, 0]);
    expect(counted).toMatchObject({ cost: "100", left: "0", budget: "100", exhaustive: true, currency: "GBP" });
    expect(replay).toContain('"sha256"');
  });

  it("by equal shares leaves what no group can pay for", async () => {
    const address = await bring(SMALL);
    const { count: key } = test.value(await count(address, SHARES));
    await work();
    const { counted } = test.value(await result(address, key));
    // Ten pounds each: six can pay A's 60. B's three have 30 of 40, C's one who is left has 10 of 50.
    expect(counted?.funded.map(({ id, price }) => [id, price])).toEqual([["A", "10"]]);
    expect(counted?.others.map(({ reason }) => reason)).toEqual(["supporters_lack", "supporters_lack"]);
    expect(counted?.left).toBe("40");
  });

  it.each(["took_too_long", "too_much_memory"])("refused because it %s may be tried again", async (code) => {
    const address = await bring(SMALL);
    const { count: key } = test.value(await count(address, GREEDY));
    await work([electionWorkJob({ carryOut: async () => refuse({ code }) })]);
    expect(test.value(await result(address, key)).work).toMatchObject({ state: "refused", refusal: { code } });
    test.value(await count(address, GREEDY));
    await work();
    expect(test.value(await result(address, key)).work.state).toBe("done");
  });

  it("whose projects tie in every round names ten of them, and is told apart by how many more there are", async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `p${at};1;${"name ".repeat(100)}${at}`);
    const file = SMALL.replace("num_projects;3", "num_projects;400")
      .replace("budget;100", "budget;400")
      .replace(/A;60[\s\S]*?VOTES/, `${lines.join("\n")}\nVOTES`)
      .replace(/\n1;A[\s\S]*$/, `\n1;${lines.map((_, at) => `p${at}`).join(",")}\n`);
    const address = await bring(file);
    const { count: key } = test.value(await count(address, { ...GREEDY, rule: "phragmen" }));
    await work();
    const { counted } = test.value(await result(address, key));
    expect(counted?.ties[0]).toMatchObject({ others: 390 });
    expect(counted?.ties[0]?.projects.length).toBe(10);
    expect(JSON.stringify(counted).length).toBeLessThan(5_000_000);
  });

  it("with more to say than a page can hold is refused by name", async () => {
    const lines = Array.from({ length: 1000 }, (_, at) => `p${at};1;${"x".repeat(9000)}${at}`);
    const file = SMALL.replace("num_projects;3", "num_projects;1000").replace(
      /A;60[\s\S]*?VOTES/,
      `${lines.join("\n")}\nVOTES`,
    );
    const address = await bring(file);
    expect(test.value(await show(address)).work).toMatchObject({ refusal: { code: "too_much_to_show" } });
  });

  it("by the longest seed is at an address that can be opened", async () => {
    const address = await bring(SMALL);
    const choice = { ...SHARES, completion: "add1-greedy", ties: "cost-votes-lot", seed: "€".repeat(100) };
    const { count: key } = test.value(await count(address, choice));
    await work();
    expect(test.value(await result(address, key)).work.state).toBe("done");
    const two = test.value(
      await test.ask(compareRules, {
        by,
        input: { address, one: choice, other: { ...choice, rule: "greedy" } } as never,
      }),
    );
    await work();
    expect(test.value(await test.ask(showComparison, { by, input: { address, ...two } })).work.state).toBe("done");
  });

  it("is carried out once, whoever asks again, and what its rule does not read makes no other", async () => {
    const address = await bring(SMALL);
    const first = test.value(await count(address, GREEDY)).count;
    const again = test.value(await count(address, { ...GREEDY, completion: "add1", start: "integral" })).count;
    expect(again).toBe(first);
    await work();
    test.value(await count(address, GREEDY));
    const jobs = await test.database.national((tx) =>
      tx.one(sql<{ waiting: number }>`select count(*)::integer as waiting from job where state = 'waiting'`),
    );
    expect(jobs.waiting).toBe(0);
  });

  it.each([
    ["phragmen", { ...GREEDY, rule: "phragmen" }, "rule_does_not_apply", ordinal()],
    ["points", { ...GREEDY, utility: "points" }, "utility_does_not_apply", SMALL],
    ["borda", { ...GREEDY, utility: "borda" }, "utility_does_not_apply", SMALL],
    ["shares without what to do with the rest", { ...SHARES, completion: null }, "completion_missing", SMALL],
    ["a lot without its seed", { ...GREEDY, ties: "cost-votes-lot" }, "seed_missing", SMALL],
    ["a seed without a lot", { ...GREEDY, seed: "7" }, "seed_not_read", SMALL],
  ])("%s is refused by name", async (_, choice, code, text) => {
    expect(await codeOf(count(await bring(text), choice))).toBe(code);
  });

  it("that nobody asked for is not there", async () => {
    const address = await bring(SMALL);
    expect(await codeOf(result(address, "phragmen.cost.project-id"))).toBe("work_not_found");
    expect(await codeOf(result(address, "nonsense"))).toBe("work_not_found");
    expect(await codeOf(result("0".repeat(32), "greedy.cost.project-id"))).toBe("election_not_found");
  });
});

function ordinal(): string {
  return SMALL.replace("vote_type;approval", "vote_type;ordinal");
}

describe("two rules side by side", () => {
  it("say what both fund, and which voters prefer", async () => {
    const address = await bring(SMALL);
    const asked = await test.ask(compareRules, { by, input: { address, one: GREEDY, other: SHARES } });
    const { comparison } = test.value(asked);
    await work();
    const { compared } = test.value(await test.ask(showComparison, { by, input: { address, comparison } }));
    expect(compared?.one.funded.map(({ id }) => id)).toEqual(["A", "B"]);
    expect(compared?.other.funded.map(({ id }) => id)).toEqual(["A"]);
    // The three who chose B have it only by greedy.
    expect(compared).toMatchObject({ preferOne: 3, preferOther: 0, preferNeither: 7 });
    const same = await test.ask(compareRules, { by, input: { address, one: GREEDY, other: { ...GREEDY } } });
    expect(test.refusal(same).code).toBe("same_rules");
  });
});

describe("a replay", () => {
  async function verify(address: string, replay: string) {
    const asked = await test.ask(verifyElection, { by, input: { address, replay } });
    const { verification } = test.value(asked);
    await work();
    return must(
      test.value(await test.ask(showVerification, { by, input: { address, verification } })).verified,
      "it was verified",
    );
  }

  it("is proved, and not when a name in it is changed or the file is another", async () => {
    const address = await bring(SMALL);
    const { count: key } = test.value(await count(address, SHARES));
    await work();
    const replay = must(test.value(await result(address, key)).replay, "it was counted");
    expect(await verify(address, replay)).toMatchObject({ proved: true, funded: ["Bus shelter"] });
    const forged = await verify(address, replay.replaceAll('"A"', '"B"'));
    expect(forged).toMatchObject({
      proved: false,
      fault: { line: expect.any(Number), said: { cy: expect.any(String) } },
    });
    const other = await bring(SMALL.replace("10;B", "10;C"));
    expect(await verify(other, replay)).toMatchObject({ proved: false, fault: { code: "wrong_file" } });
    expect(await verify(address, "\u0000 not a replay")).toMatchObject({ proved: false, fault: { code: "not_json" } });
  });
});

describe("a published election", () => {
  it("keeps its result however many others are counted, and however long nobody looks", async () => {
    await test.openPlace("bolton");
    const input = { name: "pot.pb", slug: "pot-2013", title: "Pot", content: () => Buffer.from(SMALL), rule: GREEDY };
    test.value(await test.ask(publishElection, { by: { kind: "operator" }, place: "bolton", input }));
    for (let seed = 1; seed <= 45; seed += 1)
      test.value(await count("pot-2013", { ...GREEDY, ties: "cost-votes-lot", seed: String(seed) }));
    await work();
    const decided = async () => test.value(await result("pot-2013", "greedy.cost.project-id")).counted?.funded.length;
    expect(await decided()).toBe(2);
    moved += 30 * 24 * HOUR;
    await forgetElections(test.database, test.house.now());
    expect(await decided()).toBe(2);
    expect(await codeOf(result("pot-2013", `greedy.cost.lot-${Buffer.from("45").toString("base64url")}`))).toBe(
      "work_not_found",
    );
  });

  it("is listed, counted by its own rule as it is published, and never forgotten", async () => {
    await test.openPlace("salford");
    const content = () => Buffer.from(SMALL);
    const about = { name: "town.pb", slug: "town-2013", title: "Town pot", madeUp: true, content };
    const rule = { ...GREEDY };
    const operator = { kind: "operator" } as const;
    const publish = (input: object) =>
      test.ask(publishElection, { by: operator, place: "salford", input: { ...about, ...input } });
    test.value(await publish({ rule }));
    expect(test.refusal(await publish({})).code).toBe("address_taken");
    expect(await codeOf(publish({ slug: "other", content: () => Buffer.from("no"), rule }))).toBe("file_not_countable");
    expect(await codeOf(test.ask(publishElection, { by, place: "salford", input: about }))).toBe("not_allowed");
    moved += 400 * 24 * HOUR;
    await forgetElections(test.database, test.house.now());
    const { elections } = test.value(await test.ask(listElections, { by, input: {} }));
    expect(elections.filter(({ slug }) => slug === "town-2013")).toMatchObject([
      { address: "town-2013", madeUp: true, place: { slug: "salford" }, forgetAt: null },
    ]);
    expect(test.value(await show("town-2013")).read?.election?.voters).toBe(10);
  });
});

describe("forgetting", () => {
  it("comes an hour after the last look, with everything that was found out", async () => {
    const address = await bring(SMALL);
    moved += 0.9 * HOUR;
    expect((await show(address)).ok).toBe(true);
    moved += 0.9 * HOUR;
    expect((await show(address)).ok).toBe(true);
    moved += 1.1 * HOUR;
    expect(await codeOf(show(address))).toBe("election_not_found");
    await forgetElections(test.database, test.house.now());
    const left = await test.database.national((tx) =>
      tx.one(sql<{ files: number; works: number }>`
        select (select count(*)::integer from election_file where slug is null) as files,
               (select count(*)::integer from election_work w join election_file f on f.file_id = w.file_id where f.slug is null) as works`),
    );
    expect(left).toEqual({ files: 0, works: 0 });
  });

  it("comes after a day, however often somebody looks", async () => {
    const address = await bring(SMALL);
    for (let hours = 0; hours < 23.5; hours += 0.9) {
      expect((await show(address)).ok, `after ${hours} hours`).toBe(true);
      moved += 0.9 * HOUR;
    }
    expect(await codeOf(show(address))).toBe("election_not_found");
  });

  it("makes room: as many as may be here are refused another, until they are forgotten", async () => {
    await forgetElections(test.database, test.house.now());
    const one = () => test.ask(bringElection, { by, input: { name: "a.pb", content: () => Buffer.from("META\n") } });
    const fill = sql`
      insert into election_file (file_id, address_hash, name, sha256, content, brought_at, forget_at)
      select gen_random_uuid(), sha256(convert_to(n::text, 'UTF8')), 'a.pb', sha256(''), '', ${test.house.now()}, ${test.house.now()}::timestamptz + interval '1 hour'
        from generate_series(1, ${MOST_FILES - 1}) n`;
    await test.database.national((tx) => tx.run(fill, "any"));
    test.value(await one());
    expect(await codeOf(one())).toBe("too_many_files");
    moved += 1.1 * HOUR;
    test.value(await one());
  }, 60_000);
});

/** An election's file that is brought: kept, read, counted, compared and proved. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../lib/assert.ts";
import { refuse } from "../lib/result.ts";
import { sql } from "../platform/database/index.ts";
import { bringElection, sendElection } from "./bring-file.ts";
import { compareRules, showComparison } from "./compare-rules.ts";
import { by, type ElectionHouse, GREEDY, openElectionHouse, SHARES } from "./election-house.fixture.ts";
import { SMALL } from "./elections.fixture.ts";
import { giveElection } from "./show-file.ts";
import { showVerification, verifyElection } from "./verify-replay.ts";
import { electionWorkJob } from "./work-job.ts";
import { showChange, workOutChange } from "./work-out-change.ts";

let house: ElectionHouse;
beforeAll(async () => {
  house = await openElectionHouse();
});
afterAll(() => house?.test.close());

describe("a file that is brought", () => {
  it("is at an address of 128 bits, of which the database has only the hash", async () => {
    const address = await house.bring(SMALL);
    expect(address).toMatch(/^[0-9a-f]{32}$/);
    const rows = await house.test.database.national((tx) =>
      tx.rows(sql<{ text: string }>`select (to_jsonb(f) - 'content')::text as text from election_file f limit 500`),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(address);
    expect(await house.bring(SMALL)).not.toBe(address);
  });

  it("is read: what it is, and which rules its ballots allow", async () => {
    const { read, work: state } = house.test.value(await house.show(await house.bring(SMALL)));
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
    const address = await house.bring(SMALL, "secret-name.pb");
    house.test.value(await house.count(address, GREEDY));
    await house.work();
    const jobs = await house.test.database.national((tx) =>
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
    const address = await house.bring(bytes);
    const { read } = house.test.value(await house.show(address));
    expect(read?.election).toBeNull();
    expect(read?.faults[0]).toMatchObject({
      grade: "error",
      en: expect.stringMatching(/\w+ \w+/),
      cy: expect.any(String),
    });
    expect(await house.codeOf(house.count(address, GREEDY))).toBe("file_not_countable");
  });

  it("with 90,000 faults has a hundred of them shown, and all of them counted", async () => {
    const voters = Array.from({ length: 90_000 }, (_, at) => `${at + 11};X${at}`).join("\n");
    const { read } = house.test.value(await house.show(await house.bring(`${SMALL}${voters}\n`)));
    expect(read?.faults).toHaveLength(100);
    expect((read?.errors ?? 0) + (read?.warnings ?? 0)).toBeGreaterThanOrEqual(90_000);
  });

  it("is refused when empty or larger than 16 MB", async () => {
    const sent = (bytes: Uint8Array) =>
      house.test.ask(bringElection, { by, input: { name: "a.pb", content: () => bytes } });
    expect(await house.codeOf(sent(Buffer.alloc(0)))).toBe("file_empty");
    expect(await house.codeOf(sent(Buffer.alloc(17_000_000, "a")))).toBe("file_too_large");
    expect(await house.codeOf(house.test.ask(sendElection, { by, input: { name: "a.pb", content: "" } }))).toBe(
      "input_not_valid",
    );
  });

  it("that is no election is not given back, and one is never given under the name of a program", async () => {
    const other = await house.bring("MZ\u0090 a program", "evil.exe");
    expect(await house.codeOf(house.test.ask(giveElection, { by, input: { address: other } }))).toBe(
      "file_not_countable",
    );
    const named = await house.bring(SMALL, "evil.exe");
    const given = house.test.value(await house.test.ask(giveElection, { by, input: { address: named } }));
    expect(given.fileName).toBe("evil.pb");
  });

  it("is given back as it came", async () => {
    const address = await house.bring(SMALL);
    const made = house.test.value(await house.test.ask(giveElection, { by, input: { address } }));
    expect(made).toMatchObject({ fileName: "town.pb" });
  });
});

describe("a count", () => {
  it("by votes funds the bus shelter, and says why the others were not", async () => {
    const address = await house.bring(SMALL);
    const { count: key } = house.test.value(await house.count(address, GREEDY));
    expect(key).toBe("greedy.cost.project-id");
    await house.work();
    const { counted, replay } = house.test.value(await house.result(address, key));
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
    const address = await house.bring(SMALL);
    const { count: key } = house.test.value(await house.count(address, SHARES));
    await house.work();
    const { counted } = house.test.value(await house.result(address, key));
    // Ten pounds each: six can pay A's 60. B's three have 30 of 40, C's one who is left has 10 of 50.
    expect(counted?.funded.map(({ id, price }) => [id, price])).toEqual([["A", "10"]]);
    expect(counted?.others.map(({ reason }) => reason)).toEqual(["supporters_lack", "supporters_lack"]);
    expect(counted?.left).toBe("40");
  });

  it.each(["took_too_long", "too_much_memory"])("refused because it %s may be tried again", async (code) => {
    const address = await house.bring(SMALL);
    const { count: key } = house.test.value(await house.count(address, GREEDY));
    await house.work([electionWorkJob({ carryOut: async () => refuse({ code }) })]);
    expect(house.test.value(await house.result(address, key)).work).toMatchObject({
      state: "refused",
      refusal: { code },
    });
    house.test.value(await house.count(address, GREEDY));
    await house.work();
    expect(house.test.value(await house.result(address, key)).work.state).toBe("done");
  });

  it("whose projects tie in every round names ten of them, and is told apart by how many more there are", async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `p${at};1;${"name ".repeat(100)}${at}`);
    const file = SMALL.replace("num_projects;3", "num_projects;400")
      .replace("budget;100", "budget;400")
      .replace(/A;60[\s\S]*?VOTES/, `${lines.join("\n")}\nVOTES`)
      .replace(/\n1;A[\s\S]*$/, `\n1;${lines.map((_, at) => `p${at}`).join(",")}\n`);
    const address = await house.bring(file);
    const { count: key } = house.test.value(await house.count(address, { ...GREEDY, rule: "phragmen" }));
    await house.work();
    const { counted } = house.test.value(await house.result(address, key));
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
    const address = await house.bring(file);
    expect(house.test.value(await house.show(address)).work).toMatchObject({ refusal: { code: "too_much_to_show" } });
  });

  it("that funds nothing of many searches the changes of as many as the work allows", async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `p${at};500;Project ${at}`);
    const file = SMALL.replace("num_projects;3", "num_projects;400")
      .replace(/A;60[\s\S]*?VOTES/, `${lines.join("\n")}\nVOTES`)
      .replace(/\n1;A[\s\S]*$/, `\n1;${lines.map((_, at) => `p${at}`).join(",")}\n`);
    const address = await house.bring(file);
    const { count: key } = house.test.value(await house.count(address, GREEDY));
    await house.work();
    const { counted } = house.test.value(await house.result(address, key));
    // A recount looks at each of 400 projects a hundred times over: 300 million looks are 93 projects of 80 recounts.
    expect(counted?.others.filter(({ changed }) => changed !== null).length).toBe(93);
  });

  it("by the longest seed is at an address that can be opened", async () => {
    const address = await house.bring(SMALL);
    const choice = { ...SHARES, completion: "add1-greedy", ties: "cost-votes-lot", seed: "€".repeat(100) };
    const { count: key } = house.test.value(await house.count(address, choice));
    await house.work();
    expect(house.test.value(await house.result(address, key)).work.state).toBe("done");
    const two = house.test.value(
      await house.test.ask(compareRules, {
        by,
        input: { address, one: choice, other: { ...choice, rule: "greedy" } } as never,
      }),
    );
    await house.work();
    expect(house.test.value(await house.test.ask(showComparison, { by, input: { address, ...two } })).work.state).toBe(
      "done",
    );
  });

  it("has what would have changed one project's answer worked out when somebody asks", async () => {
    const address = await house.bring(SMALL);
    const { count: key } = house.test.value(await house.count(address, GREEDY));
    await house.work();
    const asked = { address, count: key, number: 3 };
    expect(await house.codeOf(house.test.ask(showChange, { by, input: asked }))).toBe("work_not_found");
    house.test.value(await house.test.ask(workOutChange, { by, input: asked }));
    await house.work();
    const { counted } = house.test.value(await house.result(address, key));
    const gates = counted?.others.find(({ number }) => number === 3);
    // The same as the count itself found, where it had the time.
    expect(house.test.value(await house.test.ask(showChange, { by, input: asked })).changed).toEqual(gates?.changed);
    expect(gates?.changed?.en).toContain("more supporter");
    for (const number of [4, 99_999])
      expect(await house.codeOf(house.test.ask(workOutChange, { by, input: { ...asked, number } }))).toBe(
        "work_not_found",
      );
  });

  it("is carried out once, whoever asks again, and what its rule does not read makes no other", async () => {
    const address = await house.bring(SMALL);
    const first = house.test.value(await house.count(address, GREEDY)).count;
    const again = house.test.value(
      await house.count(address, { ...GREEDY, completion: "add1", start: "integral" }),
    ).count;
    expect(again).toBe(first);
    await house.work();
    house.test.value(await house.count(address, GREEDY));
    const jobs = await house.test.database.national((tx) =>
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
    expect(await house.codeOf(house.count(await house.bring(text), choice))).toBe(code);
  });

  it("that nobody asked for is not there", async () => {
    const address = await house.bring(SMALL);
    expect(await house.codeOf(house.result(address, "phragmen.cost.project-id"))).toBe("work_not_found");
    expect(await house.codeOf(house.result(address, "nonsense"))).toBe("work_not_found");
    expect(await house.codeOf(house.result("0".repeat(32), "greedy.cost.project-id"))).toBe("election_not_found");
  });
});

function ordinal(): string {
  return SMALL.replace("vote_type;approval", "vote_type;ordinal");
}

describe("two rules side by side", () => {
  it("say what both fund, and which voters prefer", async () => {
    const address = await house.bring(SMALL);
    const asked = await house.test.ask(compareRules, { by, input: { address, one: GREEDY, other: SHARES } });
    const { comparison } = house.test.value(asked);
    await house.work();
    const { compared } = house.test.value(await house.test.ask(showComparison, { by, input: { address, comparison } }));
    expect(compared?.one.funded.map(({ id }) => id)).toEqual(["A", "B"]);
    expect(compared?.other.funded.map(({ id }) => id)).toEqual(["A"]);
    // The three who chose B have it only by greedy.
    expect(compared).toMatchObject({ preferOne: 3, preferOther: 0, preferNeither: 7 });
    const same = await house.test.ask(compareRules, { by, input: { address, one: GREEDY, other: { ...GREEDY } } });
    expect(house.test.refusal(same).code).toBe("same_rules");
  });
});

describe("a replay", () => {
  async function verify(address: string, replay: string) {
    const asked = await house.test.ask(verifyElection, { by, input: { address, replay } });
    const { verification } = house.test.value(asked);
    await house.work();
    return must(
      house.test.value(await house.test.ask(showVerification, { by, input: { address, verification } })).verified,
      "it was verified",
    );
  }

  it("is proved, and not when a name in it is changed or the file is another", async () => {
    const address = await house.bring(SMALL);
    const { count: key } = house.test.value(await house.count(address, SHARES));
    await house.work();
    const replay = must(house.test.value(await house.result(address, key)).replay, "it was counted");
    expect(await verify(address, replay)).toMatchObject({ proved: true, funded: ["Bus shelter"] });
    const forged = await verify(address, replay.replaceAll('"A"', '"B"'));
    expect(forged).toMatchObject({
      proved: false,
      fault: { line: expect.any(Number), said: { cy: expect.any(String) } },
    });
    const other = await house.bring(SMALL.replace("10;B", "10;C"));
    expect(await verify(other, replay)).toMatchObject({ proved: false, fault: { code: "wrong_file" } });
    expect(await verify(address, "\u0000 not a replay")).toMatchObject({ proved: false, fault: { code: "not_json" } });
  });
});

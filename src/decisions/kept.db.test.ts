/** How long an election's file and its counts are kept: published ones for good, brought ones for an hour and a day. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../platform/database/index.ts";
import { bringElection, MOST_FILES } from "./bring-file.ts";
import { by, type ElectionHouse, GREEDY, HOUR, openElectionHouse } from "./election-house.fixture.ts";
import { SMALL } from "./elections.fixture.ts";
import { forgetElections } from "./forget.ts";
import { publishElection } from "./publish-file.ts";
import { listElections } from "./show-file.ts";

let house: ElectionHouse;
beforeAll(async () => {
  house = await openElectionHouse();
});
afterAll(() => house?.test.close());

describe("a published election", () => {
  it("keeps its result however many others are counted, and however long nobody looks", async () => {
    await house.test.openPlace("bolton");
    const input = { name: "pot.pb", slug: "pot-2013", title: "Pot", content: () => Buffer.from(SMALL), rule: GREEDY };
    house.test.value(await house.test.ask(publishElection, { by: { kind: "operator" }, place: "bolton", input }));
    for (let seed = 1; seed <= 45; seed += 1)
      house.test.value(await house.count("pot-2013", { ...GREEDY, ties: "cost-votes-lot", seed: String(seed) }));
    await house.work();
    const decided = async () =>
      house.test.value(await house.result("pot-2013", "greedy.cost.project-id")).counted?.funded.length;
    expect(await decided()).toBe(2);
    house.move(30 * 24 * HOUR);
    await forgetElections(house.test.database, house.test.house.now());
    expect(await decided()).toBe(2);
    expect(
      await house.codeOf(house.result("pot-2013", `greedy.cost.lot-${Buffer.from("45").toString("base64url")}`)),
    ).toBe("work_not_found");
  });

  it("is listed, counted by its own rule as it is published, and never forgotten", async () => {
    await house.test.openPlace("salford");
    const content = () => Buffer.from(SMALL);
    const about = { name: "town.pb", slug: "town-2013", title: "Town pot", madeUp: true, content };
    const rule = { ...GREEDY };
    const operator = { kind: "operator" } as const;
    const publish = (input: object) =>
      house.test.ask(publishElection, { by: operator, place: "salford", input: { ...about, ...input } });
    house.test.value(await publish({ rule }));
    expect(house.test.refusal(await publish({})).code).toBe("address_taken");
    expect(await house.codeOf(publish({ slug: "other", content: () => Buffer.from("no"), rule }))).toBe(
      "file_not_countable",
    );
    expect(await house.codeOf(house.test.ask(publishElection, { by, place: "salford", input: about }))).toBe(
      "not_allowed",
    );
    house.move(400 * 24 * HOUR);
    await forgetElections(house.test.database, house.test.house.now());
    const { elections } = house.test.value(await house.test.ask(listElections, { by, input: {} }));
    expect(elections.filter(({ slug }) => slug === "town-2013")).toMatchObject([
      { address: "town-2013", madeUp: true, place: { slug: "salford" }, forgetAt: null },
    ]);
    expect(house.test.value(await house.show("town-2013")).read?.election?.voters).toBe(10);
  });
});

describe("forgetting", () => {
  it("comes an hour after the last look, with everything that was found out", async () => {
    const address = await house.bring(SMALL);
    house.move(0.9 * HOUR);
    expect((await house.show(address)).ok).toBe(true);
    house.move(0.9 * HOUR);
    expect((await house.show(address)).ok).toBe(true);
    house.move(1.1 * HOUR);
    expect(await house.codeOf(house.show(address))).toBe("election_not_found");
    await forgetElections(house.test.database, house.test.house.now());
    const left = await house.test.database.national((tx) =>
      tx.one(sql<{ files: number; works: number }>`
        select (select count(*)::integer from election_file where slug is null) as files,
               (select count(*)::integer from election_work w join election_file f on f.file_id = w.file_id where f.slug is null) as works`),
    );
    expect(left).toEqual({ files: 0, works: 0 });
  });

  it("comes after a day, however often somebody looks", async () => {
    const address = await house.bring(SMALL);
    for (let hours = 0; hours < 23.5; hours += 0.9) {
      expect((await house.show(address)).ok, `after ${hours} hours`).toBe(true);
      house.move(0.9 * HOUR);
    }
    expect(await house.codeOf(house.show(address))).toBe("election_not_found");
  });

  it("makes room: as many as may be here are refused another, until they are forgotten", async () => {
    await forgetElections(house.test.database, house.test.house.now());
    const one = () =>
      house.test.ask(bringElection, { by, input: { name: "a.pb", content: () => Buffer.from("META\n") } });
    const fill = sql`
      insert into election_file (file_id, address_hash, name, sha256, content, brought_at, forget_at)
      select gen_random_uuid(), sha256(convert_to(n::text, 'UTF8')), 'a.pb', sha256(''), '', ${house.test.house.now()}, ${house.test.house.now()}::timestamptz + interval '1 hour'
        from generate_series(1, ${MOST_FILES - 1}) n`;
    await house.test.database.national((tx) => tx.run(fill, "any"));
    house.test.value(await one());
    expect(await house.codeOf(one())).toBe("too_many_files");
    house.move(1.1 * HOUR);
    house.test.value(await one());
  }, 60_000);
});

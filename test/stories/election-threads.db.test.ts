/** Elections are worked on in threads: the server answers meanwhile, sees how far they are, and stops one that goes on too long. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { largeFile, SMALL } from "../../src/decisions/elections.fixture.ts";
import {
  bringElection,
  countElection,
  electionWorkJob,
  forgetElection,
  showCount,
  stopElectionWork,
} from "../../src/decisions/index.ts";
import { electionThreads } from "../../src/main/subject-threads.ts";
import { sql } from "../../src/platform/database/index.ts";
import { runJob } from "../../src/platform/jobs/index.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

const by = { kind: "public" } as const;
const SHARES = { rule: "equal-shares", utility: "cost", completion: "add1", ties: "project-id" } as const;

let test: TestHouse;
beforeAll(async () => {
  test = await openTestHouse();
});
afterAll(() => test?.close());

async function work(limits: { readonly wallMilliseconds?: number } = {}): Promise<void> {
  const waiting = await test.database.national((tx) =>
    tx.rows(sql<{ jobId: string }>`
      select job_id as "jobId" from job where state = 'waiting' and kind = 'election.work' limit 100`),
  );
  for (const { jobId } of waiting)
    await runJob({
      ...{ house: test.house, kinds: [electionWorkJob(electionThreads(limits))], jobId },
      logError: (error) => {
        throw error;
      },
    });
}

async function ask(text: string): Promise<{ readonly address: string; readonly count: string }> {
  const content = () => Buffer.from(text);
  const { address } = test.value(await test.ask(bringElection, { by, input: { name: "a.pb", content } }));
  await work();
  return { address, count: test.value(await test.ask(countElection, { by, input: { address, ...SHARES } })).count };
}

it("a count of 30,000 ballots holds nobody up, and says how far it is", async () => {
  const asked = await ask(largeFile({ voters: 30_000, projects: 80 }));
  const look = async () => test.value(await test.ask(showCount, { by, input: asked }));
  const working = work();
  let ended = false;
  void working.finally(() => {
    ended = true;
  });
  let [looks, longest] = [0, 0];
  const parts = new Set<string>();
  while (!ended) {
    const begun = performance.now();
    const { work: state } = await look();
    longest = Math.max(longest, performance.now() - begun);
    looks += 1;
    if (state.progress !== null) parts.add(state.progress.part);
  }
  await working;
  expect(looks).toBeGreaterThan(20);
  expect(longest).toBeLessThan(700);
  expect([...parts]).toContain("counting");
  const seen = await look();
  expect(seen.work).toMatchObject({ state: "done", progress: null, refusal: null });
  expect(seen.counted?.voters).toBe(30_000);
}, 60_000);

it("a count is stopped while it is counted, though its thread says nothing, and begun again when it is asked for", async () => {
  const file = largeFile({ voters: 60_000, projects: 120 });
  const asked = await ask(file);
  const working = work();
  const look = async () => test.value(await test.ask(showCount, { by, input: asked })).work.state;
  await vi.waitFor(async () => expect(await look()).toBe("running"), 20_000);
  test.value(await test.ask(stopElectionWork, { by, input: { address: asked.address, work: asked.count } }));
  await working;
  expect(await look()).toBe("stopped");
  test.value(await test.ask(countElection, { by, input: { address: asked.address, ...SHARES } }));
  expect(await look()).toBe("waiting");
  test.value(await test.ask(forgetElection, { by, input: { address: asked.address } }));
  await work();
  const left = await test.database.national((tx) =>
    tx.rows(sql`select from job where state in ('waiting', 'running') and kind = 'election.work'`),
  );
  expect(left).toEqual([]);
}, 60_000);

it("a count that takes too long is stopped, and says so", async () => {
  const asked = await ask(SMALL);
  await work({ wallMilliseconds: 20 });
  const seen = test.value(await test.ask(showCount, { by, input: asked }));
  expect(seen.work).toMatchObject({ state: "refused", refusal: { code: "took_too_long" } });
});

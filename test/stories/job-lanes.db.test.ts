/** What anyone may ask for without signing in never holds up the house's own jobs, however much of it there is. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { linkOfRole, openPool } from "../../src/platform/database/index.ts";
import { enqueue, insertJob, type Lane, startWorker } from "../../src/platform/jobs/index.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

let test: TestHouse;
beforeAll(async () => {
  test = await openTestHouse();
});
afterAll(() => test?.close());

let made = 0;
async function queue(lane: Lane, shared: string | null = null, behind = 0): Promise<string> {
  made += 1;
  const jobId = `018f3a52-0000-7000-8000-${String(made).padStart(12, "0")}`;
  const job = { jobId, placeId: null, kind: "test", title: lane, input: {}, requestedBy: "system" };
  await test.database.national(async (tx) => {
    await insertJob(tx, job);
    await enqueue(tx, { jobId, lane, ...(shared !== null && { queue: shared }), behind });
  });
  return jobId;
}

it("a house job is begun while public ones fill their lane", async () => {
  const pool = openPool({ url: linkOfRole(test.adminUrl, "onepot_jobs"), size: 6, name: "onepot test" });
  const begun: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = await Promise.all(Array.from({ length: 5 }, () => queue("public")));
  const worker = await startWorker(pool, {
    runJob: async (jobId) => {
      begun.push(jobId);
      if (asked.includes(jobId)) await held;
    },
    nightly: async () => undefined,
    logError: (error) => expect(error).toBeNull(),
  });
  await vi.waitFor(() => expect(begun).toHaveLength(2), 20_000);
  const own = await queue("house");
  await vi.waitFor(() => expect(begun).toContain(own), 20_000);
  expect(begun).toHaveLength(3);
  release();
  await vi.waitFor(() => expect(new Set(begun)).toEqual(new Set([...asked, own])), 20_000);
  await worker.stop();
  await pool.end();
}, 60_000);

it("work of one file is done one by one, and what is behind waits for who asked for less", async () => {
  const pool = openPool({ url: linkOfRole(test.adminUrl, "onepot_jobs"), size: 6, name: "onepot test" });
  const many: string[] = [];
  for (let behind = 1; behind <= 4; behind += 1) many.push(await queue("public", "one file", behind));
  const other = await queue("public", "another file", 1);
  const [begun, ended]: [string[], string[]] = [[], []];
  const most = { atOnce: 0 };
  const worker = await startWorker(pool, {
    runJob: async (jobId) => {
      begun.push(jobId);
      const ofOne = begun.filter((id) => many.includes(id) && !ended.includes(id));
      most.atOnce = Math.max(most.atOnce, ofOne.length);
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended.push(jobId);
    },
    nightly: async () => undefined,
    logError: (error) => expect(error).toBeNull(),
  });
  await vi.waitFor(() => expect(ended).toHaveLength(5), 20_000);
  await worker.stop();
  await pool.end();
  expect(most.atOnce).toBe(1);
  expect(begun.filter((id) => many.includes(id))).toEqual(many);
  expect(begun.indexOf(other)).toBeLessThan(2);
}, 60_000);

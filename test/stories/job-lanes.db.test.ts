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
async function queue(lane: Lane): Promise<string> {
  made += 1;
  const jobId = `018f3a52-0000-7000-8000-${String(made).padStart(12, "0")}`;
  const job = { jobId, placeId: null, kind: "test", title: lane, input: {}, requestedBy: "system" };
  await test.database.national(async (tx) => {
    await insertJob(tx, job);
    await enqueue(tx, jobId, lane);
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

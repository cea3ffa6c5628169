/** The books of each place proved each night: one job a place, its end kept, and by morning a changed row is found. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { linkOfRole, openPool } from "../../src/platform/database/index.ts";
import { type Job, listJobs, runJob, startWorker } from "../../src/platform/jobs/index.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { type BooksTown, openBooksTown } from "../../src/proof/books.fixture.ts";
import { nightlyProofJob, queueProofs, showHeads } from "../../src/proof/index.ts";
import { listTasks } from "../../src/records/index.ts";
import { sealAll } from "../setup/seal.ts";

let town: BooksTown;
let bolton = 0;
beforeAll(async () => {
  town = await openBooksTown({ seed: 20121122, transfers: 40 });
  bolton = await town.house.openPlace("bolton");
});
afterAll(() => town.house.close());

const jobsAt = (placeId: number): Promise<readonly Job[]> =>
  town.house.database.national((tx) => listJobs(tx, placeId));
const proved = async () => town.house.value(await town.ask(showHeads, { input: {} })).proved;
const waiting = async (by: Credential) =>
  town.house.value(await town.ask(listTasks, { input: {}, by })).tasks.map(({ title }) => title);
const proveAll = async () => {
  await queueProofs(town.house.house);
  for (const placeId of [town.placeId, bolton])
    for (const { jobId, state } of await jobsAt(placeId))
      if (state === "waiting")
        await runJob({
          house: town.house.house,
          kinds: [nightlyProofJob],
          jobId,
          logError: (error) => expect(error).toBeNull(),
        });
};

test("each place has one job a night, though the one before still waits", async () => {
  await queueProofs(town.house.house);
  await queueProofs(town.house.house);
  expect((await jobsAt(town.placeId)).map(({ state, kind }) => [state, kind])).toEqual([["waiting", "ledger.prove"]]);
  expect(await jobsAt(bolton)).toHaveLength(1);
});

test("its end is told with the head of the trail: held, and then not, at the place where a row was changed", async () => {
  await sealAll(town);
  expect(await proved()).toBeNull();
  await proveAll();
  expect((await proved())?.state).toBe("done");
  const admin = await town.house.admin();
  const { rows } = await admin.query("select transfer_id as id, words from transfer where place_id = $1 limit 1", [
    town.placeId,
  ]);
  await admin.query("update transfer set words = 'Something else' where transfer_id = $1", [rows[0].id]);
  await proveAll();
  expect((await proved())?.state).toBe("refused");
  const [newest] = await jobsAt(town.placeId);
  expect(newest?.answer).toMatchObject({ code: "not_verified", found: expect.stringContaining(rows[0].id) });
  expect(await waiting(town.finance)).toEqual(["The books did not verify last night"]);
  expect(await waiting(town.auditor)).toHaveLength(1);
  const [elsewhere] = await jobsAt(bolton);
  expect(elsewhere?.state).toBe("done");
  await admin.query("update transfer set words = $2 where transfer_id = $1", [rows[0].id, rows[0].words]);
  await admin.end();
  await proveAll();
  expect((await proved())?.state).toBe("done");
  expect(await waiting(town.finance)).toEqual([]);
});

test("a proof that cannot be finished is told too, and one that was cut off long ago does not stand in the way", async () => {
  const admin = await town.house.admin();
  await queueProofs(town.house.house);
  const [cut] = await jobsAt(town.placeId);
  await admin.query("update job set state = 'running', created_at = now() - interval '21 hours' where job_id = $1", [
    cut?.jobId,
  ]);
  await queueProofs(town.house.house);
  const [job] = await jobsAt(town.placeId);
  expect(job?.jobId).not.toBe(cut?.jobId);
  await admin.query("alter table ledger_sum rename to ledger_sum_away");
  const logError = vi.fn();
  const run = { house: town.house.house, kinds: [nightlyProofJob], jobId: job?.jobId ?? "", logError };
  await runJob(run).finally(() => admin.query("alter table ledger_sum_away rename to ledger_sum"));
  expect(logError).toHaveBeenCalledTimes(1);
  expect((await proved())?.state).toBe("failed");
  expect(await waiting(town.finance)).toEqual(["The books did not verify last night"]);
  await admin.query("update job set state = 'cancelled' where job_id = $1", [cut?.jobId]);
  await admin.end();
});

test("a night on which no server ran is made good at the next start, once", async () => {
  const pool = openPool({ url: linkOfRole(town.house.adminUrl, "onepot_jobs"), size: 4, name: "onepot test" });
  const nightly = vi.fn(async () => undefined);
  const start = () =>
    startWorker(pool, { runJob: async () => undefined, nightly, logError: (error) => expect(error).toBeNull() });
  const first = await start();
  await first.stop();
  expect(nightly).not.toHaveBeenCalled();
  const admin = await town.house.admin();
  await admin.query(
    "update graphile_worker._private_known_crontabs set known_since = now() - interval '9 days', last_execution = now() - interval '25 hours' where identifier = 'nightly'",
  );
  await admin.end();
  const second = await start();
  await vi.waitFor(() => expect(nightly).toHaveBeenCalledTimes(1), 20_000);
  await second.stop();
  const third = await start();
  await third.stop();
  expect(nightly).toHaveBeenCalledTimes(1);
  await pool.end();
});

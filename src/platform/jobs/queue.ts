/**
 * The queue: graphile-worker on the jobs role's own link. The application enqueues by a function of that role, since the
 * queue's own function works for its owner alone.
 */
import { createHash } from "node:crypto";
import { Logger, makeWorkerUtils, parseCronItems, type RunnerOptions, run, type Task } from "graphile-worker";
import type pg from "pg";
import { sql, type Transaction } from "../database/index.ts";

const CONCURRENCY = 2;
/** The house's own jobs, and those that anyone may ask for without signing in: neither waits for the other. */
export type Lane = "house" | "public";
const TASKS = { house: "run_job", public: "run_public_job" } as const satisfies Readonly<Record<Lane, string>>;
/** Each night at two, UTC, by one of the servers; at its next start, up to a day later, where none ran then. */
const NIGHTLY = { match: "0 2 * * *", options: { backfillPeriod: 86_400_000, jobKey: "nightly" } };

/** The jobs role's own links. */
export type JobsPool = pg.Pool;

/** Its own chatter is left out; what goes wrong in a job is logged with the job (run.ts). */
const SILENT = new Logger(() => () => undefined);

export async function prepareQueue(jobsPool: JobsPool): Promise<void> {
  const tools = await makeWorkerUtils({ pgPool: jobsPool, noPreparedStatements: true, logger: SILENT });
  await tools.migrate();
  await tools.release();
  // One text is one transaction: `isQueueReady` finds all of it or nothing.
  await jobsPool.query(`create schema if not exists onepot_queue;
    drop function if exists onepot_queue.enqueue(uuid);
    create or replace function onepot_queue.enqueue(p_job uuid, p_public boolean, p_queue text, p_behind integer) returns void
    language sql security definer set search_path = graphile_worker, pg_temp
    as $$ select graphile_worker.add_job(case when p_public then '${TASKS.public}' else '${TASKS.house}' end,
      json_build_object('jobId', p_job), job_key := p_job::text, max_attempts := 3, queue_name := p_queue, priority := p_behind) $$;
    revoke execute on function onepot_queue.enqueue(uuid, boolean, text, integer) from public;
    grant usage on schema onepot_queue to onepot_app;
    grant execute on function onepot_queue.enqueue(uuid, boolean, text, integer) to onepot_app`);
}

/** False as well where a start was cut off between the schema and the queue, for want of room on the disk say. */
export async function isQueueReady(jobsPool: JobsPool): Promise<boolean> {
  const { rows } = await jobsPool.query<{ readonly ready: boolean }>(
    "select to_regprocedure('onepot_queue.enqueue(uuid, boolean, text, integer)') is not null as ready",
  );
  return rows[0]?.ready === true;
}

export type Enqueued = {
  readonly jobId: string;
  readonly lane?: Lane;
  /** Jobs of one queue are done one after another. Of its name only a hash of twelve bits is kept, which a few others share. */
  readonly queue?: string;
  /** Jobs with less go first. */
  readonly behind?: number;
};

/** In the transaction that wrote the job down: both are kept, or neither. */
export async function enqueue(tx: Transaction, the: Enqueued): Promise<void> {
  const { jobId, lane = "house", queue = null, behind = 0 } = the;
  const name = queue === null ? null : `share-${createHash("sha256").update(queue).digest("hex").slice(0, 3)}`;
  await tx.rows(sql`select onepot_queue.enqueue(${jobId}, ${lane === "public"}, ${name}, ${behind})`);
}

type Work = {
  readonly runJob: (jobId: string) => Promise<void>;
  readonly nightly: () => Promise<void>;
  readonly logError: (error: unknown) => void;
};

/** Two workers, each with its own lane and its own jobs at once. */
export async function startWorker(jobsPool: JobsPool, the: Work): Promise<{ readonly stop: () => Promise<void> }> {
  const shared = { pgPool: jobsPool, concurrency: CONCURRENCY, noHandleSignals: true, logger: SILENT } as const;
  const runJob: Task = async (payload) => the.runJob((payload as { readonly jobId: string }).jobId);
  const start = (options: RunnerOptions) =>
    run({ ...shared, noPreparedStatements: true, pollInterval: 2000, ...options });
  const house = await start({
    parsedCronItems: parseCronItems([{ task: "nightly", identifier: "nightly", ...NIGHTLY }]),
    taskList: { [TASKS.house]: runJob, nightly: () => the.nightly() },
  });
  const open = await start({ parsedCronItems: [], taskList: { [TASKS.public]: runJob } });
  return {
    stop: async () => {
      await open.stop();
      await house.stop();
    },
  };
}

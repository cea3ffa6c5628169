/** Jobs as people see them: what is asked, how far it is, how it ended. The queue itself is graphile-worker's. */
import { sql, type Transaction } from "../database/index.ts";
import type { Json } from "../use-case/json.ts";

export type JobState = "waiting" | "running" | "done" | "refused" | "failed" | "cancelled";
export type Job = {
  readonly jobId: string;
  readonly placeId: number | null;
  readonly kind: string;
  readonly title: string;
  readonly input: Json;
  readonly state: JobState;
  readonly done: bigint;
  readonly total: bigint | null;
  readonly doing: string | null;
  readonly answer: Json;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly cancelAskedAt: Date | null;
};

const columns = sql`job_id as "jobId", place_id as "placeId", kind, title, input, state, done, total, doing, answer,
  requested_by as "requestedBy", created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt",
  cancel_asked_at as "cancelAskedAt"`;

export type JobToMake = Pick<Job, "jobId" | "placeId" | "kind" | "title" | "input" | "requestedBy">;

export async function insertJob(tx: Transaction, job: JobToMake): Promise<void> {
  await tx.run(
    sql`insert into job (job_id, place_id, kind, title, input, requested_by)
        values (${job.jobId}, ${job.placeId}, ${job.kind}, ${job.title}, ${JSON.stringify(job.input)}::jsonb, ${job.requestedBy})`,
    1,
  );
}

export async function findJob(tx: Transaction, jobId: string): Promise<Job | null> {
  return tx.maybe(sql<Job>`select ${columns} from job where job_id = ${jobId}`);
}

export async function listJobs(tx: Transaction, placeId: number): Promise<readonly Job[]> {
  return tx.rows(sql<Job>`select ${columns} from job where place_id = ${placeId} order by created_at desc limit 100`);
}

/** The newest of its kind at a place that has ended, however it ended. */
export async function findLastEnded(
  tx: Transaction,
  the: { readonly placeId: number; readonly kind: string },
): Promise<(Pick<Job, "jobId" | "state" | "answer"> & { readonly endedAt: Date }) | null> {
  return tx.maybe(sql<Pick<Job, "jobId" | "state" | "answer"> & { readonly endedAt: Date }>`
    select job_id as "jobId", state, answer, ended_at as "endedAt" from job
     where place_id = ${the.placeId} and kind = ${the.kind} and ended_at is not null order by created_at desc limit 1`);
}

/** One that was begun more than so long ago was cut off with its server, and never ends. */
const LONGEST = "20 hours";

export async function isUnderWay(
  tx: Transaction,
  the: { readonly placeId: number; readonly kind: string },
): Promise<boolean> {
  const found = await tx.rows(sql`
    select from job where place_id = ${the.placeId} and kind = ${the.kind} and state in ('waiting', 'running')
       and created_at > clock_timestamp() - ${LONGEST}::interval limit 1`);
  return found.length > 0;
}

/** False where another worker began it, or it ended. A job left running by a killed process may begin again. */
export async function startJob(tx: Transaction, jobId: string): Promise<boolean> {
  const started = await tx.run(
    sql`update job set state = 'running', started_at = clock_timestamp(), done = 0 where job_id = ${jobId} and state in ('waiting', 'running')`,
    "any",
  );
  return started === 1;
}

/** True where somebody asked for it to be cancelled. */
export async function noteProgress(
  tx: Transaction,
  the: { readonly jobId: string; readonly done: number; readonly total: number | null; readonly doing: string },
): Promise<boolean> {
  const row = await tx.one(sql<{ cancel: boolean }>`
    update job set done = ${the.done}, total = ${the.total}, doing = ${the.doing} where job_id = ${the.jobId}
    returning cancel_asked_at is not null as cancel`);
  return row.cancel;
}

export async function endJob(
  tx: Transaction,
  the: { readonly jobId: string; readonly state: JobState; readonly answer: Json },
): Promise<void> {
  await tx.run(
    sql`update job set state = ${the.state}, answer = ${JSON.stringify(the.answer)}::jsonb, ended_at = clock_timestamp(), doing = null
         where job_id = ${the.jobId}`,
    1,
  );
}

export async function askToCancel(tx: Transaction, jobId: string): Promise<void> {
  await tx.run(
    sql`update job set cancel_asked_at = coalesce(cancel_asked_at, clock_timestamp()),
               state = case when state = 'waiting' then 'cancelled' else state end,
               ended_at = case when state = 'waiting' then clock_timestamp() else ended_at end
         where job_id = ${jobId} and state in ('waiting', 'running')`,
    "any",
  );
}

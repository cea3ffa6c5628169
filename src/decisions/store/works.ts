/** The work on files: what is asked of one, by which job, and the answer once there is one. The same is asked once. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { JobState } from "../../platform/jobs/index.ts";
import type { Json } from "../../platform/use-case/index.ts";
import type { Asked } from "../task.ts";

export type Work = {
  readonly workKey: string;
  readonly kind: Asked["kind"];
  readonly jobId: string | null;
  readonly askedAt: Date;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | null;
  readonly doing: string | null;
  /** Of a job that was refused: why. */
  readonly refusal: Json;
  /** JSON text; null until it is there. */
  readonly answer: string | null;
};

/** A job that was begun longer ago was cut off with its server; one that waits has been cut off by nobody. */
const LONGEST = sql`interval '5 minutes'`;

type Key = { readonly fileId: string; readonly workKey: string };

export async function findWork(tx: Transaction, { fileId, workKey }: Key): Promise<Work | null> {
  return tx.maybe(sql<Work>`
    select w.work_key as "workKey", w.kind, w.job_id as "jobId", w.asked_at as "askedAt", coalesce(j.done, 0)::integer as done, j.total::integer as total, j.doing,
           j.answer as refusal, w.answer,
           case when w.answer is not null then 'done'
                when j.state = 'running' and j.started_at < clock_timestamp() - ${LONGEST} then 'failed'
                when j.state = 'done' then 'failed' else j.state end as state
      from election_work w left join job j on j.job_id = w.job_id where w.file_id = ${fileId} and w.work_key = ${workKey}`);
}

/** Puts a job's work in the place of what failed before; false where somebody else asked for the same at the same moment. */
export async function askWork(
  tx: Transaction,
  the: Key & { readonly asked: Asked; readonly jobId: string; readonly now: Date; readonly instead: string | null },
): Promise<boolean> {
  const { fileId, workKey, asked, jobId, now } = the;
  const made = await tx.run(
    sql`insert into election_work as w (file_id, work_key, kind, asked, job_id, asked_at, seen_at)
        values (${fileId}, ${workKey}, ${asked.kind}, ${JSON.stringify(asked)}::json, ${jobId}, ${now}, ${now})
        on conflict (file_id, work_key) do update
          set job_id = excluded.job_id, asked_at = excluded.asked_at, seen_at = excluded.seen_at
          where w.job_id = ${the.instead}::uuid and w.answer is null`,
    "any",
  );
  return made === 1;
}

/** The count of a published file is kept while somebody looks at it. */
export async function noteWorkSeen(
  tx: Transaction,
  { fileId, workKey, now }: Key & { readonly now: Date },
): Promise<void> {
  await tx.run(
    sql`update election_work set seen_at = ${now}
         where file_id = ${fileId} and work_key = ${workKey} and seen_at < ${now}::timestamptz - interval '1 minute'`,
    "any",
  );
}

/** Keeps the last looked at, so that nobody fills the disk with counts of one file; its reading stays. */
export async function deleteOverMost(tx: Transaction, fileId: string, most: number): Promise<void> {
  await tx.run(
    sql`delete from election_work w using (
          select work_key from election_work where file_id = ${fileId} and kind <> 'read' and not stays
           order by seen_at desc, work_key offset ${most}) old
         where w.file_id = ${fileId} and w.work_key = old.work_key`,
    "any",
  );
}

/** False where the file was forgotten meanwhile. */
export async function keepAnswer(
  tx: Transaction,
  { jobId, answer }: { readonly jobId: string; readonly answer: string },
): Promise<boolean> {
  return (await tx.run(sql`update election_work set answer = ${answer} where job_id = ${jobId}`, "any")) === 1;
}

export async function listJobsUnderWay(tx: Transaction, fileId: string): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ jobId: string }>`
    select w.job_id as "jobId" from election_work w join job j on j.job_id = w.job_id
     where w.file_id = ${fileId} and w.answer is null and j.state in ('waiting', 'running')`);
  return found.map(({ jobId }) => jobId);
}

/** How many works of a file have not ended. */
export async function countUnderWay(tx: Transaction, fileId: string): Promise<number> {
  return (await listJobsUnderWay(tx, fileId)).length;
}

/** Work that was done at once, without a job, and stays as long as the file. */
export async function insertDone(
  tx: Transaction,
  the: Key & { readonly asked: Asked; readonly answer: string; readonly now: Date },
): Promise<void> {
  const { fileId, workKey, asked, answer, now } = the;
  await tx.run(
    sql`insert into election_work (file_id, work_key, kind, asked, asked_at, seen_at, answer, stays)
        values (${fileId}, ${workKey}, ${asked.kind}, ${JSON.stringify(asked)}::json, ${now}, ${now}, ${answer}, true)`,
    1,
  );
}

/** The job of a kind that belongs to no place and has not ended: the demonstration while it is loaded. */
import { sql, type Transaction } from "../database/index.ts";
import type { Job } from "./store.ts";

export type UnfinishedJob = Pick<Job, "jobId" | "state" | "done" | "total" | "doing">;

export async function findUnfinished(tx: Transaction, kind: string): Promise<UnfinishedJob | null> {
  const found = await tx.rows(sql<UnfinishedJob>`
    select job_id as "jobId", state, done, total, doing from job
     where place_id is null and kind = ${kind} and state in ('waiting', 'running') order by created_at desc limit 1`);
  return found[0] ?? null;
}

/** Runs of matching, the models they make, and what a run found: who is whom, who lives with whom, and the pairs. In the family role. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Json } from "../../platform/use-case/index.ts";
import type { Model } from "../domain/model/artefact.ts";
import type { RunReport } from "../domain/report/run-report.ts";

export type Run = {
  readonly runId: string;
  readonly number: number;
  readonly agreementId: string;
  readonly jobId: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly threshold: number;
  readonly seed: number;
  readonly withModel: string | null;
  readonly modelId: string | null;
  readonly modelVersion: number | null;
  /** Null until it ends, and where it found nothing. */
  readonly people: number | null;
  readonly refusal: Json;
  readonly endedAt: Date | null;
};

const columns = sql`u.run_id as "runId", u.number, u.agreement_id as "agreementId", u.job_id as "jobId", u.asked_by as "askedBy",
  u.asked_at as "askedAt", u.threshold, u.seed, u.with_model as "withModel", m.model_id as "modelId", m.version as "modelVersion",
  (u.report ->> 'people')::integer as people, u.refusal, u.ended_at as "endedAt"`;
const tables = sql`matching_run u left join matching_model m on m.place_id = u.place_id and m.model_id = coalesce(u.made_model, u.with_model)`;

export type RunToMake = Pick<
  Run,
  "runId" | "agreementId" | "jobId" | "askedBy" | "threshold" | "seed" | "withModel"
> & { readonly now: Date };

/** False where a run of the place has not ended yet: two at once would each take the other's people away. */
export async function insertRun(tx: Transaction, placeId: number, run: RunToMake): Promise<boolean> {
  const made = await tx.run(
    sql`insert into matching_run (place_id, run_id, number, agreement_id, job_id, asked_by, asked_at, threshold, seed, with_model)
        select ${placeId}, ${run.runId}, coalesce(max(number), 0) + 1, ${run.agreementId}, ${run.jobId}, ${run.askedBy},
               ${run.now}, ${run.threshold}, ${run.seed}, ${run.withModel}::uuid
          from matching_run where place_id = ${placeId}
        having not coalesce(bool_or(ended_at is null and asked_at > ${run.now}::timestamptz - interval '2 hours'), false)
        on conflict (place_id, number) do nothing`,
    "any",
  );
  return made === 1;
}

export async function findRun(tx: Transaction, placeId: number, runId: string): Promise<Run | null> {
  return tx.maybe(sql<Run>`select ${columns} from ${tables} where u.place_id = ${placeId} and u.run_id = ${runId}`);
}

export async function findReport(tx: Transaction, placeId: number, runId: string): Promise<RunReport | null> {
  const row = await tx.maybe(sql<{ report: RunReport | null }>`
    select report from matching_run where place_id = ${placeId} and run_id = ${runId}`);
  return row?.report ?? null;
}

export async function listRuns(tx: Transaction, placeId: number): Promise<readonly Run[]> {
  return tx.rows(
    sql<Run>`select ${columns} from ${tables} where u.place_id = ${placeId} order by u.number desc limit 100`,
  );
}

/** The newest run that found something; its pairs and people are those that stand. */
export async function findStanding(tx: Transaction, placeId: number): Promise<Run | null> {
  return tx.maybe(sql<Run>`
    select ${columns} from ${tables} where u.place_id = ${placeId} and u.report is not null order by u.number desc limit 1`);
}

/** False where it has ended already. */
export async function endRun(
  tx: Transaction,
  placeId: number,
  the: {
    readonly runId: string;
    readonly madeModel: string | null;
    readonly report: RunReport | null;
    readonly refusal: Json;
    readonly now: Date;
  },
): Promise<boolean> {
  const ended = await tx.run(
    sql`update matching_run set made_model = ${the.madeModel}::uuid, report = ${the.report === null ? null : JSON.stringify(the.report)}::jsonb,
               refusal = ${the.refusal === null ? null : JSON.stringify(the.refusal)}::jsonb, ended_at = ${the.now}
         where place_id = ${placeId} and run_id = ${the.runId} and ended_at is null`,
    "any",
  );
  return ended === 1;
}

export async function insertModel(
  tx: Transaction,
  placeId: number,
  the: { readonly modelId: string; readonly artefact: Model; readonly now: Date },
): Promise<void> {
  await tx.run(
    sql`insert into matching_model (place_id, model_id, version, artefact, made_at)
        select ${placeId}, ${the.modelId}, coalesce(max(version), 0) + 1, ${JSON.stringify(the.artefact)}::jsonb, ${the.now}
          from matching_model where place_id = ${placeId}`,
    1,
  );
}

export async function findModel(
  tx: Transaction,
  placeId: number,
  modelId: string,
): Promise<{ readonly version: number; readonly artefact: Model } | null> {
  return tx.maybe(sql<{ version: number; artefact: Model }>`
    select version, artefact from matching_model where place_id = ${placeId} and model_id = ${modelId}`);
}

/** The person that each record was of before this run. */
export async function listPersons(
  tx: Transaction,
  placeId: number,
): Promise<readonly { readonly recordId: string; readonly personId: string }[]> {
  return tx.rows(sql<{ recordId: string; personId: string }>`
    select record_id as "recordId", person_id as "personId" from matched_record where place_id = ${placeId}`);
}

/** Records of the run before that say that their person is protected. */
export async function listFlagged(
  tx: Transaction,
  placeId: number,
): Promise<readonly { readonly recordId: string; readonly personId: string }[]> {
  return tx.rows(sql<{ recordId: string; personId: string }>`
    select m.record_id as "recordId", m.person_id as "personId"
      from matched_record m join person_record q on q.place_id = m.place_id and q.record_id = m.record_id
     where m.place_id = ${placeId} and q.fields ? 'protection'`);
}

/** Everything that the run before found of these gives way. */
export async function clearFound(tx: Transaction, placeId: number): Promise<void> {
  for (const table of [sql`family_tie`, sql`household_member`, sql`matched_record`, sql`matched_pair`])
    await tx.run(sql`delete from ${table} where place_id = ${placeId}`, "any");
}

/** Of records that are still there: some may have been deleted while the run was under way. */
export async function insertPersons(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly runId: string;
    readonly rows: readonly { readonly recordId: string; readonly personId: string }[];
  },
): Promise<void> {
  await tx.run(
    sql`insert into matched_record (place_id, record_id, run_id, person_id)
        select ${the.placeId}, r.record_id, ${the.runId}, r.person_id
          from unnest(${the.rows.map(({ recordId }) => recordId)}::uuid[], ${the.rows.map(({ personId }) => personId)}::uuid[])
               as r(record_id, person_id)
          join person_record q on q.place_id = ${the.placeId} and q.record_id = r.record_id`,
    "any",
  );
}

export type MemberRow = {
  readonly householdId: string;
  readonly personId: string;
  readonly known: "seen" | "placed" | "followed";
  readonly from: string | null;
  readonly to: string | null;
  /** The records that it rests on. */
  readonly recordIds: readonly string[];
};

export async function insertMembers(
  tx: Transaction,
  the: { readonly placeId: number; readonly runId: string; readonly rows: readonly MemberRow[] },
): Promise<void> {
  await tx.run(
    sql`insert into household_member (place_id, household_id, person_id, run_id, known, from_day, to_day, record_ids)
        select ${the.placeId}, r."householdId", r."personId", ${the.runId}, r.known, r."from", r."to", r."recordIds"
          from jsonb_to_recordset(${JSON.stringify(the.rows)}::jsonb)
               as r("householdId" uuid, "personId" uuid, known text, "from" date, "to" date, "recordIds" uuid[])
         where exists (select from matched_record m where m.place_id = ${the.placeId} and m.person_id = r."personId")`,
    "any",
  );
}

/** Agencies' files and the records in them. Read and written in the family role alone. */

import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { PersonField } from "../../sharing/index.ts";
import type { Columns } from "../import/columns.ts";
import type { PersonRow } from "../import/rows.ts";

export type RecordFile = {
  readonly fileId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  readonly source: string;
  readonly name: string;
  readonly records: number;
  readonly refused: number;
  readonly leftOut: readonly string[];
  readonly deleteOn: string;
  readonly madeUp: boolean;
  readonly broughtBy: string;
  readonly broughtAt: Date;
};

const fileColumns = sql`file_id as "fileId", partner_id as "partnerId", agreement_id as "agreementId", source, name, records,
  refused, left_out as "leftOut", to_char(delete_on, 'YYYY-MM-DD') as "deleteOn", made_up as "madeUp", brought_by as "broughtBy",
  brought_at as "broughtAt"`;

type Source = { readonly placeId: number; readonly partnerId: string; readonly source: string };

export async function findFileByHash(
  tx: Transaction,
  the: Source & UnderAgreement & { readonly sha256: Buffer },
): Promise<RecordFile | null> {
  return tx.maybe(sql<RecordFile>`
    select ${fileColumns} from record_file
     where place_id = ${the.placeId} and partner_id = ${the.partnerId} and source = ${the.source} and sha256 = ${the.sha256}
       and agreement_id = ${the.agreementId}`);
}

/** False where another request took in the same file first. */
export async function insertFile(
  tx: Transaction,
  placeId: number,
  file: Omit<RecordFile, "broughtAt"> & { readonly sha256: Buffer; readonly columns: Columns; readonly now: Date },
): Promise<boolean> {
  const made = await tx.run(
    sql`insert into record_file (place_id, file_id, partner_id, agreement_id, source, name, sha256, columns, left_out, records,
          refused, delete_on, made_up, brought_by, brought_at)
        values (${placeId}, ${file.fileId}, ${file.partnerId}, ${file.agreementId}, ${file.source}, ${file.name}, ${file.sha256},
          ${JSON.stringify(file.columns)}::jsonb, ${file.leftOut}::text[], ${file.records}, ${file.refused}, ${file.deleteOn}::date,
          ${file.madeUp}, ${file.broughtBy}, ${file.now})
        on conflict (place_id, partner_id, source, sha256, agreement_id) do nothing`,
    "any",
  );
  return made === 1;
}

/** The newest file of each source, by partner and source. */
export async function listFiles(tx: Transaction, placeId: number): Promise<readonly RecordFile[]> {
  return tx.rows(sql<RecordFile>`
    select distinct on (partner_id, source) ${fileColumns} from record_file where place_id = ${placeId}
     order by partner_id, source, brought_at desc, file_id limit 500`);
}

export type RecordToKeep = PersonRow & { readonly recordId: string };

/**
 * New records, and what is new of those that were there. A later file never puts off the day of deletion: a record is kept so long after
 * it came, and one of whom somebody said that they are concerned has no day.
 */
export async function keepRecords(
  tx: Transaction,
  the: Source & { readonly fileId: string; readonly deleteOn: string; readonly records: readonly RecordToKeep[] },
): Promise<void> {
  const rows = the.records.map(({ recordId, reference, fields }) => ({ recordId, reference, fields }));
  await tx.run(
    sql`insert into person_record (place_id, record_id, file_id, partner_id, source, reference, fields, delete_on)
        select ${the.placeId}, r."recordId", ${the.fileId}, ${the.partnerId}, ${the.source}, r.reference, r.fields, ${the.deleteOn}::date
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("recordId" uuid, reference text, fields jsonb)
        on conflict (place_id, partner_id, source, reference) do update
          set file_id = excluded.file_id, fields = excluded.fields,
              delete_on = case when person_record.delete_on is null then null else least(person_record.delete_on, excluded.delete_on) end`,
    rows.length,
  );
}

/** How many records of a source the newest file no longer has: they are left out of matching and deleted when their day comes. */
export async function countGone(tx: Transaction, the: Source & { readonly fileId: string }): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count from person_record
     where place_id = ${the.placeId} and partner_id = ${the.partnerId} and source = ${the.source} and file_id <> ${the.fileId}`);
  return row.count;
}

export type PersonRecord = {
  readonly recordId: string;
  readonly partnerId: string;
  readonly source: string;
  readonly reference: string;
  readonly fields: Readonly<Partial<Record<PersonField, string>>>;
  readonly deleteOn: string | null;
};

export type UnderAgreement = { readonly placeId: number; readonly agreementId: string };

/** That a record came, as it now stands, under an agreement: of what came later under another nothing is shown by this one. */
export const cameUnder = (recordId: Fragment, { placeId, agreementId }: UnderAgreement): Fragment => sql`exists (
  select from person_record c join record_file f on f.place_id = c.place_id and f.file_id = c.file_id
   where c.place_id = ${placeId} and c.record_id = ${recordId} and f.agreement_id = ${agreementId})`;

/** The forename and surname of a record `r`, with nothing in place of what it has not. */
export const nameOfRecord = sql`trim(coalesce(r.fields ->> 'forename', '') || ' ' || coalesce(r.fields ->> 'surname', ''))`;

const OTHER_OF_SETTLED = sql`case v.left_id when o.record_id then v.right_id else v.left_id end`;

/**
 * That any record of a person says that they are protected, or of somebody whom readers have settled since the run to be the same person: what
 * was settled holds at once, and a home must not show until the next run has put the two together.
 */
export const isProtected = (personId: Fragment, placeId: number): Fragment => sql`(exists (
  select from matched_record o join person_record q on q.place_id = o.place_id and q.record_id = o.record_id
   where o.place_id = ${placeId} and o.person_id = ${personId} and q.fields ? 'protection')
  or exists (
  select from matched_record o
    join match_verdict v on v.place_id = o.place_id and v.verdict = 'same' and (v.left_id = o.record_id or v.right_id = o.record_id)
    left join matched_record y on y.place_id = o.place_id and y.record_id = ${OTHER_OF_SETTLED}
   where o.place_id = ${placeId} and o.person_id = ${personId} and y.person_id is distinct from o.person_id
     and exists (
       select from person_record q where q.place_id = o.place_id and q.fields ? 'protection'
          and q.record_id in (select ${OTHER_OF_SETTLED} union all
                              select z.record_id from matched_record z where z.place_id = o.place_id and z.person_id = y.person_id))))`;

const recordColumns = sql`r.record_id as "recordId", r.partner_id as "partnerId", r.source, r.reference, r.fields,
  to_char(r.delete_on, 'YYYY-MM-DD') as "deleteOn"`;

/** `protected` where this record, or another of the same person, says that they are. */
export type FoundRecord = PersonRecord & { readonly protected: boolean };

export async function findRecords(
  tx: Transaction,
  the: UnderAgreement & { readonly recordIds: readonly string[] },
): Promise<readonly FoundRecord[]> {
  return tx.rows(sql<FoundRecord>`
    select ${recordColumns}, r.fields ? 'protection' or coalesce(${isProtected(sql`m.person_id`, the.placeId)}, false) as protected
      from person_record r left join matched_record m on m.place_id = r.place_id and m.record_id = r.record_id
     where r.place_id = ${the.placeId} and r.record_id = any(${the.recordIds}::uuid[]) and ${cameUnder(sql`r.record_id`, the)}
     order by r.source, r.reference limit 1000`);
}

/** What the first piece comes after. */
export const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Records of the newest files that came under an agreement, in pieces by id: what a run of matching takes. */
export async function listForMatching(
  tx: Transaction,
  the: { readonly placeId: number; readonly agreementId: string; readonly after: string; readonly limit: number },
): Promise<readonly PersonRecord[]> {
  return tx.rows(sql<PersonRecord>`
    select ${recordColumns} from person_record r join record_file f on f.place_id = r.place_id and f.file_id = r.file_id
     where r.place_id = ${the.placeId} and f.agreement_id = ${the.agreementId} and r.record_id > ${the.after}
       and not exists (select from record_file n where n.place_id = f.place_id and n.partner_id = f.partner_id
                         and n.source = f.source and (n.brought_at, n.file_id) > (f.brought_at, f.file_id))
     order by r.record_id limit ${the.limit}`);
}

/** Records whose day has come, with all that hangs on them. */
export async function deleteDue(
  tx: Transaction,
  the: { readonly placeId: number; readonly day: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{ recordId: string }>`
    delete from person_record where place_id = ${the.placeId} and record_id in (
      select record_id from person_record where place_id = ${the.placeId} and delete_on <= ${the.day}::date
       order by record_id limit ${the.limit})
    returning record_id as "recordId"`);
  return rows.map(({ recordId }) => recordId);
}

export async function countDue(
  tx: Transaction,
  placeId: number,
): Promise<{ readonly records: number; readonly nextOn: string | null; readonly kept: number }> {
  return tx.one(sql<{ records: number; nextOn: string | null; kept: number }>`
    select count(*)::integer as records, to_char(min(delete_on), 'YYYY-MM-DD') as "nextOn",
           count(*) filter (where delete_on is null)::integer as kept
      from person_record where place_id = ${placeId}`);
}

/** The sooner of this day and the record's own; without a day the record stays. */
export async function setDeleteOn(
  tx: Transaction,
  the: { readonly placeId: number; readonly recordIds: readonly string[]; readonly deleteOn: string | null },
): Promise<void> {
  await tx.run(
    sql`update person_record set delete_on = case when ${the.deleteOn}::date is null then null else least(delete_on, ${the.deleteOn}::date) end
         where place_id = ${the.placeId} and record_id = any(${the.recordIds}::uuid[])`,
    the.recordIds.length,
  );
}

export async function insertConcern(
  tx: Transaction,
  placeId: number,
  the: {
    readonly concernId: string;
    readonly recordIds: readonly string[];
    readonly concerned: boolean;
    readonly reason: string;
    readonly saidBy: string;
    readonly now: Date;
  },
): Promise<void> {
  await tx.run(
    sql`insert into record_concern (place_id, concern_id, record_id, concerned, reason, said_by, said_at)
        select ${placeId}, ${the.concernId}, r.id, ${the.concerned}, ${the.reason}, ${the.saidBy}, ${the.now}
          from unnest(${the.recordIds}::uuid[]) as r(id)`,
    the.recordIds.length,
  );
}

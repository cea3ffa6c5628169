/** Files that wait a day to be confirmed, and the columns that a person chose for files of the same look. In the family role. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Columns } from "../import/columns.ts";

export type Upload = {
  readonly uploadId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  readonly source: string;
  readonly name: string;
  readonly content: Buffer;
  readonly columns: Columns | null;
};

export async function insertUpload(
  tx: Transaction,
  placeId: number,
  the: Omit<Upload, "columns"> & { readonly madeBy: string; readonly now: Date },
): Promise<void> {
  await deleteOldUploads(tx, placeId, the.now);
  await tx.run(
    sql`insert into record_upload (place_id, upload_id, partner_id, agreement_id, source, name, content, made_by, made_at)
        values (${placeId}, ${the.uploadId}, ${the.partnerId}, ${the.agreementId}, ${the.source}, ${the.name}, ${the.content},
          ${the.madeBy}, ${the.now})`,
    1,
  );
}

/** Those that were not confirmed within a day: how many. With each new one, and every night. */
export async function deleteOldUploads(tx: Transaction, placeId: number, now: Date): Promise<number> {
  return tx.run(
    sql`delete from record_upload where place_id = ${placeId} and made_at < ${now}::timestamptz - interval '1 day'`,
    "any",
  );
}

export async function findUpload(tx: Transaction, placeId: number, uploadId: string): Promise<Upload | null> {
  return tx.maybe(sql<Upload>`
    select upload_id as "uploadId", partner_id as "partnerId", agreement_id as "agreementId", source, name, content, columns
      from record_upload where place_id = ${placeId} and upload_id = ${uploadId}`);
}

export async function setUploadColumns(
  tx: Transaction,
  the: { readonly placeId: number; readonly uploadId: string; readonly columns: Columns },
): Promise<void> {
  await tx.run(
    sql`update record_upload set columns = ${JSON.stringify(the.columns)}::jsonb
         where place_id = ${the.placeId} and upload_id = ${the.uploadId}`,
    1,
  );
}

export async function deleteUpload(tx: Transaction, placeId: number, uploadId: string): Promise<void> {
  await tx.run(sql`delete from record_upload where place_id = ${placeId} and upload_id = ${uploadId}`, 1);
}

type Headings = { readonly placeId: number; readonly partnerId: string; readonly headingHash: Buffer };

export async function findColumns(tx: Transaction, the: Headings): Promise<Columns | null> {
  const row = await tx.maybe(sql<{ columns: Columns }>`
    select columns from record_columns
     where place_id = ${the.placeId} and partner_id = ${the.partnerId} and heading_hash = ${the.headingHash}`);
  return row?.columns ?? null;
}

export async function saveColumns(tx: Transaction, the: Headings & { readonly columns: Columns }): Promise<void> {
  await tx.run(
    sql`insert into record_columns (place_id, partner_id, heading_hash, columns)
        values (${the.placeId}, ${the.partnerId}, ${the.headingHash}, ${JSON.stringify(the.columns)}::jsonb)
        on conflict (place_id, partner_id, heading_hash) do update set columns = excluded.columns`,
    1,
  );
}

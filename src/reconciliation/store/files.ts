/** Listings taken in, the columns chosen for a body, and uploads that wait to be confirmed. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Columns, Source } from "../domain/columns.ts";
import type { Format } from "../read-listing.ts";

export type ListingFile = {
  readonly fileId: string;
  readonly bodyId: string;
  readonly body: string;
  readonly source: Source;
  readonly potId: string | null;
  readonly pot: string | null;
  readonly format: Format;
  readonly name: string;
  readonly lines: number;
  readonly skipped: number;
  readonly changed: number;
  readonly totalPence: Pence;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly openingPence: Pence | null;
  readonly closingPence: Pence | null;
  readonly takenAt: Date;
};

const columns = sql`f.file_id as "fileId", f.body_id as "bodyId", b.name as body, f.source, f.pot_id as "potId", o.name as pot, f.format, f.name,
  f.lines, f.skipped, f.changed, f.total_pence as "totalPence", f.starts_on as "from", f.ends_on as "to",
  f.opening_pence as "openingPence", f.closing_pence as "closingPence", f.taken_at as "takenAt"`;
const tables = sql`listing_file f join partner b on b.place_id = f.place_id and b.partner_id = f.body_id
  left join pot o on o.place_id = f.place_id and o.pot_id = f.pot_id`;

export async function findFileByHash(
  tx: Transaction,
  the: { readonly placeId: number; readonly bodyId: string; readonly sha256: Buffer },
): Promise<ListingFile | null> {
  return tx.maybe(sql<ListingFile>`
    select ${columns} from ${tables}
     where f.place_id = ${the.placeId} and f.body_id = ${the.bodyId} and f.sha256 = ${the.sha256}`);
}

export async function listFiles(
  tx: Transaction,
  the: { readonly placeId: number; readonly limit: number; readonly offset: number },
): Promise<readonly ListingFile[]> {
  return tx.rows(sql<ListingFile>`
    select ${columns} from ${tables} where f.place_id = ${the.placeId}
     order by f.taken_at desc, f.file_id limit ${the.limit} offset ${the.offset}`);
}

export type FileToKeep = Omit<ListingFile, "body" | "pot" | "takenAt"> & {
  readonly sha256: Buffer;
  readonly columns: Columns;
  readonly takenBy: string;
};

/** False where another request took in the same file first. */
export async function insertFile(tx: Transaction, placeId: number, file: FileToKeep): Promise<boolean> {
  const kept = await tx.run(
    held(
      "listing",
      sql`insert into listing_file (place_id, file_id, body_id, source, pot_id, format, name, sha256, columns, lines, skipped, changed, total_pence,
          starts_on, ends_on, opening_pence, closing_pence, taken_by)
        values (${placeId}, ${file.fileId}, ${file.bodyId}, ${file.source}, ${file.potId}, ${file.format}, ${file.name}, ${file.sha256},
          ${JSON.stringify(file.columns)}::jsonb, ${file.lines}, ${file.skipped}, ${file.changed}, ${file.totalPence}, ${file.from}, ${file.to},
          ${file.openingPence}, ${file.closingPence}, ${file.takenBy})
        on conflict (place_id, body_id, sha256) do nothing`,
    ),
    "any",
  );
  return kept === 1;
}

type Headings = { readonly placeId: number; readonly bodyId: string; readonly headingHash: Buffer };

export async function findColumns(tx: Transaction, the: Headings): Promise<Columns | null> {
  const row = await tx.maybe(sql<{ columns: Columns }>`
    select columns from listing_columns
     where place_id = ${the.placeId} and body_id = ${the.bodyId} and heading_hash = ${the.headingHash}`);
  return row?.columns ?? null;
}

export async function saveColumns(
  tx: Transaction,
  the: Headings & { readonly columns: Columns; readonly savedBy: string },
): Promise<void> {
  await tx.run(
    sql`insert into listing_columns (place_id, body_id, heading_hash, columns, saved_by)
        values (${the.placeId}, ${the.bodyId}, ${the.headingHash}, ${JSON.stringify(the.columns)}::jsonb, ${the.savedBy})
        on conflict (place_id, body_id, heading_hash) do update
          set columns = excluded.columns, saved_by = excluded.saved_by, saved_at = clock_timestamp()`,
    1,
  );
}

export type Upload = {
  readonly uploadId: string;
  readonly bodyId: string;
  readonly source: Source;
  readonly potId: string | null;
  readonly name: string;
  readonly content: Buffer;
  readonly columns: Columns | null;
};

/** Uploads that were not confirmed within a day are let go with the next one. */
export async function insertUpload(
  tx: Transaction,
  placeId: number,
  the: Omit<Upload, "columns"> & { readonly madeBy: string },
): Promise<void> {
  const old: Fragment = sql`delete from listing_upload
    where place_id = ${placeId} and made_at < clock_timestamp() - interval '1 day'`;
  await tx.run(old, "any");
  await tx.run(
    sql`insert into listing_upload (place_id, upload_id, body_id, source, pot_id, name, content, made_by)
        values (${placeId}, ${the.uploadId}, ${the.bodyId}, ${the.source}, ${the.potId}, ${the.name}, ${the.content}, ${the.madeBy})`,
    1,
  );
}

export async function findUpload(tx: Transaction, placeId: number, uploadId: string): Promise<Upload | null> {
  return tx.maybe(sql<Upload>`
    select upload_id as "uploadId", body_id as "bodyId", source, pot_id as "potId", name, content, columns
      from listing_upload where place_id = ${placeId} and upload_id = ${uploadId}`);
}

export async function setUploadColumns(
  tx: Transaction,
  the: { readonly placeId: number; readonly uploadId: string; readonly columns: Columns },
): Promise<void> {
  await tx.run(
    sql`update listing_upload set columns = ${JSON.stringify(the.columns)}::jsonb
         where place_id = ${the.placeId} and upload_id = ${the.uploadId}`,
    1,
  );
}

export async function deleteUpload(tx: Transaction, placeId: number, uploadId: string): Promise<void> {
  await tx.run(sql`delete from listing_upload where place_id = ${placeId} and upload_id = ${uploadId}`, "any");
}

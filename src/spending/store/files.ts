/** Files of published spending, their refused rows, saved columns and uploads that wait to be confirmed. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Mapping } from "../domain/mapping.ts";
import type { LineFault } from "../domain/spend-line.ts";

export type SpendFile = {
  readonly fileId: string;
  readonly publisherId: string;
  readonly publisher: string;
  readonly name: string;
  readonly lines: number;
  readonly refused: number;
  readonly totalPence: Pence;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly importedAt: Date;
  readonly madeUp: boolean;
};

const columns = sql`f.file_id as "fileId", f.publisher_id as "publisherId", p.name as publisher, f.name, f.lines, f.refused,
  f.total_pence as "totalPence", f.starts_on as "from", f.ends_on as "to", f.imported_at as "importedAt", f.made_up as "madeUp"`;

export async function listFiles(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null },
): Promise<readonly SpendFile[]> {
  return tx.rows(sql<SpendFile>`
    select ${columns} from spend_file f join partner p on p.place_id = f.place_id and p.partner_id = f.publisher_id
     where f.place_id = ${the.placeId} and (${the.areaId}::uuid is null or p.area_id = ${the.areaId}::uuid)
     order by f.ends_on desc nulls last, f.name limit 1000`);
}

export async function findFile(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null; readonly fileId: string },
): Promise<SpendFile | null> {
  return tx.maybe(sql<SpendFile>`
    select ${columns} from spend_file f join partner p on p.place_id = f.place_id and p.partner_id = f.publisher_id
     where f.place_id = ${the.placeId} and f.file_id = ${the.fileId} and (${the.areaId}::uuid is null or p.area_id = ${the.areaId}::uuid)`);
}

/** Who has published here, with whether what they published is made up. */
export type Publisher = {
  readonly publisherId: string;
  readonly name: string;
  readonly files: number;
  readonly madeUp: number;
};

export async function listPublishers(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null },
): Promise<readonly Publisher[]> {
  return tx.rows(sql<Publisher>`
    select f.publisher_id as "publisherId", p.name, count(*)::integer as files, (count(*) filter (where f.made_up))::integer as "madeUp"
      from spend_file f join partner p on p.place_id = f.place_id and p.partner_id = f.publisher_id
     where f.place_id = ${the.placeId} and (${the.areaId}::uuid is null or p.area_id = ${the.areaId}::uuid)
     group by f.publisher_id, p.name order by p.name limit 500`);
}

/** Changes with every file stored: files are only ever added. */
export async function findFilesStamp(tx: Transaction, placeId: number): Promise<string> {
  const { stamp } = await tx.one(sql<{ stamp: string }>`
    select concat_ws(' ', count(*), (select file_id from spend_file where place_id = ${placeId} order by file_id desc limit 1)) as stamp
      from spend_file where place_id = ${placeId}`);
  return stamp;
}

export async function findFileByHash(
  tx: Transaction,
  the: { readonly placeId: number; readonly publisherId: string; readonly sha256: Buffer },
): Promise<SpendFile | null> {
  return tx.maybe(sql<SpendFile>`
    select ${columns} from spend_file f join partner p on p.place_id = f.place_id and p.partner_id = f.publisher_id
     where f.place_id = ${the.placeId} and f.publisher_id = ${the.publisherId} and f.sha256 = ${the.sha256}`);
}

export type FileToStore = {
  readonly fileId: string;
  readonly publisherId: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly mapping: Mapping;
  readonly lines: number;
  readonly refused: number;
  readonly totalPence: Pence;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly importedBy: string;
  readonly madeUp: boolean;
};

/** False where another transaction stored the same file first. */
export async function insertFile(tx: Transaction, placeId: number, file: FileToStore): Promise<boolean> {
  const made = await tx.run(
    sql`insert into spend_file (place_id, file_id, publisher_id, name, sha256, columns, lines, refused, total_pence, starts_on, ends_on,
          imported_by, made_up)
        values (${placeId}, ${file.fileId}, ${file.publisherId}, ${file.name}, ${file.sha256}, ${JSON.stringify(file.mapping)}::jsonb,
          ${file.lines}, ${file.refused}, ${file.totalPence}, ${file.from}, ${file.to}, ${file.importedBy}, ${file.madeUp})
        on conflict (place_id, publisher_id, sha256) do nothing`,
    "any",
  );
  return made === 1;
}

/** A file of a million lines takes longer than a page may; while its rows are read, nothing is asked of the database. */
export async function allowLongWork(tx: Transaction): Promise<void> {
  await tx.rows(sql`
    select set_config('statement_timeout', '15min', true), set_config('idle_in_transaction_session_timeout', '15min', true)`);
}

export async function copyToStaging(tx: Transaction, pieces: AsyncIterable<string>): Promise<void> {
  await tx.copyIn(
    sql`copy spend_staging (batch_id, row_number, paid_on, amount_pence, supplier, service_area, description, reference,
          company_number, charity_number) from stdin`,
    pieces,
  );
}

export async function storeBatch(
  tx: Transaction,
  the: { readonly placeId: number; readonly fileId: string; readonly publisherId: string; readonly batchId: string },
): Promise<number> {
  const { stored } = await tx.one(sql<{ stored: number }>`
    select store_spend_batch(${the.placeId}, ${the.fileId}, ${the.publisherId}, ${the.batchId}) as stored`);
  return stored;
}

/** What was staged for a batch that is not to be stored. */
export async function discardBatch(tx: Transaction, batchId: string): Promise<void> {
  await tx.rows(sql`select discard_spend_batch(${batchId})`);
}

export type RefusedRowKept = {
  readonly row: number;
  readonly faults: readonly LineFault[];
  readonly cells: readonly string[];
};

export async function insertRefused(
  tx: Transaction,
  the: { readonly placeId: number; readonly fileId: string; readonly rows: readonly RefusedRowKept[] },
): Promise<void> {
  const rows = the.rows.map(({ row, faults, cells }) => ({ row, faults, cells }));
  await tx.run(
    sql`insert into spend_refused (place_id, file_id, row_number, faults, cells)
        select ${the.placeId}, ${the.fileId}, r."row", r.faults, array(select jsonb_array_elements_text(r.cells))
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("row" integer, faults jsonb, cells jsonb)`,
    rows.length,
  );
}

export async function listRefused(
  tx: Transaction,
  placeId: number,
  fileId: string,
): Promise<readonly RefusedRowKept[]> {
  return tx.rows(sql<RefusedRowKept>`
    select row_number as "row", faults, cells from spend_refused
     where place_id = ${placeId} and file_id = ${fileId} order by row_number limit 100000`);
}

export async function headingsOf(tx: Transaction, placeId: number, fileId: string): Promise<Mapping> {
  const { mapping } = await tx.one(sql<{ mapping: Mapping }>`
    select columns as mapping from spend_file where place_id = ${placeId} and file_id = ${fileId}`);
  return mapping;
}

type Heading = { readonly placeId: number; readonly publisherId: string; readonly headingHash: Buffer };

export async function findColumns(tx: Transaction, the: Heading): Promise<Mapping["columns"] | null> {
  const found = await tx.maybe(sql<{ columns: Mapping["columns"] }>`
    select columns from spend_columns
     where place_id = ${the.placeId} and publisher_id = ${the.publisherId} and heading_hash = ${the.headingHash}`);
  return found?.columns ?? null;
}

export async function saveColumns(
  tx: Transaction,
  the: Heading & { readonly columns: Mapping["columns"]; readonly savedBy: string },
): Promise<void> {
  await tx.run(
    sql`insert into spend_columns (place_id, publisher_id, heading_hash, columns, saved_by)
        values (${the.placeId}, ${the.publisherId}, ${the.headingHash}, ${JSON.stringify(the.columns)}::jsonb, ${the.savedBy})
        on conflict (place_id, publisher_id, heading_hash) do update
          set columns = excluded.columns, saved_by = excluded.saved_by, saved_at = clock_timestamp()`,
    1,
  );
}

export type Upload = {
  readonly uploadId: string;
  readonly publisherId: string;
  readonly name: string;
  readonly content: Buffer;
  readonly columns: Mapping["columns"] | null;
};

/** The size of an upload without its content; null where it is gone. */
export async function findUploadSize(
  tx: Transaction,
  placeId: number,
  uploadId: string,
): Promise<{ readonly name: string; readonly bytes: number } | null> {
  return tx.maybe(sql<{ name: string; bytes: number }>`
    select name, octet_length(content) as bytes from spend_upload where place_id = ${placeId} and upload_id = ${uploadId}`);
}

export async function insertUpload(
  tx: Transaction,
  placeId: number,
  the: { readonly upload: Omit<Upload, "columns">; readonly sha256: Buffer; readonly madeBy: string },
): Promise<void> {
  const { upload } = the;
  await tx.run(
    sql`delete from spend_upload where place_id = ${placeId} and made_at < clock_timestamp() - interval '1 day'`,
    "any",
  );
  await tx.run(
    sql`insert into spend_upload (place_id, upload_id, publisher_id, name, sha256, content, made_by)
        values (${placeId}, ${upload.uploadId}, ${upload.publisherId}, ${upload.name}, ${the.sha256}, ${upload.content}, ${the.madeBy})`,
    1,
  );
}

export async function findUpload(tx: Transaction, placeId: number, uploadId: string): Promise<Upload | null> {
  return tx.maybe(sql<Upload>`
    select upload_id as "uploadId", publisher_id as "publisherId", name, content, columns from spend_upload
     where place_id = ${placeId} and upload_id = ${uploadId}`);
}

export async function setUploadColumns(
  tx: Transaction,
  the: { readonly placeId: number; readonly uploadId: string; readonly columns: Mapping["columns"] },
): Promise<void> {
  await tx.run(
    sql`update spend_upload set columns = ${JSON.stringify(the.columns)}::jsonb where place_id = ${the.placeId} and upload_id = ${the.uploadId}`,
    1,
  );
}

export async function deleteUpload(tx: Transaction, placeId: number, uploadId: string): Promise<void> {
  await tx.run(sql`delete from spend_upload where place_id = ${placeId} and upload_id = ${uploadId}`, "any");
}

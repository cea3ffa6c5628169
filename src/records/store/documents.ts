/** Documents kept with records. A withdrawn one keeps its row and its content. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import { PAGE_ROWS } from "../input.ts";

export type KeptDocument = {
  readonly documentId: string;
  readonly record: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly public: boolean;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly withdrawnAt: Date | null;
};

const columns = sql`document_id as "documentId", record_id as record, name as "fileName", media_type as "mediaType",
  size_bytes as "sizeBytes", public, added_by as "addedBy", added_at as "addedAt", withdrawn_at as "withdrawnAt"`;

type NewDocument = Omit<KeptDocument, "addedAt" | "withdrawnAt"> & { readonly sha256: Buffer; readonly bytes: Buffer };

export async function insertDocument(tx: Transaction, placeId: number, one: NewDocument): Promise<void> {
  await tx.run(
    sql`insert into document (place_id, document_id, record_id, name, media_type, size_bytes, sha256, public, added_by)
        values (${placeId}, ${one.documentId}, ${one.record}, ${one.fileName}, ${one.mediaType}, ${one.sizeBytes},
                ${one.sha256}, ${one.public}, ${one.addedBy})`,
    1,
  );
  await tx.run(
    sql`insert into document_content (place_id, document_id, content) values (${placeId}, ${one.documentId}, ${one.bytes})`,
    1,
  );
}

type Asked = {
  readonly placeId: number;
  readonly record: string;
  /** Public ones only, or all. */
  readonly all: boolean;
  /** Withdrawn ones too, for those who may undo it. */
  readonly withdrawn: boolean;
  readonly page: number;
};

const wanted = (asked: Omit<Asked, "page">) => sql`place_id = ${asked.placeId} and record_id = ${asked.record}
  and (${asked.all} or public) and (${asked.withdrawn} or withdrawn_at is null)`;

export async function findDocuments(tx: Transaction, asked: Asked): Promise<readonly KeptDocument[]> {
  return tx.rows(sql<KeptDocument>`
    select ${columns} from document where ${wanted(asked)}
     order by added_at desc, document_id limit ${PAGE_ROWS} offset ${(asked.page - 1) * PAGE_ROWS}`);
}

export async function countDocuments(tx: Transaction, asked: Omit<Asked, "page">): Promise<number> {
  const row = await tx.one(
    sql<{ count: number }>`select count(*)::integer as count from document where ${wanted(asked)}`,
  );
  return row.count;
}

export async function findDocument(tx: Transaction, placeId: number, documentId: string): Promise<KeptDocument | null> {
  return tx.maybe(sql<KeptDocument>`
    select ${columns} from document where place_id = ${placeId} and document_id = ${documentId}`);
}

export async function findContent(tx: Transaction, placeId: number, documentId: string): Promise<Buffer> {
  const row = await tx.one(sql<{ content: Buffer }>`
    select content from document_content where place_id = ${placeId} and document_id = ${documentId}`);
  return row.content;
}

/** Held until the end of the transaction, so that two people do not both withdraw or restore it. */
export async function lockDocument(
  tx: Transaction,
  placeId: number,
  documentId: string,
): Promise<{ readonly withdrawnDays: number | null } | null> {
  return tx.maybe(sql<{ withdrawnDays: number | null }>`
    select extract(epoch from clock_timestamp() - withdrawn_at)::double precision / 86400 as "withdrawnDays"
      from document where place_id = ${placeId} and document_id = ${documentId} for update`);
}

type Withdrawing = { readonly placeId: number; readonly documentId: string; readonly withdrawn: boolean };

export async function setWithdrawn(tx: Transaction, { placeId, documentId, withdrawn }: Withdrawing): Promise<void> {
  await tx.run(
    sql`update document set withdrawn_at = case when ${withdrawn} then clock_timestamp() end
         where place_id = ${placeId} and document_id = ${documentId}`,
    1,
  );
}

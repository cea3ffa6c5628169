/** Who signed a statement, for exactly what was shown. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Source } from "../domain/columns.ts";

export type StatementKey = {
  readonly placeId: number;
  readonly bodyId: string;
  readonly source: Source;
  readonly potId: string;
  readonly from: Day;
  readonly to: Day;
};

export type Signature = {
  readonly signatureId: string;
  readonly part: "prepared" | "reviewed";
  readonly contentHash: Buffer;
  readonly signedBy: string;
  readonly signedByName: string | null;
  readonly signedAt: Date;
};

export async function listSignatures(tx: Transaction, the: StatementKey): Promise<readonly Signature[]> {
  return tx.rows(sql<Signature>`
    select s.signature_id as "signatureId", s.part, s.content_hash as "contentHash", s.signed_by as "signedBy", s.signed_at as "signedAt",
           (select a.name from user_account a where s.signed_by = 'person:' || a.user_id) as "signedByName"
      from reconciliation_signature s
     where s.place_id = ${the.placeId} and s.body_id = ${the.bodyId} and s.source = ${the.source} and s.pot_id = ${the.potId}
       and s.starts_on = ${the.from} and s.ends_on = ${the.to}
     order by s.signed_at, s.signature_id limit 200`);
}

/** False where this part of it is signed already. */
export async function insertSignature(
  tx: Transaction,
  the: StatementKey & {
    readonly signatureId: string;
    readonly part: Signature["part"];
    readonly contentHash: Buffer;
    readonly statement: unknown;
    readonly signedBy: string;
  },
): Promise<boolean> {
  const made = await tx.run(
    held(
      "statement_signature",
      sql`insert into reconciliation_signature (place_id, signature_id, body_id, source, pot_id, starts_on, ends_on, part, content_hash, statement, signed_by)
        values (${the.placeId}, ${the.signatureId}, ${the.bodyId}, ${the.source}, ${the.potId}, ${the.from}, ${the.to}, ${the.part},
          ${the.contentHash}, ${JSON.stringify(the.statement)}::jsonb, ${the.signedBy})
        on conflict (place_id, body_id, source, pot_id, starts_on, ends_on, content_hash, part) do nothing`,
    ),
    "any",
  );
  return made === 1;
}

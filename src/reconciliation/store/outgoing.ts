/** Files that went out, kept as the bytes they were: sent again they are the same. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Outgoing = {
  readonly batchId: string;
  readonly kind: "payments" | "journal";
  readonly batchNumber: bigint;
  readonly bodyId: string;
  readonly potId: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly lines: number;
  readonly totalPence: Pence;
};
export type OutgoingRow = Outgoing & { readonly body: string; readonly pot: string | null; readonly madeAt: Date };

const columns = sql`b.batch_id as "batchId", b.kind, b.batch_number as "batchNumber", b.body_id as "bodyId", n.name as body, b.pot_id as "potId",
  o.name as pot, b.starts_on as "from", b.ends_on as "to", b.lines, b.total_pence as "totalPence", b.made_at as "madeAt"`;
const tables = sql`outgoing_batch b join partner n on n.place_id = b.place_id and n.partner_id = b.body_id
  left join pot o on o.place_id = b.place_id and o.pot_id = b.pot_id`;

export async function insertOutgoing(
  tx: Transaction,
  placeId: number,
  the: Outgoing & { readonly content: string; readonly sha256: Buffer; readonly madeBy: string },
): Promise<void> {
  await tx.run(
    held(
      "outgoing_file",
      sql`insert into outgoing_batch (place_id, batch_id, kind, batch_number, body_id, pot_id, starts_on, ends_on, lines, total_pence, content, sha256, made_by)
        values (${placeId}, ${the.batchId}, ${the.kind}, ${the.batchNumber}, ${the.bodyId}, ${the.potId}, ${the.from}, ${the.to}, ${the.lines},
          ${the.totalPence}, ${the.content}, ${the.sha256}, ${the.madeBy})`,
    ),
    1,
  );
}

export async function listOutgoing(tx: Transaction, placeId: number): Promise<readonly OutgoingRow[]> {
  return tx.rows(sql<OutgoingRow>`
    select ${columns} from ${tables} where b.place_id = ${placeId} order by b.made_at desc, b.batch_id limit 500`);
}

export async function findOutgoing(
  tx: Transaction,
  placeId: number,
  batchId: string,
): Promise<(OutgoingRow & { readonly content: string }) | null> {
  return tx.maybe(sql<OutgoingRow & { content: string }>`
    select ${columns}, b.content from ${tables} where b.place_id = ${placeId} and b.batch_id = ${batchId}`);
}

export async function findJournal(
  tx: Transaction,
  placeId: number,
  the: { readonly bodyId: string; readonly potId: string; readonly from: Day; readonly to: Day },
): Promise<Outgoing | null> {
  return tx.maybe(sql<Outgoing>`
    select ${columns} from ${tables}
     where b.place_id = ${placeId} and b.kind = 'journal' and b.body_id = ${the.bodyId} and b.pot_id = ${the.potId}
       and b.starts_on = ${the.from} and b.ends_on = ${the.to}`);
}

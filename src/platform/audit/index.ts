/**
 * The audit trail: one row a change, in the change's own transaction, holding who (an id), what, which record and a
 * hash, never words about a person. Blocks are sealed per place every few seconds.
 */
import { sql, type Transaction } from "../database/index.ts";
import type { PlaceContext } from "../use-case/declare.ts";
import { hashJson } from "../use-case/json.ts";

export async function writeAudit(
  ctx: PlaceContext,
  change: { readonly action: string; readonly recordId: string; readonly content: unknown },
): Promise<void> {
  await ctx.tx.run(
    sql`insert into audit_entry (place_id, audit_id, actor, action, record_id, content_hash)
        values (${ctx.place.placeId}, ${ctx.newId()}, ${ctx.mark}, ${change.action}, ${change.recordId}, ${hashJson(change.content)})`,
    1,
  );
}

/** Seals what is below the oldest transaction in flight; gives the number of entries sealed. */
export async function sealAudit(tx: Transaction, placeId: number): Promise<number> {
  const { sealed } = await tx.one(sql<{ sealed: number }>`select seal_audit(${placeId}) as sealed`);
  return sealed;
}

/** Sealing a place's audit trail to the end, whatever other tests have in flight on the same server. */
import { sealAudit } from "../../src/platform/audit/index.ts";
import { sql } from "../../src/platform/database/index.ts";
import type { TestHouse } from "./house.ts";

/** Seals until nothing waits: what other tests have in flight on the same server holds a seal back for a moment. */
export async function sealAll(town: { readonly house: TestHouse; readonly placeId: number }): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    await town.house.database.inPlace(town.placeId, (tx) => sealAudit(tx, town.placeId));
    const { waiting } = await town.house.database.inPlace(town.placeId, (tx) =>
      tx.one(sql<{ waiting: boolean }>`
        select exists (select from transfer t where (t.life, t.transaction_number) >= (b.life, b.number))
            or exists (select from audit_entry e where e.block_number is null and (e.life, e.transaction_number) >= (b.life, b.number)) as waiting
          from ledger_sealed_below(${town.placeId}) as b`),
    );
    if (!waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("something in flight held the seal back for five seconds");
}

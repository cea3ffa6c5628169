/**
 * Sealing a place that grew since the statistics were gathered: a seal's work grows with the place at most, never with its square.
 * Counted in rows, which do not depend on the machine (found by a simulation in which a seal of fifty transfers read ten million rows).
 */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import { mustDay } from "../lib/day.ts";
import { sealAudit } from "../platform/audit/index.ts";
import { sql, type Transaction } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { openAccounts } from "./store/accounts.ts";
import { postBatch } from "./store/batches.ts";

let on: TestHouse;
beforeAll(async () => {
  on = await openTestHouse();
});
afterAll(() => on.close());

const A_BATCH = 1000;

/** So many transfers between two accounts with a floor and two without one, in batches, each sealed or left open. */
async function fill(placeId: number, { transfers, sealed }: { transfers: number; sealed: boolean }): Promise<void> {
  const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => on.database.inPlace(placeId, work);
  const accounts = await inPlace((tx) =>
    openAccounts(
      tx,
      placeId,
      [-1_000_000_000n, -1_000_000_000n, null, null].map((floorPence) => ({
        accountId: newId(),
        book: "shadow" as const,
        kind: "clearing" as const,
        recordId: newId(),
        streamId: null,
        potId: null,
        floorPence,
      })),
    ),
  );
  for (let done = 0; done < transfers; done += A_BATCH) {
    const { outcome } = await inPlace((tx) =>
      postBatch(tx, placeId, {
        transfers: Array.from({ length: Math.min(A_BATCH, transfers - done) }, (_, at) => ({
          transferId: newId(),
          book: "shadow" as const,
          kind: "transfer" as const,
          effectiveOn: mustDay("2013-03-29"),
          recordId: newId(),
          words: "a test",
          requestHash: Buffer.alloc(32),
          lines: [
            { accountId: must(accounts[at % 4], "an account"), amountPence: -1n },
            { accountId: must(accounts[(at + 1) % 4], "an account"), amountPence: 1n },
          ],
        })),
        madeBy: "operator",
        soft: false,
      }),
    );
    expect(outcome).toBe("posted");
    if (sealed) await inPlace((tx) => sealAudit(tx, placeId));
  }
}

it("never reads each entry with each transfer, in a place that the statistics do not know", async () => {
  const known = await on.openPlace("salford");
  const fresh = await on.openPlace("bolton");
  await fill(known, { transfers: 4000, sealed: true });
  const admin = await on.admin();
  await admin.query("analyze transfer, entry, ledger_account, ledger_sum, audit_entry");
  await admin.end();
  await fill(fresh, { transfers: 4000, sealed: true });
  await fill(fresh, { transfers: 20, sealed: false });
  // Nothing is sealed while an older transaction is under way anywhere on the server, as other tests have them.
  const read = await vi.waitFor(
    () =>
      on.database.inPlace(fresh, async (tx) => {
        expect(await sealAudit(tx, fresh)).toBeGreaterThan(0);
        return rowsRead(tx);
      }),
    { timeout: 20_000, interval: 200 },
  );
  // The 4,020 transfers of the place a few times over, for want of statistics; each with each entry would be thirty million.
  expect(read).toBeLessThan(100_000n);
});

/** Rows of the ledger's tables that this transaction has read so far, by index or one after another. */
async function rowsRead(tx: Transaction): Promise<bigint> {
  return (
    await tx.one(sql<{ rows: bigint }>`
      select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::bigint as rows from pg_stat_xact_user_tables
       where relname in ('transfer', 'entry', 'ledger_account')`)
  ).rows;
}

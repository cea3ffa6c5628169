/** Sealing a place's audit trail to the end, whatever other tests have in flight on the same server. */
import { sealAudit } from "../../src/platform/audit/index.ts";
import { sql } from "../../src/platform/database/index.ts";
import type { TestHouse } from "./house.ts";

const WAITS = 600;
const WAIT_MS = 25;

/**
 * Seals all that waits, and gives the number of entries sealed. What was in flight on the same server when it is asked (a fresh
 * database being copied above all) holds a seal back, or cuts a block in two: so it waits for the end of that first.
 */
export async function sealAll(town: { readonly house: TestHouse; readonly placeId: number }): Promise<number> {
  const ask = (query: typeof inFlight) => town.house.database.inPlace(town.placeId, (tx) => tx.one(query));
  const { next } = await ask(inFlight);
  for (let wait = 0; BigInt((await ask(inFlight)).oldest) < BigInt(next); wait += 1) {
    if (wait === WAITS) throw new Error("something in flight held the seal back for fifteen seconds");
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  const seal = () => town.house.database.inPlace(town.placeId, (tx) => sealAudit(tx, town.placeId));
  let sealed = 0;
  for (let more = await seal(); more > 0; more = await seal()) sealed += more;
  return sealed;
}

const inFlight = sql<{ oldest: string; next: string }>`
  select pg_snapshot_xmin(pg_current_snapshot())::text as oldest, pg_snapshot_xmax(pg_current_snapshot())::text as next`;

/** Who runs a place, counted under lock: a place is never left without an administrator. */

import type { Role } from "../../platform/actor.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Holding = {
  readonly holdingId: string;
  readonly userId: string;
  readonly role: Role;
  readonly partnerId: string | null;
  readonly areaId: string | null;
};

export async function findHolding(
  tx: Transaction,
  the: { readonly placeId: number; readonly holdingId: string },
): Promise<Holding | null> {
  return tx.maybe(sql<Holding>`
    select holding_id as "holdingId", user_id as "userId", role, partner_id as "partnerId", area_id as "areaId" from role_holding
     where place_id = ${the.placeId} and holding_id = ${the.holdingId} and ended_at is null`);
}

/**
 * The holdings of open accounts. Locked in id order: of two administrators who end each other at once, the second waits
 * and then finds only one left.
 */
export async function lockAdministrators(tx: Transaction, placeId: number): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ holdingId: string }>`
    select h.holding_id as "holdingId" from role_holding h join user_account u on u.user_id = h.user_id
     where h.place_id = ${placeId} and h.role = 'administrator' and h.ended_at is null and u.closed_at is null
     order by h.holding_id limit 1000 for update of h`);
  return found.map(({ holdingId }) => holdingId);
}

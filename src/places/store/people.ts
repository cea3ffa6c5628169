/** Who holds which role at a place, for which partner. The list of a person's places is kept beside, for sign-in. */
import type { Role, RoleHolding } from "../../platform/actor.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Holder = RoleHolding & {
  readonly holdingId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly partner: string | null;
};

export async function findHoldings(tx: Transaction, placeId: number, userId: string): Promise<readonly RoleHolding[]> {
  return tx.rows(sql<RoleHolding>`
    select role, partner_id as "partnerId", area_id as "areaId" from role_holding
     where place_id = ${placeId} and user_id = ${userId} and ended_at is null order by granted_at limit 50`);
}

export async function listHolders(tx: Transaction, placeId: number): Promise<readonly Holder[]> {
  return tx.rows(sql<Holder>`
    select h.holding_id as "holdingId", h.user_id as "userId", u.name, u.email, h.role, h.partner_id as "partnerId",
           h.area_id as "areaId", p.name as partner
      from role_holding h join user_account u on u.user_id = h.user_id
      left join partner p on p.place_id = h.place_id and p.partner_id = h.partner_id
     where h.place_id = ${placeId} and h.ended_at is null order by u.name, h.role limit 2000`);
}

export type Grant = {
  readonly holdingId: string;
  readonly userId: string;
  readonly role: Role;
  readonly partnerId: string | null;
  readonly areaId: string | null;
  readonly grantedBy: string;
};

export async function insertHolding(tx: Transaction, placeId: number, grant: Grant): Promise<void> {
  await tx.run(
    sql`insert into role_holding (place_id, holding_id, user_id, partner_id, area_id, role, granted_by)
        values (${placeId}, ${grant.holdingId}, ${grant.userId}, ${grant.partnerId}, ${grant.areaId}, ${grant.role}, ${grant.grantedBy})`,
    1,
  );
  await tx.run(
    sql`insert into user_place (user_id, place_id) values (${grant.userId}, ${placeId}) on conflict do nothing`,
    "any",
  );
}

/** Whose role it was, or null where there is no such role in force. */
export async function endHolding(tx: Transaction, placeId: number, holdingId: string): Promise<string | null> {
  const ended = await tx.maybe(sql<{ userId: string }>`
    update role_holding set ended_at = clock_timestamp()
     where place_id = ${placeId} and holding_id = ${holdingId} and ended_at is null returning user_id as "userId"`);
  if (ended === null) return null;
  await tx.run(
    sql`delete from user_place where user_id = ${ended.userId} and place_id = ${placeId}
         and not exists (select 1 from role_holding where place_id = ${placeId} and user_id = ${ended.userId} and ended_at is null)`,
    "any",
  );
  return ended.userId;
}

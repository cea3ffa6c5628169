/** Keys of partners' programs, by the SHA-256 of the key. They end by the date in London, or when revoked. */
import type { Day } from "../../lib/day.ts";
import type { Scope } from "../../platform/actor.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type KeyToKeep = {
  readonly keyId: string;
  readonly keyHash: Buffer;
  readonly placeId: number;
  readonly partnerId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: string;
  readonly expiresOn: Day;
};

export type KeyRow = {
  readonly keyId: string;
  readonly name: string;
  readonly partnerId: string;
  readonly partner: string | null;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresOn: Day;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

const inForce = sql`revoked_at is null and expires_on >= (clock_timestamp() at time zone 'Europe/London')::date`;

export async function insertKey(tx: Transaction, key: KeyToKeep): Promise<void> {
  await tx.run(
    sql`insert into api_key (key_id, key_hash, place_id, partner_id, name, scopes, created_by, expires_on)
        values (${key.keyId}, ${key.keyHash}, ${key.placeId}, ${key.partnerId}, ${key.name}, ${key.scopes}, ${key.createdBy},
                ${key.expiresOn})`,
    1,
  );
}

export async function listKeysAt(tx: Transaction, placeId: number): Promise<readonly KeyRow[]> {
  return tx.rows(sql<KeyRow>`
    select k.key_id as "keyId", k.name, k.partner_id as "partnerId", p.name as partner, k.scopes, k.created_at as "createdAt",
           k.expires_on as "expiresOn", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt"
      from api_key k left join partner p on p.place_id = k.place_id and p.partner_id = k.partner_id
     where k.place_id = ${placeId} order by k.revoked_at is not null, k.created_at desc limit 1000`);
}

/** True where the place has such a key; revoking it again changes nothing. */
export async function revokeKeyAt(
  tx: Transaction,
  the: { readonly placeId: number; readonly keyId: string },
): Promise<boolean> {
  const found = await tx.run(
    sql`update api_key set revoked_at = coalesce(revoked_at, clock_timestamp())
         where place_id = ${the.placeId} and key_id = ${the.keyId}`,
    "any",
  );
  return found === 1;
}

export type KeyInForce = { readonly keyId: string; readonly placeId: number };

export async function findKeyByHash(tx: Transaction, keyHash: Buffer): Promise<KeyInForce | null> {
  const found = await tx.maybe(sql<KeyInForce & { stale: boolean }>`
    select key_id as "keyId", place_id as "placeId",
           (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute') as stale
      from api_key where key_hash = ${keyHash} and ${inForce}`);
  if (found === null) return null;
  if (found.stale)
    await tx.run(sql`update api_key set last_used_at = clock_timestamp() where key_id = ${found.keyId}`, 1);
  return { keyId: found.keyId, placeId: found.placeId };
}

export async function findKeyScopes(
  tx: Transaction,
  the: { readonly keyId: string; readonly placeId: number },
): Promise<{ readonly partnerId: string; readonly scopes: readonly Scope[] } | null> {
  return tx.maybe(sql<{ partnerId: string; scopes: readonly Scope[] }>`
    select partner_id as "partnerId", scopes from api_key
     where key_id = ${the.keyId} and place_id = ${the.placeId} and ${inForce}`);
}

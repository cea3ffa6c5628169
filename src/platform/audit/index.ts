/**
 * The audit trail: one row a change, in the change's own transaction, holding who (an id), what, which record and a
 * hash, never words about a person. The hash is keyed (HMAC-SHA-256) by a random key of the record's own, so that what
 * was said cannot be guessed from it, and no longer proved by anyone once the key is erased. Blocks are sealed per
 * place every few seconds.
 */
import { randomBytes } from "node:crypto";
import { must } from "../../lib/assert.ts";
import { type Fragment, sql, type Transaction } from "../database/index.ts";
import type { Context } from "../use-case/declare.ts";
import { keyedHashJson } from "../use-case/json.ts";

const KEY_BYTES = 16;

type Changing = Pick<Context, "tx" | "newId" | "mark"> & { readonly place: { readonly placeId: number } };

export async function writeAudit(
  ctx: Changing,
  change: { readonly action: string; readonly recordId: string; readonly content: unknown },
): Promise<void> {
  const { placeId } = ctx.place;
  const hash = keyedHashJson(await keyOf(ctx.tx, placeId, change.recordId), change.content);
  await ctx.tx.run(
    sql`insert into audit_entry (place_id, audit_id, actor, action, record_id, content_hash)
        values (${placeId}, ${ctx.newId()}, ${ctx.mark}, ${change.action}, ${change.recordId}, ${hash})`,
    1,
  );
}

type KeyRow = { readonly key: Buffer };

/** The record's key, made by its first change. */
async function keyOf(tx: Transaction, placeId: number, recordId: string): Promise<Buffer> {
  const found = sql`select key from audit_key where place_id = ${placeId} and record_id = ${recordId}`;
  const row = await tx.maybe(sql<KeyRow>`
    with made as (
      insert into audit_key (place_id, record_id, key)
      select ${placeId}, ${recordId}, ${randomBytes(KEY_BYTES)} where not exists (${found})
      on conflict (place_id, record_id) do nothing returning key)
    select key from made union all ${found}`);
  // Another transaction made it while this statement waited: the next statement sees it.
  const { key } =
    row ?? must(await tx.maybe(sql<KeyRow>`${found}`), "the record's key was made by another transaction");
  return key;
}

/** Seals what is below the oldest transaction in flight; gives the number of entries sealed. */
export async function sealAudit(tx: Transaction, placeId: number): Promise<number> {
  const { sealed } = await tx.one(sql<{ sealed: number }>`select seal_audit(${placeId}) as sealed`);
  return sealed;
}

/**
 * An insert or an update, and its rows held with it: hashed as they then stand, for the block that seals this transaction (the
 * subjects are in db/migrations/0017). Gives the key of each row held, so that `run` counts what was written; where nothing was,
 * nothing is held.
 */
export function held(subject: string, statement: Fragment): Fragment {
  return sql`with made as (${statement} returning *)
    select hold_rows(${subject}, coalesce(jsonb_agg(to_jsonb(made)), '[]')) from made`;
}

/**
 * Counts of tries in windows of time, each by the SHA-256 of what is counted: no address and no name is kept. A window
 * begins with its first try and ends after its length, by the database's clock; counting and reading are one statement.
 */
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Counted = { readonly hits: number; readonly leftMilliseconds: number };

/** `bucket` is hashed by the caller. A window that begins in the future (a clock was set back) is begun again. */
export async function countTry(
  tx: Transaction,
  the: { readonly bucket: string; readonly windowMilliseconds: number },
): Promise<Counted> {
  const length = sql`${the.windowMilliseconds}::double precision * interval '1 millisecond'`;
  const over = sql`(rate_limit.window_starts_at <= excluded.window_starts_at - ${length}
                    or rate_limit.window_starts_at > excluded.window_starts_at + interval '1 minute')`;
  return tx.one(sql<Counted>`
    insert into rate_limit (bucket, window_starts_at, hits) values (${the.bucket}, clock_timestamp(), 1)
    on conflict (bucket) do update
      set hits = case when ${over} then 1 else least(rate_limit.hits, 1000000000) + 1 end,
          window_starts_at = case when ${over} then excluded.window_starts_at else rate_limit.window_starts_at end
    returning hits, ${leftOf(the.windowMilliseconds)} as "leftMilliseconds"`);
}

/** What has been counted, without counting. */
export async function readTries(
  tx: Transaction,
  the: { readonly bucket: string; readonly windowMilliseconds: number },
): Promise<Counted> {
  const left = leftOf(the.windowMilliseconds);
  const found = await tx.maybe(sql<Counted>`
    select hits, ${left} as "leftMilliseconds" from rate_limit where bucket = ${the.bucket} and ${left} > 0`);
  return found ?? { hits: 0, leftMilliseconds: 0 };
}

function leftOf(windowMilliseconds: number) {
  return sql`greatest(0, ceil(${windowMilliseconds}::double precision
    - extract(epoch from clock_timestamp() - window_starts_at) * 1000))::double precision`;
}

export async function forgetTries(tx: Transaction, bucket: string): Promise<void> {
  await tx.run(sql`delete from rate_limit where bucket = ${bucket}`, "any");
}

export async function deleteOldTries(tx: Transaction): Promise<number> {
  return tx.run(sql`delete from rate_limit where window_starts_at < clock_timestamp() - interval '1 day'`, "any");
}

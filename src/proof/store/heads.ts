/** The newest block of a place's chain, as it is published. */
import { sql, type Transaction } from "../../platform/database/index.ts";

export type PublishedHead = {
  readonly number: bigint;
  readonly hash: string;
  readonly sealedAt: Date;
  readonly entries: bigint;
  readonly transfers: bigint;
  readonly balance: string;
};

/** The newest block, with how much the chain holds up to it. */
export async function findNewestHead(tx: Transaction, placeId: number): Promise<PublishedHead | null> {
  return tx.maybe(sql<PublishedHead>`
    select b.block_number as number, encode(b.block_hash, 'hex') as hash, b.sealed_at as "sealedAt", b.trial_balance as balance,
           s.entries, s.transfers
      from audit_block b
      cross join lateral (select sum(entries)::bigint as entries, sum(transfers)::bigint as transfers
                            from audit_block where place_id = b.place_id) as s
     where b.place_id = ${placeId} order by b.block_number desc limit 1`);
}

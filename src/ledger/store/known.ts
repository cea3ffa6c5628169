/** What was in the ledger at an earlier moment: in its last sealed block at or before it, and in all before that one. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { KnownAt } from "../domain/known-at.ts";
import type { PotStanding } from "./pots.ts";

export type Known = {
  readonly blockNumber: bigint;
  readonly sealedAt: Date;
  readonly hash: string;
  /** What was known is all transactions below this one; those from before blocks held transactions are number nought. */
  readonly life: number;
  readonly below: string;
};

const columns = sql`block_number as "blockNumber", sealed_at as "sealedAt", encode(block_hash, 'hex') as hash,
  coalesce(below_life, 1::smallint) as life, coalesce(below_number, '1'::xid8)::text as below`;

/** The last block at or before the moment; null where there is none. */
export async function findKnown(tx: Transaction, placeId: number, at: KnownAt): Promise<Known | null> {
  const sealed =
    at.kind === "block"
      ? sql`block_number <= ${at.block}`
      : at.kind === "instant"
        ? sql`sealed_at <= ${at.text}::timestamptz`
        : sql`sealed_at <= ${at.text}::timestamp at time zone 'Europe/London'`;
  return tx.maybe(sql<Known>`
    select ${columns} from audit_block where place_id = ${placeId} and ${sealed} order by block_number desc limit 1`);
}

export async function findLastBlock(tx: Transaction, placeId: number): Promise<Known | null> {
  return tx.maybe(sql<Known>`
    select ${columns} from audit_block where place_id = ${placeId} order by block_number desc limit 1`);
}

export async function findFirstSealed(tx: Transaction, placeId: number): Promise<Date | null> {
  const { at } = await tx.one(
    sql<{ at: Date | null }>`select min(sealed_at) as at from audit_block where place_id = ${placeId}`,
  );
  return at;
}

/** Whether a transfer, by its alias in the statement, was known: true of every one when no moment is asked for. */
export function isKnown(transfer: Fragment, known: Known | null): Fragment {
  if (known === null) return sql`true`;
  return sql`(${transfer}.life, ${transfer}.transaction_number) < (${known.life}::smallint, ${known.below}::xid8)`;
}

/** From the entries themselves: stored sums are of what is known now. */
export async function findKnownStandings(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string; readonly asAt: Day; readonly known: Known },
): Promise<readonly PotStanding[]> {
  return tx.rows(sql<PotStanding>`
    select a.pot_id as "potId", a.stream_id as "streamId", coalesce(s.name, '') as stream, s.name_welsh as "streamWelsh",
           coalesce(s.ring_fenced, false) as "ringFenced", s.ends_on as "endsOn",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'pot'), 0)::bigint as "potPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'allocation'), 0)::bigint as "allocationPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'commitment'), 0)::bigint as "commitmentPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'paid'), 0)::bigint as "paidPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'resolve'), 0)::bigint as "resolvePence"
      from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
      join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
      left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
     where a.place_id = ${the.placeId} and a.pot_id = ${the.potId} and e.effective_on <= ${the.asAt}
       and ${isKnown(sql`t`, the.known)}
     group by a.pot_id, a.stream_id, s.name, s.name_welsh, s.ring_fenced, s.ends_on order by s.name limit 10000`);
}

export type Costs = {
  readonly paidPence: Pence;
  readonly accruedPence: Pence;
  readonly prepaidPence: Pence;
  readonly owedPence: Pence;
};

/** What was paid from a pot in a stretch of days, and what was moved into and out of them by accruals of each kind. */
export async function findCosts(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly potId: string;
    readonly from: Day;
    readonly to: Day;
    readonly known: Known | null;
  },
): Promise<Costs> {
  return tx.one(sql<Costs>`
    select coalesce(sum(e.amount_pence) filter (where a.kind = 'paid'), 0)::bigint as "paidPence",
           coalesce(-sum(e.amount_pence) filter (where a.kind = 'creditor'), 0)::bigint as "accruedPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'prepaid'), 0)::bigint as "prepaidPence",
           coalesce(sum(e.amount_pence) filter (where a.kind = 'debtor'), 0)::bigint as "owedPence"
      from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
      join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
     where a.place_id = ${the.placeId} and a.pot_id = ${the.potId} and a.kind in ('paid', 'creditor', 'prepaid', 'debtor')
       and e.effective_on between ${the.from} and ${the.to}
       and ${isKnown(sql`t`, the.known)}`);
}

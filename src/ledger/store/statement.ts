/** Reading the ledger in order: a pot's statement, transfers with their lines, accounts with their balances. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, readThrough, sql, type Transaction } from "../../platform/database/index.ts";
import type { AccountKind, TransferKind } from "./accounts.ts";
import { isKnown, type Known } from "./known.ts";
import type { Book } from "./pots.ts";

export type StatementLine = {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly effectiveOn: Day;
  /** The day in whose period it counts, where that is a later one. */
  readonly bookedOn: Day | null;
  readonly recordId: string;
  readonly words: string;
  readonly madeBy: string;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  /** What the transfer moved; a payment that became another stream's is not counted twice. */
  readonly amountPence: Pence;
  /** How it changed what the pot holds: in by a contribution, out by a payment, nought between. */
  readonly changePence: Pence;
  /** What the pot held afterwards, allocated or not. */
  readonly balancePence: Pence;
  /** What of it was not yet allocated. */
  readonly unallocatedPence: Pence;
};

/** In order of day, then of posting. Balances run from the pot's first entry, whatever part is asked for. */
export async function listStatement(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly potId: string;
    readonly from: Day;
    readonly asAt: Day;
    /** Leaves out what came later; null for all that is there. */
    readonly known: Known | null;
    readonly limit: number;
    readonly skip: number;
  },
): Promise<readonly StatementLine[]> {
  return tx.rows(sql<StatementLine>`
    with moved as (
      select e.transfer_id, coalesce(sum(e.amount_pence) filter (where a.kind <> 'paid'), 0) as change,
             coalesce(sum(e.amount_pence) filter (where a.kind = 'pot'), 0) as unallocated,
             sum(abs(e.amount_pence)) filter (where a.kind = 'pot') as through_pot,
             sum(e.amount_pence) filter (where e.amount_pence > 0)
               - least(coalesce(sum(e.amount_pence) filter (where a.kind = 'paid' and e.amount_pence > 0), 0),
                       coalesce(-sum(e.amount_pence) filter (where a.kind = 'paid' and e.amount_pence < 0), 0)) as received
        from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
       where a.place_id = ${the.placeId} and a.pot_id = ${the.potId} and e.effective_on <= ${the.asAt}
       group by e.transfer_id
    ), running as (
      select t.transfer_id, t.kind, t.effective_on, t.booked_on, t.posted_at, t.record_id, t.words, t.made_by, t.reverses_id,
             coalesce(m.received, m.through_pot) as amount, m.change,
             sum(m.change) over w as balance, sum(m.unallocated) over w as unallocated
        from moved m join transfer t on t.place_id = ${the.placeId} and t.transfer_id = m.transfer_id and ${isKnown(sql`t`, the.known)}
      window w as (order by t.effective_on, t.posted_at, t.transfer_id)
    )
    select r.transfer_id as "transferId", r.kind, r.effective_on as "effectiveOn", r.booked_on as "bookedOn", r.record_id as "recordId", r.words,
           r.made_by as "madeBy", r.reverses_id as "reversesId",
           (select b.transfer_id from transfer b where b.place_id = ${the.placeId} and b.reverses_id = r.transfer_id
               and b.effective_on <= ${the.asAt} and ${isKnown(sql`b`, the.known)}) as "reversedById",
           r.amount::bigint as "amountPence", r.change::bigint as "changePence", r.balance::bigint as "balancePence",
           r.unallocated::bigint as "unallocatedPence"
      from running r where r.effective_on >= ${the.from}
     order by r.effective_on, r.posted_at, r.transfer_id limit ${the.limit} offset ${the.skip}`);
}

export type Account = {
  readonly accountId: string;
  readonly book: Book;
  readonly kind: AccountKind;
  readonly recordId: string;
  readonly record: string;
  readonly streamId: string | null;
  readonly stream: string | null;
  readonly potId: string | null;
  readonly pot: string | null;
  readonly floorPence: Pence | null;
  readonly balancePence: Pence;
  readonly entries: bigint;
};

export type AccountsSought = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly potId: string | null;
  readonly kind: AccountKind | null;
  readonly book: Book | null;
  readonly asAt: Day;
};

export async function listAccounts(
  tx: Transaction,
  { limit, skip, ...sought }: AccountsSought & { readonly limit: number; readonly skip: number },
): Promise<readonly Account[]> {
  const page = sql`limit ${limit} offset ${skip}`;
  return tx.rows(
    accountsOf(
      valuesOf(sought, (value) => sql`${value}`),
      page,
    ),
  );
}

/** The same, all of them and not a page, some at a time. */
export function readAccounts(tx: Transaction, sought: AccountsSought): AsyncGenerator<readonly Account[]> {
  return readThrough(tx, accountsOf(valuesOf(sought, sql.lit), sql``));
}

function accountsOf(v: Values<AccountsSought>, page: Fragment): Fragment<Account> {
  return sql<Account>`
    with correction as materialized (select account_id, pence from ledger_corrections(${v.placeId}::integer, ${v.asAt}::date))
    select a.account_id as "accountId", a.book, a.kind, a.record_id as "recordId",
           coalesce(l.name, v.name, nullif(c.reference, ''), o.name, s.name, '') as record,
           a.stream_id as "streamId", s.name as stream, a.pot_id as "potId", o.name as pot, a.floor_pence as "floorPence",
           (a.posted_pence + coalesce(e.pence, 0))::bigint as "balancePence", a.version as entries
      from ledger_account a left join correction e on e.account_id = a.account_id
      left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
      left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
      left join allocation l on a.kind = 'allocation' and l.place_id = a.place_id and l.allocation_id = a.record_id
      left join commitment c on a.kind = 'commitment' and c.place_id = a.place_id and c.commitment_id = a.record_id
      left join service v on a.kind = 'paid' and v.place_id = a.place_id and v.service_id = a.record_id
     where a.place_id = ${v.placeId} and (${v.potId}::uuid is null or a.pot_id = ${v.potId}::uuid)
       and (${v.kind}::text is null or a.kind = ${v.kind}) and (${v.book}::text is null or a.book = ${v.book})
       and (${v.areaId}::uuid is null or o.area_id = ${v.areaId}::uuid or a.pot_id = ${v.potId}::uuid)
     order by a.book, o.name nulls first, a.kind, s.name, a.account_id ${page}`;
}

export type TransferLine = {
  readonly accountId: string;
  readonly accountKind: AccountKind;
  readonly stream: string | null;
  readonly amountPence: string;
  /** Null of an account without a floor: nothing waits there to number its entries. */
  readonly balancePence: string | null;
};

export type ListedTransfer = {
  readonly transferId: string;
  readonly book: Book;
  readonly kind: TransferKind;
  readonly effectiveOn: Day;
  readonly postedAt: Date;
  readonly recordId: string;
  readonly words: string;
  readonly madeBy: string;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  readonly amountPence: Pence;
  readonly lines: readonly TransferLine[];
};

export type TransfersSought = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly potId: string | null;
  readonly streamId: string | null;
  readonly recordId: string | null;
  readonly kind: TransferKind | null;
  readonly book: Book | null;
  readonly from: Day | null;
  readonly to: Day | null;
};

export async function listTransfers(
  tx: Transaction,
  { limit, skip, ...sought }: TransfersSought & { readonly limit: number; readonly skip: number },
): Promise<readonly ListedTransfer[]> {
  const page = sql`limit ${limit} offset ${skip}`;
  return tx.rows(
    transfersOf(
      valuesOf(sought, (value) => sql`${value}`),
      page,
    ),
  );
}

/** The same, all of them and not a page, some at a time. */
export function readTransfers(tx: Transaction, sought: TransfersSought): AsyncGenerator<readonly ListedTransfer[]> {
  return readThrough(tx, transfersOf(valuesOf(sought, sql.lit), sql``));
}

type Values<Sought> = Readonly<Record<keyof Sought, Fragment>>;

function valuesOf<Sought extends Readonly<Record<string, string | number | null>>>(
  sought: Sought,
  write: (value: string | number | null) => Fragment,
): Values<Sought> {
  return Object.fromEntries(Object.entries(sought).map(([name, value]) => [name, write(value)])) as Values<Sought>;
}

function transfersOf(v: Values<TransfersSought>, page: Fragment): Fragment<ListedTransfer> {
  return sql<ListedTransfer>`
    with chosen as (
      select t.* from transfer t
       where t.place_id = ${v.placeId} and (${v.kind}::text is null or t.kind = ${v.kind})
         and (${v.book}::text is null or t.book = ${v.book})
         and (${v.recordId}::uuid is null or t.record_id = ${v.recordId}::uuid)
         and (${v.from}::date is null or t.effective_on >= ${v.from}::date)
         and (${v.to}::date is null or t.effective_on <= ${v.to}::date)
         and ((${v.potId}::uuid is null and ${v.streamId}::uuid is null and ${v.areaId}::uuid is null) or exists (
           select from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
             left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
            where e.place_id = t.place_id and e.transfer_id = t.transfer_id
              and (${v.potId}::uuid is null or a.pot_id = ${v.potId}::uuid)
              and (${v.streamId}::uuid is null or a.stream_id = ${v.streamId}::uuid)
              and (${v.areaId}::uuid is null or o.area_id = ${v.areaId}::uuid or a.pot_id = ${v.potId}::uuid)))
       order by t.effective_on desc, t.posted_at desc, t.transfer_id ${page}
    )
    select t.transfer_id as "transferId", t.book, t.kind, t.effective_on as "effectiveOn", t.posted_at as "postedAt",
           t.record_id as "recordId", t.words, t.made_by as "madeBy", t.reverses_id as "reversesId",
           (select b.transfer_id from transfer b where b.place_id = t.place_id and b.reverses_id = t.transfer_id) as "reversedById",
           l.amount as "amountPence", l.lines
      from chosen t cross join lateral (
        select (sum(e.amount_pence) filter (where e.amount_pence > 0)
                 - least(coalesce(sum(e.amount_pence) filter (where a.kind = 'paid' and e.amount_pence > 0), 0),
                         coalesce(-sum(e.amount_pence) filter (where a.kind = 'paid' and e.amount_pence < 0), 0)))::bigint as amount,
               jsonb_agg(jsonb_build_object('accountId', e.account_id, 'accountKind', a.kind, 'stream', s.name,
                 'amountPence', e.amount_pence::text, 'balancePence', e.balance_pence::text) order by e.line) as lines
          from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
          left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
         where e.place_id = t.place_id and e.transfer_id = t.transfer_id) as l
     order by t.effective_on desc, t.posted_at desc, t.transfer_id`;
}

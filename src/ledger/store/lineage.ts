/** Reading which pence of an account came from where and went where. Reversed transfers, and reversals, carry nothing. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Flow, Slice } from "../domain/lineage.ts";
import type { AccountKind } from "./accounts.ts";
import type { Book } from "./pots.ts";

/** A page shows far fewer; what is over this is said to be more. */
const MOST_FLOWS = 20_000;

/** The order of an account's entries: by number where it has them, else by the transactions that made them. */
const inOrder = sql`e.version nulls last, t.life, t.transaction_number, t.transfer_id, e.line`;

/**
 * The entries into (`in`) or out of (`out`) the accounts of the slices that overlap them, in order, each with the stretch
 * it occupies there and at its other end. A transfer has one line out and one line in for each stream.
 */
export async function findFlows(
  tx: Transaction,
  the: { readonly placeId: number; readonly slices: readonly Slice[]; readonly direction: "in" | "out" },
): Promise<readonly Flow[]> {
  if (the.slices.length === 0) return [];
  const sign = the.direction === "in" ? 1 : -1;
  return tx.rows(sql<Flow>`
    with slice as (
      select account_id, min(from_pence) as from_pence, max(to_pence) as to_pence
        from unnest(${the.slices.map(({ accountId }) => accountId)}::uuid[], ${the.slices.map(({ fromPence }) => fromPence)}::bigint[],
                    ${the.slices.map(({ toPence }) => toPence)}::bigint[]) as s (account_id, from_pence, to_pence)
       group by account_id
    ), gone as (
      select reverses_id from transfer where place_id = ${the.placeId} and reverses_id is not null
    ), here as (
      select h.* from (
        select e.account_id, e.transfer_id, abs(e.amount_pence) as pence,
               sum(abs(e.amount_pence)) over (partition by e.account_id order by ${inOrder}) as to_pence, t.record_id,
               t.kind, t.effective_on
          from entry e join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
         where e.place_id = ${the.placeId} and e.account_id in (select account_id from slice) and sign(e.amount_pence) = ${sign}::integer
           and t.kind <> 'reversal' and t.transfer_id not in (select reverses_id from gone)) as h
        join slice s on s.account_id = h.account_id and h.to_pence > s.from_pence and h.to_pence - h.pence < s.to_pence
       limit ${MOST_FLOWS}
    ), other as (
      select distinct o.account_id from here h
        join ledger_account a on a.place_id = ${the.placeId} and a.account_id = h.account_id
        join entry e on e.place_id = ${the.placeId} and e.transfer_id = h.transfer_id and sign(e.amount_pence) <> ${sign}::integer
        join ledger_account o on o.place_id = e.place_id and o.account_id = e.account_id and o.stream_id = a.stream_id
    ), there as (
      select e.account_id, e.transfer_id, abs(e.amount_pence) as pence,
             sum(abs(e.amount_pence)) over (partition by e.account_id order by ${inOrder}) as to_pence
        from entry e join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
       where e.place_id = ${the.placeId} and e.account_id in (select account_id from other) and sign(e.amount_pence) <> ${sign}::integer
         and t.kind <> 'reversal' and t.transfer_id not in (select reverses_id from gone)
    )
    select h.account_id as "accountId", a.record_id as "accountRecordId", a.book, (h.to_pence - h.pence)::bigint as "fromPence",
           h.to_pence::bigint as "toPence", h.record_id as "recordId", h.kind as "transferKind", o.account_id as "otherAccountId",
           o.kind as "otherKind",
           o.record_id as "otherRecordId", (r.to_pence - r.pence)::bigint as "otherFromPence"
      from here h join ledger_account a on a.place_id = ${the.placeId} and a.account_id = h.account_id
      join there r on r.transfer_id = h.transfer_id
      join ledger_account o on o.place_id = ${the.placeId} and o.account_id = r.account_id and o.stream_id = a.stream_id
     order by h.effective_on, h.transfer_id, h.account_id, h.to_pence limit ${MOST_FLOWS}`);
}

/** Everything that ever came into the accounts of a record, less what was reversed. Of a stream: all it has to give. */
export async function findWholeAccounts(
  tx: Transaction,
  the: { readonly placeId: number; readonly kind: AccountKind; readonly recordId: string },
): Promise<readonly Slice[]> {
  return tx.rows(sql<Slice>`
    select a.account_id as "accountId", 0::bigint as "fromPence",
           case when a.kind = 'stream' then -a.floor_pence
             else coalesce(sum(e.amount_pence) filter (where t.kind <> 'reversal'
               and not exists (select from transfer r where r.place_id = a.place_id and r.reverses_id = t.transfer_id)), 0)::bigint
           end as "toPence"
      from ledger_account a
      left join entry e on e.place_id = a.place_id and e.account_id = a.account_id and e.amount_pence > 0 and a.kind <> 'stream'
      left join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
     where a.place_id = ${the.placeId} and a.kind = ${the.kind} and a.record_id = ${the.recordId} and a.stream_id is not null
     group by a.account_id, a.kind, a.floor_pence, a.book order by a.book, a.account_id limit 2000`);
}

export type OutsideItem = {
  readonly itemId: string;
  readonly paymentId: string;
  readonly serviceId: string;
  readonly book: Book;
  readonly amountPence: Pence;
  readonly leftPence: Pence;
};

/** Of the item `i`: what nobody has borne. */
const left = sql`(case when exists (select from transfer r where r.place_id = i.place_id and r.reverses_id = i.transfer_id) then 0
    else i.amount_pence - coalesce((
      select sum(c.amount_pence) from resolve_clearing c where c.place_id = i.place_id and c.item_id = i.item_id
         and not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)), 0) end)::bigint`;

/** Items to resolve, by their own ids or those of their payments or services; none whose payment was reversed. */
export async function findOutside(
  tx: Transaction,
  placeId: number,
  ids: readonly string[],
): Promise<readonly OutsideItem[]> {
  return tx.rows(sql<OutsideItem>`
    select i.item_id as "itemId", i.payment_id as "paymentId", y.service_id as "serviceId", o.book,
           i.amount_pence as "amountPence", ${left} as "leftPence"
      from resolve_item i join payment y on y.place_id = i.place_id and y.payment_id = i.payment_id
      join pot o on o.place_id = i.place_id and o.pot_id = i.pot_id
     where i.place_id = ${placeId}
       and (i.item_id = any(${ids}::uuid[]) or i.payment_id = any(${ids}::uuid[]) or y.service_id = any(${ids}::uuid[]))
       and not exists (select from transfer r where r.place_id = i.place_id and r.reverses_id = i.transfer_id)
     order by i.item_id limit ${MOST_FLOWS}`);
}

/** Which of the accounts are of no stream: what nobody has borne. */
export async function findNobodys(
  tx: Transaction,
  placeId: number,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set();
  const found = await tx.rows(sql<{ accountId: string }>`
    select account_id as "accountId" from ledger_account
     where place_id = ${placeId} and account_id = any(${accountIds}::uuid[]) and stream_id is null limit ${MOST_FLOWS}`);
  return new Set(found.map(({ accountId }) => accountId));
}

/** The stretches that a record's own transfer occupies in the accounts it went into; none when it was reversed. */
export async function findWholeTransfer(tx: Transaction, placeId: number, recordId: string): Promise<readonly Slice[]> {
  return tx.rows(sql<Slice>`
    with own as (
      select t.transfer_id, e.account_id from transfer t
        join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id and e.amount_pence > 0
       where t.place_id = ${placeId} and t.record_id = ${recordId} and t.kind <> 'reversal'
    )
    select p.account_id as "accountId", (p.to_pence - p.pence)::bigint as "fromPence", p.to_pence::bigint as "toPence"
      from (select e.account_id, e.transfer_id, e.amount_pence as pence,
                   sum(e.amount_pence) over (partition by e.account_id order by ${inOrder}) as to_pence
              from entry e join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
             where e.place_id = ${placeId} and e.account_id in (select account_id from own) and e.amount_pence > 0
               and t.kind <> 'reversal' and not exists (
                 select from transfer r where r.place_id = t.place_id and r.reverses_id = t.transfer_id)) as p
      join own on own.transfer_id = p.transfer_id and own.account_id = p.account_id
     order by p.account_id limit 2000`);
}

/** The account of a stream in each book in which it ever gave: in each it may give up to its whole amount. */
export async function findStreamAccounts(
  tx: Transaction,
  placeId: number,
  streamIds: readonly string[],
): Promise<readonly { readonly streamId: string; readonly accountId: string; readonly book: Book }[]> {
  return tx.rows(sql<{ streamId: string; accountId: string; book: Book }>`
    select record_id as "streamId", account_id as "accountId", book from ledger_account
     where place_id = ${placeId} and kind = 'stream' and record_id = any(${streamIds}::uuid[])
     order by book, account_id limit 2000`);
}

export type PartnerMoney = {
  readonly kind: "stream" | "payment";
  readonly id: string;
  readonly amountPence: Pence;
  /** Null of a stream, which may give in both. */
  readonly book: Book | null;
};

/** What reached a partner as a supplier (payments), or what it pays out (streams), the newest first. */
export async function findPartnerMoney(
  tx: Transaction,
  the: { readonly placeId: number; readonly partnerId: string; readonly kind: "stream" | "payment" },
): Promise<readonly PartnerMoney[]> {
  if (the.kind === "stream")
    return tx.rows(sql<PartnerMoney>`
      select 'stream' as kind, stream_id as id, amount_pence as "amountPence", null as book from stream
       where place_id = ${the.placeId} and payer_id = ${the.partnerId} order by starts_on desc, name limit ${MOST_FLOWS}`);
  return tx.rows(sql<PartnerMoney>`
    select 'payment' as kind, y.payment_id as id, y.amount_pence as "amountPence", o.book
      from payment y join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
     where y.place_id = ${the.placeId} and y.supplier_id = ${the.partnerId}
       and not exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id)
     order by y.paid_on desc, y.payment_id limit ${MOST_FLOWS}`);
}

/** The newest count of families of each service. Exact: suppress it before it leaves the subject. */
export async function findLatestReach(
  tx: Transaction,
  placeId: number,
  serviceIds: readonly string[],
): Promise<
  readonly {
    readonly serviceId: string;
    readonly startsOn: Day;
    readonly endsOn: Day;
    readonly families: number;
  }[]
> {
  return tx.rows(sql<{ serviceId: string; startsOn: Day; endsOn: Day; families: number }>`
    select distinct on (service_id) service_id as "serviceId", starts_on as "startsOn", ends_on as "endsOn", families
      from service_reach where place_id = ${placeId} and service_id = any(${serviceIds}::uuid[])
     order by service_id, ends_on desc, starts_on desc limit 2000`);
}

export type Described = {
  readonly id: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly amountPence: Pence | null;
  readonly day: string | null;
  readonly words: string;
  /** Where the words are a name that has another in Welsh. */
  readonly wordsWelsh?: string | null;
  readonly decidedBy: string | null;
  readonly book: "real" | "shadow" | null;
  readonly madeUp: boolean;
  readonly reversed: boolean;
  /** The partner and the service that the record names, where it does. */
  readonly partnerId: string | null;
  readonly partner: string | null;
  readonly serviceId: string | null;
  readonly service: string | null;
  readonly serviceWelsh: string | null;
  readonly power: string | null;
  readonly reference: string | null;
  readonly vatPence: Pence | null;
  readonly mode: string | null;
  readonly endsOn: Day | null;
  readonly spendLine: string | null;
};

export type CreditedPayment = {
  readonly creditNoteId: string;
  readonly paymentId: string;
  readonly amountPence: Pence;
  readonly reason: string;
};

/** Credit notes that still stand, by their own ids or by their payments'. */
export async function findCreditNotes(
  tx: Transaction,
  placeId: number,
  ids: readonly string[],
): Promise<readonly CreditedPayment[]> {
  return tx.rows(sql<CreditedPayment>`
    select c.credit_note_id as "creditNoteId", c.payment_id as "paymentId", c.amount_pence as "amountPence", c.reason
      from credit_note c
     where c.place_id = ${placeId} and (c.credit_note_id = any(${ids}::uuid[]) or c.payment_id = any(${ids}::uuid[]))
       and not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)
     order by c.credited_on, c.credit_note_id limit 2000`);
}

const nothing = sql`null::text as power, null::text as reference, null::bigint as "vatPence", null::text as mode, null::date as "endsOn",
  null::text as "spendLine"`;
const noService = sql`null::uuid as "serviceId", null::text as service, null::text as "serviceWelsh"`;

function reversed(transferId: ReturnType<typeof sql>) {
  return sql`exists (select from transfer r where r.place_id = t.place_id and r.reverses_id = ${transferId}) as reversed`;
}

/** One statement a kind of record; each gives the same columns. */
export const describe = {
  stream: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.stream_id as id, t.name, t.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.starts_on as day,
             t.source as words, null as "decidedBy", null as book, t.made_up as "madeUp", false as reversed,
             t.payer_id as "partnerId", p.name as partner, ${noService}, t.power, null::text as reference, null::bigint as "vatPence",
             null::text as mode, t.ends_on as "endsOn", null::text as "spendLine"
        from stream t join partner p on p.place_id = t.place_id and p.partner_id = t.payer_id
       where t.place_id = ${placeId} and t.stream_id = any(${ids}::uuid[]) limit 1000`),
  contribution: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.contribution_id as id, s.name, s.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.made_on as day,
             o.name as words, o.name_welsh as "wordsWelsh", null as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             s.payer_id as "partnerId", p.name as partner, ${noService}, null::text as power, t.reference, null::bigint as "vatPence",
             null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from contribution t join stream s on s.place_id = t.place_id and s.stream_id = t.stream_id
        join partner p on p.place_id = s.place_id and p.partner_id = s.payer_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.contribution_id = any(${ids}::uuid[]) limit 1000`),
  pot: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.pot_id as id, t.name, t.name_welsh as "nameWelsh", null::bigint as "amountPence", t.opened_on as day,
             t.purpose as words, null as "decidedBy", t.book, t.made_up as "madeUp", false as reversed, t.host_id as "partnerId",
             p.name as partner, ${noService}, null::text as power, null::text as reference, null::bigint as "vatPence",
             coalesce((select s.mode from pot_step s where s.place_id = t.place_id and s.pot_id = t.pot_id
               and s.successor_id is null order by s.step_number desc limit 1), t.mode) as mode,
             null::date as "endsOn", null::text as "spendLine"
        from pot t join partner p on p.place_id = t.place_id and p.partner_id = t.host_id
       where t.place_id = ${placeId} and t.pot_id = any(${ids}::uuid[]) limit 1000`),
  allocation: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.allocation_id as id, t.name, t.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.decided_on as day,
             t.purpose as words, t.decided_by as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             null::uuid as "partnerId", null::text as partner, ${noService}, t.power, null::text as reference,
             null::bigint as "vatPence", null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from allocation t join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.allocation_id = any(${ids}::uuid[]) limit 1000`),
  commitment: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.commitment_id as id, p.name, p.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.committed_on as day,
             t.words, null as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)}, t.supplier_id as "partnerId",
             p.name as partner, t.service_id as "serviceId", v.name as service, v.name_welsh as "serviceWelsh", null::text as power,
             t.reference, null::bigint as "vatPence", t.kind as mode, t.ends_on as "endsOn", null::text as "spendLine"
        from commitment t join partner p on p.place_id = t.place_id and p.partner_id = t.supplier_id
        join service v on v.place_id = t.place_id and v.service_id = t.service_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.commitment_id = any(${ids}::uuid[]) limit 1000`),
  payment: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.payment_id as id, p.name, p.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.paid_on as day,
             '' as words, null as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)}, t.supplier_id as "partnerId",
             p.name as partner, t.service_id as "serviceId", v.name as service, v.name_welsh as "serviceWelsh", null::text as power,
             t.reference, t.vat_recovered_pence as "vatPence", null::text as mode, null::date as "endsOn",
             t.spend_file_id::text || '.' || t.spend_row_number::text as "spendLine"
        from payment t join partner p on p.place_id = t.place_id and p.partner_id = t.supplier_id
        join service v on v.place_id = t.place_id and v.service_id = t.service_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.payment_id = any(${ids}::uuid[]) limit 1000`),
  virement: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.virement_id as id, f.name, f.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.moved_on as day,
             t.reason as words, t.decided_by as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             null::uuid as "partnerId", null::text as partner, ${noService}, t.power, null::text as reference,
             null::bigint as "vatPence", null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from virement t join allocation f on f.place_id = t.place_id and f.allocation_id = t.from_allocation_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.virement_id = any(${ids}::uuid[]) limit 1000`),
  handover: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.handover_id as id, o.name, o.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.moved_on as day,
             t.reason as words, t.decided_by as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             null::uuid as "partnerId", null::text as partner, ${noService}, t.power, null::text as reference,
             null::bigint as "vatPence", null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from handover t join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.handover_id = any(${ids}::uuid[]) limit 1000`),
  release: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.release_id as id, p.name, p.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.released_on as day,
             t.reason as words, null as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             c.supplier_id as "partnerId", p.name as partner, ${noService}, ${nothing}
        from commitment_release t join commitment c on c.place_id = t.place_id and c.commitment_id = t.commitment_id
        join partner p on p.place_id = c.place_id and p.partner_id = c.supplier_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.release_id = any(${ids}::uuid[]) limit 1000`),
  credit_note: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.credit_note_id as id, p.name, p.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.credited_on as day,
             t.reason as words, null as "decidedBy", o.book, o.made_up as "madeUp", ${reversed(sql`t.transfer_id`)},
             y.supplier_id as "partnerId", p.name as partner, ${noService}, null::text as power, t.reference,
             (select sum(l.recoverable_pence)::bigint from credit_note_line l
               where l.place_id = t.place_id and l.credit_note_id = t.credit_note_id) as "vatPence", null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from credit_note t join payment y on y.place_id = t.place_id and y.payment_id = t.payment_id
        join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
       where t.place_id = ${placeId} and t.credit_note_id = any(${ids}::uuid[]) limit 1000`),
  service: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.service_id as id, t.name, t.name_welsh as "nameWelsh", null::bigint as "amountPence", null::date as day,
             t.description as words, null as "decidedBy", null as book, p.made_up as "madeUp", false as reversed,
             t.provider_id as "partnerId", p.name as partner, ${noService}, ${nothing}
        from service t join partner p on p.place_id = t.place_id and p.partner_id = t.provider_id
       where t.place_id = ${placeId} and t.service_id = any(${ids}::uuid[]) limit 1000`),
  resolve_item: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.item_id as id, p.name, p.name_welsh as "nameWelsh", t.amount_pence as "amountPence", t.arisen_on as day,
             coalesce(s.name, '') as words, s.name_welsh as "wordsWelsh", null as "decidedBy", o.book, o.made_up as "madeUp",
             ${reversed(sql`t.transfer_id`)}, y.supplier_id as "partnerId", p.name as partner, y.service_id as "serviceId",
             v.name as service, v.name_welsh as "serviceWelsh", null::text as power, y.reference, null::bigint as "vatPence",
             null::text as mode, null::date as "endsOn", null::text as "spendLine"
        from resolve_item t join payment y on y.place_id = t.place_id and y.payment_id = t.payment_id
        join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
        join service v on v.place_id = y.place_id and v.service_id = y.service_id
        join pot o on o.place_id = t.place_id and o.pot_id = t.pot_id
        left join stream s on s.place_id = t.place_id and s.stream_id = t.stream_id
       where t.place_id = ${placeId} and t.item_id = any(${ids}::uuid[]) limit 1000`),
  partner: (tx: Transaction, placeId: number, ids: readonly string[]) =>
    tx.rows(sql<Described>`
      select t.partner_id as id, t.name, t.name_welsh as "nameWelsh", null::bigint as "amountPence", t.joined_on as day, '' as words,
             null as "decidedBy", null as book, t.made_up as "madeUp", false as reversed, null::uuid as "partnerId",
             null::text as partner, ${noService}, ${nothing}
        from partner t where t.place_id = ${placeId} and t.partner_id = any(${ids}::uuid[]) limit 1000`),
};

/** The payments and the credit notes of a book in a row each, from which samples are drawn, and what an auditor asks of those drawn. */
import type { Reason } from "../../ledger/index.ts";
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "../domain/books.ts";

const ITEMS_READ = 5_000;

export type SampleScope = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly book: Book;
  readonly from: Day;
  readonly to: Day;
};

export type Population = "payment" | "credit_note";

/** What a sample is drawn from: payments, those made elsewhere among them; and credit notes, by their size. */
const POPULATIONS: Readonly<Record<Population, Fragment>> = {
  payment: sql`(select place_id, pot_id, payment_id as id, paid_on as day, amount_pence from payment)`,
  credit_note: sql`(select place_id, pot_id, credit_note_id as id, credited_on as day, amount_pence from credit_note)`,
};

function rowsOf({ placeId, areaId, book, from, to }: SampleScope, of: Population): Fragment {
  return sql`from ${POPULATIONS[of]} as y join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
    where y.place_id = ${placeId} and y.day between ${from} and ${to} and o.book = ${book}
      and (${areaId}::uuid is null or o.area_id = ${areaId}::uuid)`;
}

export async function sumPopulation(tx: Transaction, scope: SampleScope, of: Population) {
  return tx.one(sql<{ items: number; totalPence: Pence }>`
    select count(*)::integer as items, coalesce(sum(y.amount_pence), 0)::bigint as "totalPence" ${rowsOf(scope, of)}`);
}

type Key = { readonly id: string; readonly day: Day; readonly amountPence: Pence };

/** In order of day, then of id: an order that never changes, so that the same seed draws the same items. */
export async function* readPopulation(tx: Transaction, scope: SampleScope, of: Population): AsyncGenerator<Key> {
  let after: Pick<Key, "day" | "id"> = {
    day: "0001-01-01" as Day,
    id: "00000000-0000-0000-0000-000000000000",
  };
  while (true) {
    const page: readonly Key[] = await tx.rows(sql<Key>`
      select y.id, y.day, y.amount_pence as "amountPence" ${rowsOf(scope, of)}
         and (y.day, y.id) > (${after.day}::date, ${after.id}::uuid)
       order by y.day, y.id limit ${ITEMS_READ}`);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** What is asked of a payment and of a credit note alike. */
type Standing = {
  readonly supplierId: string;
  readonly supplier: string;
  readonly service: string;
  readonly potId: string;
  readonly pot: string;
  readonly potSlug: string;
  readonly transferId: string;
  readonly madeBy: string;
  readonly postedAt: Date;
  readonly reversedById: string | null;
  readonly streams: readonly { readonly stream: string; readonly amountPence: string }[];
};

export type PaymentInFull = Standing & {
  readonly paymentId: string;
  readonly amountPence: Pence;
  readonly paidOn: Day;
  readonly reference: string;
  readonly spendLine: string | null;
  /** It was made by another ledger and is recorded here; so much of it was outside conditions or funds. */
  readonly elsewhere: boolean;
  readonly outsidePence: Pence;
  /** None of these for what was paid elsewhere without a commitment. */
  readonly commitmentId: string | null;
  readonly commitmentKind: string | null;
  readonly commitmentReference: string | null;
  readonly committedPence: Pence | null;
  readonly committedOn: Day | null;
  readonly commitmentMadeBy: string | null;
  readonly allocationId: string | null;
  readonly allocation: string | null;
  readonly decidedBy: string | null;
  readonly decidedOn: Day | null;
  readonly power: string | null;
};

/** Whose money each `paid` line of the transfer `y` moved, as sizes, in the order of its lines. */
const streamsOf = (
  sign: Fragment,
) => sql`coalesce((select jsonb_agg(jsonb_build_object('stream', s.name, 'amountPence', (${sign} * e.amount_pence)::text) order by e.line)
     from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
    where e.place_id = y.place_id and e.transfer_id = y.transfer_id and a.kind = 'paid'), '[]')`;

/** Of the record `y`, with its transfer `t`, its pot `o`, its supplier `p` and its service `v`. */
const standingColumns = (sign: Fragment) => sql`p.partner_id as "supplierId", p.name as supplier, v.name as service,
  o.pot_id as "potId", o.name as pot, o.slug as "potSlug",
  y.transfer_id as "transferId", t.made_by as "madeBy", t.posted_at as "postedAt",
  (select b.transfer_id from transfer b where b.place_id = y.place_id and b.reverses_id = y.transfer_id) as "reversedById",
  ${streamsOf(sign)} as streams`;

export async function findPayments(
  tx: Transaction,
  { placeId, paymentIds }: { readonly placeId: number; readonly paymentIds: readonly string[] },
): Promise<readonly PaymentInFull[]> {
  return tx.rows(sql<PaymentInFull>`
    select y.payment_id as "paymentId", y.amount_pence as "amountPence", y.paid_on as "paidOn", y.reference,
           y.spend_file_id::text || '.' || y.spend_row_number::text as "spendLine",
           ${standingColumns(sql`1`)},
           c.commitment_id as "commitmentId", c.kind as "commitmentKind", c.reference as "commitmentReference",
           c.amount_pence as "committedPence", c.committed_on as "committedOn", d.made_by as "commitmentMadeBy",
           l.allocation_id as "allocationId", l.name as allocation, l.decided_by as "decidedBy",
           l.decided_on as "decidedOn", l.power,
           y.elsewhere, y.outside_pence as "outsidePence"
      from payment y join transfer t on t.place_id = y.place_id and t.transfer_id = y.transfer_id
      left join commitment c on c.place_id = y.place_id and c.commitment_id = y.commitment_id
      left join transfer d on d.place_id = c.place_id and d.transfer_id = c.transfer_id
      left join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
      join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
      join service v on v.place_id = y.place_id and v.service_id = y.service_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
     where y.place_id = ${placeId} and y.payment_id = any(${paymentIds}::uuid[])
     order by y.paid_on, y.payment_id limit ${paymentIds.length}`);
}

export type CreditInFull = Standing & {
  readonly creditNoteId: string;
  /** What was given back, as a size. */
  readonly amountPence: Pence;
  readonly creditedOn: Day;
  readonly reference: string;
  readonly reason: string;
  readonly paymentId: string;
  readonly paymentReference: string;
  readonly paidPence: Pence;
  readonly paidOn: Day;
  readonly commitmentId: string;
  /** Which lines of the payment it gives back; none where it is of one amount. */
  readonly lines: readonly {
    readonly line: number;
    readonly netPence: string;
    readonly vatPence: string;
    readonly recoverablePence: string;
  }[];
};

export async function findCredits(
  tx: Transaction,
  { placeId, creditNoteIds }: { readonly placeId: number; readonly creditNoteIds: readonly string[] },
): Promise<readonly CreditInFull[]> {
  return tx.rows(sql<CreditInFull>`
    select y.credit_note_id as "creditNoteId", y.amount_pence as "amountPence", y.credited_on as "creditedOn", y.reference,
           y.reason, q.payment_id as "paymentId", q.reference as "paymentReference", q.amount_pence as "paidPence",
           q.paid_on as "paidOn", y.commitment_id as "commitmentId",
           coalesce((select jsonb_agg(jsonb_build_object('line', l.line, 'netPence', l.net_pence::text, 'vatPence', l.vat_pence::text,
                'recoverablePence', l.recoverable_pence::text) order by l.line)
              from credit_note_line l where l.place_id = y.place_id and l.credit_note_id = y.credit_note_id), '[]') as lines,
           ${standingColumns(sql`-1`)}
      from credit_note y join transfer t on t.place_id = y.place_id and t.transfer_id = y.transfer_id
      join payment q on q.place_id = y.place_id and q.payment_id = y.payment_id
      join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
      join service v on v.place_id = q.place_id and v.service_id = q.service_id
      join partner p on p.place_id = q.place_id and p.partner_id = q.supplier_id
     where y.place_id = ${placeId} and y.credit_note_id = any(${creditNoteIds}::uuid[])
     order by y.credited_on, y.credit_note_id limit ${creditNoteIds.length}`);
}

export type OutsideItem = {
  readonly paymentId: string;
  readonly itemId: string;
  readonly amountPence: Pence;
  readonly reasons: readonly Reason[];
  /** Who bore it since, and by which decision; what was taken back is left out. */
  readonly borne: readonly {
    readonly how: "from_allocation" | "from_stream";
    readonly by: string;
    readonly amountPence: string;
    readonly clearedOn: Day;
    readonly reason: string;
    readonly transferId: string;
  }[];
};

/** Of what was paid elsewhere: what was outside conditions or funds, why, and how each part was resolved. */
export async function findOutside(
  tx: Transaction,
  { placeId, paymentIds }: { readonly placeId: number; readonly paymentIds: readonly string[] },
): Promise<readonly OutsideItem[]> {
  return tx.rows(sql<OutsideItem>`
    select i.payment_id as "paymentId", i.item_id as "itemId", i.amount_pence as "amountPence", i.reasons,
           coalesce((select jsonb_agg(jsonb_build_object('how', c.how, 'by', coalesce(l.name, s.name),
                'amountPence', c.amount_pence::text, 'clearedOn', c.cleared_on, 'reason', c.reason,
                'transferId', c.transfer_id) order by c.cleared_on, c.clearing_id)
              from resolve_clearing c
              left join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
              left join stream s on s.place_id = c.place_id and s.stream_id = c.stream_id
             where c.place_id = i.place_id and c.item_id = i.item_id and not exists (
               select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)), '[]') as borne
      from resolve_item i
     where i.place_id = ${placeId} and i.payment_id = any(${paymentIds}::uuid[])
     order by i.payment_id, i.item_id limit 10000`);
}

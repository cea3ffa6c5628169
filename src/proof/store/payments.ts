/** The payments of a book in one row, from which a sample is drawn, and what an auditor asks of those drawn. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "../domain/books.ts";

const PAYMENTS_READ = 5_000;

export type PaymentScope = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly book: Book;
  readonly from: Day;
  readonly to: Day;
};

function within({ placeId, areaId, book, from, to }: PaymentScope): Fragment {
  return sql`y.place_id = ${placeId} and y.paid_on between ${from} and ${to} and o.book = ${book}
    and (${areaId}::uuid is null or o.area_id = ${areaId}::uuid)`;
}

export async function sumPayments(tx: Transaction, scope: PaymentScope) {
  return tx.one(sql<{ payments: number; totalPence: Pence }>`
    select count(*)::integer as payments, coalesce(sum(y.amount_pence), 0)::bigint as "totalPence"
      from payment y join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id where ${within(scope)}`);
}

type PaymentKey = { readonly paymentId: string; readonly paidOn: Day; readonly amountPence: Pence };

/** In order of day, then of id: an order that never changes, so that the same seed draws the same payments. */
export async function* readPayments(tx: Transaction, scope: PaymentScope): AsyncGenerator<PaymentKey> {
  let after: Pick<PaymentKey, "paidOn" | "paymentId"> = {
    paidOn: "0001-01-01" as Day,
    paymentId: "00000000-0000-0000-0000-000000000000",
  };
  while (true) {
    const page: readonly PaymentKey[] = await tx.rows(sql<PaymentKey>`
      select y.payment_id as "paymentId", y.paid_on as "paidOn", y.amount_pence as "amountPence"
        from payment y join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
       where ${within(scope)} and (y.paid_on, y.payment_id) > (${after.paidOn}::date, ${after.paymentId}::uuid)
       order by y.paid_on, y.payment_id limit ${PAYMENTS_READ}`);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

export type PaymentInFull = {
  readonly paymentId: string;
  readonly amountPence: Pence;
  readonly paidOn: Day;
  readonly reference: string;
  readonly spendLine: string | null;
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
  readonly commitmentId: string;
  readonly commitmentKind: string;
  readonly commitmentReference: string;
  readonly committedPence: Pence;
  readonly committedOn: Day;
  readonly commitmentMadeBy: string;
  readonly allocationId: string;
  readonly allocation: string;
  readonly decidedBy: string;
  readonly decidedOn: Day;
  readonly power: string;
  readonly streams: readonly { readonly stream: string; readonly amountPence: string }[];
};

export async function findPayments(
  tx: Transaction,
  { placeId, paymentIds }: { readonly placeId: number; readonly paymentIds: readonly string[] },
): Promise<readonly PaymentInFull[]> {
  return tx.rows(sql<PaymentInFull>`
    select y.payment_id as "paymentId", y.amount_pence as "amountPence", y.paid_on as "paidOn", y.reference,
           y.spend_file_id::text || '.' || y.spend_row_number::text as "spendLine",
           y.supplier_id as "supplierId", p.name as supplier, v.name as service,
           o.pot_id as "potId", o.name as pot, o.slug as "potSlug",
           y.transfer_id as "transferId", t.made_by as "madeBy", t.posted_at as "postedAt",
           (select b.transfer_id from transfer b
             where b.place_id = y.place_id and b.reverses_id = y.transfer_id) as "reversedById",
           c.commitment_id as "commitmentId", c.kind as "commitmentKind", c.reference as "commitmentReference",
           c.amount_pence as "committedPence", c.committed_on as "committedOn", d.made_by as "commitmentMadeBy",
           l.allocation_id as "allocationId", l.name as allocation, l.decided_by as "decidedBy",
           l.decided_on as "decidedOn", l.power,
           coalesce((select jsonb_agg(jsonb_build_object('stream', s.name, 'amountPence', e.amount_pence::text) order by e.line)
              from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
              join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
             where e.place_id = y.place_id and e.transfer_id = y.transfer_id and a.kind = 'paid'), '[]') as streams
      from payment y join transfer t on t.place_id = y.place_id and t.transfer_id = y.transfer_id
      join commitment c on c.place_id = y.place_id and c.commitment_id = y.commitment_id
      join transfer d on d.place_id = c.place_id and d.transfer_id = c.transfer_id
      join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
      join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
      join service v on v.place_id = y.place_id and v.service_id = y.service_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
     where y.place_id = ${placeId} and y.payment_id = any(${paymentIds}::uuid[])
     order by y.paid_on, y.payment_id limit ${paymentIds.length}`);
}

/**
 * A partner's quarter, by the days in whose periods transfers count, so that a closed quarter reads the same for ever: what
 * its streams have in each pot, what they paid for, what it received, and what stands between it and the pots.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { AccrualKind } from "./accruals.ts";
import type { Book } from "./pots.ts";

type Asked = { readonly partnerId: string; readonly from: Day; readonly to: Day };

export type HoldingRow = {
  readonly book: Book;
  readonly potId: string;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly streamId: string;
  readonly stream: string;
  readonly streamWelsh: string | null;
  readonly streamEndsOn: Day;
  readonly clawback: string;
  readonly openingPence: Pence;
  readonly putInPence: Pence;
  readonly paidPence: Pence;
  readonly returnedPence: Pence;
  readonly movedPence: Pence;
  readonly closingPence: Pence;
  readonly committedPence: Pence;
  readonly accruedPence: Pence;
};

/** What each of its streams has in each pot: opening, movements by kind, closing. A reversal counts as what it reverses. */
export async function listHoldings(tx: Transaction, placeId: number, the: Asked): Promise<readonly HoldingRow[]> {
  return tx.rows(sql<HoldingRow>`
    with moved as (
      select a.book, a.pot_id, a.stream_id, a.kind as account, coalesce(r.kind, t.kind) as kind, e.amount_pence as pence,
             coalesce(t.booked_on, t.effective_on) >= ${the.from} as inside
        from stream s join ledger_account a on a.place_id = s.place_id and a.stream_id = s.stream_id
        join entry e on e.place_id = a.place_id and e.account_id = a.account_id
        join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
        left join transfer r on r.place_id = t.place_id and r.transfer_id = t.reverses_id
       where s.place_id = ${placeId} and s.payer_id = ${the.partnerId} and a.kind in ('pot', 'allocation', 'commitment')
         and coalesce(t.booked_on, t.effective_on) <= ${the.to}
    ), summed as (
      select book, pot_id, stream_id, coalesce(sum(pence) filter (where not inside), 0)::bigint as opening,
             coalesce(sum(pence) filter (where inside and kind = 'contribution'), 0)::bigint as put_in,
             coalesce(-sum(pence) filter (where inside and kind in ('payment', 'credit_note', 'paid_elsewhere')), 0)::bigint as paid,
             coalesce(-sum(pence) filter (where inside and kind = 'carry_forward'), 0)::bigint as returned,
             coalesce(sum(pence) filter (where inside and kind not in
               ('contribution', 'payment', 'credit_note', 'paid_elsewhere', 'carry_forward')), 0)::bigint as moved,
             sum(pence)::bigint as closing, coalesce(sum(pence) filter (where account = 'commitment'), 0)::bigint as committed
        from moved group by book, pot_id, stream_id
    )
    select m.book, m.pot_id as "potId", o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug", m.stream_id as "streamId",
           s.name as stream, s.name_welsh as "streamWelsh", s.ends_on as "streamEndsOn", s.clawback,
           m.opening as "openingPence", m.put_in as "putInPence", m.paid as "paidPence", m.returned as "returnedPence",
           m.moved as "movedPence", m.closing as "closingPence", m.committed as "committedPence",
           coalesce((select sum(c.amount_pence) from accrual c where c.place_id = ${placeId} and c.pot_id = m.pot_id
             and c.stream_id = m.stream_id and c.kind = 'accrual' and c.effective_on = ${the.to}), 0)::bigint as "accruedPence"
      from summed m join pot o on o.place_id = ${placeId} and o.pot_id = m.pot_id
      join stream s on s.place_id = ${placeId} and s.stream_id = m.stream_id
     order by m.book, o.name, s.name, m.pot_id, m.stream_id limit 5000`);
}

export type BoughtRow = {
  readonly book: Book;
  readonly potId: string;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly serviceId: string;
  readonly service: string;
  readonly serviceWelsh: string | null;
  readonly supplier: string | null;
  readonly amountPence: Pence;
};

/** What its streams paid for in the quarter, by pot, service and supplier. */
export async function listBought(tx: Transaction, placeId: number, the: Asked): Promise<readonly BoughtRow[]> {
  return tx.rows(sql<BoughtRow>`
    select a.book, a.pot_id as "potId", o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug", v.service_id as "serviceId",
           v.name as service, v.name_welsh as "serviceWelsh", p.name as supplier, sum(e.amount_pence)::bigint as "amountPence"
      from stream s join ledger_account a on a.place_id = s.place_id and a.stream_id = s.stream_id and a.kind = 'paid'
      join entry e on e.place_id = a.place_id and e.account_id = a.account_id
      join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
      join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
      join service v on v.place_id = a.place_id and v.service_id = a.record_id
      left join payment y on y.place_id = t.place_id and y.payment_id = t.record_id
      left join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
     where s.place_id = ${placeId} and s.payer_id = ${the.partnerId}
       and coalesce(t.booked_on, t.effective_on) between ${the.from} and ${the.to}
     group by a.book, a.pot_id, o.name, o.name_welsh, o.slug, v.service_id, v.name, v.name_welsh, p.partner_id, p.name
    having sum(e.amount_pence) <> 0
     order by a.book, o.name, v.name, p.name nulls first, a.pot_id, v.service_id, p.partner_id limit 5000`);
}

/** What it was paid as a supplier, whoever put the money in. */
export async function listReceived(tx: Transaction, placeId: number, the: Asked): Promise<readonly BoughtRow[]> {
  return tx.rows(sql<BoughtRow>`
    select a.book, a.pot_id as "potId", o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug", v.service_id as "serviceId",
           v.name as service, v.name_welsh as "serviceWelsh", null::text as supplier, sum(e.amount_pence)::bigint as "amountPence"
      from payment y join transfer t on t.place_id = y.place_id and t.record_id = y.payment_id
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id and a.kind = 'paid'
      join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
      join service v on v.place_id = a.place_id and v.service_id = a.record_id
     where y.place_id = ${placeId} and y.supplier_id = ${the.partnerId}
       and coalesce(t.booked_on, t.effective_on) between ${the.from} and ${the.to}
     group by a.book, a.pot_id, o.name, o.name_welsh, o.slug, v.service_id, v.name, v.name_welsh having sum(e.amount_pence) <> 0
     order by a.book, o.name, v.name, a.pot_id, v.service_id limit 5000`);
}

export type StandingBetween = {
  readonly book: Book;
  readonly potId: string;
  readonly pot: string;
  readonly kind: AccrualKind;
  readonly amountPence: Pence;
};

/** What stands at the quarter's end between it and the pots: owed to it, owed by it, paid ahead either way. */
export async function listBetween(tx: Transaction, placeId: number, the: Asked): Promise<readonly StandingBetween[]> {
  return tx.rows(sql<StandingBetween>`
    select o.book, o.pot_id as "potId", o.name as pot, c.kind, sum(c.amount_pence)::bigint as "amountPence"
      from accrual c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
     where c.place_id = ${placeId} and c.counterparty_id = ${the.partnerId} and c.effective_on = ${the.to}
     group by o.book, o.pot_id, o.name, c.kind having sum(c.amount_pence) <> 0 order by o.book, o.name, c.kind, o.pot_id limit 1000`);
}

export async function findPartnerNames(
  tx: Transaction,
  placeId: number,
  partnerId: string,
): Promise<{ readonly name: string; readonly nameWelsh: string | null } | null> {
  return tx.maybe(sql<{ name: string; nameWelsh: string | null }>`
    select name, name_welsh as "nameWelsh" from partner where place_id = ${placeId} and partner_id = ${partnerId}`);
}

export async function insertSent(
  tx: Transaction,
  placeId: number,
  one: {
    readonly statementId: string;
    readonly partnerId: string;
    readonly quarter: string;
    readonly figuresHash: Buffer;
    readonly blockNumber: bigint | null;
    readonly mark: string;
  },
): Promise<void> {
  await tx.run(
    held(
      "partner_statement",
      sql`insert into partner_statement (place_id, statement_id, partner_id, quarter, figures_hash, block_number, sent_by)
        values (${placeId}, ${one.statementId}, ${one.partnerId}, ${one.quarter}, ${one.figuresHash}, ${one.blockNumber}, ${one.mark})`,
    ),
    1,
  );
}

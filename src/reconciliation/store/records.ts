/**
 * Onepot's records as a body's own ledger shows them: payments, those made elsewhere among them, credit notes,
 * contributions, accruals with the entries that take them back, and what was reversed.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Source } from "../domain/columns.ts";
import type { RecordKind } from "../domain/match.ts";

export type Book = {
  readonly placeId: number;
  readonly bodyId: string;
  readonly potId: string;
  readonly source: Source;
  readonly to: Day;
};

export type RecordRow = {
  readonly recordId: string;
  readonly kind: Exclude<RecordKind, "request">;
  readonly day: Day;
  readonly amountPence: Pence;
  readonly reference: string;
  readonly supplier: string;
  readonly words: string;
  readonly allocationId: string | null;
  readonly serviceId: string | null;
  readonly reverses: string | null;
  /** The match in force, or null. */
  readonly matchId: string | null;
};

/** Of a transfer in a shadow pot: the part that came from the body's own streams, which its ledger shows it paid. */
const ownPart = (the: Book, transfer: Fragment): Fragment => sql`(
  select coalesce(sum(e.amount_pence), 0)::bigint from entry e
    join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
    join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
   where e.place_id = ${the.placeId} and e.transfer_id = ${transfer} and a.kind = 'paid' and s.payer_id = ${the.bodyId}::uuid)`;

/** Of a real pot what is the host's; of a shadow pot, where nobody's money moved, what any body may have paid itself. */
const hosts = (the: Book): Fragment => sql`(o.book = 'shadow' or o.host_id = ${the.bodyId}::uuid)`;

/**
 * A bank pays tax that is recovered later, a cost centre does not bear it. What was paid elsewhere the host paid, so it is
 * the host's whole, whoever bears the part outside conditions or funds later: bearing it moves no money of any bank.
 */
const paymentsOf = (the: Book): Fragment => sql`
  select p.payment_id as record_id, case when p.elsewhere then 'paid_elsewhere' else 'payment' end as kind, p.transfer_id,
         p.paid_on as day, p.reference, n.name as supplier, v.name as words, c.allocation_id, p.service_id,
         case when o.book = 'real' then p.amount_pence + case when ${the.source} = 'bank' then p.vat_recovered_pence else 0 end
              else ${ownPart(the, sql`p.transfer_id`)} + case when o.host_id = ${the.bodyId}::uuid then p.outside_pence else 0 end
         end as pence
    from payment p join pot o on o.place_id = p.place_id and o.pot_id = p.pot_id
    left join commitment c on c.place_id = p.place_id and c.commitment_id = p.commitment_id
    join partner n on n.place_id = p.place_id and n.partner_id = p.supplier_id
    join service v on v.place_id = p.place_id and v.service_id = p.service_id
   where p.place_id = ${the.placeId} and p.pot_id = ${the.potId} and ${hosts(the)}`;

/** A cost below nought, on its own day, of what its payment was for. */
const creditNotesOf = (the: Book): Fragment => sql`
  select k.credit_note_id, 'credit_note', k.transfer_id, k.credited_on, k.reference, n.name, v.name, c.allocation_id, p.service_id,
         case when o.book = 'real' then -k.amount_pence else ${ownPart(the, sql`k.transfer_id`)} end
    from credit_note k join payment p on p.place_id = k.place_id and p.payment_id = k.payment_id
    join pot o on o.place_id = k.place_id and o.pot_id = k.pot_id
    join commitment c on c.place_id = k.place_id and c.commitment_id = k.commitment_id
    join partner n on n.place_id = p.place_id and n.partner_id = p.supplier_id
    join service v on v.place_id = p.place_id and v.service_id = p.service_id
   where k.place_id = ${the.placeId} and k.pot_id = ${the.potId} and ${hosts(the)}`;

const contributionsOf = (the: Book): Fragment => sql`
  select k.contribution_id, 'contribution', k.transfer_id, k.made_on, k.reference,
         case when s.payer_id = ${the.bodyId}::uuid then h.name else y.name end, s.name, null, null,
         case when s.payer_id = ${the.bodyId}::uuid then k.amount_pence else -k.amount_pence end
    from contribution k join pot o on o.place_id = k.place_id and o.pot_id = k.pot_id
    join stream s on s.place_id = k.place_id and s.stream_id = k.stream_id
    join partner y on y.place_id = s.place_id and y.partner_id = s.payer_id
    join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
   where k.place_id = ${the.placeId} and k.pot_id = ${the.potId} and o.book = 'real' and s.payer_id <> o.host_id
     and ${the.bodyId}::uuid in (s.payer_id, o.host_id)`;

/**
 * The two journals of an accrual, by which cost comes into a period and leaves the next; no bank shows either. The signs are
 * those of the ledger (src/ledger/domain/accruals.ts). In a shadow pot it is the ledger of whose stream it is.
 */
const accrualsOf = (the: Book): Fragment => sql`
  select j.record_id, j.kind, j.transfer_id, j.day, a.reference, n.name, case when a.words = '' then a.kind else a.words end,
         null::uuid, a.service_id,
         j.sign * case when a.kind in ('accrual', 'receipt_in_advance') then a.amount_pence else -a.amount_pence end
    from accrual a join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
    join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
    join partner n on n.place_id = a.place_id and n.partner_id = a.counterparty_id
    cross join lateral (values (a.accrual_id, 'accrual', a.transfer_id, a.effective_on, 1),
                               (a.back_transfer_id, 'accrual_return', a.back_transfer_id, a.back_on, -1))
               as j (record_id, kind, transfer_id, day, sign)
   where a.place_id = ${the.placeId} and a.pot_id = ${the.potId} and ${the.source} = 'ledger'
     and ${the.bodyId}::uuid = case when o.book = 'real' then o.host_id else s.payer_id end`;

/**
 * Onepot's records as the body's own ledger shows them, to the end of a day; costs are positive. Of a real pot: the
 * host's, and what any other body gave. Of a shadow pot the part of each that was the body's own. A reversal stands on its
 * own day.
 */
export async function listRecords(tx: Transaction, the: Book): Promise<readonly RecordRow[]> {
  return tx.rows(sql<RecordRow>`
    with whole as (
      ${paymentsOf(the)} union all ${creditNotesOf(the)} union all ${contributionsOf(the)} union all ${accrualsOf(the)}
    ), every as (
      select record_id, kind, day, pence, reference, supplier, words, allocation_id, service_id, null::uuid as reverses from whole
      union all
      select r.transfer_id, 'reversal', r.effective_on, -w.pence, w.reference, w.supplier, w.words, w.allocation_id, w.service_id, w.record_id
        from whole w join transfer r on r.place_id = ${the.placeId} and r.reverses_id = w.transfer_id
    )
    select w.record_id as "recordId", w.kind, w.day, w.pence::bigint as "amountPence", w.reference, w.supplier, w.words,
           w.allocation_id as "allocationId", w.service_id as "serviceId", w.reverses,
           (select m.match_id from reconciliation_match_record m
             where m.place_id = ${the.placeId} and m.body_id = ${the.bodyId} and m.source = ${the.source} and m.record_id = w.record_id
               and not exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id)
             limit 1) as "matchId"
      from every w where w.day <= ${the.to} and w.pence <> 0 order by w.day, w.record_id limit 250000`);
}

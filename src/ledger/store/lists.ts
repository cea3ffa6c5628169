/** Lists of contributions, allocations, commitments and payments, as at the end of a day. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

export type ListedContribution = {
  readonly contributionId: string;
  readonly streamId: string;
  readonly stream: string;
  readonly streamWelsh: string | null;
  readonly potId: string;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly book: Book;
  readonly amountPence: Pence;
  readonly madeOn: Day;
  readonly reference: string;
  readonly transferId: string;
  readonly reversed: boolean;
};

export async function listContributions(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly streamId: string | null;
    readonly potId: string | null;
    readonly asAt: Day;
  },
): Promise<readonly ListedContribution[]> {
  return tx.rows(sql<ListedContribution>`
    select c.contribution_id as "contributionId", c.stream_id as "streamId", s.name as stream, s.name_welsh as "streamWelsh",
           c.pot_id as "potId", o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug", o.book,
           c.amount_pence as "amountPence", c.made_on as "madeOn", c.reference, c.transfer_id as "transferId",
           exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id
                      and r.effective_on <= ${the.asAt}) as reversed
      from contribution c join stream s on s.place_id = c.place_id and s.stream_id = c.stream_id
      join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
     where c.place_id = ${the.placeId} and c.made_on <= ${the.asAt}
       and (${the.streamId}::uuid is null or c.stream_id = ${the.streamId}::uuid)
       and (${the.potId}::uuid is null or c.pot_id = ${the.potId}::uuid)
     order by c.made_on, s.name, c.contribution_id limit 2000`);
}

export type ListedAllocation = {
  readonly allocationId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly purpose: string;
  readonly theme: string | null;
  /** What it stands at: as decided, and since with what virements brought and took. */
  readonly amountPence: Pence;
  /** What of that virements brought; less than nought where they took more. */
  readonly viredPence: Pence;
  readonly committedPence: Pence;
  readonly paidPence: Pence;
  readonly decidedBy: string;
  readonly decidedOn: Day;
  readonly power: string;
  readonly transferId: string;
  readonly reversed: boolean;
};

/**
 * With what was committed and paid of each: the amounts of its live commitments and payments, and what it bore of what
 * was paid elsewhere. What of a payment is to be resolved was not paid from its commitment.
 */
export async function listAllocations(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string; readonly asAt: Day },
): Promise<readonly ListedAllocation[]> {
  return tx.rows(sql<ListedAllocation>`
    with gone as (
      select reverses_id from transfer
       where place_id = ${the.placeId} and reverses_id is not null and effective_on <= ${the.asAt}
    ), committed as (
      select allocation_id, sum(amount_pence)::bigint as pence from commitment
       where place_id = ${the.placeId} and pot_id = ${the.potId} and committed_on <= ${the.asAt}
         and transfer_id not in (select reverses_id from gone) group by allocation_id
    ), released as (
      select c.allocation_id, sum(e.amount_pence)::bigint as pence
        from commitment_release e join commitment c on c.place_id = e.place_id and c.commitment_id = e.commitment_id
       where e.place_id = ${the.placeId} and e.pot_id = ${the.potId} and e.released_on <= ${the.asAt}
         and e.transfer_id not in (select reverses_id from gone) group by c.allocation_id
    ), borne as (
      select allocation_id, sum(amount_pence)::bigint as pence from resolve_clearing
       where place_id = ${the.placeId} and allocation_id is not null and cleared_on <= ${the.asAt}
         and transfer_id not in (select reverses_id from gone) group by allocation_id
    ), paid as (
      select c.allocation_id, sum(p.pence)::bigint as pence from (
        select commitment_id, amount_pence - outside_pence as pence from payment
         where place_id = ${the.placeId} and pot_id = ${the.potId} and paid_on <= ${the.asAt}
           and transfer_id not in (select reverses_id from gone)
        union all
        select commitment_id, -amount_pence from credit_note
         where place_id = ${the.placeId} and pot_id = ${the.potId} and credited_on <= ${the.asAt}
           and transfer_id not in (select reverses_id from gone)) as p
        join commitment c on c.place_id = ${the.placeId} and c.commitment_id = p.commitment_id group by c.allocation_id
    ), vired as (
      select allocation_id, sum(pence)::bigint as pence from (
        select from_allocation_id as allocation_id, -amount_pence as pence, transfer_id, moved_on, pot_id from virement
         where place_id = ${the.placeId}
        union all
        select to_allocation_id, amount_pence, transfer_id, moved_on, pot_id from virement where place_id = ${the.placeId}) as v
       where pot_id = ${the.potId} and moved_on <= ${the.asAt} and transfer_id not in (select reverses_id from gone)
       group by allocation_id
    )
    select l.allocation_id as "allocationId", l.name, l.name_welsh as "nameWelsh", l.purpose, t.name as theme,
           (l.amount_pence + coalesce(v.pence, 0))::bigint as "amountPence", coalesce(v.pence, 0) as "viredPence",
           (coalesce(c.pence, 0) - coalesce(e.pence, 0) + coalesce(b.pence, 0))::bigint as "committedPence",
           (coalesce(p.pence, 0) + coalesce(b.pence, 0))::bigint as "paidPence",
           l.decided_by as "decidedBy", l.decided_on as "decidedOn", l.power, l.transfer_id as "transferId",
           l.transfer_id in (select reverses_id from gone) as reversed
      from allocation l left join theme t on t.place_id = l.place_id and t.theme_id = l.theme_id
      left join committed c on c.allocation_id = l.allocation_id
      left join released e on e.allocation_id = l.allocation_id
      left join vired v on v.allocation_id = l.allocation_id
      left join paid p on p.allocation_id = l.allocation_id
      left join borne b on b.allocation_id = l.allocation_id
     where l.place_id = ${the.placeId} and l.pot_id = ${the.potId} and l.decided_on <= ${the.asAt}
     order by l.decided_on, l.name, l.allocation_id limit 2000`);
}

export type ListedCommitment = {
  readonly commitmentId: string;
  readonly allocationId: string;
  readonly allocation: string;
  readonly allocationWelsh: string | null;
  readonly potId: string;
  readonly pot: string;
  readonly potSlug: string;
  readonly book: Book;
  readonly kind: "award" | "order" | "grant";
  readonly serviceId: string;
  readonly service: string;
  readonly serviceWelsh: string | null;
  readonly supplierId: string;
  readonly supplier: string;
  readonly reference: string;
  readonly words: string;
  /** What it stands at: as committed, less what was released. */
  readonly amountPence: Pence;
  readonly releasedPence: Pence;
  /** Less what was credited back. */
  readonly paidPence: Pence;
  readonly committedOn: Day;
  readonly endsOn: Day | null;
  readonly transferId: string;
  readonly reversed: boolean;
};

export type RecordFilter = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly potId: string | null;
  readonly ownerId: string | null;
  readonly asAt: Day;
  readonly limit: number;
  readonly skip: number;
};

/** `ownerId` narrows to one allocation. Of an area: those of its own pots, or of the pot that is asked for. */
export async function listCommitments(tx: Transaction, the: RecordFilter): Promise<readonly ListedCommitment[]> {
  return tx.rows(sql<ListedCommitment>`
    select c.commitment_id as "commitmentId", c.allocation_id as "allocationId", l.name as allocation, l.name_welsh as "allocationWelsh",
           c.pot_id as "potId", o.name as pot, o.slug as "potSlug", o.book, c.kind, c.service_id as "serviceId", v.name as service,
           v.name_welsh as "serviceWelsh", c.supplier_id as "supplierId", p.name as supplier, c.reference, c.words,
           (c.amount_pence - e.pence)::bigint as "amountPence", e.pence as "releasedPence", c.committed_on as "committedOn", c.ends_on as "endsOn", c.transfer_id as "transferId",
           exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id
                      and r.effective_on <= ${the.asAt}) as reversed,
           (coalesce((select sum(y.amount_pence - y.outside_pence) from payment y
                      where y.place_id = c.place_id and y.commitment_id = c.commitment_id and y.paid_on <= ${the.asAt}
                        and not exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id
                                          and r.effective_on <= ${the.asAt})), 0)
            - coalesce((select sum(n.amount_pence) from credit_note n
                      where n.place_id = c.place_id and n.commitment_id = c.commitment_id and n.credited_on <= ${the.asAt}
                        and not exists (select from transfer r where r.place_id = n.place_id and r.reverses_id = n.transfer_id
                                          and r.effective_on <= ${the.asAt})), 0))::bigint as "paidPence"
      from commitment c join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
      join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
      join service v on v.place_id = c.place_id and v.service_id = c.service_id
      join partner p on p.place_id = c.place_id and p.partner_id = c.supplier_id
      cross join lateral (
        select coalesce(sum(n.amount_pence), 0)::bigint as pence from commitment_release n
         where n.place_id = c.place_id and n.commitment_id = c.commitment_id and n.released_on <= ${the.asAt}
           and not exists (select from transfer r where r.place_id = n.place_id and r.reverses_id = n.transfer_id
                             and r.effective_on <= ${the.asAt})) as e
     where c.place_id = ${the.placeId} and c.committed_on <= ${the.asAt}
       and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid or c.pot_id = ${the.potId}::uuid)
       and (${the.potId}::uuid is null or c.pot_id = ${the.potId}::uuid)
       and (${the.ownerId}::uuid is null or c.allocation_id = ${the.ownerId}::uuid)
     order by c.committed_on desc, c.commitment_id limit ${the.limit} offset ${the.skip}`);
}

export type ListedPayment = {
  readonly paymentId: string;
  /** Null of what was paid elsewhere without one. */
  readonly commitmentId: string | null;
  readonly commitmentReference: string;
  readonly potId: string;
  readonly pot: string;
  readonly potSlug: string;
  readonly book: Book;
  readonly serviceId: string;
  readonly service: string;
  readonly serviceWelsh: string | null;
  readonly supplierId: string;
  readonly supplier: string;
  readonly amountPence: Pence;
  readonly vatRecoveredPence: Pence;
  readonly elsewhere: boolean;
  /** The part that went against accounts to resolve. */
  readonly outsidePence: Pence;
  readonly paidOn: Day;
  readonly reference: string;
  /** `<file>.<row>` of the published line, where it is known. */
  readonly spendLine: string | null;
  readonly transferId: string;
  readonly reversed: boolean;
};

/** `ownerId` narrows to one commitment. Of an area: those of its own pots, or of the pot that is asked for. */
export async function listPayments(tx: Transaction, the: RecordFilter): Promise<readonly ListedPayment[]> {
  return tx.rows(sql<ListedPayment>`
    select y.payment_id as "paymentId", y.commitment_id as "commitmentId", coalesce(c.reference, '') as "commitmentReference",
           y.pot_id as "potId", o.name as pot, o.slug as "potSlug", o.book, y.service_id as "serviceId", v.name as service,
           v.name_welsh as "serviceWelsh", y.supplier_id as "supplierId", p.name as supplier, y.amount_pence as "amountPence",
           y.vat_recovered_pence as "vatRecoveredPence", y.elsewhere, y.outside_pence as "outsidePence", y.paid_on as "paidOn",
           y.reference,
           y.spend_file_id::text || '.' || y.spend_row_number::text as "spendLine", y.transfer_id as "transferId",
           exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id
                      and r.effective_on <= ${the.asAt}) as reversed
      from payment y left join commitment c on c.place_id = y.place_id and c.commitment_id = y.commitment_id
      join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
      join service v on v.place_id = y.place_id and v.service_id = y.service_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
     where y.place_id = ${the.placeId} and y.paid_on <= ${the.asAt}
       and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid or y.pot_id = ${the.potId}::uuid)
       and (${the.potId}::uuid is null or y.pot_id = ${the.potId}::uuid)
       and (${the.ownerId}::uuid is null or y.commitment_id = ${the.ownerId}::uuid)
     order by y.paid_on desc, y.payment_id limit ${the.limit} offset ${the.skip}`);
}

/** What happens to allocations and commitments after they are made: virements, releases, credit notes, pre-commitments. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

export type Virement = {
  readonly virementId: string;
  readonly potId: string;
  readonly fromAllocationId: string;
  readonly toAllocationId: string;
  readonly amountPence: Pence;
  readonly movedOn: Day;
  readonly decidedBy: string;
  readonly power: string;
  readonly reason: string;
  readonly transferId: string;
};

export async function insertVirement(tx: Transaction, placeId: number, one: Virement): Promise<void> {
  await tx.run(
    held(
      "virement",
      sql`insert into virement (place_id, virement_id, pot_id, from_allocation_id, to_allocation_id, amount_pence, moved_on, decided_by,
          power, reason, transfer_id)
        values (${placeId}, ${one.virementId}, ${one.potId}, ${one.fromAllocationId}, ${one.toAllocationId}, ${one.amountPence},
          ${one.movedOn}, ${one.decidedBy}, ${one.power}, ${one.reason}, ${one.transferId})`,
    ),
    1,
  );
}

export type CommitmentRelease = {
  readonly releaseId: string;
  readonly commitmentId: string;
  readonly potId: string;
  readonly how: "released" | "expired" | "year_end";
  readonly amountPence: Pence;
  readonly releasedOn: Day;
  readonly reason: string;
  readonly transferId: string;
};

export async function insertRelease(tx: Transaction, placeId: number, one: CommitmentRelease): Promise<void> {
  await tx.run(
    held(
      "release",
      sql`insert into commitment_release (place_id, release_id, commitment_id, pot_id, how, amount_pence, released_on, reason, transfer_id)
        values (${placeId}, ${one.releaseId}, ${one.commitmentId}, ${one.potId}, ${one.how}, ${one.amountPence}, ${one.releasedOn},
          ${one.reason}, ${one.transferId})`,
    ),
    1,
  );
}

export type CommitmentStanding = {
  readonly commitmentId: string;
  readonly allocationId: string;
  readonly potId: string;
  readonly book: Book;
  readonly openedOn: Day;
  readonly areaId: string | null;
  readonly supplier: string;
  readonly committedOn: Day;
  readonly endsOn: Day | null;
  /** What it holds and nothing has set aside. */
  readonly heldPence: Pence;
};

const standingColumns = sql`c.commitment_id as "commitmentId", c.allocation_id as "allocationId", c.pot_id as "potId", o.book,
  o.opened_on as "openedOn", o.area_id as "areaId", p.name as supplier, c.committed_on as "committedOn", c.ends_on as "endsOn",
  (select coalesce(sum(a.posted_pence - a.reserved_pence), 0)::bigint from ledger_account a
    where a.place_id = c.place_id and a.kind = 'commitment' and a.record_id = c.commitment_id) as "heldPence"`;
const standingTables = sql`commitment c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
  join partner p on p.place_id = c.place_id and p.partner_id = c.supplier_id`;

export async function findStandingCommitment(
  tx: Transaction,
  placeId: number,
  commitmentId: string,
): Promise<CommitmentStanding | null> {
  return tx.maybe(sql<CommitmentStanding>`
    select ${standingColumns} from ${standingTables} where c.place_id = ${placeId} and c.commitment_id = ${commitmentId}`);
}

/** Commitments that ended before a day and still hold money, the earliest first. */
export async function findDueCommitments(
  tx: Transaction,
  the: { readonly placeId: number; readonly before: Day; readonly limit: number },
): Promise<readonly CommitmentStanding[]> {
  return tx.rows(sql<CommitmentStanding>`
    select ${standingColumns} from ${standingTables}
     where c.place_id = ${the.placeId} and c.ends_on < ${the.before} and exists (
       select from ledger_account a where a.place_id = c.place_id and a.kind = 'commitment' and a.record_id = c.commitment_id
          and a.posted_pence - a.reserved_pence > 0)
     order by c.ends_on, c.commitment_id limit ${the.limit}`);
}

export type CreditNote = {
  readonly creditNoteId: string;
  readonly paymentId: string;
  readonly commitmentId: string;
  readonly potId: string;
  readonly amountPence: Pence;
  readonly creditedOn: Day;
  readonly reference: string;
  readonly reason: string;
  readonly transferId: string;
};

export async function insertCreditNote(tx: Transaction, placeId: number, one: CreditNote): Promise<void> {
  await tx.run(
    held(
      "credit_note",
      sql`insert into credit_note (place_id, credit_note_id, payment_id, commitment_id, pot_id, amount_pence, credited_on, reference,
          reason, transfer_id)
        values (${placeId}, ${one.creditNoteId}, ${one.paymentId}, ${one.commitmentId}, ${one.potId}, ${one.amountPence},
          ${one.creditedOn}, ${one.reference}, ${one.reason}, ${one.transferId})`,
    ),
    1,
  );
}

export type PaymentStanding = {
  readonly paymentId: string;
  readonly commitmentId: string;
  readonly potId: string;
  readonly book: Book;
  readonly openedOn: Day;
  readonly areaId: string | null;
  readonly supplier: string;
  readonly amountPence: Pence;
  readonly paidOn: Day;
  readonly transferId: string;
  readonly reversed: boolean;
  readonly creditedPence: Pence;
};

/** A payment with what was credited on it and still stands. */
export async function findStandingPayment(
  tx: Transaction,
  placeId: number,
  paymentId: string,
): Promise<PaymentStanding | null> {
  return tx.maybe(sql<PaymentStanding>`
    select y.payment_id as "paymentId", y.commitment_id as "commitmentId", y.pot_id as "potId", o.book, o.opened_on as "openedOn",
           o.area_id as "areaId", p.name as supplier, y.amount_pence as "amountPence", y.paid_on as "paidOn",
           y.transfer_id as "transferId",
           exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id) as reversed,
           (select coalesce(sum(c.amount_pence), 0)::bigint from credit_note c
             where c.place_id = y.place_id and c.payment_id = y.payment_id and not exists (
               select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)) as "creditedPence"
      from payment y join pot o on o.place_id = y.place_id and o.pot_id = y.pot_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
     where y.place_id = ${placeId} and y.payment_id = ${paymentId}`);
}

export type TransferLeg = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly streamId: string;
  readonly amountPence: Pence;
};

/** What a transfer moved from account to account, stream by stream, in the order in which it was drawn. */
export async function findLegs(tx: Transaction, placeId: number, transferId: string): Promise<readonly TransferLeg[]> {
  return tx.rows(sql<TransferLeg>`
    select f.account_id as "fromAccountId", t.account_id as "toAccountId", a.stream_id as "streamId", t.amount_pence as "amountPence"
      from entry f join entry t on t.place_id = f.place_id and t.transfer_id = f.transfer_id and t.line = f.line + 1
      join ledger_account a on a.place_id = t.place_id and a.account_id = t.account_id
     where f.place_id = ${placeId} and f.transfer_id = ${transferId} and f.amount_pence < 0 and t.amount_pence > 0
     order by f.line limit 1000`);
}

export type Precommitment = {
  readonly precommitmentId: string;
  readonly allocationId: string;
  readonly potId: string;
  readonly serviceId: string | null;
  readonly supplierId: string | null;
  readonly amountPence: Pence;
  readonly madeOn: Day;
  readonly endsOn: Day | null;
  readonly words: string;
};

export async function insertPrecommitment(
  tx: Transaction,
  placeId: number,
  one: Precommitment & { readonly madeBy: string },
): Promise<void> {
  await tx.run(
    held(
      "precommitment",
      sql`insert into precommitment (place_id, precommitment_id, allocation_id, pot_id, service_id, supplier_id, amount_pence, made_on,
          ends_on, words, made_by)
        values (${placeId}, ${one.precommitmentId}, ${one.allocationId}, ${one.potId}, ${one.serviceId}, ${one.supplierId},
          ${one.amountPence}, ${one.madeOn}, ${one.endsOn}, ${one.words}, ${one.madeBy})`,
    ),
    1,
  );
}

export type ListedPrecommitment = Precommitment & {
  readonly allocation: string;
  readonly pot: string;
  readonly potSlug: string;
  readonly book: Book;
  readonly areaId: string | null;
  readonly service: string | null;
  readonly supplier: string | null;
  /** "open", or how it ended. */
  readonly state: "open" | "drawn" | "released" | "expired";
  readonly endedOn: Day | null;
};

const precommitmentRows = sql`
  select m.precommitment_id as "precommitmentId", m.allocation_id as "allocationId", m.pot_id as "potId", m.service_id as "serviceId",
         m.supplier_id as "supplierId", m.amount_pence as "amountPence", m.made_on as "madeOn", m.ends_on as "endsOn", m.words,
         l.name as allocation, o.name as pot, o.slug as "potSlug", o.book, o.area_id as "areaId", v.name as service, p.name as supplier,
         coalesce(r.ended, 'open') as state, r.ended_on as "endedOn"
    from precommitment m join allocation l on l.place_id = m.place_id and l.allocation_id = m.allocation_id
    join pot o on o.place_id = m.place_id and o.pot_id = m.pot_id
    left join service v on v.place_id = m.place_id and v.service_id = m.service_id
    left join partner p on p.place_id = m.place_id and p.partner_id = m.supplier_id
    left join lateral (select max(s.ended) as ended, max(s.ended_on) as ended_on from reservation s
      where s.place_id = m.place_id and s.record_id = m.precommitment_id) as r on true`;

export async function findPrecommitment(
  tx: Transaction,
  placeId: number,
  precommitmentId: string,
): Promise<ListedPrecommitment | null> {
  return tx.maybe(sql<ListedPrecommitment>`
    ${precommitmentRows} where m.place_id = ${placeId} and m.precommitment_id = ${precommitmentId}`);
}

export async function listPrecommitments(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly areaId: string | null;
    readonly potId: string | null;
    readonly open: boolean;
    readonly limit: number;
    readonly skip: number;
  },
): Promise<readonly ListedPrecommitment[]> {
  return tx.rows(sql<ListedPrecommitment>`
    ${precommitmentRows}
     where m.place_id = ${the.placeId} and (${the.potId}::uuid is null or m.pot_id = ${the.potId}::uuid)
       and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid) and (not ${the.open}::boolean or r.ended is null)
     order by m.made_on desc, m.precommitment_id desc limit ${the.limit} offset ${the.skip}`);
}

export type Stage = { readonly words: string; readonly dueOn: Day; readonly amountPence: Pence };

export async function insertStages(
  tx: Transaction,
  placeId: number,
  the: { readonly commitmentId: string; readonly stages: readonly Stage[] },
): Promise<void> {
  const { stages } = the;
  if (stages.length === 0) return;
  await tx.run(
    held(
      "stage",
      sql`insert into commitment_stage (place_id, commitment_id, stage_number, words, due_on, amount_pence)
        select ${placeId}::integer, ${the.commitmentId}::uuid, number, words, due_on, amount
          from unnest(${stages.map(({ words }) => words)}::text[], ${stages.map(({ dueOn }) => dueOn)}::date[],
                      ${stages.map(({ amountPence }) => amountPence)}::bigint[])
               with ordinality as s (words, due_on, amount, number)`,
    ),
    stages.length,
  );
}

export type StandingStage = Stage & {
  readonly stageNumber: number;
  /** What was paid of it, earlier stages first. */
  readonly paidPence: Pence;
};

/** The stages of a commitment, with what was paid on it shared out to the earliest first. */
export async function listStages(
  tx: Transaction,
  the: { readonly placeId: number; readonly commitmentId: string; readonly asAt: Day },
): Promise<readonly StandingStage[]> {
  return tx.rows(sql<StandingStage>`
    with paid as (
      select coalesce(sum(y.amount_pence), 0) - coalesce((
               select sum(c.amount_pence) from credit_note c
                where c.place_id = ${the.placeId} and c.commitment_id = ${the.commitmentId} and c.credited_on <= ${the.asAt}
                  and not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id
                                    and r.effective_on <= ${the.asAt})), 0) as pence
        from payment y
       where y.place_id = ${the.placeId} and y.commitment_id = ${the.commitmentId} and y.paid_on <= ${the.asAt}
         and not exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id
                           and r.effective_on <= ${the.asAt})
    )
    select s.stage_number as "stageNumber", s.words, s.due_on as "dueOn", s.amount_pence as "amountPence",
           greatest(least(s.amount_pence, p.pence - (sum(s.amount_pence) over (order by s.stage_number) - s.amount_pence)), 0)::bigint
             as "paidPence"
      from commitment_stage s cross join paid p
     where s.place_id = ${the.placeId} and s.commitment_id = ${the.commitmentId} order by s.stage_number limit 100`);
}

/** Contributions, allocations, commitments and payments: what was decided or done, beside the transfer that carries it out. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { PaymentLine } from "../domain/payment-lines.ts";
import type { Book } from "./pots.ts";

export type Contribution = {
  readonly contributionId: string;
  readonly streamId: string;
  readonly potId: string;
  readonly amountPence: Pence;
  readonly madeOn: Day;
  readonly reference: string;
  readonly transferId: string;
};

export async function insertContribution(tx: Transaction, placeId: number, one: Contribution): Promise<void> {
  await tx.run(
    sql`insert into contribution (place_id, contribution_id, stream_id, pot_id, amount_pence, made_on, reference, transfer_id)
        values (${placeId}, ${one.contributionId}, ${one.streamId}, ${one.potId}, ${one.amountPence}, ${one.madeOn},
                ${one.reference}, ${one.transferId})`,
    1,
  );
}

export type Allocation = {
  readonly allocationId: string;
  readonly potId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly purpose: string;
  readonly themeId: string | null;
  readonly amountPence: Pence;
  readonly decidedBy: string;
  readonly decidedOn: Day;
  readonly power: string;
  readonly capital: boolean;
  readonly transferId: string;
};

export async function insertAllocation(tx: Transaction, placeId: number, one: Allocation): Promise<void> {
  await tx.run(
    sql`insert into allocation (place_id, allocation_id, pot_id, name, name_welsh, purpose, theme_id, amount_pence, decided_by,
          decided_on, power, capital, transfer_id)
        values (${placeId}, ${one.allocationId}, ${one.potId}, ${one.name}, ${one.nameWelsh}, ${one.purpose}, ${one.themeId},
          ${one.amountPence}, ${one.decidedBy}, ${one.decidedOn}, ${one.power}, ${one.capital}, ${one.transferId})`,
    1,
  );
}

export type AllocationFound = {
  readonly allocationId: string;
  readonly name: string;
  readonly potId: string;
  readonly book: Book;
  readonly openedOn: Day;
  readonly areaId: string | null;
  readonly themeId: string | null;
  readonly capital: boolean;
};

export async function findAllocation(
  tx: Transaction,
  placeId: number,
  allocationId: string,
): Promise<AllocationFound | null> {
  return tx.maybe(sql<AllocationFound>`
    select l.allocation_id as "allocationId", l.name, o.pot_id as "potId", o.book, o.opened_on as "openedOn", o.area_id as "areaId",
           l.theme_id as "themeId", coalesce(l.capital, false) as capital
      from allocation l join pot o on o.place_id = l.place_id and o.pot_id = l.pot_id
     where l.place_id = ${placeId} and l.allocation_id = ${allocationId}`);
}

export const COMMITMENT_KINDS = ["award", "order", "grant"] as const;

export type Commitment = {
  readonly commitmentId: string;
  readonly allocationId: string;
  readonly potId: string;
  readonly kind: (typeof COMMITMENT_KINDS)[number];
  readonly serviceId: string;
  readonly supplierId: string;
  readonly reference: string;
  readonly words: string;
  readonly amountPence: Pence;
  readonly committedOn: Day;
  readonly endsOn: Day | null;
  readonly capital: boolean;
  readonly subjectiveGroup: number | null;
  readonly transferId: string;
};

export async function insertCommitment(tx: Transaction, placeId: number, one: Commitment): Promise<void> {
  await tx.run(
    sql`insert into commitment (place_id, commitment_id, allocation_id, pot_id, kind, service_id, supplier_id, reference, words,
          amount_pence, committed_on, ends_on, capital, subjective_group, transfer_id)
        values (${placeId}, ${one.commitmentId}, ${one.allocationId}, ${one.potId}, ${one.kind}, ${one.serviceId}, ${one.supplierId},
          ${one.reference}, ${one.words}, ${one.amountPence}, ${one.committedOn}, ${one.endsOn}, ${one.capital},
          ${one.subjectiveGroup}, ${one.transferId})`,
    1,
  );
}

export type CommitmentFound = {
  readonly commitmentId: string;
  readonly potId: string;
  readonly book: Book;
  readonly openedOn: Day;
  readonly areaId: string | null;
  readonly serviceId: string;
  readonly supplierId: string;
  /** The theme of the allocation it draws on. */
  readonly themeId: string | null;
  readonly capital: boolean;
  readonly subjectiveGroup: number | null;
};

export async function findCommitment(
  tx: Transaction,
  placeId: number,
  commitmentId: string,
): Promise<CommitmentFound | null> {
  return tx.maybe(sql<CommitmentFound>`
    select c.commitment_id as "commitmentId", o.pot_id as "potId", o.book, o.opened_on as "openedOn", o.area_id as "areaId",
           c.service_id as "serviceId", c.supplier_id as "supplierId", l.theme_id as "themeId",
           coalesce(c.capital, false) as capital, c.subjective_group as "subjectiveGroup"
      from commitment c join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
      join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
     where c.place_id = ${placeId} and c.commitment_id = ${commitmentId}`);
}

export type Payment = {
  readonly paymentId: string;
  readonly commitmentId: string | null;
  readonly potId: string;
  readonly serviceId: string;
  readonly supplierId: string;
  readonly amountPence: Pence;
  readonly vatRecoveredPence: Pence;
  readonly paidOn: Day;
  readonly reference: string;
  readonly spendLine: { readonly fileId: string; readonly row: number } | null;
  readonly capital: boolean;
  readonly subjectiveGroup: number | null;
  /** Paid elsewhere, before it was asked whether it may be. */
  readonly elsewhere: boolean;
  /** The part that went against accounts to resolve. */
  readonly outsidePence: Pence;
  readonly transferId: string;
};

export async function insertPayment(tx: Transaction, placeId: number, one: Payment): Promise<void> {
  await tx.run(
    sql`insert into payment (place_id, payment_id, commitment_id, pot_id, service_id, supplier_id, amount_pence, vat_recovered_pence,
          paid_on, reference, spend_file_id, spend_row_number, capital, subjective_group, elsewhere, outside_pence, transfer_id)
        values (${placeId}, ${one.paymentId}, ${one.commitmentId}, ${one.potId}, ${one.serviceId}, ${one.supplierId},
          ${one.amountPence}, ${one.vatRecoveredPence}, ${one.paidOn}, ${one.reference}, ${one.spendLine?.fileId ?? null},
          ${one.spendLine?.row ?? null}, ${one.capital}, ${one.subjectiveGroup}, ${one.elsewhere}, ${one.outsidePence},
          ${one.transferId})`,
    1,
  );
}

export async function insertPaymentLines(
  tx: Transaction,
  placeId: number,
  the: { readonly paymentId: string; readonly lines: readonly PaymentLine[] },
): Promise<void> {
  const { lines } = the;
  await tx.run(
    held(
      "payment_line",
      sql`insert into payment_line (place_id, payment_id, line, net_pence, vat_pence, recoverable_pence, subjective_group, words)
        select ${placeId}::integer, ${the.paymentId}::uuid, line, net, vat, recoverable, subjective, words
          from unnest(${lines.map(({ netPence }) => netPence)}::bigint[], ${lines.map(({ vatPence }) => vatPence)}::bigint[],
                      ${lines.map(({ recoverablePence }) => recoverablePence)}::bigint[],
                      ${lines.map(({ subjectiveGroup }) => subjectiveGroup)}::text[], ${lines.map(({ words }) => words)}::text[])
               with ordinality as l (net, vat, recoverable, subjective, words, line)`,
    ),
    lines.length,
  );
}

export async function listPaymentLines(
  tx: Transaction,
  placeId: number,
  paymentId: string,
): Promise<readonly (PaymentLine & { readonly line: number })[]> {
  return tx.rows(sql<PaymentLine & { line: number }>`
    select line, net_pence as "netPence", vat_pence as "vatPence", recoverable_pence as "recoverablePence",
           subjective_group as "subjectiveGroup", words
      from payment_line where place_id = ${placeId} and payment_id = ${paymentId} order by line limit 200`);
}

/** Which of the things a record names are there. */
export async function findNamed(
  tx: Transaction,
  placeId: number,
  the: {
    readonly partnerId?: string | null;
    readonly serviceId?: string | null;
    readonly themeId?: string | null;
    readonly areaId?: string | null;
    readonly spendLine?: { readonly fileId: string; readonly row: number } | null;
  },
): Promise<{
  readonly partner: string | null;
  readonly partnerArea: string | null;
  readonly service: string | null;
  readonly serviceTheme: string | null;
  readonly theme: boolean;
  readonly area: boolean;
  readonly spendLine: boolean;
}> {
  return tx.one(sql<{
    partner: string | null;
    partnerArea: string | null;
    service: string | null;
    serviceTheme: string | null;
    theme: boolean;
    area: boolean;
    spendLine: boolean;
  }>`
    select (select name from partner where place_id = ${placeId} and partner_id = ${the.partnerId ?? null}::uuid) as partner,
           (select area_id from partner where place_id = ${placeId} and partner_id = ${the.partnerId ?? null}::uuid) as "partnerArea",
           (select name from service where place_id = ${placeId} and service_id = ${the.serviceId ?? null}::uuid) as service,
           (select theme_id from service where place_id = ${placeId} and service_id = ${the.serviceId ?? null}::uuid) as "serviceTheme",
           exists (select from theme where place_id = ${placeId} and theme_id = ${the.themeId ?? null}::uuid) as theme,
           exists (select from area where place_id = ${placeId} and area_id = ${the.areaId ?? null}::uuid) as area,
           exists (select from spend_line where place_id = ${placeId} and file_id = ${the.spendLine?.fileId ?? null}::uuid
                      and row_number = ${the.spendLine?.row ?? null}::integer) as "spendLine"`);
}

/** Credit notes line by line: what each gives back of its payment's lines, and what was given back of a payment so far. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { CreditLine } from "../domain/credit-lines.ts";

export async function insertCreditLines(
  tx: Transaction,
  placeId: number,
  the: { readonly creditNoteId: string; readonly paymentId: string; readonly lines: readonly CreditLine[] },
): Promise<void> {
  const { lines } = the;
  if (lines.length === 0) return;
  await tx.run(
    held(
      "credit_line",
      sql`insert into credit_note_line (place_id, credit_note_id, payment_id, line, net_pence, vat_pence, recoverable_pence)
        select ${placeId}::integer, ${the.creditNoteId}::uuid, ${the.paymentId}::uuid, line, net, vat, recoverable
          from unnest(${lines.map(({ line }) => line)}::smallint[], ${lines.map(({ netPence }) => netPence)}::bigint[],
                      ${lines.map(({ vatPence }) => vatPence)}::bigint[],
                      ${lines.map(({ recoverablePence }) => recoverablePence)}::bigint[])
               as l (line, net, vat, recoverable)`,
    ),
    lines.length,
  );
}

export type CreditNoteFound = {
  readonly creditNoteId: string;
  readonly paymentId: string;
  readonly amountPence: Pence;
  readonly areaId: string | null;
  readonly reversed: boolean;
};

export async function findCreditNote(
  tx: Transaction,
  placeId: number,
  creditNoteId: string,
): Promise<CreditNoteFound | null> {
  return tx.maybe(sql<CreditNoteFound>`
    select c.credit_note_id as "creditNoteId", c.payment_id as "paymentId", c.amount_pence as "amountPence", o.area_id as "areaId",
           exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id) as reversed
      from credit_note c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
     where c.place_id = ${placeId} and c.credit_note_id = ${creditNoteId}`);
}

export type CreditNoteOf = {
  readonly creditNoteId: string;
  readonly amountPence: Pence;
  readonly creditedOn: Day;
  readonly reference: string;
  readonly byLines: boolean;
};

/** The credit notes of a payment that stand, the earliest first. */
export async function listCreditNotesOf(
  tx: Transaction,
  placeId: number,
  paymentId: string,
): Promise<readonly CreditNoteOf[]> {
  return tx.rows(sql<CreditNoteOf>`
    select c.credit_note_id as "creditNoteId", c.amount_pence as "amountPence", c.credited_on as "creditedOn", c.reference,
           exists (select from credit_note_line l where l.place_id = c.place_id and l.credit_note_id = c.credit_note_id) as "byLines"
      from credit_note c
     where c.place_id = ${placeId} and c.payment_id = ${paymentId} and not exists (
       select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)
     order by c.credited_on, c.credit_note_id limit 200`);
}

type NamedLine = CreditLine & { readonly subjectiveGroup: string | null; readonly words: string };

/** With what the payment's line says that it was for. */
export async function listCreditLines(
  tx: Transaction,
  placeId: number,
  creditNoteId: string,
): Promise<readonly NamedLine[]> {
  return tx.rows(sql<NamedLine>`
    select l.line, l.net_pence as "netPence", l.vat_pence as "vatPence", l.recoverable_pence as "recoverablePence",
           p.subjective_group as "subjectiveGroup", p.words
      from credit_note_line l join payment_line p
        on p.place_id = l.place_id and p.payment_id = l.payment_id and p.line = l.line
     where l.place_id = ${placeId} and l.credit_note_id = ${creditNoteId} order by l.line limit 200`);
}

/** What credit notes that stand gave back of a payment, by line; and those without lines by their one amount. */
export async function findCredited(
  tx: Transaction,
  placeId: number,
  paymentId: string,
): Promise<{ readonly credited: readonly CreditLine[]; readonly unsharedPence: Pence }> {
  const stands = sql`c.place_id = ${placeId} and c.payment_id = ${paymentId} and not exists (
    select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)`;
  const credited = await tx.rows(sql<CreditLine>`
    select l.line, sum(l.net_pence)::bigint as "netPence", sum(l.vat_pence)::bigint as "vatPence",
           sum(l.recoverable_pence)::bigint as "recoverablePence"
      from credit_note c join credit_note_line l on l.place_id = c.place_id and l.credit_note_id = c.credit_note_id
     where ${stands} group by l.line order by l.line limit 200`);
  const { unsharedPence } = await tx.one(sql<{ unsharedPence: Pence }>`
    select coalesce(sum(c.amount_pence), 0)::bigint as "unsharedPence" from credit_note c
     where ${stands} and not exists (
       select from credit_note_line l where l.place_id = c.place_id and l.credit_note_id = c.credit_note_id)`);
  return { credited, unsharedPence };
}

/** Accruals, prepayments, debtors and receipts in advance: kept with the two transfers that make and unmake each. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

export const ACCRUAL_KINDS = ["accrual", "prepayment", "debtor", "receipt_in_advance"] as const;
export type AccrualKind = (typeof ACCRUAL_KINDS)[number];

export type Accrual = {
  readonly accrualId: string;
  readonly potId: string;
  readonly streamId: string;
  readonly kind: AccrualKind;
  readonly counterpartyId: string;
  readonly serviceId: string | null;
  readonly amountPence: Pence;
  readonly on: Day;
  readonly backOn: Day;
  readonly words: string;
  readonly reference: string;
  readonly transferId: string;
  readonly backTransferId: string;
  /** The one that it takes back. */
  readonly takesBackId: string | null;
};

/** False where what it takes back is taken back already, by another that was quicker. */
export async function insertAccrual(tx: Transaction, placeId: number, one: Accrual): Promise<boolean> {
  const made = await tx.run(
    held(
      "accrual",
      sql`insert into accrual (place_id, accrual_id, pot_id, stream_id, kind, counterparty_id, service_id, amount_pence, effective_on,
          back_on, words, reference, transfer_id, back_transfer_id, takes_back_id)
        values (${placeId}, ${one.accrualId}, ${one.potId}, ${one.streamId}, ${one.kind}, ${one.counterpartyId}, ${one.serviceId},
          ${one.amountPence}, ${one.on}, ${one.backOn}, ${one.words}, ${one.reference}, ${one.transferId}, ${one.backTransferId},
          ${one.takesBackId})
        on conflict on constraint "an accrual is taken back once" do nothing`,
    ),
    "any",
  );
  return made === 1;
}

export async function findBackTransfer(tx: Transaction, placeId: number, accrualId: string): Promise<string | null> {
  const found = await tx.maybe(sql<{ id: string }>`
    select back_transfer_id as id from accrual where place_id = ${placeId} and accrual_id = ${accrualId}`);
  return found?.id ?? null;
}

/** Whether a stream has money in a pot, so that cost can be its. */
export async function isStreamInPot(
  tx: Transaction,
  placeId: number,
  the: { readonly streamId: string; readonly potId: string },
): Promise<boolean> {
  const { found } = await tx.one(sql<{ found: boolean }>`
    select exists (select from ledger_account where place_id = ${placeId} and pot_id = ${the.potId} and kind = 'pot'
                      and stream_id = ${the.streamId}) as found`);
  return found;
}

export type Outstanding = {
  readonly kind: AccrualKind;
  readonly book: Book;
  readonly counterpartyId: string;
  readonly counterparty: string;
  readonly counterpartyWelsh: string | null;
  readonly potId: string;
  readonly pot: string;
  readonly potSlug: string;
  readonly stream: string;
  readonly reference: string;
  readonly words: string;
  readonly amountPence: Pence;
  /** The first period end at which it was recorded under its reference. */
  readonly since: Day;
};

export type ListedAccrual = Accrual & {
  readonly book: Book;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly stream: string;
  readonly streamWelsh: string | null;
  readonly counterparty: string;
  readonly counterpartyWelsh: string | null;
  readonly takenBackById: string | null;
  /**
   * All of one reference together at its period end: of one kind, pot, stream and counterparty. Without a reference each stands
   * for itself, until it is taken back.
   */
  readonly standsPence: Pence;
};

export type AccrualFilter = {
  readonly day: Day;
  /** Alone, whatever its day. */
  readonly accrualId: string | null;
  readonly book: Book | null;
  readonly areaId: string | null;
  readonly limit: number;
  readonly skip: number;
};

/** Those of a period end one by one, newest first, or the one that is asked for. */
export async function listAccruals(
  tx: Transaction,
  placeId: number,
  the: AccrualFilter,
): Promise<readonly ListedAccrual[]> {
  return tx.rows(sql<ListedAccrual>`
    select a.accrual_id as "accrualId", a.pot_id as "potId", o.book, o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug",
           a.stream_id as "streamId", s.name as stream, s.name_welsh as "streamWelsh", a.kind, a.counterparty_id as "counterpartyId",
           p.name as counterparty, p.name_welsh as "counterpartyWelsh", a.service_id as "serviceId",
           a.amount_pence as "amountPence", a.effective_on as "on", a.back_on as "backOn", a.words, a.reference,
           a.transfer_id as "transferId", a.back_transfer_id as "backTransferId",
           a.takes_back_id as "takesBackId", t.accrual_id as "takenBackById",
           case when a.reference <> '' then
             (select sum(b.amount_pence)::bigint from accrual b
               where b.place_id = ${placeId} and b.effective_on = a.effective_on and b.kind = a.kind and b.pot_id = a.pot_id
                 and b.stream_id = a.stream_id and b.counterparty_id = a.counterparty_id and b.reference = a.reference)
             when a.takes_back_id is null and t.accrual_id is null then a.amount_pence else 0::bigint end as "standsPence"
      from accrual a join pot o on o.place_id = ${placeId} and o.pot_id = a.pot_id
      join stream s on s.place_id = ${placeId} and s.stream_id = a.stream_id
      join partner p on p.place_id = ${placeId} and p.partner_id = a.counterparty_id
      left join accrual t on t.place_id = ${placeId} and t.takes_back_id = a.accrual_id
     where a.place_id = ${placeId}
       and case when ${the.accrualId}::uuid is null then a.effective_on = ${the.day} else a.accrual_id = ${the.accrualId}::uuid end
       and (${the.book}::text is null or o.book = ${the.book}::text)
       and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid)
     order by a.accrual_id desc limit ${the.limit} offset ${the.skip}`);
}

/** What stood at a period end, summed where one reference has several, without what comes to nought. */
export async function listOutstanding(
  tx: Transaction,
  placeId: number,
  the: { readonly day: Day; readonly book: Book | null; readonly areaId: string | null },
): Promise<readonly Outstanding[]> {
  return tx.rows(sql<Outstanding>`
    with here as (
      select a.kind, a.pot_id, a.stream_id, a.counterparty_id, a.reference, min(a.words) as words, sum(a.amount_pence) as pence
        from accrual a where a.place_id = ${placeId} and a.effective_on = ${the.day}
       group by a.kind, a.pot_id, a.stream_id, a.counterparty_id, a.reference having sum(a.amount_pence) <> 0
    )
    select h.kind, o.book, h.counterparty_id as "counterpartyId", p.name as counterparty, p.name_welsh as "counterpartyWelsh",
           h.pot_id as "potId", o.name as pot, o.slug as "potSlug", s.name as stream, h.reference, h.words,
           h.pence::bigint as "amountPence",
           case when h.reference = '' then ${the.day}::date else (
             select min(b.effective_on) from accrual b
              where b.place_id = ${placeId} and b.kind = h.kind and b.pot_id = h.pot_id and b.stream_id = h.stream_id
                and b.counterparty_id = h.counterparty_id and b.reference = h.reference) end as since
      from here h join pot o on o.place_id = ${placeId} and o.pot_id = h.pot_id
      join stream s on s.place_id = ${placeId} and s.stream_id = h.stream_id
      join partner p on p.place_id = ${placeId} and p.partner_id = h.counterparty_id
     where (${the.book}::text is null or o.book = ${the.book}::text)
       and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid)
     order by p.name, h.kind, since, h.reference limit 5000`);
}

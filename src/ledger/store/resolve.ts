/**
 * Accounts to resolve: what was paid elsewhere outside a condition or over the funds, with its reasons, and who bore it.
 * An item whose payment was reversed, and a clearing whose journal was, count no more.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Spending } from "../domain/conditions.ts";
import type { Item, Reason } from "../domain/resolve.ts";
import type { Book } from "./pots.ts";

export type ItemToInsert = Item & { readonly itemId: string };

export async function insertItems(
  tx: Transaction,
  placeId: number,
  the: {
    readonly potId: string;
    readonly paymentId: string;
    readonly transferId: string;
    readonly arisenOn: Day;
    readonly items: readonly ItemToInsert[];
  },
): Promise<void> {
  const { items } = the;
  if (items.length === 0) return;
  await tx.run(
    held(
      "resolve_item",
      sql`insert into resolve_item (place_id, item_id, pot_id, payment_id, transfer_id, stream_id, amount_pence, reasons, arisen_on)
        select ${placeId}::integer, id, ${the.potId}::uuid, ${the.paymentId}::uuid, ${the.transferId}::uuid, stream, pence,
               reasons::jsonb, ${the.arisenOn}::date
          from unnest(${items.map(({ itemId }) => itemId)}::uuid[], ${items.map(({ streamId }) => streamId)}::uuid[],
                      ${items.map(({ amountPence }) => amountPence)}::bigint[],
                      ${items.map(({ reasons }) => JSON.stringify(reasons))}::text[]) as i (id, stream, pence, reasons)`,
    ),
    items.length,
  );
}

/** Of the item `i`: what nobody has borne by the end of a day. */
const leftAt = (day: Day) => sql`(case when exists (
      select from transfer r where r.place_id = i.place_id and r.reverses_id = i.transfer_id and r.effective_on <= ${day}) then 0
    else i.amount_pence - coalesce((
      select sum(c.amount_pence) from resolve_clearing c
       where c.place_id = i.place_id and c.item_id = i.item_id and c.cleared_on <= ${day}
         and not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id
                            and r.effective_on <= ${day})), 0) end)::bigint`;

/** The last day there is: what counts whenever it was or will be. */
const ALWAYS = "2199-12-31" as Day;

export type ItemFound = {
  readonly itemId: string;
  readonly potId: string;
  readonly book: Book;
  readonly openedOn: Day;
  readonly areaId: string | null;
  readonly paymentId: string;
  readonly serviceId: string;
  readonly words: string;
  readonly leftPence: Pence;
  readonly arisenOn: Day;
  /** What was paid for, which whoever bears it must be allowed to pay for. */
  readonly spending: Spending;
};

/**
 * An item as it now stands. It is locked by its payment's transfer until the transaction ends, so that it is not borne
 * twice, nor its payment reversed while somebody bears it.
 */
export async function lockItem(tx: Transaction, placeId: number, itemId: string): Promise<ItemFound | null> {
  const found = await tx.maybe(sql<{ transferId: string }>`
    select transfer_id as "transferId" from resolve_item where place_id = ${placeId} and item_id = ${itemId}`);
  if (found === null) return null;
  await lockPayment(tx, placeId, found.transferId);
  return findItem(tx, placeId, itemId);
}

/** An item as it stands, without waiting for who may be bearing it. */
export async function findItem(tx: Transaction, placeId: number, itemId: string): Promise<ItemFound | null> {
  return tx.maybe(sql<ItemFound>`
    select i.item_id as "itemId", i.pot_id as "potId", o.book, o.opened_on as "openedOn", o.area_id as "areaId",
           i.payment_id as "paymentId", y.service_id as "serviceId", p.name || ': ' || v.name as words,
           ${leftAt(ALWAYS)} as "leftPence", i.arisen_on as "arisenOn",
           jsonb_build_object('stage', 'spending', 'day', y.paid_on, 'partnerId', y.supplier_id,
             'capital', coalesce(y.capital, false), 'subjectiveGroup', y.subjective_group,
             'themeIds', to_jsonb(array_remove(array[l.theme_id, v.theme_id], null))) as spending
      from resolve_item i join pot o on o.place_id = i.place_id and o.pot_id = i.pot_id
      join payment y on y.place_id = i.place_id and y.payment_id = i.payment_id
      join service v on v.place_id = y.place_id and v.service_id = y.service_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
      left join commitment k on k.place_id = y.place_id and k.commitment_id = y.commitment_id
      left join allocation l on l.place_id = k.place_id and l.allocation_id = k.allocation_id
     where i.place_id = ${placeId} and i.item_id = ${itemId}`);
}

/** Whoever bears an item of a payment, or reverses it, waits here for the other. */
export async function lockPayment(tx: Transaction, placeId: number, transferId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(7403, hashtext(${`${placeId} ${transferId}`}))`, "any");
}

/** What of a transfer's items somebody bears: it is to be taken back before the transfer is. */
export async function findBorne(tx: Transaction, placeId: number, transferId: string): Promise<Pence> {
  const { pence } = await tx.one(sql<{ pence: Pence }>`
    select coalesce(sum(c.amount_pence), 0)::bigint as pence
      from resolve_item i join resolve_clearing c on c.place_id = i.place_id and c.item_id = i.item_id
     where i.place_id = ${placeId} and i.transfer_id = ${transferId}
       and not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)`);
  return pence;
}

export const CLEARINGS = ["from_allocation", "from_stream"] as const;

export type Clearing = {
  readonly clearingId: string;
  readonly itemId: string;
  readonly how: (typeof CLEARINGS)[number];
  readonly allocationId: string | null;
  readonly streamId: string | null;
  readonly amountPence: Pence;
  readonly clearedOn: Day;
  readonly reason: string;
  readonly transferId: string;
};

export async function insertClearing(tx: Transaction, placeId: number, one: Clearing): Promise<void> {
  await tx.run(
    held(
      "clearing",
      sql`insert into resolve_clearing (place_id, clearing_id, item_id, how, allocation_id, stream_id, amount_pence, cleared_on,
          reason, transfer_id)
        values (${placeId}, ${one.clearingId}, ${one.itemId}, ${one.how}, ${one.allocationId}, ${one.streamId}, ${one.amountPence},
          ${one.clearedOn}, ${one.reason}, ${one.transferId})`,
    ),
    1,
  );
}

export async function findClearing(tx: Transaction, placeId: number, transferId: string): Promise<string | null> {
  const found = await tx.maybe(sql<{ clearingId: string }>`
    select clearing_id as "clearingId" from resolve_clearing where place_id = ${placeId} and transfer_id = ${transferId}`);
  return found?.clearingId ?? null;
}

export type PaymentItem = {
  readonly itemId: string;
  readonly streamId: string | null;
  readonly amountPence: Pence;
  readonly reasons: readonly Reason[];
};

export async function findItemsOf(
  tx: Transaction,
  placeId: number,
  paymentId: string,
): Promise<readonly PaymentItem[]> {
  return tx.rows(sql<PaymentItem>`
    select item_id as "itemId", stream_id as "streamId", amount_pence as "amountPence", reasons from resolve_item
     where place_id = ${placeId} and payment_id = ${paymentId} order by item_id limit 1000`);
}

export type ListedItem = PaymentItem & {
  readonly stream: string | null;
  readonly streamWelsh: string | null;
  readonly potId: string;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly book: Book;
  readonly paymentId: string;
  readonly reference: string;
  readonly supplier: string;
  readonly service: string;
  readonly serviceWelsh: string | null;
  readonly transferId: string;
  readonly arisenOn: Day;
  readonly leftPence: Pence;
};

/** Open at the end of a day, the oldest first; or the one asked for, as it then stood. Of an area: those of its own pots. */
export async function listItems(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly areaId: string | null;
    readonly potId: string | null;
    readonly itemId: string | null;
    readonly asAt: Day;
    readonly limit: number;
    readonly skip: number;
  },
): Promise<readonly ListedItem[]> {
  return tx.rows(sql<ListedItem>`
    select * from (
      select i.item_id as "itemId", i.stream_id as "streamId", s.name as stream, s.name_welsh as "streamWelsh", i.pot_id as "potId",
             o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug", o.book, i.payment_id as "paymentId", y.reference,
             p.name as supplier, v.name as service, v.name_welsh as "serviceWelsh", i.transfer_id as "transferId", i.reasons,
             i.arisen_on as "arisenOn", i.amount_pence as "amountPence", ${leftAt(the.asAt)} as "leftPence"
        from resolve_item i join pot o on o.place_id = i.place_id and o.pot_id = i.pot_id
        join payment y on y.place_id = i.place_id and y.payment_id = i.payment_id
        join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
        join service v on v.place_id = y.place_id and v.service_id = y.service_id
        left join stream s on s.place_id = i.place_id and s.stream_id = i.stream_id
       where i.place_id = ${the.placeId} and i.arisen_on <= ${the.asAt}
         and (${the.potId}::uuid is null or i.pot_id = ${the.potId}::uuid)
         and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid or i.pot_id = ${the.potId}::uuid)) as open
     where "itemId" = ${the.itemId}::uuid or (${the.itemId}::uuid is null and "leftPence" > 0)
     order by "arisenOn", "itemId" limit ${the.limit} offset ${the.skip}`);
}

export type AgedSum = {
  readonly book: Book;
  readonly arisenOn: Day;
  readonly leftPence: Pence;
  readonly items: bigint;
};

/** What is open at the end of a day, by book and by the day it arose; the two books are never added. */
export async function sumItems(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null; readonly potId: string | null; readonly asAt: Day },
): Promise<readonly AgedSum[]> {
  return tx.rows(sql<AgedSum>`
    select book, arisen_on as "arisenOn", sum(pence)::bigint as "leftPence", count(*) as items from (
      select o.book, i.arisen_on, ${leftAt(the.asAt)} as pence
        from resolve_item i join pot o on o.place_id = i.place_id and o.pot_id = i.pot_id
       where i.place_id = ${the.placeId} and i.arisen_on <= ${the.asAt}
         and (${the.potId}::uuid is null or i.pot_id = ${the.potId}::uuid)
         and (${the.areaId}::uuid is null or o.area_id = ${the.areaId}::uuid or i.pot_id = ${the.potId}::uuid)) as open
     where pence > 0 group by book, arisen_on order by arisen_on limit 10000`);
}

/** What was spent outside one stream's conditions and nobody has borne at the end of a day, by pot. */
export async function sumOutside(
  tx: Transaction,
  the: { readonly placeId: number; readonly streamId: string; readonly asAt: Day },
): Promise<readonly { readonly potId: string; readonly pence: Pence }[]> {
  return tx.rows(sql<{ potId: string; pence: Pence }>`
    select i.pot_id as "potId", sum(${leftAt(the.asAt)})::bigint as pence from resolve_item i
     where i.place_id = ${the.placeId} and i.stream_id = ${the.streamId} and i.arisen_on <= ${the.asAt}
     group by i.pot_id limit 1000`);
}

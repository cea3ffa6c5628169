/** Published lines as steps of "follow the pound": their description, and the payments that name them. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type TracedLine = {
  readonly id: string;
  readonly supplier: string;
  readonly amountPence: Pence;
  readonly paidOn: Day;
  readonly description: string;
  readonly serviceArea: string;
  readonly reference: string;
  readonly publisher: string;
  readonly file: string;
  readonly row: number;
  readonly madeUp: boolean;
};

type LineKey = { readonly fileId: string; readonly row: number };

/** A line's id is `<file uuid>.<row>`. */
function keysOf(ids: readonly string[]): readonly LineKey[] {
  return ids.map((id) => ({ fileId: id.slice(0, 36), row: Number(id.slice(37)) }));
}

export async function findTracedLines(
  tx: Transaction,
  placeId: number,
  ids: readonly string[],
): Promise<readonly TracedLine[]> {
  const keys = keysOf(ids);
  return tx.rows(sql<TracedLine>`
    select l.file_id::text || '.' || l.row_number::text as id, l.supplier, l.amount_pence as "amountPence", l.paid_on as "paidOn",
           l.description, l.service_area as "serviceArea", l.reference, p.name as publisher, f.name as file, l.row_number as row,
           f.made_up as "madeUp"
      from unnest(${keys.map(({ fileId }) => fileId)}::uuid[], ${keys.map(({ row }) => row)}::integer[]) as k (file_id, row_number)
      join spend_line l on l.place_id = ${placeId} and l.file_id = k.file_id and l.row_number = k.row_number
      join spend_file f on f.place_id = l.place_id and f.file_id = l.file_id
      join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id limit 1000`);
}

export type LinkedPayment = {
  readonly lineId: string;
  readonly paymentId: string;
  readonly serviceId: string;
  readonly amountPence: Pence;
};

/** The payments of the ledger that name a line, less those that were reversed. */
export async function findLinkedPayments(
  tx: Transaction,
  placeId: number,
  ids: readonly string[],
): Promise<readonly LinkedPayment[]> {
  const keys = keysOf(ids);
  return tx.rows(sql<LinkedPayment>`
    select y.spend_file_id::text || '.' || y.spend_row_number::text as "lineId", y.payment_id as "paymentId",
           y.service_id as "serviceId", y.amount_pence as "amountPence"
      from unnest(${keys.map(({ fileId }) => fileId)}::uuid[], ${keys.map(({ row }) => row)}::integer[]) as k (file_id, row_number)
      join payment y on y.place_id = ${placeId} and y.spend_file_id = k.file_id and y.spend_row_number = k.row_number
     where not exists (select from transfer r where r.place_id = y.place_id and r.reverses_id = y.transfer_id)
     order by y.paid_on, y.payment_id limit 1000`);
}

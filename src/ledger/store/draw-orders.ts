/** The order in which a pot's streams are drawn on, as its agreement says, and since when. The newest for a day counts. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import { type DrawOrder, MOST_RESTRICTED } from "../domain/draw.ts";

export type StatedOrder = DrawOrder & {
  readonly orderId: string;
  readonly potId: string;
  readonly fromOn: Day;
  readonly reason: string;
  readonly clause: string;
  readonly setBy: string;
};

export async function insertDrawOrder(tx: Transaction, placeId: number, one: StatedOrder): Promise<void> {
  await tx.run(
    held(
      "draw_order",
      sql`insert into pot_draw_order (place_id, pot_id, order_id, from_on, draw_order, stream_ids, reason, clause, set_by)
        values (${placeId}, ${one.potId}, ${one.orderId}, ${one.fromOn}, ${one.order}, ${one.streamIds}::uuid[], ${one.reason},
          ${one.clause}, ${one.setBy})`,
    ),
    1,
  );
}

/** The order that counts on a day: the most restricted first where the agreement says nothing. */
export async function findDrawOrder(
  tx: Transaction,
  placeId: number,
  the: { readonly potId: string; readonly day: Day },
): Promise<DrawOrder> {
  const found = await tx.rows(sql<DrawOrder>`
    select draw_order as "order", stream_ids as "streamIds" from pot_draw_order
     where place_id = ${placeId} and pot_id = ${the.potId} and from_on <= ${the.day}
     order by from_on desc, set_at desc, order_id desc limit 1`);
  return found[0] ?? MOST_RESTRICTED;
}

type ListedOrder = Omit<StatedOrder, "potId" | "streamIds"> & {
  /** Those that a stated order names, the first drawn on first. */
  readonly streams: readonly {
    readonly streamId: string;
    readonly stream: string;
    readonly streamWelsh: string | null;
  }[];
};

/** Every order of a pot, as they count: the newest day first, of one day what was set later. */
export async function listDrawOrders(tx: Transaction, placeId: number, potId: string): Promise<readonly ListedOrder[]> {
  return tx.rows(sql<ListedOrder>`
    select o.order_id as "orderId", o.from_on as "fromOn", o.draw_order as "order", o.reason, o.clause,
           o.set_by as "setBy", coalesce((
             select jsonb_agg(jsonb_build_object('streamId', s.stream_id, 'stream', s.name, 'streamWelsh', s.name_welsh)
                              order by n.number)
               from unnest(o.stream_ids) with ordinality as n (id, number)
               join stream s on s.place_id = o.place_id and s.stream_id = n.id), '[]'::jsonb) as streams
      from pot_draw_order o where o.place_id = ${placeId} and o.pot_id = ${potId}
     order by o.from_on desc, o.set_at desc, o.order_id desc limit 1000`);
}

/** Which of the streams have never put anything into the pot. */
export async function findStrangers(
  tx: Transaction,
  placeId: number,
  the: { readonly potId: string; readonly streamIds: readonly string[] },
): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ streamId: string }>`
    select id::text as "streamId" from unnest(${the.streamIds}::uuid[]) with ordinality as s (id, place)
     where not exists (select from ledger_account a where a.place_id = ${placeId} and a.pot_id = ${the.potId}
                          and a.kind = 'pot' and a.stream_id = s.id)
     order by place limit 200`);
  return found.map(({ streamId }) => streamId);
}

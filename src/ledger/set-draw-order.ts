/** Says in which order a pot's streams are drawn on from a day on, by the clause of the agreement that asks for it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { type Catalogue, declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { DRAW_ORDERS } from "./domain/draw.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { refuseArea } from "./posting.ts";
import { findStrangers, insertDrawOrder } from "./store/draw-orders.ts";
import { findPot } from "./store/pots.ts";

const onlyStated = said({
  en: "Name the streams in their order for a stated order, and only for that",
  cy: "Enwch y ffrydiau yn eu trefn ar gyfer trefn benodol, ac ar gyfer honno'n unig",
});

/** What the ledger says of shares, said of an order. */
const refusals: Catalogue<LedgerRefusal> = {
  ...ledgerRefusals,
  stream_twice: {
    status: 422,
    field: "streamIds",
    en: () => "A stream stands twice in the order. Name each stream once.",
    cy: () => "Mae ffrwd yn sefyll ddwywaith yn y drefn. Enwch bob ffrwd unwaith.",
  },
  stream_not_in_pot: {
    status: 422,
    field: "streamIds",
    en: () => "The order names a stream that never put money into this pot. Choose among the streams of this pot.",
    cy: () => "Mae'r drefn yn enwi ffrwd na roddodd arian yn y gronfa hon erioed. Dewiswch o blith ffrydiau'r gronfa.",
  },
};

export const setDrawOrder = declarePlaceUseCase({
  name: "pot.set_draw_order",
  summary: "Set the order in which a pot's streams are drawn on, from a day on",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "pots/draw-order" },
  command: { words: "pot draw-order" },
  input: z
    .strictObject({
      potId: field.id,
      order: z.enum(DRAW_ORDERS),
      streamIds: z.array(field.id).max(200).default([]).describe("For a stated order: the first is drawn on first"),
      fromOn: field.day,
      reason: field.words(400),
      clause: field.words(400).describe("The clause of the agreement"),
    })
    .refine(({ order, streamIds }) => (order === "stated_order") === streamIds.length > 0, {
      path: ["streamIds"],
      message: onlyStated,
    }),
  output: z.object({ orderId: field.id }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    order: "in_proportion",
    fromOn: "2013-01-15",
    reason: "The partners agreed to bear each payment in the shares in which they put money in",
    clause: "Pooled fund agreement of 26 April 2012, clause 9.2",
  },
  refusals,
  audited: (value: { readonly orderId: string }) => value.orderId,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const pot = await findPot(ctx.tx, placeId, input.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const refused = refuseArea(ctx, pot.areaId);
    if (refused) return refused;
    if (input.fromOn < pot.openedOn) return refuse({ code: "before_opening", openedOn: pot.openedOn });
    const twice = input.streamIds.find((streamId, index) => input.streamIds.indexOf(streamId) !== index);
    if (twice !== undefined) return refuse({ code: "stream_twice", streamId: twice });
    const [stranger] = await findStrangers(ctx.tx, placeId, { potId: pot.potId, streamIds: input.streamIds });
    if (stranger !== undefined) return refuse({ code: "stream_not_in_pot", streamId: stranger });
    const orderId = ctx.newId();
    await insertDrawOrder(ctx.tx, placeId, { ...input, orderId, setBy: ctx.mark });
    return accept({ orderId });
  },
});

/** Opens a funding stream: who pays it, how much, for which period, and on what conditions. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { condition } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseArea } from "./posting.ts";
import { findNamed } from "./store/records.ts";
import { findUnknown, insertStream } from "./store/streams.ts";

export const openStream = declarePlaceUseCase({
  name: "stream.open",
  summary: "Open a funding stream with its conditions",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "streams" },
  command: { words: "stream open" },
  input: z.strictObject({
    name: field.words(200),
    nameWelsh: field.words(200).nullable().default(null),
    payerId: field.id,
    amountPence: field.positivePence,
    startsOn: field.day,
    endsOn: field.day,
    power: field.words(400),
    capital: z.boolean().default(false),
    ringFenced: z.boolean().default(false),
    clawback: field.text(1000).default(""),
    source: field.text(1000).default(""),
    madeUp: z.boolean().default(false),
    conditions: z.array(condition).max(50).default([]),
  }),
  output: z.object({ streamId: field.id }),
  example: {
    name: "Troubled families attachment fees, Salford, 2012-13",
    payerId: "0199c0de-0000-7000-8000-000000000001",
    amountPence: "74240000",
    startsOn: "2012-04-01",
    endsOn: "2013-03-31",
    power: "Section 31 of the Local Government Act 2003 (grant)",
    ringFenced: true,
    conditions: [
      { kind: "purpose", words: "For families with multiple problems" },
      { kind: "eligible_cost", words: "For staff and supplies", terms: { groups: [1, 4] } },
    ],
  },
  refusals: ledgerRefusals,
  audited: (value: { readonly streamId: string }) => value.streamId,
  handle: async (ctx, input) => {
    if (input.endsOn < input.startsOn) return refuse({ code: "ends_before_start" });
    const named = await findNamed(ctx.tx, ctx.place.placeId, { partnerId: input.payerId });
    if (named.partner === null) return refuse({ code: "partner_not_found" });
    const refused = refuseArea(ctx, named.partnerArea);
    if (refused) return refused;
    const unknown = await findUnknown(ctx.tx, ctx.place.placeId, {
      themeIds: input.conditions.flatMap(({ terms }) => terms?.themeIds ?? []),
      partnerIds: input.conditions.flatMap(({ terms }) => terms?.partnerIds ?? []),
    });
    if (unknown.theme !== null) return refuse({ code: "condition_theme_not_found", themeId: unknown.theme });
    if (unknown.partner !== null) return refuse({ code: "condition_partner_not_found", partnerId: unknown.partner });
    const { conditions: asked, ...rest } = input;
    // A period without ends of its own is the stream's: written down, so that it stays what it was.
    const conditions = asked.map((one) =>
      one.kind === "period" && one.terms !== null
        ? { ...one, terms: { from: input.startsOn, to: input.endsOn, ...one.terms } }
        : one,
    );
    const stream = { ...rest, streamId: ctx.newId() };
    const made = await insertStream(ctx.tx, ctx.place.placeId, { stream, conditions });
    return made ? accept({ streamId: stream.streamId }) : refuse({ code: "stream_exists", name: input.name });
  },
});

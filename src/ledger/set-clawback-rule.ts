/** Says whether a stream's payer takes money back, from a day on, so that a program can work out what at any date. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { CLAWBACK_RULES } from "./domain/position.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseArea } from "./posting.ts";
import { insertClawbackRule } from "./store/clawback.ts";
import { findStream } from "./store/streams.ts";

export const setClawbackRule = declarePlaceUseCase({
  name: "stream.set_clawback_rule",
  summary: "Set what a stream's payer takes back, from a day on",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "streams/{streamId}/clawback-rule" },
  command: { words: "stream clawback-rule", positional: ["streamId"] },
  input: z.strictObject({
    streamId: field.id,
    rule: z.enum(CLAWBACK_RULES),
    fromOn: field.day,
    reason: field.words(400),
  }),
  output: z.object({ ruleId: field.id }),
  example: {
    streamId: "0199c0de-0000-7000-8000-000000000001",
    rule: "both",
    fromOn: "2012-04-01",
    reason: "Grant offer letter of 28 March 2012, paragraph 11",
  },
  refusals: ledgerRefusals,
  audited: (value: { readonly ruleId: string }) => value.ruleId,
  handle: async (ctx, input) => {
    const stream = await findStream(ctx.tx, ctx.place.placeId, input.streamId);
    if (stream === null) return refuse({ code: "stream_not_found" });
    const refused = refuseArea(ctx, stream.payerAreaId);
    if (refused) return refused;
    const ruleId = ctx.newId();
    await insertClawbackRule(ctx.tx, ctx.place.placeId, { ...input, ruleId, setBy: ctx.mark });
    return accept({ ruleId });
  },
});

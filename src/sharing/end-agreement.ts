/** Ends an agreement today, with a reason: nothing is shared or shown under it from now on. What was shared before stays in the log. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { stateOn } from "./domain/agreement.ts";
import { agreementRefusals } from "./messages.ts";
import { findAgreement, insertEnd, takeNumber } from "./store/agreements.ts";
import { endTasksOf } from "./tell.ts";

export const endAgreement = declarePlaceUseCase({
  name: "sharing.end",
  summary: "End an information-sharing agreement, with a reason",
  permission: "sharing.keep",
  changes: true,
  route: { method: "post", path: "sharing/{agreementId}/end" },
  command: { words: "sharing end", positional: ["agreementId"] },
  input: z.strictObject({ agreementId: field.id, reason: field.words(300) }),
  output: z.object({ agreementId: field.id }),
  example: { agreementId: "0199c0de-0000-7000-8000-000000000071", reason: "The work has ended" },
  refusals: agreementRefusals,
  audited: (value: { readonly agreementId: string }) => value.agreementId,
  handle: async (ctx, { agreementId, reason }) => {
    const { placeId } = ctx.place;
    const found = await findAgreement(ctx.tx, { placeId, agreementId });
    if (found === null) return refuse({ code: "agreement_not_found" });
    // Held against a signature or another end at the same time.
    await takeNumber(ctx.tx, { placeId, name: `agreement:${agreementId}` });
    const row = (await findAgreement(ctx.tx, { placeId, agreementId })) ?? found;
    const { title, endsOn, end } = row;
    if (end !== null) return refuse({ code: "agreement_ended", title, endedOn: end.endedOn });
    if (stateOn(row, ctx.today) === "past") return refuse({ code: "agreement_past", title, endsOn });
    await insertEnd(ctx.tx, {
      placeId,
      agreementId,
      endedOn: ctx.today,
      reason,
      replacedBy: null,
      endedBy: ctx.mark,
    });
    await endTasksOf(ctx, agreementId);
    return accept({ agreementId });
  },
});

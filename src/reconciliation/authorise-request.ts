/** A second person authorises a payment request, as it was made and within a limit; who made it may not. */
import { z } from "zod";
import { refuseBeyondLimit } from "../approvals/index.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { moveRequest } from "./request-state.ts";

export const authoriseRequest = declarePlaceUseCase({
  name: "payment_request.authorise",
  summary: "Authorise a payment request that another person made",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "payment-requests/authorise" },
  command: { words: "payment-request authorise" },
  input: z.strictObject({ requestId: field.id }),
  output: z.object({ requestId: field.id }),
  example: { requestId: "0199c0de-0000-7000-8000-000000000013" },
  refusals: reconciliationRefusals,
  audited: (value: { readonly requestId: string }) => value.requestId,
  handle: (ctx, { requestId }) =>
    moveRequest(ctx, { requestId, from: ["requested"] }, async (request) => {
      if (ctx.actor.kind !== "person") return refuse({ code: "people_only" });
      if (request.madeBy === ctx.mark) return refuse({ code: "own_request" });
      const { potId, areaId, bornePence: amountPence } = request;
      const beyond = await refuseBeyondLimit(ctx, { act: "payment", potId, areaId, capital: false, amountPence });
      return beyond ?? accept({ state: "authorised", reason: "" });
    }),
});

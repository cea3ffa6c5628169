/** Cancels a payment request that is not paid: its amount may be requested again. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { moveRequest } from "./request-state.ts";

export const cancelRequest = declarePlaceUseCase({
  name: "payment_request.cancel",
  summary: "Cancel a payment request that is not paid",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "payment-requests/cancel" },
  command: { words: "payment-request cancel" },
  input: z.strictObject({ requestId: field.id, reason: field.words(400) }),
  output: z.object({ requestId: field.id }),
  example: { requestId: "0199c0de-0000-7000-8000-000000000013", reason: "The invoice was sent twice" },
  refusals: reconciliationRefusals,
  audited: (value: { readonly requestId: string }) => value.requestId,
  handle: (ctx, { requestId, reason }) =>
    moveRequest(ctx, { requestId, from: ["requested", "authorised", "sent"] }, () =>
      accept({ state: "cancelled", reason }),
    ),
});

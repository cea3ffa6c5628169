/** The payment requests, the newest first, each with where it stands. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { listRequests as findRequests, REQUEST_STATES } from "./store/requests.ts";

const REQUESTS_A_PAGE = 50;

export const listPaymentRequests = declarePlaceUseCase({
  name: "payment_request.list",
  summary: "List the payment requests with their states",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "payment-requests" },
  command: { words: "payment-request list" },
  input: z.strictObject({
    state: z.enum(REQUEST_STATES).nullable().default(null),
    requestId: field.id.nullable().default(null).describe("Only this one"),
    page: field.page,
  }),
  output: z.object({
    page: z.number(),
    more: z.boolean(),
    requests: z.array(
      z.object({
        requestId: field.id,
        requestNumber: z.string(),
        commitmentId: field.id,
        commitmentReference: z.string(),
        allocationId: field.id,
        serviceId: field.id,
        potId: field.id,
        pot: z.string(),
        areaId: field.id.nullable(),
        bodyId: field.id,
        supplierId: field.id,
        supplier: z.string(),
        service: z.string(),
        netPence: field.penceText,
        vatPence: field.penceText,
        vatRecoverablePence: field.penceText,
        grossPence: field.penceText,
        bornePence: field.penceText,
        reference: z.string(),
        dueOn: z.string(),
        madeBy: z.string(),
        state: z.enum(REQUEST_STATES),
        stateOn: z.string(),
        events: z.number().describe("How often its state has changed"),
        batchId: field.id.nullable(),
        batchNumber: z.string().nullable(),
        paymentId: field.id.nullable(),
      }),
    ),
  }),
  example: { state: "requested" },
  refusals: reconciliationRefusals,
  handle: async (ctx, { state, requestId, page }) => {
    const offset = (page - 1) * REQUESTS_A_PAGE;
    const asked = {
      placeId: ctx.place.placeId,
      areaId: ctx.place.area?.areaId ?? null,
      state,
      requestId,
      bodyId: null,
    };
    const found = await findRequests(ctx.tx, { ...asked, limit: REQUESTS_A_PAGE + 1, offset });
    return accept({ page, more: found.length > REQUESTS_A_PAGE, requests: found.slice(0, REQUESTS_A_PAGE) });
  },
});

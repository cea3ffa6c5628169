/**
 * A payment request is paid when a line of the host's listing is accepted as it: the payment is recorded in the ledger with
 * the host's document number, and the line is matched with it. The host pays; Onepot only records that it did.
 */
import { z } from "zod";
import { recordPayment } from "../ledger/index.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext, performWithin } from "../platform/use-case/index.ts";
import { gather } from "./gather.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import type { LineRow } from "./store/lines.ts";
import { insertMatch } from "./store/matches.ts";
import { findRequest, insertEvent } from "./store/requests.ts";

type Paid = { readonly requestId: string; readonly paymentId: string; readonly matchId: string };

export const markRequestPaid = declarePlaceUseCase({
  name: "payment_request.paid",
  summary: "Accept that a line of the host's listing paid a request, and record the payment",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "payment-requests/paid" },
  command: { words: "payment-request paid" },
  input: z.strictObject({ requestId: field.id, lineId: field.id }),
  output: z.object({ requestId: field.id, paymentId: field.id, matchId: field.id }),
  example: {
    requestId: "0199c0de-0000-7000-8000-000000000013",
    lineId: "0199c0de-0000-7000-8000-000000000011",
  },
  refusals: reconciliationRefusals,
  audited: (value: Paid) => value.requestId,
  handle: async (ctx, { requestId, lineId }): Promise<Result<Paid, ReconciliationRefusal>> => {
    const request = await findRequest(ctx.tx, ctx.place.placeId, requestId);
    if (request === null) return refuse({ code: "request_not_found" });
    const { bodyId, potId } = request;
    const { lines } = await gather(ctx, { bodyId, potId, source: "ledger", to: ctx.today });
    return payRequest(ctx, { requestId, line: lines.find((one) => one.lineId === lineId) ?? null });
  },
});

export async function payRequest(
  ctx: PlaceContext,
  the: { readonly requestId: string; readonly line: LineRow | null },
): Promise<Result<Paid, ReconciliationRefusal>> {
  const { placeId } = ctx.place;
  const request = await findRequest(ctx.tx, placeId, the.requestId);
  if (request === null) return refuse({ code: "request_not_found" });
  if (!permits(ctx.actor, "reconciliation.keep", request.areaId)) return refuse({ code: "another_area" });
  if (request.state !== "sent") return refuse({ code: "request_state", state: request.state });
  const { line } = the;
  if (line === null) return refuse({ code: "line_not_found" });
  if (line.matchId !== null) return refuse({ code: "already_matched" });
  const { requestId, bodyId, potId, bornePence } = request;
  if (line.amountPence !== bornePence)
    return refuse({ code: "request_amount", linePence: line.amountPence, requestPence: bornePence });
  // Two people stand behind it already: who made the request and who authorised it.
  const approval = { approvalId: requestId, preparedBy: request.madeBy };
  const recorded = await performWithin({ ...ctx, approval }, recordPayment, {
    commitmentId: request.commitmentId,
    amountPence: String(bornePence),
    vatRecoveredPence: String(request.vatRecoverablePence),
    paidOn: line.postedOn,
    reference: line.document.slice(0, 100),
    supplierId: request.supplierId,
  });
  if (!recorded.ok) return recorded as Result<never, ReconciliationRefusal>;
  const { paymentId } = recorded.value;
  const event = { requestId, number: request.events + 1, state: "paid", on: line.postedOn, by: ctx.mark } as const;
  const made = await insertEvent(ctx.tx, placeId, { ...event, lineId: line.lineId, paymentId });
  if (!made) return refuse({ code: "request_state", state: "paid" });
  const matchId = ctx.newId();
  const match = { matchId, bodyId, potId, source: "ledger", amountPence: bornePence, acceptedBy: ctx.mark } as const;
  const reasons = [`the line pays the request ${request.reference}`];
  const records = [{ recordId: paymentId, amountPence: bornePence }];
  const about = { kind: "one_to_one", strength: "certain", reasons, lineIds: [line.lineId], records };
  const kept = await insertMatch(ctx.tx, placeId, { ...match, ...about });
  return kept ? accept({ requestId, paymentId, matchId }) : refuse({ code: "already_matched" });
}

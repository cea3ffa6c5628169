/** How a payment request goes from one state to the next: an event with the next number, once. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import type { ReconciliationRefusal } from "./messages.ts";
import { findRequest, insertEvent, type RequestRow, type RequestState } from "./store/requests.ts";

type Next = { readonly state: RequestState; readonly reason: string };
type Moving = { readonly requestId: string; readonly from: readonly RequestState[] };

export async function moveRequest(
  ctx: PlaceContext,
  the: Moving,
  decide: (request: RequestRow) => Result<Next, ReconciliationRefusal> | Promise<Result<Next, ReconciliationRefusal>>,
): Promise<Result<{ readonly requestId: string }, ReconciliationRefusal>> {
  const { placeId } = ctx.place;
  const { requestId } = the;
  const request = await findRequest(ctx.tx, placeId, requestId);
  if (request === null) return refuse({ code: "request_not_found" });
  if (!permits(ctx.actor, "reconciliation.keep", request.areaId)) return refuse({ code: "another_area" });
  if (!the.from.includes(request.state)) return refuse({ code: "request_state", state: request.state });
  const decided = await decide(request);
  if (!decided.ok) return decided;
  const event = { requestId, number: request.events + 1, on: ctx.today, by: ctx.mark, ...decided.value };
  // Two at once count the same number; the later one finds the request in another state.
  const moved = await insertEvent(ctx.tx, placeId, event);
  return moved ? accept({ requestId }) : refuse({ code: "request_state", state: decided.value.state });
}

/** What every use case here asks first: the body and the pot are there, and the pot is within the reach of who asks. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import type { Source } from "./domain/columns.ts";
import type { ReconciliationRefusal } from "./messages.ts";
import { findBody, findPot, type PotFound } from "./store/books.ts";

export type Reached = { readonly body: string; readonly pot: PotFound };

type Named = { readonly bodyId: string; readonly potId: string; readonly source?: Source };

export async function reach(ctx: PlaceContext, the: Named): Promise<Result<Reached, ReconciliationRefusal>> {
  const { placeId, area } = ctx.place;
  const body = await findBody(ctx.tx, placeId, the.bodyId);
  if (body === null) return refuse({ code: "partner_not_found" });
  const pot = await findPot(ctx.tx, placeId, the.potId);
  // At an area's own address only its own pots are there.
  if (pot === null || (area !== null && pot.areaId !== null && pot.areaId !== area.areaId))
    return refuse({ code: "pot_not_found", pot: the.potId });
  if (the.source === "bank" && !pot.hasBank) return refuse({ code: "bank_not_opened" });
  return accept({ body, pot });
}

/** The same, for a change: a role in one area reaches that area's pots only. */
export async function reachToKeep(ctx: PlaceContext, the: Named): Promise<Result<Reached, ReconciliationRefusal>> {
  const reached = await reach(ctx, the);
  if (!reached.ok) return reached;
  return permits(ctx.actor, "reconciliation.keep", reached.value.pot.areaId)
    ? reached
    : refuse({ code: "another_area" });
}

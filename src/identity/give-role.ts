/** What granting a role and inviting a person share: is the role one that may be given here, and to them. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { findHoldings, findPartner, insertHolding, listAreas } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import type { IdentityRefusal } from "./messages.ts";

export type RoleToGive = { readonly role: Role; readonly partnerId: string | null; readonly areaId: string | null };

/** The account must be locked. Refused in this order: oneself, partner, area, held already. */
export async function giveRole(
  ctx: PlaceContext,
  the: RoleToGive & { readonly userId: string },
): Promise<Result<{ readonly holdingId: string }, IdentityRefusal>> {
  const { placeId } = ctx.place;
  const { role, partnerId, areaId, userId } = the;
  if (ctx.actor.kind === "person" && ctx.actor.userId === userId) return refuse({ code: "own_role" });
  if (role === "partner_officer" && partnerId === null) return refuse({ code: "partner_needed" });
  if (partnerId !== null && (await findPartner(ctx.tx, placeId, partnerId)) === null)
    return refuse({ code: "partner_not_here" });
  if (areaId !== null && !(await listAreas(ctx.tx, placeId)).some((area) => area.areaId === areaId))
    return refuse({ code: "area_not_here" });
  const held = (await findHoldings(ctx.tx, placeId, userId)).some(
    (holding) => holding.role === role && holding.partnerId === partnerId && holding.areaId === areaId,
  );
  if (held) return refuse({ code: "role_held" });
  const holdingId = ctx.newId();
  await insertHolding(ctx.tx, placeId, { holdingId, userId, role, partnerId, areaId, grantedBy: ctx.mark });
  return accept({ holdingId });
}

/** The limits that hold for one approval today, and what a person may do with it. */
import { type Refused, refuse } from "../lib/result.ts";
import type { Actor, RoleHolding } from "../platform/actor.ts";
import { type Permission, permits } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import {
  AUTHORISING_ROLES,
  type AuthorisingRole,
  type Authority,
  authoritiesFor,
  decideSigning,
  type NoAuthority,
} from "./domain/authority.ts";
import type { Prepared } from "./store/approvals.ts";
import { findPotArea, listAuthorities } from "./store/authorities.ts";

type Bounded = Pick<Prepared, "potId" | "act" | "amountPence" | "capital">;

export async function limitsFor(ctx: PlaceContext, potId: string | null): Promise<readonly Authority[]> {
  const all = await listAuthorities(ctx.tx, { placeId: ctx.place.placeId, today: ctx.today });
  return authoritiesFor(all, { potId, today: ctx.today });
}

/** Only what a limit looks at. */
export function askedOf({ potId, act, amountPence, capital }: Bounded): Bounded {
  return { potId, act, amountPence, capital };
}

/** The roles of a person that count for money of an area: those of the whole place, and those of that area. */
export function rolesOf(actor: Actor, areaId: string | null): readonly AuthorisingRole[] {
  return actor.kind === "person" ? rolesHeld(actor.holdings, areaId) : [];
}

export function rolesHeld(holdings: readonly RoleHolding[], areaId: string | null): readonly AuthorisingRole[] {
  return AUTHORISING_ROLES.filter((role) =>
    holdings.some((held) => held.role === role && (held.areaId === null || held.areaId === areaId)),
  );
}

/** Whether one more person may authorise an act outside approvals, such as a payment request, within the limits of today. */
export async function refuseBeyondLimit(
  ctx: PlaceContext,
  the: Bounded & { readonly areaId: string | null },
): Promise<Refused<NoAuthority> | null> {
  const decided = decideSigning(await limitsFor(ctx, the.potId), {
    asked: askedOf(the),
    roles: rolesOf(ctx.actor, the.areaId),
    signedAs: [],
  });
  return decided.ok ? null : refuse(decided.refusal);
}

/** A role in the whole place reaches every limit and approval; a role in one area only that area's own. */
export function refuseArea(
  ctx: PlaceContext,
  the: { readonly permission: Permission; readonly areaId: string | null },
): Refused<{ readonly code: "another_area" }> | null {
  return permits(ctx.actor, the.permission, the.areaId) ? null : refuse({ code: "another_area" });
}

/** Whether limits of a pot, or of every pot, are this administrator's to lay down. */
export async function refuseLimit(
  ctx: PlaceContext,
  potId: string | null,
): Promise<Refused<{ readonly code: "another_area" | "pot_not_found" }> | null> {
  const pot = potId === null ? { areaId: null } : await findPotArea(ctx.tx, ctx.place.placeId, potId);
  if (pot === null) return refuse({ code: "pot_not_found" });
  return refuseArea(ctx, { permission: "authority.set", areaId: pot.areaId });
}

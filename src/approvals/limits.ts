/** The limits that hold for one approval today, and what a person may do with it. */
import type { Actor } from "../platform/actor.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { AUTHORISING_ROLES, type AuthorisingRole, type Authority, authoritiesFor } from "./domain/authority.ts";
import type { Prepared } from "./store/approvals.ts";
import { listAuthorities } from "./store/authorities.ts";

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
  if (actor.kind !== "person") return [];
  return AUTHORISING_ROLES.filter((role) =>
    actor.holdings.some((held) => held.role === role && (held.areaId === null || held.areaId === areaId)),
  );
}

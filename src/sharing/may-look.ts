/** Whether a person or a program may look under an agreement, and for which partner. */
import type { Actor, Role } from "../platform/actor.ts";
import type { Agreement } from "./domain/agreement.ts";

/** They are here for themselves and not for the host, however their role is held. */
const FOR_THEMSELVES: readonly Role[] = ["resident", "committee_member"];

/** The holdings of a person who looks, and the partner that they look for: a party that receives, or null for the host. */
export function lookingFor(
  actor: Actor,
  { parties }: Pick<Agreement, "parties">,
): { readonly partnerId: string | null } | null {
  const receives = (partnerId: string | null) => parties.some((one) => one.receives && one.partnerId === partnerId);
  if (actor.kind === "key") return receives(actor.partnerId) ? { partnerId: actor.partnerId } : null;
  if (actor.kind !== "person") return null;
  const holdings = actor.holdings.filter(({ role }) => !FOR_THEMSELVES.includes(role));
  const own = holdings.find(({ partnerId }) => receives(partnerId));
  if (own !== undefined) return { partnerId: own.partnerId };
  return holdings.some(({ partnerId }) => partnerId === null) ? { partnerId: null } : null;
}

/** Whether whoever asks may look under it: for the host, where their role is of no partner, or for a party that receives. */
export function mayLook(actor: Actor, agreement: Pick<Agreement, "parties">): boolean {
  return lookingFor(actor, agreement) !== null;
}

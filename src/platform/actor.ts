/** Who asks: a person with roles at the place in hand, a partner's key, the operator of this machine, or anyone. */
export const ROLES = [
  "finance_officer",
  "pool_manager",
  "partner_officer",
  "key_worker",
  "committee_member",
  "resident",
  "analyst",
  "programme_officer",
  "hub_officer",
  "information_governance_lead",
  "auditor",
  "administrator",
] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ["money:read", "money:write", "spending:write"] as const;
export type Scope = (typeof SCOPES)[number];

export type RoleHolding = { readonly role: Role; readonly partnerId: string | null; readonly areaId: string | null };

export type Actor =
  | { readonly kind: "public" }
  | { readonly kind: "operator" }
  | {
      readonly kind: "person";
      readonly userId: string;
      readonly name: string;
      readonly holdings: readonly RoleHolding[];
    }
  | { readonly kind: "key"; readonly keyId: string; readonly partnerId: string; readonly scopes: readonly Scope[] };

/** How the audit trail names an actor: an id, never a name. */
export function actorMark(actor: Actor): string {
  if (actor.kind === "person") return `person:${actor.userId}`;
  if (actor.kind === "key") return `key:${actor.keyId}`;
  return actor.kind;
}

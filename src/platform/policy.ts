/**
 * The one policy: who may do what. Pages, the API, commands, lists, search and exports all ask `permits`, and nothing
 * else decides. The operator of the machine may run, import, read and export money and verify, but never authorise,
 * sign, vote, give roles or read a family. A role held for one area counts only at that area's own address.
 */
import type { Actor, Role, Scope } from "./actor.ts";

type Grant = {
  readonly public?: true;
  readonly operator?: true;
  readonly scope?: Scope;
  readonly roles?: readonly Role[] | "any";
};

const MONEY_READERS: readonly Role[] = [
  "finance_officer",
  "pool_manager",
  "partner_officer",
  "committee_member",
  "analyst",
  "programme_officer",
  "auditor",
  "administrator",
];
const MONEY_KEEPERS: readonly Role[] = ["finance_officer", "pool_manager"];

export const POLICY = {
  "place.read": { public: true },
  // A file that somebody brings belongs to whoever has its address.
  "election.count": { public: true },
  "place.open": { operator: true },
  "admin.create": { operator: true },
  "place.manage": { roles: ["administrator"], operator: true },
  "people.manage": { roles: ["administrator"] },
  "partner.manage": {
    roles: ["administrator", "pool_manager", "finance_officer"],
    scope: "money:write",
    operator: true,
  },
  "spending.read": { public: true },
  "spending.import": { roles: ["finance_officer", "pool_manager", "analyst"], scope: "spending:write", operator: true },
  "money.read": { public: true },
  "ledger.read": { roles: MONEY_READERS, scope: "money:read", operator: true },
  "ledger.record": { roles: MONEY_KEEPERS, scope: "money:write" },
  // To prepare is to ask for what its own use case permits, which is asked as well.
  "approval.prepare": { roles: MONEY_KEEPERS, scope: "money:write" },
  // Never a program, the operator or an administrator: a person who answers for the money, within a limit laid down.
  "approval.authorise": { roles: ["finance_officer", "pool_manager", "committee_member", "partner_officer"] },
  "approval.read": { roles: MONEY_READERS, scope: "money:read", operator: true },
  "authority.set": { roles: ["administrator"] },
  "reconciliation.read": { roles: MONEY_READERS, scope: "money:read", operator: true },
  "reconciliation.keep": { roles: MONEY_KEEPERS, scope: "money:write" },
  "period.close": { roles: MONEY_KEEPERS },
  "period.adjust": { roles: ["finance_officer"] },
  "ledger.verify": { roles: ["finance_officer", "pool_manager", "auditor", "administrator"], operator: true },
  "audit.read": { roles: ["auditor", "administrator", "information_governance_lead"], operator: true },
  // The register of what is in force is public, as councils publish it; what waits or has ended is for those who work under it.
  "sharing.read": { public: true },
  "sharing.read_all": {
    roles: [
      "information_governance_lead",
      "partner_officer",
      "key_worker",
      "analyst",
      "finance_officer",
      "pool_manager",
      "programme_officer",
      "auditor",
      "administrator",
    ],
  },
  "sharing.keep": { roles: ["information_governance_lead"] },
  // For one's own partner; the lead records what a partner without an officer here signed on paper.
  "sharing.sign": { roles: ["information_governance_lead", "partner_officer"] },
  "sharing.views": { roles: ["information_governance_lead", "auditor"] },
  "document.read": { public: true },
  "document.add": {
    roles: ["finance_officer", "pool_manager", "partner_officer", "programme_officer", "analyst", "administrator"],
  },
  "question.ask": { roles: "any" },
  "question.answer": {
    roles: ["finance_officer", "pool_manager", "partner_officer", "programme_officer", "administrator"],
  },
  "task.use": { roles: "any" },
  "outbox.read": { roles: ["administrator"], operator: true },
  "job.read": { roles: "any", operator: true, scope: "spending:write" },
  // A partner brings its own records; nobody but people reads what is in them, and never the operator of the machine.
  "matching.bring": { roles: ["analyst", "partner_officer", "information_governance_lead"] },
  "matching.run": { roles: ["analyst", "information_governance_lead"] },
  "matching.report": { roles: ["analyst", "key_worker", "information_governance_lead", "auditor"] },
  "matching.review": { roles: ["key_worker", "analyst"] },
  // To delete what is due is to read nothing.
  "matching.forget": { roles: ["information_governance_lead"], operator: true },
  "matching.allow": { roles: ["information_governance_lead"] },
  "key.manage": { roles: ["administrator"] },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof POLICY;

/** The area to which the place in hand is narrowed, or null for the whole place. */
export type AreaInHand = string | null;

/** The actor with only those roles that count here: of the whole place, and of the area in hand. */
export function actorIn(actor: Actor, area: AreaInHand): Actor {
  if (actor.kind !== "person") return actor;
  return { ...actor, holdings: actor.holdings.filter(({ areaId }) => areaId === null || areaId === area) };
}

/** Whether what the actor publishes may stand under this partner's name: a program and a partner's officer have one. */
export function mayPublishFor(actor: Actor, partnerId: string): boolean {
  if (actor.kind === "key") return actor.partnerId === partnerId;
  if (actor.kind !== "person") return true;
  return actor.holdings.some((holding) => holding.role !== "partner_officer" || holding.partnerId === partnerId);
}

export function permits(actor: Actor, permission: Permission, area: AreaInHand): boolean {
  return permitsHere(actorIn(actor, area), permission);
}

function permitsHere(actor: Actor, permission: Permission): boolean {
  const grant: Grant = POLICY[permission];
  if (grant.public) return true;
  if (actor.kind === "operator") return grant.operator === true;
  if (actor.kind === "key") return grant.scope !== undefined && actor.scopes.includes(grant.scope);
  if (actor.kind !== "person" || grant.roles === undefined) return false;
  if (grant.roles === "any") return actor.holdings.length > 0;
  const allowed: readonly Role[] = grant.roles;
  return actor.holdings.some((holding) => allowed.includes(holding.role));
}

/** The roles to name when someone is told whom to ask. */
export function rolesFor(permission: Permission): readonly Role[] | "any" {
  const grant: Grant = POLICY[permission];
  return grant.roles ?? [];
}

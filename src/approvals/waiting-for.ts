/** What waits for one person to authorise, by the same rules by which it would be signed; what expires first comes first. */
import { permits } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { authoritiesFor, decideSigning } from "./domain/authority.ts";
import { askedOf, rolesOf } from "./limits.ts";
import { type ApprovalRow, listKeysMadeBy, listOpen, listSignaturesOf } from "./store/approvals.ts";
import { listAuthorities } from "./store/authorities.ts";

export async function findWaitingFor(ctx: PlaceContext): Promise<readonly ApprovalRow[]> {
  const { actor, place, today } = ctx;
  const { placeId, area } = place;
  const areaId = area?.areaId ?? null;
  if (actor.kind !== "person" || !permits(actor, "approval.authorise", areaId)) return [];
  const open = await listOpen(ctx.tx, { placeId, areaId });
  if (open.length === 0) return [];
  const limits = await listAuthorities(ctx.tx, { placeId, today });
  const own = new Set([ctx.mark, ...(await listKeysMadeBy(ctx.tx, actor.userId)).map((keyId) => `key:${keyId}`)]);
  const approvalIds = open.map(({ approvalId }) => approvalId);
  const signatures = await listSignaturesOf(ctx.tx, { placeId, approvalIds });
  return open.filter((one) => {
    const before = signatures.filter(({ approvalId }) => approvalId === one.approvalId);
    if (own.has(one.preparedBy) || before.some(({ signedBy }) => signedBy === ctx.mark)) return false;
    return decideSigning(authoritiesFor(limits, { potId: one.potId, today }), {
      asked: askedOf(one),
      roles: rolesOf(actor, one.areaId),
      signedAs: before.map(({ role }) => role),
    }).ok;
  });
}

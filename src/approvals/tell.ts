/**
 * Tells people about approvals: those who may authorise what was prepared, and then who prepared it. A task ends with its
 * approval, by itself where that expires; it is kept until then only for those whose signature would still count.
 */
import { must } from "../lib/assert.ts";
import { londonDay } from "../lib/day.ts";
import { type Holder, listAreas, listHolders } from "../places/index.ts";
import type { Role, RoleHolding } from "../platform/actor.ts";
import type { Addressee } from "../platform/notices.ts";
import { rolesFor } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { type AuthorisingRole, decideSigning } from "./domain/authority.ts";
import { endedLetter, taskTitle, waitingLetter } from "./letters.ts";
import { askedOf, limitsFor, rolesHeld } from "./limits.ts";
import { type ApprovalRow, findPersonBehind, findWhereItLies, type Prepared } from "./store/approvals.ts";

type Told = Pick<
  Prepared,
  "approvalId" | "act" | "potId" | "areaId" | "book" | "capital" | "amountPence" | "preparedBy"
>;
type Signed = { readonly signedBy: string; readonly role: AuthorisingRole };

const pathOf = (approvalId: string) => `/approvals/${approvalId}`;

export async function tellAuthorisers(ctx: PlaceContext, approval: Told & { readonly expiresAt: Date }): Promise<void> {
  const { approvalId, expiresAt } = approval;
  const people = await listHolders(ctx.tx, ctx.place.placeId);
  const to = await whoMaySign(ctx, { approval, signatures: [], people });
  if (to.length === 0) return;
  const { pot } = await findWhereItLies(ctx.tx, { placeId: ctx.place.placeId, potId: approval.potId });
  const about = { ...approval, pot, place: ctx.place, preparedAs: preparedAs(approval.preparedBy, people) };
  await ctx.noticeBoard.tell(ctx, {
    kind: "approval_waiting",
    about: approvalId,
    to,
    path: pathOf(approvalId),
    write: (the) => waitingLetter(about, the),
    task: { title: (language) => taskTitle(about, language), dueOn: londonDay(expiresAt), lapsesAt: expiresAt },
  });
}

/** Whoever prepared it, or made the key that did, learns that it was carried out or refused; why is on its page. */
export async function tellPreparer(
  ctx: PlaceContext,
  the: { readonly approval: ApprovalRow; readonly state: "done" | "refused" },
): Promise<void> {
  const { approval, state } = the;
  const [kind, userId = ""] = (await findPersonBehind(ctx.tx, approval.preparedBy)).split(":");
  if (kind !== "person") return;
  const people = (await listHolders(ctx.tx, ctx.place.placeId)).filter((one) => one.userId === userId);
  const slugs = await addressesHere(ctx);
  const held = people.find(({ areaId }) => areaId === null) ?? people.find(({ areaId }) => areaId === approval.areaId);
  if (held === undefined) return;
  const pot = approval.pot === null ? null : { name: approval.pot, nameWelsh: approval.potWelsh };
  const about = { ...approval, pot, place: ctx.place };
  await ctx.noticeBoard.tell(ctx, {
    kind: `approval_${state}`,
    about: approval.approvalId,
    to: [{ userId, placeSlug: slugs(held.areaId) }],
    path: pathOf(approval.approvalId),
    write: (to) => endedLetter(about, { ...to, state }),
    task: null,
  });
}

export async function endTasksOf(ctx: PlaceContext, approvalId: string): Promise<void> {
  await ctx.noticeBoard.end(ctx, { about: approvalId, userIds: null });
}

/** After a signature that is not the last: of whoever signed, and of those whose role has now signed. */
export async function endTasksOfOthers(
  ctx: PlaceContext,
  the: { readonly approval: ApprovalRow; readonly signatures: readonly Signed[] },
): Promise<void> {
  const people = await listHolders(ctx.tx, ctx.place.placeId);
  const still = new Set((await whoMaySign(ctx, { ...the, people })).map(({ userId }) => userId));
  const userIds = [...new Set(people.map(({ userId }) => userId))].filter((userId) => !still.has(userId));
  await ctx.noticeBoard.end(ctx, { about: the.approval.approvalId, userIds });
}

/** Each person once, at the address where their role counts. */
async function whoMaySign(
  ctx: PlaceContext,
  the: { readonly approval: Told; readonly signatures: readonly Signed[]; readonly people: readonly Holder[] },
): Promise<readonly Addressee[]> {
  const { approval, signatures } = the;
  const limits = await limitsFor(ctx, approval.potId);
  const behind = await findPersonBehind(ctx.tx, approval.preparedBy);
  const slugs = await addressesHere(ctx);
  const asked = askedOf(approval);
  const signedAs = signatures.map(({ role }) => role);
  return [...byPerson(the.people)].flatMap(([userId, holdings]) => {
    const mark = `person:${userId}`;
    if (mark === behind || signatures.some(({ signedBy }) => signedBy === mark)) return [];
    const roles = rolesHeld(holdings, approval.areaId);
    if (!decideSigning(limits, { asked, roles, signedAs }).ok) return [];
    const wide = decideSigning(limits, { asked, roles: rolesHeld(holdings, null), signedAs }).ok;
    return [{ userId, placeSlug: slugs(wide ? null : approval.areaId) }];
  });
}

function byPerson(people: readonly Holder[]): ReadonlyMap<string, readonly RoleHolding[]> {
  const found = new Map<string, RoleHolding[]>();
  for (const { userId, ...held } of people) found.set(userId, [...(found.get(userId) ?? []), held]);
  return found;
}

/** A role held for one area counts only at that area's own address. */
async function addressesHere(ctx: PlaceContext): Promise<(areaId: string | null) => string> {
  const { placeId } = ctx.place;
  const { slug } = await findWhereItLies(ctx.tx, { placeId, potId: null });
  const areas = new Map((await listAreas(ctx.tx, placeId)).map((area) => [area.areaId, area.slug]));
  return (areaId) => (areaId === null ? slug : must(areas.get(areaId), "an approval's area is the place's"));
}

/** As what it was prepared, never by whom: a message holds no name. */
function preparedAs(mark: string, people: readonly Holder[]): Role | null {
  const may = rolesFor("approval.prepare");
  const held = people.find(({ userId, role }) => `person:${userId}` === mark && may !== "any" && may.includes(role));
  return held?.role ?? null;
}

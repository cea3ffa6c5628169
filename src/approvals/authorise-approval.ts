/**
 * Authorises what someone else prepared, for exactly what was shown, within the limit of a role; with the last signature
 * that is needed it is carried out, in the same transaction and in the name of who prepared it.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import {
  carryOut,
  carryWords,
  declarePlaceUseCase,
  field,
  type PlaceContext,
  said,
  toJson,
} from "../platform/use-case/index.ts";
import { decideSigning, type Entitled } from "./domain/authority.ts";
import { answerOut, EXAMPLE_APPROVAL } from "./input.ts";
import { askedOf, limitsFor, rolesOf } from "./limits.ts";
import { type ApprovalRefusal, approvalRefusals } from "./messages.ts";
import {
  type ApprovalRow,
  endApproval,
  findPersonBehind,
  findSignatures,
  insertSignature,
  lockApproval,
  type Signature,
} from "./store/approvals.ts";
import { endTasksOf, endTasksOfOthers, tellPreparer } from "./tell.ts";
import { requestAsShown } from "./what-is-shown.ts";

type Authorised = {
  readonly approvalId: string;
  readonly state: "waiting" | "done";
  readonly signatures: number;
  readonly needs: number;
  readonly answer: unknown;
};

export const authoriseApproval = declarePlaceUseCase({
  name: "approval.authorise",
  summary: "Authorise what someone else prepared, for exactly what was shown",
  permission: "approval.authorise",
  changes: true,
  route: { method: "post", path: "approvals/{approvalId}/authorise" },
  command: { words: "approval authorise", positional: ["approvalId"] },
  input: z.strictObject({
    approvalId: field.id,
    shownHash: z
      .string()
      .regex(
        /^[0-9a-f]{64}$/,
        said({
          en: "Give the hash of what was shown: 64 figures from 0 to f",
          cy: "Rhowch hash yr hyn a ddangoswyd: 64 o ffigurau o 0 i f",
        }),
      )
      .describe("The hash of what you were shown: you authorise exactly that"),
  }),
  output: z.object({
    approvalId: field.id,
    state: z.enum(["waiting", "done"]),
    signatures: z.number(),
    needs: z.number(),
    answer: answerOut,
  }),
  example: { approvalId: EXAMPLE_APPROVAL, shownHash: "0".repeat(64) },
  refusals: approvalRefusals,
  audited: (value: Authorised) => value.approvalId,
  handle: async (ctx, input): Promise<Result<Authorised, ApprovalRefusal>> => {
    const { placeId, area } = ctx.place;
    const { approvalId } = input;
    const approval = await lockApproval(ctx.tx, { placeId, areaId: area?.areaId ?? null, approvalId });
    if (approval === null) return refuse({ code: "approval_not_found" });
    const before = await findSignatures(ctx.tx, { placeId, approvalId });
    const entitled = await entitle(ctx, { approval, before });
    if (!entitled.ok) return entitled;
    const { role, signatures: needs, authorityId } = entitled.value;
    if (input.shownHash !== approval.shownHash.toString("hex")) return refuse({ code: "stale" });
    const useCase = must(ctx.findUseCase(approval.useCase), "what was prepared is a use case");
    const actor = await ctx.actorOf(approval.preparedBy, approval.areaId);
    const preparer: PlaceContext = { ...ctx, actor, mark: approval.preparedBy };
    const request = await requestAsShown(preparer, { useCase, approval });
    if (request === null) return refuse({ code: "stale" });
    if (!permits(actor, useCase.permission, approval.areaId)) return refuse({ code: "preparer_gone" });
    const number = before.length + 1;
    const { shownHash } = approval;
    const counted = { role, authorityId, needs };
    await insertSignature(ctx.tx, { placeId, approvalId, number, signedBy: ctx.mark, shownHash, ...counted });
    if (number < needs) {
      await endTasksOfOthers(ctx, { approval, signatures: [...before, { signedBy: ctx.mark, role }] });
      return accept({ approvalId, state: "waiting", signatures: number, needs, answer: null });
    }
    const { preparedBy } = approval;
    const done = await carryOut(preparer, useCase, {
      ...request,
      approval: { approvalId, preparedBy },
      requestKey: approvalId,
    });
    if (!done.ok) return carryWords(useCase, done.refusal);
    await endApproval(ctx.tx, {
      placeId,
      approvalId,
      state: "done",
      endedBy: ctx.mark,
      answer: toJson(done.value),
    });
    await endTasksOf(ctx, approvalId);
    await tellPreparer(ctx, { approval, state: "done" });
    return accept({ approvalId, state: "done", signatures: number, needs, answer: done.value });
  },
});

/** Whether whoever asks may sign it now, as which role, and how many signatures it then needs. */
async function entitle(
  ctx: PlaceContext,
  the: { readonly approval: ApprovalRow; readonly before: readonly Signature[] },
): Promise<Result<Entitled, ApprovalRefusal>> {
  const { approval, before } = the;
  if (approval.state !== "waiting") return refuse({ code: "approval_ended", state: approval.state });
  if (approval.expired) return refuse({ code: "approval_expired", expiredAt: approval.expiresAt });
  if ((await findPersonBehind(ctx.tx, approval.preparedBy)) === ctx.mark) return refuse({ code: "own_approval" });
  if (ctx.actor.kind !== "person") return refuse({ code: "not_a_person" });
  if (before.some(({ signedBy }) => signedBy === ctx.mark)) return refuse({ code: "signed_already" });
  return decideSigning(await limitsFor(ctx, approval.potId), {
    asked: askedOf(approval),
    roles: rolesOf(ctx.actor, approval.areaId),
    signedAs: before.map(({ role }) => role),
  });
}

/** Whether a page should offer it to the reader. */
export async function maySign(
  ctx: PlaceContext,
  the: { readonly approval: ApprovalRow; readonly before: readonly Signature[] },
): Promise<boolean> {
  return permits(ctx.actor, "approval.authorise", ctx.place.area?.areaId ?? null) && (await entitle(ctx, the)).ok;
}

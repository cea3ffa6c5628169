/**
 * Prepares what two people must do: the request is checked, rehearsed and taken back, and kept with what it would do, so
 * that someone else can authorise exactly that. It moves nothing and sets nothing aside.
 */
import { z } from "zod";
import { accept, type Refused, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import {
  type Act,
  type AnyUseCase,
  carryWords,
  declarePlaceUseCase,
  field,
  type InputFault,
  type PlaceContext,
  parseInput,
  rehearse,
  type ShownLine,
  toJson,
} from "../platform/use-case/index.ts";
import { type Reach, whoMayAuthorise } from "./domain/authority.ts";
import { shownHash, shownOut, whoMayOut } from "./input.ts";
import { askedOf, limitsFor, refuseArea } from "./limits.ts";
import { type ApprovalRefusal, approvalRefusals } from "./messages.ts";
import { endApproval, findApproval, insertApproval, lockApproval } from "./store/approvals.ts";
import { endTasksOf, tellAuthorisers } from "./tell.ts";
import { hashShown } from "./what-is-shown.ts";

type Answer = {
  readonly approvalId: string;
  readonly shown: readonly ShownLine[];
  readonly shownHash: string;
  readonly needs: number;
  readonly whoMay: readonly Reach[];
  readonly expiresAt: Date;
};

export const prepareApproval = declarePlaceUseCase({
  name: "approval.prepare",
  summary: "Prepare what moves real money, for someone else to authorise",
  permission: "approval.prepare",
  changes: true,
  route: { method: "post", path: "approvals" },
  command: { words: "approval prepare", positional: ["act"] },
  input: z.strictObject({
    act: field.words(100).describe("The use case to carry out, for example payment.record"),
    request: z.record(z.string(), z.unknown()).describe("What that use case takes"),
    replaces: field.id.nullable().default(null).describe("What was prepared before and is no longer as it was shown"),
  }),
  output: z.object({
    approvalId: field.id,
    shown: shownOut,
    shownHash,
    needs: z.number().describe("How many signatures besides the preparer's"),
    whoMay: whoMayOut,
    expiresAt: z.string(),
  }),
  example: {
    act: "payment.record",
    request: {
      commitmentId: "0199c0de-0000-7000-8000-000000000006",
      amountPence: "624000",
      paidOn: "2013-03-15",
      reference: "IFS-LW-1302",
    },
  },
  refusals: approvalRefusals,
  audited: (value: Answer) => value.approvalId,
  handle: async (ctx, input): Promise<Result<Answer, ApprovalRefusal>> => {
    const useCase = ctx.findUseCase(input.act);
    if (useCase?.twoPeople === undefined) return refuse({ code: "act_not_known", act: input.act });
    if (!permits(ctx.actor, useCase.permission, ctx.place.area?.areaId ?? null))
      return carryWords(useCase, { code: "not_allowed", permission: useCase.permission });
    const parsed = parseInput(useCase, input.request, ctx.language);
    if (!parsed.ok) return refuseRequest(useCase, parsed);
    const approvalId = ctx.requestKey ?? ctx.newId();
    const acts = await rehearsed(ctx, { useCase, input: parsed.value, approvalId });
    if (!acts.ok) return acts;
    const replaced = await endReplaced(ctx, input.replaces);
    if (replaced !== null) return replaced;
    const { shown, ...act } = acts.value;
    // As it was sent: what a field is read as, such as a period by its name, is not always a way to write it.
    const request = toJson(input.request);
    const hash = hashShown({ useCase: useCase.name, request, shown });
    const kept = await insertApproval(ctx.tx, ctx.place.placeId, {
      ...act,
      approvalId,
      useCase: useCase.name,
      request,
      shown,
      shownHash: hash,
      preparedBy: ctx.mark,
    });
    const expiresAt = kept?.expiresAt ?? (await findRepeated(ctx, { approvalId, hash }));
    if (expiresAt === null) return refuse({ code: "key_reused" });
    if (kept !== null) await tellAuthorisers(ctx, { ...act, approvalId, preparedBy: ctx.mark, expiresAt });
    const may = whoMayAuthorise(await limitsFor(ctx, act.potId), askedOf(act));
    const answer = { approvalId, shown, shownHash: hash.toString("hex"), expiresAt };
    return accept({ ...answer, needs: may.signatures, whoMay: may.who });
  },
});

/** The faults of the request itself, named by where they stand in what was sent. */
function refuseRequest(useCase: AnyUseCase, { refusal }: Refused): Refused<never> {
  const faults = (refusal["faults"] as readonly InputFault[]).map(({ field, message }) => ({
    field: `request.${field}`,
    message,
  }));
  return carryWords(useCase, { ...refusal, faults });
}

type Rehearsing = { readonly useCase: AnyUseCase; readonly input: unknown; readonly approvalId: string };

/** What it would do; refused by the act's own name where it could not be done now. */
async function rehearsed(
  ctx: PlaceContext,
  { useCase, input, approvalId }: Rehearsing,
): Promise<Result<Act, ApprovalRefusal>> {
  const approval = { approvalId, preparedBy: ctx.mark };
  const done = await rehearse(ctx, useCase, { input, approval, requestKey: approvalId });
  if (!done.ok) return carryWords(useCase, done.refusal);
  const act = await useCase.twoPeople?.(ctx, input);
  if (act === undefined || (act.ok && act.value === null)) return refuse({ code: "one_person_enough" });
  if (!act.ok) return carryWords(useCase, act.refusal);
  return accept(act.value as Act);
}

/** The same request under the same key, which another transaction kept while this one worked. */
async function findRepeated(
  ctx: PlaceContext,
  { approvalId, hash }: { readonly approvalId: string; readonly hash: Buffer },
): Promise<Date | null> {
  const kept = await findApproval(ctx.tx, { placeId: ctx.place.placeId, areaId: null, approvalId });
  return kept?.preparedBy === ctx.mark && kept.shownHash.equals(hash) ? kept.expiresAt : null;
}

async function endReplaced(
  ctx: PlaceContext,
  approvalId: string | null,
): Promise<Refused<
  Extract<ApprovalRefusal, { code: "approval_not_found" | "approval_ended" | "another_area" }>
> | null> {
  if (approvalId === null) return null;
  const { placeId, area } = ctx.place;
  const old = await lockApproval(ctx.tx, { placeId, areaId: area?.areaId ?? null, approvalId });
  if (old === null) return refuse({ code: "approval_not_found" });
  if (old.state !== "waiting") return refuse({ code: "approval_ended", state: old.state });
  const refused = refuseArea(ctx, { permission: "approval.prepare", areaId: old.areaId });
  if (refused) return refused;
  await endApproval(ctx.tx, { placeId, approvalId, state: "stale", endedBy: ctx.mark });
  await endTasksOf(ctx, approvalId);
  return null;
}

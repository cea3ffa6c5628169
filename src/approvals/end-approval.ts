/** Ends what was prepared without carrying it out: someone else refuses it, or who prepared it takes it back. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { EXAMPLE_APPROVAL } from "./input.ts";
import { refuseArea } from "./limits.ts";
import { approvalRefusals } from "./messages.ts";
import { endApproval, findPersonBehind, lockApproval } from "./store/approvals.ts";
import { endTasksOf, tellPreparer } from "./tell.ts";

const audited = (value: { readonly approvalId: string }) => value.approvalId;
const output = z.object({ approvalId: field.id });

export const refuseApproval = declarePlaceUseCase({
  name: "approval.refuse",
  summary: "Refuse what someone else prepared, with the reason",
  permission: "approval.authorise",
  changes: true,
  route: { method: "post", path: "approvals/{approvalId}/refuse" },
  command: { words: "approval refuse", positional: ["approvalId"] },
  input: z.strictObject({ approvalId: field.id, reason: field.words(400) }),
  output,
  example: { approvalId: EXAMPLE_APPROVAL, reason: "The invoice is for another order" },
  refusals: approvalRefusals,
  audited,
  handle: async (ctx, { approvalId, reason }) => {
    const { placeId, area } = ctx.place;
    const approval = await lockApproval(ctx.tx, { placeId, areaId: area?.areaId ?? null, approvalId });
    if (approval === null) return refuse({ code: "approval_not_found" });
    if (approval.state !== "waiting") return refuse({ code: "approval_ended", state: approval.state });
    if (approval.expired) return refuse({ code: "approval_expired", expiredAt: approval.expiresAt });
    if ((await findPersonBehind(ctx.tx, approval.preparedBy)) === ctx.mark) return refuse({ code: "own_approval" });
    const refused = refuseArea(ctx, { permission: "approval.authorise", areaId: approval.areaId });
    if (refused) return refused;
    await endApproval(ctx.tx, { placeId, approvalId, state: "refused", endedBy: ctx.mark, reason });
    await endTasksOf(ctx, approvalId);
    await tellPreparer(ctx, { approval, state: "refused" });
    return accept({ approvalId });
  },
});

export const withdrawApproval = declarePlaceUseCase({
  name: "approval.withdraw",
  summary: "Withdraw what I prepared",
  permission: "approval.prepare",
  changes: true,
  route: { method: "post", path: "approvals/{approvalId}/withdraw" },
  command: { words: "approval withdraw", positional: ["approvalId"] },
  input: z.strictObject({ approvalId: field.id }),
  output,
  example: { approvalId: EXAMPLE_APPROVAL },
  refusals: approvalRefusals,
  audited,
  handle: async (ctx, { approvalId }) => {
    const { placeId, area } = ctx.place;
    const approval = await lockApproval(ctx.tx, { placeId, areaId: area?.areaId ?? null, approvalId });
    if (approval === null) return refuse({ code: "approval_not_found" });
    if (approval.state !== "waiting") return refuse({ code: "approval_ended", state: approval.state });
    if (approval.preparedBy !== ctx.mark) return refuse({ code: "not_preparer" });
    await endApproval(ctx.tx, { placeId, approvalId, state: "withdrawn", endedBy: ctx.mark });
    await endTasksOf(ctx, approvalId);
    return accept({ approvalId });
  },
});

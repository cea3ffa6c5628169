/** One approval: exactly what would happen, who prepared it, who signed it, and what the reader may do with it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { maySign } from "./authorise-approval.ts";
import { whoMayAuthorise } from "./domain/authority.ts";
import { answerOut, approvalOut, EXAMPLE_APPROVAL, role, shownHash, shownOut, whoMayOut } from "./input.ts";
import { askedOf, limitsFor } from "./limits.ts";
import { approvalRefusals } from "./messages.ts";
import { findApproval, findPersonBehind, findSignatures } from "./store/approvals.ts";

export const showApproval = declarePlaceUseCase({
  name: "approval.show",
  summary: "Show what was prepared, its signatures and its end",
  permission: "approval.read",
  changes: false,
  route: { method: "get", path: "approvals/{approvalId}" },
  command: { words: "approval show", positional: ["approvalId"] },
  input: z.strictObject({ approvalId: field.id }),
  output: z.object({
    ...approvalOut,
    request: z.unknown(),
    shown: shownOut,
    shownHash,
    signatures: z.array(z.object({ signedBy: z.string(), role, signedAt: z.string() })),
    needs: z.number(),
    whoMay: whoMayOut,
    answer: answerOut,
    may: z.object({ authorise: z.boolean(), refuse: z.boolean(), withdraw: z.boolean(), prepareAgain: z.boolean() }),
  }),
  example: { approvalId: EXAMPLE_APPROVAL },
  refusals: approvalRefusals,
  handle: async (ctx, { approvalId }) => {
    const { placeId, area } = ctx.place;
    const areaId = area?.areaId ?? null;
    const approval = await findApproval(ctx.tx, { placeId, areaId, approvalId });
    if (approval === null) return refuse({ code: "approval_not_found" });
    const signatures = await findSignatures(ctx.tx, { placeId, approvalId });
    const { who, signatures: needs } = whoMayAuthorise(await limitsFor(ctx, approval.potId), askedOf(approval));
    const open = approval.state === "waiting";
    const own = approval.preparedBy === ctx.mark;
    const behind = (await findPersonBehind(ctx.tx, approval.preparedBy)) === ctx.mark;
    const mayPrepare = permits(ctx.actor, "approval.prepare", approval.areaId);
    return accept({
      ...approval,
      shownHash: approval.shownHash.toString("hex"),
      signatures,
      needs: approval.state === "done" ? signatures.length : needs,
      whoMay: who,
      may: {
        authorise: await maySign(ctx, { approval, before: signatures }),
        refuse: open && !approval.expired && !behind && permits(ctx.actor, "approval.authorise", approval.areaId),
        withdraw: open && own && permits(ctx.actor, "approval.prepare", areaId),
        prepareAgain: open && mayPrepare,
      },
    });
  },
});

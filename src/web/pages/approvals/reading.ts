/** What the approvals' pages read, in one transaction: people by name for those who may read the ledger. */
import { z } from "zod";
import { approvalRefusals, listApprovals, listAuthorities, showApproval } from "../../../approvals/index.ts";
import { listPots } from "../../../ledger/index.ts";
import { accept, type Refused } from "../../../lib/result.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { makersOf } from "../money/reading-people.ts";

const passOn = (refused: Refused) => refused as Refused<never>;
const page = {
  permission: "approval.read",
  changes: false,
  output: z.object({}),
  refusals: approvalRefusals,
} as const;

export const readApproval = declarePlaceUseCase({
  ...page,
  name: "approval.page",
  summary: "What the page of an approval shows",
  input: showApproval.input,
  example: showApproval.example,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, showApproval, input);
    if (!found.ok) return passOn(found);
    const { preparedBy, endedBy, signatures } = found.value;
    const marks = [preparedBy, endedBy ?? preparedBy, ...signatures.map(({ signedBy }) => signedBy)];
    return accept({ ...found.value, makers: await makersOf(ctx, marks) });
  },
});

export const readApprovals = declarePlaceUseCase({
  ...page,
  name: "approval.list_page",
  summary: "What the list of approvals shows",
  input: listApprovals.input,
  example: {},
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listApprovals, input);
    if (!found.ok) return passOn(found);
    const marks = found.value.approvals.map(({ preparedBy }) => preparedBy);
    return accept({ ...found.value, makers: await makersOf(ctx, marks) });
  },
});

export const readLimits = declarePlaceUseCase({
  ...page,
  name: "authority.list_page",
  summary: "What the page of limits shows",
  input: z.strictObject({}),
  example: {},
  handle: async (ctx) => {
    const found = await performWithin(ctx, listAuthorities, {});
    if (!found.ok) return passOn(found);
    const pots = await performWithin(ctx, listPots, {});
    if (!pots.ok) return passOn(pots);
    const maySet = permits(ctx.actor, "authority.set", ctx.place.area?.areaId ?? null);
    const real = pots.value.pots.filter(({ book }) => book === "real");
    return accept({ ...found.value, pots: real, maySet });
  },
});

/** What was prepared at a place, newest first, by how it stands. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { approvalOut, PAGE_ROWS } from "./input.ts";
import { approvalRefusals } from "./messages.ts";
import { countApprovals, listApprovals as findApprovals, LISTED_STATES } from "./store/approvals.ts";

export const listApprovals = declarePlaceUseCase({
  name: "approval.list",
  summary: "List what was prepared for a second person",
  permission: "approval.read",
  changes: false,
  route: { method: "get", path: "approvals" },
  command: { words: "approval list" },
  input: z.strictObject({
    state: z.enum([...LISTED_STATES, "all"]).default("waiting"),
    page: field.page,
  }),
  output: z.object({
    approvals: z.array(z.object(approvalOut)),
    page: z.number(),
    pages: z.number(),
    total: z.number(),
  }),
  example: { state: "waiting" },
  refusals: approvalRefusals,
  handle: async (ctx, { state, page }) => {
    const { placeId, area } = ctx.place;
    const asked = { placeId, areaId: area?.areaId ?? null, state: state === "all" ? null : state };
    const total = await countApprovals(ctx.tx, asked);
    const found = await findApprovals(ctx.tx, { ...asked, page });
    const approvals = found.map(({ shown: _, shownHash: __, request: ___, answer: ____, ...one }) => one);
    return accept({ approvals, page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), total });
  },
});

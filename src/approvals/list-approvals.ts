/** What was prepared at a place, by how it stands: what waits by when it expires, the rest newest first. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { approvalOut, PAGE_ROWS } from "./input.ts";
import { approvalRefusals } from "./messages.ts";
import { countApprovals, listApprovals as findApprovals, LISTED_STATES } from "./store/approvals.ts";
import { findWaitingFor } from "./waiting-for.ts";

export const ASKED_STATES = ["for_you", ...LISTED_STATES, "all"] as const;

export const listApprovals = declarePlaceUseCase({
  name: "approval.list",
  summary: "List what was prepared for a second person",
  permission: "approval.read",
  changes: false,
  route: { method: "get", path: "approvals" },
  command: { words: "approval list" },
  input: z.strictObject({
    state: z.enum(ASKED_STATES).default("waiting").describe("for_you: what waits and you may authorise"),
    page: field.page,
  }),
  output: z.object({
    approvals: z.array(z.object({ ...approvalOut, forYou: z.boolean().describe("You may authorise it") })),
    forYou: z.number().describe("How many wait for you, whatever is listed"),
    page: z.number(),
    pages: z.number(),
    total: z.number(),
  }),
  example: { state: "waiting" },
  refusals: approvalRefusals,
  handle: async (ctx, { state, page }) => {
    const { placeId, area } = ctx.place;
    const waiting = await findWaitingFor(ctx);
    const yours = new Set(waiting.map(({ approvalId }) => approvalId));
    const asked = {
      placeId,
      areaId: area?.areaId ?? null,
      state: state === "all" || state === "for_you" ? null : state,
    };
    const first = (page - 1) * PAGE_ROWS;
    const [total, found] =
      state === "for_you"
        ? [waiting.length, waiting.slice(first, first + PAGE_ROWS)]
        : [await countApprovals(ctx.tx, asked), await findApprovals(ctx.tx, { ...asked, page })];
    const approvals = found.map(({ shown: _, shownHash: __, request: ___, answer: ____, ...one }) => ({
      ...one,
      forYou: yours.has(one.approvalId),
    }));
    return accept({ approvals, forYou: yours.size, page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), total });
  },
});

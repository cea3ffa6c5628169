/** What the form to bring a file chooses from: agreements in force, the partners that send under them, registers that are known. */
import { z } from "zod";
import { accept, type Refused } from "../../../lib/result.ts";
import { keepPersonUpload, showMatching } from "../../../linkage/index.ts";
import { mayPublishFor, permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { listInForce } from "../../../sharing/index.ts";

export const readBringing = declarePlaceUseCase({
  name: "matching.bring_page",
  summary: "What the form to bring a file of people shows",
  permission: "matching.bring",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: keepPersonUpload.refusals,
  handle: async (ctx) => {
    const agreements = await listInForce(ctx, "find_families");
    const senders = new Map<string, string>();
    for (const { parties } of agreements)
      for (const { partnerId, name, sends } of parties)
        if (sends && mayPublishFor(ctx.actor, partnerId)) senders.set(partnerId, name);
    // Registers are told to those alone who may read which there are.
    const mayRead = permits(ctx.actor, "matching.report", ctx.place.area?.areaId ?? null);
    const found = mayRead ? await performWithin(ctx, showMatching, {}) : null;
    if (found !== null && !found.ok) return found as Refused<never>;
    const sources = found === null ? [] : found.value.files.map(({ source }) => source);
    return accept({ agreements, senders: [...senders], sources: [...new Set(sources)].sort(), mayRead });
  },
});

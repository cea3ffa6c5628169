/** Says why an allocation's spending stands far from its budget at the end of a quarter. The last words said count. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { quarter } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { refuseArea } from "./posting.ts";
import { insertVariance } from "./store/closing.ts";
import { findAllocation } from "./store/records.ts";

export const explainVariance = declarePlaceUseCase({
  name: "variance.explain",
  summary: "Explain why an allocation is far from its budget at the end of a quarter",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "variances" },
  command: { words: "variance explain" },
  input: z.strictObject({ allocationId: field.id, quarter, words: field.words(1000) }),
  output: z.object({ explanationId: field.id }),
  example: {
    allocationId: "0199c0de-0000-7000-8000-000000000003",
    quarter: "2012-13/Q3",
    words: "Two key workers started in November instead of September",
  },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const allocation = await findAllocation(ctx.tx, ctx.place.placeId, input.allocationId);
    if (allocation === null) return refuse({ code: "allocation_not_found" });
    const refused = refuseArea(ctx, allocation.areaId);
    if (refused) return refused;
    const explanationId = ctx.newId();
    await insertVariance(ctx.tx, ctx.place.placeId, {
      explanationId,
      allocationId: allocation.allocationId,
      quarter: input.quarter.name,
      words: input.words,
      mark: ctx.mark,
    });
    return accept({ explanationId });
  },
  audited: ({ explanationId }) => explanationId,
});

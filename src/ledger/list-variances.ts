/** Each allocation at the end of a quarter: budget, committed and paid side by side, never mixed; and what was said of it. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { findVariances } from "./closing.ts";
import { quarter, realBook } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";

export const listVariances = declarePlaceUseCase({
  name: "variance.list",
  summary: "Each allocation's budget, committed and paid at the end of a quarter",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "variances" },
  command: { words: "variance list", positional: ["quarter"] },
  input: z.strictObject({ quarter, book: realBook }),
  output: z.object({
    quarter: z.string(),
    thresholdPercent: field.penceText,
    thresholdPence: field.penceText,
    allocations: z.array(
      z.object({
        allocationId: field.id,
        name: z.string(),
        nameWelsh: z.string().nullable(),
        potSlug: z.string(),
        budgetPence: field.penceText,
        committedPence: field.penceText.describe("Committed and not yet paid"),
        paidPence: field.penceText,
        variancePence: field.penceText.describe("Committed and paid less the budget; less than nought is underspent"),
        needed: z.boolean().describe("Whether it is so far from its budget that somebody must say why"),
        explained: z.string().nullable(),
      }),
    ),
  }),
  example: { quarter: "2012-13/Q4", book: "real" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const found = await findVariances(ctx, { book: input.book, stretch: input.quarter });
    const { percent, pence } = found.threshold;
    return accept({
      quarter: input.quarter.name,
      thresholdPercent: percent,
      thresholdPence: pence,
      allocations: found.rows,
    });
  },
});

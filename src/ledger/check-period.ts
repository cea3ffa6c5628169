/** The checklist of a close: what is done, what waits and what stops it, each with where to go. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { CLOSING_STATES } from "../platform/closing.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { checkClosing } from "./closing.ts";
import { periodsIn, periodWords } from "./domain/periods.ts";
import { periodOrQuarter, realBook } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { listExplanations } from "./store/periods.ts";

export const checkPeriod = declarePlaceUseCase({
  name: "period.checklist",
  summary: "What stands between you and a closed period or quarter",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/checklist" },
  command: { words: "period checklist", positional: ["period"] },
  input: z.strictObject({ period: periodOrQuarter, book: realBook }),
  output: z.object({
    period: z.string(),
    name: z.string(),
    book: z.string(),
    done: z.number(),
    of: z.number(),
    explained: z
      .array(z.object({ period: z.string(), item: z.string(), words: z.string(), explainedAt: z.string() }))
      .describe("What was not done when it was closed for good, and why it closed all the same"),
    items: z.array(
      z.object({
        item: z.string(),
        state: z.enum(CLOSING_STATES),
        count: z.number(),
        title: z.string(),
        words: z.string(),
        path: z.string().nullable().describe("Where to go, from the place's own page"),
      }),
    ),
  }),
  example: { period: "2012-13/Q3", book: "real" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const found = await checkClosing(ctx, { book: input.book, stretch: input.period });
    const { period: asked } = input;
    const periods = asked.kind === "quarter" ? [asked.name, ...periodsIn(asked).map(({ name }) => name)] : [asked.name];
    const explained = await listExplanations(ctx.tx, ctx.place.placeId, { book: input.book, periods });
    const items = found.map((one) => ({ ...one, title: one.title[ctx.language], words: one.words[ctx.language] }));
    return accept({
      period: input.period.name,
      name: periodWords(ctx.language, input.period),
      book: input.book,
      done: items.filter(({ state }) => state === "done").length,
      of: items.length,
      explained: explained.map((one) => ({ ...one, explainedAt: one.explainedAt.toISOString() })),
      items,
    });
  },
});

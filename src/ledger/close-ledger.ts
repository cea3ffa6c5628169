/**
 * Closes a period, or the three of a quarter. Softly: only a finance officer may still enter into it, and it can be taken
 * back. For good: nobody may, for ever; the hash of its trial balance is kept, and what was not done is kept in words.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { closeAct } from "./acts/closing.ts";
import { type CloseStep, carryOutClose, explainStops } from "./carry-out-close.ts";
import { CLOSING_PERIOD, daysOf, LAST_MONTH, type Period, periodsIn, type Quarter } from "./domain/periods.ts";
import { periodOrQuarter, realBook } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { periodOut, viewPeriods } from "./period-view.ts";
import { findLastHardDay, type PeriodState } from "./store/periods.ts";
import type { Book } from "./store/pots.ts";

const explanation = z.strictObject({ item: z.string().max(80), words: field.words(1000) });

export const closeLedger = declarePlaceUseCase({
  name: "ledger.close",
  summary: "Close a period or a quarter of the books, softly or for good",
  permission: "period.close",
  changes: true,
  route: { method: "post", path: "ledger/close" },
  command: { words: "ledger close", positional: ["period"] },
  input: z.strictObject({
    period: periodOrQuarter,
    book: realBook,
    state: z.enum(["soft", "hard"]).default("soft").describe("soft: can be taken back; hard: for good"),
    explained: z
      .array(explanation)
      .max(100)
      .default([])
      .describe("For a hard close: each stop of the checklist that is not done, and why it closes without it"),
  }),
  output: z.object({
    period: z.string(),
    periods: z.array(z.object(periodOut)),
    explained: z.array(z.object({ item: z.string(), words: z.string() })),
  }),
  example: { period: "2012-13/Q1", book: "real", state: "soft" },
  refusals: periodRefusals,
  twoPeople: closeAct,
  handle: async (ctx, input) => {
    if (!permits(ctx.actor, "period.close", null)) return refuse({ code: "another_area" });
    const { book, state, period: asked } = input;
    // March closes for good with the year end, which carries forward or gives back what is left.
    if (
      asked.kind === "period" &&
      (asked.number === CLOSING_PERIOD || (asked.number === LAST_MONTH && state === "hard"))
    )
      return refuse({ code: "march_closes_twice" });
    if (state === "hard" && asked.to > ctx.today) return refuse({ code: "period_not_over", to: asked.to });
    const steps = (await stepsOf(ctx, { asked, book, state })).filter((step) => step.open);
    const [first] = steps;
    if (first === undefined) return refuse({ code: "already_closed" });
    const explained =
      state === "hard" ? await explainStops(ctx, { asked, book, explained: input.explained }) : accept([]);
    if (!explained.ok) return explained;
    for (const step of steps) {
      const refused = await carryOutClose(ctx, { ...step, book });
      if (refused) return refused;
    }
    const periods = asked.kind === "period" ? [asked] : periodsIn(asked);
    const view = await viewPeriods(ctx, { books: [book], periods });
    return accept({ period: asked.name, periods: view, explained: explained.value });
  },
  audited: (_, { period, book }) => `${book} ${period.name}`,
});

/** March is closed for good only as the closing period: a quarter closes it softly. */
async function stepsOf(
  ctx: PlaceContext,
  the: { readonly asked: Period | Quarter; readonly book: Book; readonly state: PeriodState },
): Promise<readonly (CloseStep & { readonly open: boolean })[]> {
  const { asked, book, state } = the;
  const hardTo = await findLastHardDay(ctx.tx, ctx.place.placeId, book);
  const periods = asked.kind === "period" ? [asked] : periodsIn(asked);
  return periods.map((period) => ({
    period,
    state: period.number === LAST_MONTH ? "soft" : state,
    open: hardTo === null || daysOf(period).from > hardTo,
  }));
}

/**
 * Closes a period, or the three of a quarter. Softly: only a finance officer may still enter into it, and it can be taken
 * back. For good: nobody may, for ever; the hash of its trial balance is kept, and what was not done is kept in words.
 */
import { z } from "zod";
import { addDays } from "../lib/day.ts";
import { accept, type Refused, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { checkClosing } from "./closing.ts";
import {
  CLOSING_PERIOD,
  daysOf,
  firstDay,
  LAST_MONTH,
  type Period,
  periodOn,
  periodsBetween,
  periodsIn,
  type Quarter,
} from "./domain/periods.ts";
import { periodOrQuarter, realBook } from "./input.ts";
import { type PeriodRefusal, periodRefusals } from "./period-messages.ts";
import { periodOut, viewPeriods } from "./period-view.ts";
import {
  closeBefore,
  closePeriod,
  type Explanation,
  findLastHardDay,
  findOpenBefore,
  insertExplanations,
  type PeriodState,
} from "./store/periods.ts";
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
  handle: async (ctx, input) => {
    if (!permits(ctx.actor, "period.close", null)) return refuse({ code: "another_area" });
    const { book, state, period: asked } = input;
    if (
      asked.kind === "period" &&
      (asked.number === CLOSING_PERIOD) !== (state === "hard") &&
      asked.number >= LAST_MONTH
    )
      return refuse({ code: "march_closes_twice" });
    if (state === "hard" && asked.to > ctx.today) return refuse({ code: "period_not_over", to: asked.to });
    const steps = (await stepsOf(ctx, { asked, book, state })).filter((step) => step.open);
    const [first] = steps;
    if (first === undefined) return refuse({ code: "already_closed" });
    const explained = state === "hard" ? await explain(ctx, { asked, book, explained: input.explained }) : accept([]);
    if (!explained.ok) return explained;
    for (const step of steps) {
      const refused = await carryOut(ctx, { ...step, book });
      if (refused) return refused;
    }
    const periods = asked.kind === "period" ? [asked] : periodsIn(asked);
    const view = await viewPeriods(ctx, { books: [book], periods });
    return accept({ period: asked.name, periods: view, explained: explained.value });
  },
  audited: (_, { period, book }) => `${book} ${period.name}`,
});

type Step = { readonly period: Period; readonly state: PeriodState };

/** March is closed for good only as the closing period: a quarter closes it softly. */
async function stepsOf(
  ctx: PlaceContext,
  the: { readonly asked: Period | Quarter; readonly book: Book; readonly state: PeriodState },
): Promise<readonly (Step & { readonly open: boolean })[]> {
  const { asked, book, state } = the;
  const hardTo = await findLastHardDay(ctx.tx, ctx.place.placeId, book);
  const periods = asked.kind === "period" ? [asked] : periodsIn(asked);
  return periods.map((period) => ({
    period,
    state: period.number === LAST_MONTH ? "soft" : state,
    open: hardTo === null || daysOf(period).from > hardTo,
  }));
}

/** The stops that are explained; refused with the first that is neither done nor explained. */
async function explain(
  ctx: PlaceContext,
  the: { readonly asked: Period | Quarter; readonly book: Book; readonly explained: readonly Explanation[] },
): Promise<Result<readonly Explanation[], PeriodRefusal>> {
  const { asked, book } = the;
  const items = await checkClosing(ctx, { book, stretch: asked });
  const stops = items.filter(({ state }) => state === "stop");
  // An earlier period that is open cannot be explained away: the store closes in order.
  const earlier = await findOpenBefore(ctx.tx, ctx.place.placeId, { book, before: firstDay(asked) });
  if (earlier !== null) return refuse({ code: "earlier_open", period: periodOn(earlier) });
  const words = new Map(the.explained.map((one) => [one.item, one.words]));
  const left = stops.filter(({ item }) => !words.has(item));
  const [first] = left;
  if (first !== undefined)
    return refuse({ code: "checklist_stops", title: first.title, words: first.words, stops: left.length });
  const kept = stops.map(({ item }) => ({ item, words: words.get(item) ?? "" }));
  await insertExplanations(ctx.tx, ctx.place.placeId, { book, period: asked.name, mark: ctx.mark, all: kept });
  return accept(kept);
}

/**
 * For good, with the empty months since the last one: nothing may come in behind a hard close, not even where nothing
 * stands yet, or the trial balance it was closed with would not hold.
 */
async function carryOut(
  ctx: PlaceContext,
  the: Step & { readonly book: Book },
): Promise<Refused<PeriodRefusal> | null> {
  const { placeId } = ctx.place;
  const { book, state, period } = the;
  const days = daysOf(period);
  const closing = { book, mark: ctx.mark };
  if (state === "hard") {
    const open = await findOpenBefore(ctx.tx, placeId, { book, before: days.from });
    if (open !== null) return refuse({ code: "earlier_open", period: periodOn(open) });
    const hardTo = await findLastHardDay(ctx.tx, placeId, book);
    if (hardTo === null) await closeBefore(ctx.tx, placeId, { ...closing, before: days.from });
    for (const empty of hardTo === null ? [] : periodsBetween(addDays(hardTo, 1), days.from))
      await closePeriod(ctx.tx, placeId, { ...closing, state, from: empty.from, to: empty.to });
  }
  const outcome = await closePeriod(ctx.tx, placeId, { ...closing, state, from: days.from, to: days.to });
  switch (outcome) {
    case "already_hard":
      return refuse({ code: "already_closed" });
    case "overlaps":
      return refuse({ code: "period_overlaps" });
    case "gap":
      return refuse({ code: "earlier_open", period: periodOn(addDays(days.from, -1)) });
    default:
      return null;
  }
}

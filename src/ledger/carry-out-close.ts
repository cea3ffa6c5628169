/**
 * How a close is carried out, whichever use case asks for it: what stops it is explained first, and nothing is left open
 * behind it.
 */
import { addDays } from "../lib/day.ts";
import { accept, type Refused, type Result, refuse } from "../lib/result.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { checkClosing } from "./closing.ts";
import { daysOf, firstDay, type Period, periodOn, periodsBetween, type Quarter } from "./domain/periods.ts";
import type { PeriodRefusal } from "./period-messages.ts";
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

export type CloseStep = { readonly period: Period; readonly state: PeriodState };

/** The stops that are explained; refused with the first that is neither done nor explained. */
export async function explainStops(
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
export async function carryOutClose(
  ctx: PlaceContext,
  the: CloseStep & { readonly book: Book },
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

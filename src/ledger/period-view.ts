/** A book's periods as every door shows them: the calendar's own, with what the store says of each. */
import { z } from "zod";
import type { Day } from "../lib/day.ts";
import { field, type PlaceContext } from "../platform/use-case/index.ts";
import { CLOSING_PERIOD, daysOf, type Period, periodWords } from "./domain/periods.ts";
import { book } from "./input.ts";
import { type ClosedPeriod, countEntries, listClosed, type MonthEntries } from "./store/periods.ts";
import type { Book } from "./store/pots.ts";

export const PERIOD_STATES = ["open", "soft", "hard"] as const;

export const periodOut = {
  period: z.string(),
  name: z.string(),
  book,
  from: z.string(),
  to: z.string(),
  state: z.enum(PERIOD_STATES),
  /** That count in it; those of the closing period are March's. */
  entries: field.penceText.describe("How many entries count in it"),
  balanceHash: z.string().nullable().describe("SHA-256 of the trial balance at its end, once closed for good"),
  closedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
  blockNumber: field.penceText.nullable().describe("The newest sealed block when it closed"),
};

type Asked = { readonly books: readonly Book[]; readonly periods: readonly Period[] };
export type PeriodRow = Awaited<ReturnType<typeof viewPeriods>>[number];

export async function viewPeriods(ctx: PlaceContext, { books, periods }: Asked) {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return [];
  const stretch = { from: first.from, to: last.to };
  const closed = await listClosed(ctx.tx, ctx.place.placeId, stretch);
  const counted = await countEntries(ctx.tx, ctx.place.placeId, stretch);
  return books.flatMap((one) => periods.map((period) => viewOf(ctx, { book: one, period, closed, counted })));
}

type Known = {
  readonly book: Book;
  readonly period: Period;
  readonly closed: readonly ClosedPeriod[];
  readonly counted: readonly MonthEntries[];
};

function viewOf(ctx: PlaceContext, { book: of, period, closed, counted }: Known) {
  const { from, to } = daysOf(period);
  const row = closed.find((one) => one.book === of && one.startsOn <= from && one.endsOn >= to);
  // The closing period is March again: softly closed, March is what the year end still works in.
  const closing = period.number === CLOSING_PERIOD;
  const shown = closing && row?.state === "soft" ? undefined : row;
  const month = counted.find((one) => one.book === of && one.month === from);
  return {
    period: period.name,
    name: periodWords(ctx.language, period),
    book: of,
    from: period.from as Day,
    to: period.to as Day,
    state: shown?.state ?? ("open" as const),
    entries: closing ? 0n : (month?.entries ?? 0n),
    balanceHash: shown?.balanceHash ?? null,
    closedBy: shown?.closedBy ?? null,
    closedAt: shown?.closedAt ?? null,
    blockNumber: shown?.blockNumber ?? null,
  };
}

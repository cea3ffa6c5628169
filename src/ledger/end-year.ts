/**
 * Ends a financial year of a book: open commitments are carried forward or released, what is left goes on or back by each
 * pot's rule, the closing figures are kept as the next year's opening ones, and March closes for good with period 13.
 * Money that is carried forward stays where it is, with its stream: it is written down, not moved.
 */
import { z } from "zod";
import { assert, must } from "../lib/assert.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Refused, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { yearEndAct } from "./acts/closing.ts";
import { carryOutClose, explainStops } from "./carry-out-close.ts";
import { CLOSING_PERIOD, LAST_MONTH, type Period, periodOf, periodsOf, type Year } from "./domain/periods.ts";
import { giveBack } from "./give-back.ts";
import { realBook, year } from "./input.ts";
import { type PeriodRefusal, periodRefusals } from "./period-messages.ts";
import { viewPeriods } from "./period-view.ts";
import { post } from "./posting.ts";
import { findStandingCommitment } from "./store/lifecycle.ts";
import type { Book } from "./store/pots.ts";
import {
  compareYear,
  findStreamAccount,
  findYearEnd,
  insertCarried,
  insertYearBalances,
  insertYearEnd,
  listLeft,
  listOpenCommitments,
  listYearStandings,
  type OpenCommitment,
  YEAR_DECISIONS,
} from "./store/year-end.ts";

type Ending = { readonly book: Book; readonly year: Year; readonly yearEndId: string };

export const endYear = declarePlaceUseCase({
  name: "year.end",
  summary: "End a financial year of a book: carry forward or give back what is left, and close March for good",
  permission: "period.close",
  changes: true,
  route: { method: "post", path: "ledger/year" },
  command: { words: "year end", positional: ["year"] },
  input: z.strictObject({
    year,
    book: realBook,
    commitments: z
      .array(z.strictObject({ commitmentId: field.id, decision: z.enum(YEAR_DECISIONS) }))
      .max(10_000)
      .default([])
      .describe("Each open commitment, carried forward or released"),
    explained: z
      .array(z.strictObject({ item: z.string().max(80), words: field.words(1000) }))
      .max(100)
      .default([]),
  }),
  output: z.object({
    yearEndId: field.id,
    year: z.string(),
    carriedPence: field.penceText.describe("Left in the pots, and the next year's opening"),
    returnedPence: field.penceText.describe("Given back to its streams"),
    commitmentsCarried: z.number(),
    commitmentsReleased: z.number(),
    balanceHash: z.string(),
  }),
  example: { year: "2011-12", book: "shadow" },
  refusals: periodRefusals,
  twoPeople: yearEndAct,
  handle: async (ctx, input) => {
    if (!permits(ctx.actor, "period.close", null)) return refuse({ code: "another_area" });
    const { placeId } = ctx.place;
    const { book } = input;
    const name = input.year.name;
    if ((await findYearEnd(ctx.tx, placeId, { book, year: name })) !== null) return refuse({ code: "year_ended" });
    const open = await findOpenPeriod(ctx, { book, year: input.year });
    if (open !== null) return refuse({ code: "periods_open", period: open });
    const at = { book, to: input.year.to };
    const commitments = await listOpenCommitments(ctx.tx, placeId, at);
    const decided = decideEach(commitments, input.commitments);
    if ("ok" in decided) return decided;
    const period = periodOf(input.year, CLOSING_PERIOD);
    const explained = await explainStops(ctx, { asked: period, book, explained: input.explained });
    if (!explained.ok) return explained;
    const ending: Ending = { book, year: input.year, yearEndId: ctx.newId() };
    const released = await releaseAll(ctx, { ...ending, commitments: decided.released });
    if (released) return released;
    const returned = await returnAll(ctx, ending);
    if (!returned.ok) return returned;
    const refused = await carryOutClose(ctx, { period, state: "hard", book });
    if (refused) return refused;
    await insertCarried(ctx.tx, placeId, { book, year: name, all: decided.all });
    const standings = await listYearStandings(ctx.tx, placeId, at);
    await insertYearBalances(ctx.tx, placeId, { book, year: name, standings, returned: returned.value });
    await insertYearEnd(ctx.tx, placeId, { ...at, yearEndId: ending.yearEndId, year: name, mark: ctx.mark });
    const { storedPence, givenPence } = await compareYear(ctx.tx, placeId, { ...at, year: name });
    assert(storedPence === givenPence, "the closing figures are the next year's opening, to the penny");
    const ended = must(await findYearEnd(ctx.tx, placeId, { book, year: name }), "a year that ended is found");
    return accept({
      yearEndId: ending.yearEndId,
      year: name,
      carriedPence: sum(standings.map((one) => one.potPence + one.allocationPence + one.commitmentPence)),
      returnedPence: sum([...returned.value.values()]),
      commitmentsCarried: decided.all.length - decided.released.length,
      commitmentsReleased: decided.released.length,
      balanceHash: ended.hash,
    });
  },
  audited: ({ yearEndId }) => yearEndId,
});

function sum(amounts: readonly Pence[]): Pence {
  return amounts.reduce((total, pence) => total + pence, 0n);
}

/** Periods 1 to 11 are closed for good, and March softly, so that what the year end enters is the last of it. */
async function findOpenPeriod(
  ctx: PlaceContext,
  the: { readonly book: Book; readonly year: Year },
): Promise<Period | null> {
  const months = periodsOf(the.year).slice(0, LAST_MONTH);
  const view = await viewPeriods(ctx, { books: [the.book], periods: months });
  const wanted = (number: number) => (number === LAST_MONTH ? ["soft", "hard"] : ["hard"]);
  return months.find(({ number }, index) => !wanted(number).includes(view[index]?.state ?? "open")) ?? null;
}

type Decision = { readonly commitmentId: string; readonly decision: (typeof YEAR_DECISIONS)[number] };

/** Each that is open is decided on, once; nothing else is. */
function decideEach(open: readonly OpenCommitment[], given: readonly Decision[]) {
  const decisions = new Map(given.map((one) => [one.commitmentId, one.decision]));
  const [stranger] = given.filter(({ commitmentId }) => !open.some((one) => one.commitmentId === commitmentId));
  if (stranger !== undefined) return refuse({ code: "not_open_commitment", commitmentId: stranger.commitmentId });
  const undecided = open.filter(({ commitmentId }) => !decisions.has(commitmentId));
  const [first] = undecided;
  if (first !== undefined) {
    const { words, leftPence } = first;
    return refuse({ code: "commitment_undecided", words, leftPence, count: undecided.length });
  }
  const all = open.map((one) => ({ ...one, decision: decisions.get(one.commitmentId) ?? "carry" }));
  return { all, released: all.filter(({ decision }) => decision === "release") };
}

type Entered = Ending & {
  readonly kind: "release" | "carry_forward";
  readonly recordId: string;
  readonly words: string;
  readonly from: string;
  readonly to: string;
  readonly amountPence: Pence;
};

/** Each with an id of its own: the request's key is not a transfer's. */
function enter(ctx: PlaceContext, the: Entered) {
  const { amountPence, book, kind, recordId, words } = the;
  return post(
    { ...ctx, requestKey: null },
    {
      useCase: "year.end",
      input: { yearEndId: the.yearEndId, from: the.from },
      kind,
      book,
      effectiveOn: the.year.to,
      recordId,
      words,
      yearEnd: true,
      lines: [
        { accountId: the.from, amountPence: -amountPence },
        { accountId: the.to, amountPence },
      ],
    },
  );
}

/** Back to their allocations, each stream's part to that stream's account. */
async function releaseAll(
  ctx: PlaceContext,
  the: Ending & { readonly commitments: readonly OpenCommitment[] },
): Promise<Refused<PeriodRefusal> | null> {
  for (const { commitmentId, words } of the.commitments) {
    const commitment = await findStandingCommitment(ctx.tx, ctx.place.placeId, commitmentId);
    if (commitment === null || commitment.heldPence === 0n) continue;
    const given = await giveBack(
      { ...ctx, requestKey: null },
      {
        useCase: "year.end",
        input: { commitmentId },
        commitment,
        amountPence: null,
        on: the.year.to,
        how: "year_end",
        reason: words,
        yearEnd: true,
      },
    );
    if (!given.ok) return given;
  }
  return null;
}

/** What is left and not committed in the pots whose rule says so, back to the streams it came from; by pot and stream. */
async function returnAll(
  ctx: PlaceContext,
  the: Ending,
): Promise<{ readonly ok: true; readonly value: ReadonlyMap<string, Pence> } | Refused<PeriodRefusal>> {
  const { placeId } = ctx.place;
  const at = { book: the.book, to: the.year.to };
  const standings = await listYearStandings(ctx.tx, placeId, at);
  const giving = standings.filter(({ rule }) => rule === "return_to_funder");
  const potIds = [...new Set(giving.map(({ potId }) => potId))];
  const returned = new Map<string, Pence>();
  if (potIds.length === 0) return accept(returned);
  for (const kind of ["allocation", "pot"] as const)
    for (const part of await listLeft(ctx.tx, placeId, { ...at, kind, potIds, recordId: null })) {
      const { streamId, potId, leftPence } = part;
      const to = await findStreamAccount(ctx.tx, placeId, { book: the.book, streamId });
      const pot = giving.find((one) => one.potId === potId && one.streamId === streamId);
      const entered = await enter(ctx, {
        ...the,
        kind: "carry_forward",
        recordId: potId,
        words: `${pot?.stream ?? ""}: given back at the end of ${the.year.name}`,
        from: part.accountId,
        to: must(to, "what a stream gave has its account"),
        amountPence: leftPence,
      });
      if (!entered.ok) return entered;
      const key = `${potId} ${streamId}`;
      returned.set(key, (returned.get(key) ?? 0n) + leftPence);
    }
  return accept(returned);
}

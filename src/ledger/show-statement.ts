/**
 * A pot's statement: opening, each entry in order with what the pot then held, closing, and totals by stream; as at any day,
 * and as known at any earlier moment. The cost of the period stands beside it: what was paid is cash, accruals are not.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addFigures, figuresOf } from "./domain/figures.ts";
import { asAt, figuresOut, knownAt, potOut, transferKind } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { findCosts, findFirstSealed, findKnown, findKnownStandings, type Known } from "./store/known.ts";
import { findPotNamed, findStandings } from "./store/pots.ts";
import { listStatement } from "./store/statement.ts";

const LINES_A_PAGE = 500;

export const showStatement = declarePlaceUseCase({
  name: "ledger.statement",
  summary: "A pot's statement as at a day",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/statement" },
  command: { words: "ledger statement" },
  input: z.strictObject({
    pot: field.words(200).describe("The pot's address or name"),
    asAt,
    knownAt,
    from: field.day.nullable().default(null).describe("Entries from this day on; left out, from the pot's opening"),
    page: field.page,
  }),
  output: z.object({
    pot: z.object(potOut),
    from: z.string(),
    asAt: z.string(),
    known: z
      .object({ blockNumber: field.penceText, sealedAt: z.string(), hash: z.string() })
      .nullable()
      .describe("The sealed block that held all that was known at the moment asked for"),
    costs: z
      .object({
        paidPence: field.penceText,
        accruedPence: field.penceText.describe("Received and not yet paid, less what came back of earlier periods"),
        prepaidPence: field.penceText.describe("Paid for later periods, less what came back"),
        owedPence: field.penceText.describe("Owed by debtors, less what came back"),
        costPence: field.penceText.describe("Paid, plus accrued, less prepaid and owed"),
      })
      .describe("From the statement's first day to its last; never part of what the pot holds"),
    openingPence: field.penceText,
    entries: z.array(
      z.object({
        transferId: field.id,
        kind: transferKind,
        effectiveOn: z.string(),
        bookedOn: z.string().nullable().describe("A late item: the day in whose period it counts"),
        recordId: field.id,
        words: z.string(),
        madeBy: z.string(),
        reversesId: field.id.nullable(),
        reversedById: field.id.nullable(),
        amountPence: field.penceText,
        changePence: field.penceText,
        balancePence: field.penceText,
        unallocatedPence: field.penceText,
      }),
    ),
    closingPence: field.penceText,
    figures: z.object(figuresOut),
    streams: z.array(
      z.object({ streamId: field.id, stream: z.string(), streamWelsh: z.string().nullable(), ...figuresOut }),
    ),
    page: z.number(),
    more: z.boolean(),
  }),
  example: { pot: "greater-manchester-troubled-families-pot", asAt: "2013-03-29" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const pot = await findPotNamed(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null, named: input.pot });
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.pot });
    const day = input.asAt ?? ctx.today;
    if (day < pot.openedOn) return refuse({ code: "before_opening", openedOn: pot.openedOn });
    const from = input.from ?? pot.openedOn;
    if (day < from) return refuse({ code: "ends_before_start" });
    const known = input.knownAt === null ? null : await findKnown(ctx.tx, placeId, input.knownAt);
    if (input.knownAt !== null && known === null)
      return refuse({ code: "nothing_sealed", first: await findFirstSealed(ctx.tx, placeId) });
    const skip = (input.page - 1) * LINES_A_PAGE;
    const found = await listStatement(ctx.tx, {
      placeId,
      potId: pot.potId,
      from,
      asAt: day,
      known,
      limit: LINES_A_PAGE + 1,
      skip,
    });
    const entries = found.slice(0, LINES_A_PAGE);
    const { potId } = pot;
    const standings =
      known === null
        ? await findStandings(ctx.tx, { placeId, potIds: [potId], asAt: day })
        : await findKnownStandings(ctx.tx, { placeId, potId, asAt: day, known });
    const costs = await findCosts(ctx.tx, { placeId, potId, from, to: day, known });
    const streams = standings.flatMap((standing) => {
      const { streamId, stream, streamWelsh } = standing;
      return streamId === null ? [] : [{ streamId, stream, streamWelsh, ...figuresOf(standing) }];
    });
    const figures = addFigures(standings.map(figuresOf));
    const first = entries[0];
    const openingPence = first === undefined ? figures.leftPence : first.balancePence - first.changePence;
    const more = found.length > LINES_A_PAGE;
    const closingPence = more ? (entries.at(-1)?.balancePence ?? 0n) : figures.leftPence;
    return accept({
      pot,
      from,
      asAt: day,
      known: namedBlock(known),
      costs: { ...costs, costPence: costs.paidPence + costs.accruedPence - costs.prepaidPence - costs.owedPence },
      openingPence,
      entries,
      closingPence,
      figures,
      streams,
      page: input.page,
      more,
    });
  },
});

/** Enough to find the block again and to compare its head. */
function namedBlock(known: Known | null) {
  return known === null
    ? null
    : { blockNumber: known.blockNumber, sealedAt: known.sealedAt.toISOString(), hash: known.hash };
}

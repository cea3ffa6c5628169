/** One pot as at a day: where its money came from, what was decided, set aside and paid, and what is left, by stream. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addFigures, figuresOf } from "./domain/figures.ts";
import { asAt, contributionOut, figuresOut, potOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listAllocations, listContributions } from "./store/lists.ts";
import { findPotNamed, findStandings } from "./store/pots.ts";

export const showPot = declarePlaceUseCase({
  name: "pot.show",
  summary: "Show a pot: in from each stream, allocated, committed, paid and left, as at a day",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "pots/{pot}" },
  command: { words: "pot show", positional: ["pot"] },
  input: z.strictObject({ pot: field.words(200).describe("Its address or its name"), asAt }),
  output: z.object({
    asAt: z.string(),
    pot: z.object(potOut),
    figures: z.object(figuresOut),
    streams: z.array(
      z.object({
        streamId: field.id,
        stream: z.string(),
        streamWelsh: z.string().nullable(),
        ringFenced: z.boolean(),
        endsOn: z.string(),
        ...figuresOut,
      }),
    ),
    contributions: z.array(z.object(contributionOut)),
    allocations: z.array(
      z.object({
        allocationId: field.id,
        name: z.string(),
        nameWelsh: z.string().nullable(),
        purpose: z.string(),
        theme: z.string().nullable(),
        amountPence: field.penceText,
        committedPence: field.penceText,
        paidPence: field.penceText,
        decidedBy: z.string(),
        decidedOn: z.string(),
        power: z.string(),
        transferId: field.id,
        reversed: z.boolean(),
      }),
    ),
  }),
  example: { pot: "greater-manchester-troubled-families-pot", asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const day = input.asAt ?? ctx.today;
    const pot = await findPotNamed(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null, named: input.pot });
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.pot });
    if (day < pot.openedOn) return refuse({ code: "before_opening", openedOn: pot.openedOn });
    const standings = await findStandings(ctx.tx, { placeId, potIds: [pot.potId], asAt: day });
    const streams = standings.flatMap((standing) => {
      const { streamId, stream, streamWelsh, ringFenced, endsOn } = standing;
      return streamId === null ? [] : [{ streamId, stream, streamWelsh, ringFenced, endsOn, ...figuresOf(standing) }];
    });
    const contributions = await listContributions(ctx.tx, { placeId, streamId: null, potId: pot.potId, asAt: day });
    const allocations = await listAllocations(ctx.tx, { placeId, potId: pot.potId, asAt: day });
    return accept({
      asAt: day,
      pot,
      figures: addFigures(standings.map(figuresOf)),
      streams,
      contributions,
      allocations,
    });
  },
});

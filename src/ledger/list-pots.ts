/**
 * The pots of a place, or of a council's or neighbourhood's part of it, with their figures as at a day. A pot belongs to
 * an area only if it was opened for it; one that its council hosts for the whole place is listed and not counted.
 */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { addFigures, figuresOf } from "./domain/figures.ts";
import { asAt, figuresOut, hostedFor, potOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listPots as findPots, findStandings } from "./store/pots.ts";

export const listPots = declarePlaceUseCase({
  name: "pot.list",
  summary: "List the pots with what was put in, allocated, committed and paid; real and shadow totals apart",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "pots" },
  command: { words: "pot list" },
  input: z.strictObject({ asAt }),
  output: z.object({
    asAt: z.string(),
    pots: z.array(z.object({ ...potOut, hostedFor, ...figuresOut })),
    real: z.object(figuresOut),
    shadow: z.object(figuresOut),
  }),
  example: { asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const day = input.asAt ?? ctx.today;
    const found = await findPots(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null });
    const standings = await findStandings(ctx.tx, { placeId, potIds: found.map(({ potId }) => potId), asAt: day });
    const pots = found
      .filter(({ openedOn }) => openedOn <= day)
      .map((pot) => ({ ...pot, ...addFigures(standings.filter(({ potId }) => potId === pot.potId).map(figuresOf)) }));
    const total = (book: "real" | "shadow") =>
      addFigures(pots.filter((pot) => pot.book === book && pot.hostedFor === null));
    return accept({ asAt: day, pots, real: total("real"), shadow: total("shadow") });
  },
});

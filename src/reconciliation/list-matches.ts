/** The matches of a body and a pot, those that were undone among them. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { EXAMPLE_SIDE, sideShape } from "./input.ts";
import { reconciliationRefusals } from "./messages.ts";
import { reach } from "./reach.ts";
import { listMatches } from "./store/matches.ts";

export const listReconciliationMatches = declarePlaceUseCase({
  name: "match.list",
  summary: "List the matches of a body's listing with a pot's records",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/matches" },
  command: { words: "reconciliation matches" },
  input: z.strictObject(sideShape),
  output: z.object({
    matches: z.array(
      z.object({
        matchId: field.id,
        bodyId: field.id,
        potId: field.id,
        source: z.enum(["ledger", "bank"]),
        kind: z.string(),
        strength: z.string(),
        reasons: z.array(z.string()),
        amountPence: field.penceText,
        acceptedBy: z.string(),
        acceptedByName: z.string().nullable(),
        acceptedAt: z.string(),
        undoneAt: z.string().nullable(),
        undoneReason: z.string().nullable(),
        lineIds: z.array(field.id),
        recordIds: z.array(field.id),
      }),
    ),
  }),
  example: EXAMPLE_SIDE,
  refusals: reconciliationRefusals,
  handle: async (ctx, side) => {
    const reached = await reach(ctx, side);
    if (!reached.ok) return reached;
    return accept({ matches: await listMatches(ctx.tx, { placeId: ctx.place.placeId, ...side }) });
  },
});

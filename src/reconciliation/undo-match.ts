/** Undoes a match: its lines and records wait again. The match and its undoing both stay on record. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { findMatch, insertUndo } from "./store/matches.ts";

export const undoMatch = declarePlaceUseCase({
  name: "match.undo",
  summary: "Undo a match",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/matches/undo" },
  command: { words: "reconciliation undo" },
  input: z.strictObject({ matchId: field.id, reason: field.text(400).default("") }),
  output: z.object({ matchId: field.id }),
  example: { matchId: "0199c0de-0000-7000-8000-000000000012", reason: "The supplier was mistaken for another" },
  refusals: reconciliationRefusals,
  audited: (value: { readonly matchId: string }) => value.matchId,
  handle: async (ctx, { matchId, reason }) => {
    const { placeId } = ctx.place;
    const match = await findMatch(ctx.tx, placeId, matchId);
    if (match === null) return refuse({ code: "match_not_found" });
    if (!permits(ctx.actor, "reconciliation.keep", match.areaId)) return refuse({ code: "another_area" });
    if (match.undone) return refuse({ code: "match_undone" });
    if (match.paid) return refuse({ code: "match_paid" });
    const undone = await insertUndo(ctx.tx, { placeId, matchId, reason, undoneBy: ctx.mark });
    return undone ? accept({ matchId }) : refuse({ code: "match_undone" });
  },
});

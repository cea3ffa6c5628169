/** Accepts at once every match that is certain: the same reference, the same amount, and nothing else that has both. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { EXAMPLE_SIDE, sideShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { payRequest } from "./pay-request.ts";
import { reachToKeep } from "./reach.ts";
import { insertMatch } from "./store/matches.ts";
import { makeSuggestions } from "./suggest.ts";

type Accepted = {
  readonly potId: string;
  readonly accepted: number;
  readonly paid: number;
  readonly amountPence: bigint;
};

export const acceptCertain = declarePlaceUseCase({
  name: "match.accept_certain",
  summary: "Accept every match that is certain",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/matches/certain" },
  command: { words: "reconciliation accept-certain" },
  input: z.strictObject(sideShape),
  output: z.object({
    potId: field.id,
    accepted: z.number(),
    paid: z.number().describe("Of these, payment requests that are now paid"),
    amountPence: field.penceText,
  }),
  example: EXAMPLE_SIDE,
  refusals: reconciliationRefusals,
  audited: (value: Accepted) => value.potId,
  handle: async (ctx, side): Promise<Result<Accepted, ReconciliationRefusal>> => {
    const reached = await reachToKeep(ctx, side);
    if (!reached.ok) return reached;
    const { suggestions, lines, records } = await makeSuggestions(ctx, { ...side, to: ctx.today });
    const certain = suggestions.filter(({ strength }) => strength === "certain");
    if (certain.length === 0) return refuse({ code: "nothing_certain" });
    let paid = 0;
    let amountPence = 0n;
    for (const { lineIds, recordIds, kind, strength, reasons, request, amountPence: pence } of certain) {
      amountPence += pence;
      if (request) {
        const line = lines.find(({ lineId }) => lineId === lineIds[0]);
        const answer = await payRequest(ctx, { requestId: recordIds[0] ?? "", line: line ?? null });
        if (!answer.ok) return answer;
        paid += 1;
        continue;
      }
      const chosen = records.filter(({ recordId }) => recordIds.includes(recordId));
      const match = {
        matchId: ctx.newId(),
        ...side,
        kind,
        strength,
        reasons,
        amountPence: pence,
        acceptedBy: ctx.mark,
      };
      const kept = await insertMatch(ctx.tx, ctx.place.placeId, { ...match, lineIds, records: chosen });
      if (!kept) return refuse({ code: "already_matched" });
    }
    return accept({ potId: side.potId, accepted: certain.length, paid, amountPence });
  },
});

/**
 * The place's own threshold: from which probability on a match shows in a family's picture though nobody has read it. It is laid down only
 * with a rate of wrong merges measured here, on pairs drawn by lot and read by people, and never below 0.95.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { MOST_FALSE, mostWrong } from "./domain/readings/measure.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { LEAST_THRESHOLD } from "./next-pair.ts";
import { countMeasured, insertThreshold } from "./store/readings.ts";

type ThresholdSet = {
  readonly thresholdId: string;
  readonly pairsRead: number;
  readonly pairsWrong: number;
  readonly atMost: number;
};

export const setMatchingThreshold = declarePlaceUseCase({
  name: "matching.set_threshold",
  summary: "Lay down how sure a match must be to show though nobody has read it",
  permission: "matching.allow",
  changes: true,
  route: { method: "post", path: "matching/thresholds" },
  command: { words: "matching threshold" },
  input: z.strictObject({
    probability: z.coerce.number().min(LEAST_THRESHOLD).max(0.9999).describe("From 0.95 to 0.9999"),
    reason: field.words(500).describe("Why this one, and who was asked"),
  }),
  output: z.object({ thresholdId: field.id, pairsRead: z.number(), pairsWrong: z.number(), atMost: z.number() }),
  example: { probability: 0.99, reason: "Agreed by the partners' information governance group" },
  refusals: matchingRefusals,
  audited: (value: ThresholdSet) => value.thresholdId,
  handle: async (ctx, { probability, reason }): Promise<Result<ThresholdSet, MatchingRefusal>> => {
    const { placeId } = ctx.place;
    return asFamily(ctx.tx, async () => {
      const measured = await countMeasured(ctx.tx, { placeId, least: probability });
      const atMost = mostWrong(measured);
      if (atMost > MOST_FALSE) return refuse({ code: "not_measured", ...measured, atMost });
      const thresholdId = ctx.newId();
      const counts = { pairsRead: measured.read, pairsWrong: measured.wrong, atMost };
      const set = { thresholdId, probability, reason, ...counts, setBy: ctx.mark, setAt: ctx.now };
      await insertThreshold(ctx.tx, placeId, set);
      return accept({ thresholdId, ...counts });
    });
  },
});

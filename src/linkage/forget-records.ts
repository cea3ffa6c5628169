/**
 * Deletes the records whose day has come, with their pairs, readings and people: those of people found not to be concerned, and those of
 * whom nobody said in time that they are; and files that nobody confirmed within a day. Every night, and whenever it is asked for. What
 * is written down is how many, never who.
 */
import { z } from "zod";
import { accept, type Result } from "../lib/result.ts";
import { listPlaces } from "../places/index.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field, type House, perform } from "../platform/use-case/index.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { lockReadings } from "./store/readings.ts";
import { deleteDue } from "./store/records.ts";
import { deleteTiesOfNobody } from "./store/ties.ts";
import { deleteOldUploads } from "./store/uploads.ts";

const BATCH = 5000;

type Forgotten = { readonly forgettingId: string | null; readonly records: number };

export const forgetDueRecords = declarePlaceUseCase({
  name: "matching.forget",
  summary: "Delete the records of people whose day of deletion has come",
  permission: "matching.forget",
  changes: true,
  route: { method: "post", path: "matching/forget" },
  command: { words: "matching forget", everyPlace: true },
  input: z.strictObject({}),
  output: z.object({ forgettingId: field.id.nullable(), records: z.number() }),
  example: {},
  refusals: matchingRefusals,
  audited: (value: Forgotten) => value.forgettingId,
  handle: async (ctx): Promise<Result<Forgotten, MatchingRefusal>> => {
    const { placeId } = ctx.place;
    let records = 0;
    await asFamily(ctx.tx, async () => {
      await lockReadings(ctx.tx, placeId);
      await deleteOldUploads(ctx.tx, placeId, ctx.now);
      for (let deleted = BATCH; deleted === BATCH; records += deleted)
        deleted = (await deleteDue(ctx.tx, { placeId, day: ctx.today, limit: BATCH })).length;
      await deleteTiesOfNobody(ctx.tx, placeId);
    });
    return accept({ forgettingId: records === 0 ? null : ctx.newId(), records });
  },
});

/** Each place by itself: one that cannot be done holds up no other. */
export async function forgetEverywhere(house: House, logError: (error: unknown) => void): Promise<void> {
  for (const { slug: place } of await house.database.national(listPlaces))
    await perform(house, forgetDueRecords, {
      credential: { kind: "operator" },
      place,
      language: "en",
      input: {},
    }).catch(logError);
}

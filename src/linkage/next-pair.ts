/**
 * The next pair for a reader, the most useful first, or by lot where wrong merges are measured. A first and a second reading are blind:
 * neither what the engine thinks nor what another reader said is shown; whoever decides between two readers sees both.
 */
import { z } from "zod";
import { accept, type Result } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { noteViews } from "../sharing/index.ts";
import type { Verdict } from "./domain/readings/settle.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { findTwo, mayLookAtRun, type RecordShown, recordShown } from "./reader.ts";
import { countQueue, findNextToMeasure, findNextToRead, type QueueCounts } from "./store/pairs.ts";
import { countReadings, listReadingsOf } from "./store/readings.ts";

/** The least that a place's own threshold may be. Pairs are drawn from here on whatever it is now, so that a lower one can be measured too. */
export const LEAST_THRESHOLD = 0.95;

export type NextPair = {
  readonly pair: {
    readonly leftId: string;
    readonly rightId: string;
    readonly left: RecordShown;
    readonly right: RecordShown;
    /** Links between records that a reading is expected to change. */
    readonly worth: number;
    readonly reading: 1 | 2 | 3;
    /** What the two before said, to whoever decides between them; empty otherwise. */
    readonly before: readonly { readonly verdict: Verdict; readonly reason: string }[];
  } | null;
  readonly queue: QueueCounts;
  readonly read: { readonly all: number; readonly mine: number };
};

export const nextPair = declarePlaceUseCase({
  name: "matching.next",
  summary: "The next pair of records to read",
  permission: "matching.review",
  changes: false,
  notesViews: true,
  route: { method: "get", path: "matching/next" },
  command: { words: "matching next" },
  input: z.strictObject({
    by: z.enum(["worth", "lot"]).default("worth").describe("The most useful first, or by lot to measure wrong merges"),
    skip: field.id.nullable().default(null).describe("A record whose pairs come later"),
  }),
  output: z.object({ pair: z.unknown(), queue: z.unknown(), read: z.unknown() }),
  example: {},
  refusals: matchingRefusals,
  handle: async (ctx, { by, skip }): Promise<Result<NextPair, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "find_families");
    if (!looking.ok) return looking;
    const { agreement, purpose } = looking.value;
    const { placeId } = ctx.place;
    const reader = ctx.mark;
    const { agreementId } = agreement;
    const found = await asFamily(ctx.tx, async () => {
      const pair =
        by === "lot"
          ? await findNextToMeasure(ctx.tx, { placeId, agreementId, reader, least: LEAST_THRESHOLD })
          : await findNextToRead(ctx.tx, { placeId, agreementId, reader, skip });
      const queue = await countQueue(ctx.tx, placeId);
      const read = await countReadings(ctx.tx, { placeId, reader });
      const records = pair === null ? null : await findTwo(ctx, { ...pair, agreementId });
      if (pair === null || records === null) return { pair: null, queue, read };
      const before = await listReadingsOf(ctx.tx, { placeId, ...pair });
      return { pair, queue, read, records, before };
    });
    if (found.pair === null) return accept(found);
    const { pair, records, before, queue, read } = found;
    const { leftId, rightId, worth } = pair;
    await noteViews(ctx, { agreementId, purpose, kind: "pair", ids: [leftId, rightId] });
    const show = recordShown(agreement, records);
    const reading = before.length === 0 ? 1 : before.length === 1 ? 2 : 3;
    return accept({
      pair: {
        leftId,
        rightId,
        left: show(records[0]),
        right: show(records[1]),
        worth,
        reading,
        before: reading === 3 ? before.map(({ verdict, reason }) => ({ verdict, reason })) : [],
      },
      queue,
      read,
    });
  },
});

/** What was read of pairs: a list by day and reader without a word about anybody, and one reading with its records and the engine's reasons. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { noteViews } from "../sharing/index.ts";
import { isChecked, type Settled, settle } from "./domain/readings/settle.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { type PairRead, reasonsOf } from "./read-pair.ts";
import { findTwo, mayLookAtRun, type RecordShown, recordShown } from "./reader.ts";
import { findReading, type ListedReading, listReadings, listReadingsOf, type ReadingRow } from "./store/readings.ts";

export const PAGE_ROWS = 50;
const EXAMPLE = "018f3a52-0000-7000-8000-000000000001";

export const listMatchReadings = declarePlaceUseCase({
  name: "matching.readings",
  summary:
    "List what was read of pairs, the newest first; without what others said of pairs that wait for a second reader",
  permission: "matching.report",
  changes: false,
  route: { method: "get", path: "matching/readings" },
  command: { words: "matching readings" },
  input: z.strictObject({
    mine: z.stringbool().or(z.boolean()).default(false).describe("Only one's own"),
    page: field.page,
  }),
  output: z.object({ readings: z.array(z.unknown()), more: z.boolean() }),
  example: {},
  refusals: matchingRefusals,
  handle: async (
    ctx,
    { mine, page },
  ): Promise<Result<{ readonly readings: readonly ListedReading[]; readonly more: boolean }, MatchingRefusal>> => {
    const { placeId } = ctx.place;
    // Who reads no pairs is led by nobody's reading.
    const all = !permits(ctx.actor, "matching.review", ctx.place.area?.areaId ?? null);
    const asked = { placeId, reader: ctx.mark, mine, all, limit: PAGE_ROWS + 1, offset: (page - 1) * PAGE_ROWS };
    const readings = await asFamily(ctx.tx, () => listReadings(ctx.tx, asked));
    return accept({ readings: readings.slice(0, PAGE_ROWS), more: readings.length > PAGE_ROWS });
  },
});

export type ReadingShown = Omit<PairRead, "readingId" | "verdict"> & {
  readonly reading: ReadingRow;
  readonly left: RecordShown;
  readonly right: RecordShown;
  /** All that was read of the pair, in order. */
  readonly readings: readonly ReadingRow[];
};

export const showMatchReading = declarePlaceUseCase({
  name: "matching.show_reading",
  summary: "Show a reading with its records, and why the engine thinks what it thinks",
  permission: "matching.review",
  changes: false,
  notesViews: true,
  route: { method: "get", path: "matching/readings/{readingId}" },
  command: { words: "matching reading", positional: ["readingId"] },
  input: z.strictObject({ readingId: field.id }),
  output: z.object({ reading: z.unknown(), state: z.string() }),
  example: { readingId: EXAMPLE },
  refusals: matchingRefusals,
  handle: async (ctx, { readingId }): Promise<Result<ReadingShown, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "find_families");
    if (!looking.ok) return looking;
    const { agreement, purpose } = looking.value;
    const { placeId } = ctx.place;
    const found = await asFamily(ctx.tx, async () => {
      const reading = await findReading(ctx.tx, placeId, readingId);
      const records = reading === null ? null : await findTwo(ctx, { ...reading, agreementId: agreement.agreementId });
      if (reading === null || records === null) return null;
      const readings = await listReadingsOf(ctx.tx, { placeId, ...reading });
      return { reading, records, readings, reasons: await reasonsOf(ctx, reading) };
    });
    if (found === null) return refuse({ code: "reading_not_found" });
    const { reading, records, readings, reasons } = found;
    // Who has not read the pair yet would no longer read it blind.
    const own = readings.some(({ readBy }) => readBy === ctx.mark);
    const settled: Settled = settle(readings, { checked: isChecked(reading.leftId, reading.rightId) });
    if (!own && settled.state !== "settled" && settled.state !== "open") return refuse({ code: "reading_not_yours" });
    const ids = [reading.leftId, reading.rightId];
    await noteViews(ctx, { agreementId: agreement.agreementId, purpose, kind: "pair", ids });
    const show = recordShown(agreement, records);
    return accept({
      reading,
      left: show(records[0]),
      right: show(records[1]),
      readings,
      state: settled.state,
      settledAs: settled.state === "settled" ? settled.verdict : null,
      ...reasons,
    });
  },
});

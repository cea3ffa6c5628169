/**
 * Keeps what a reader says of a pair, and says afterwards what the engine thinks of it and what follows. A reading that contradicts what
 * was settled by way of other records is refused by name: whichever were kept, another reader would be overruled without a word.
 */
import { z } from "zod";
import { assert } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { noteViews } from "../sharing/index.ts";
import { isChecked, type Settled, settle, VERDICTS, type Verdict } from "./domain/readings/settle.ts";
import { waterfallOf } from "./domain/report/explain-pair.ts";
import type { Waterfall } from "./domain/report/run-report.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { LEAST_THRESHOLD } from "./next-pair.ts";
import { findTwo, mayLookAtRun } from "./reader.ts";
import { findNextToMeasure, findPair } from "./store/pairs.ts";
import {
  dropVerdict,
  findReading,
  hasRead,
  insertReading,
  insertUndone,
  listReadingsOf,
  listSettled,
  lockReadings,
  type ReadingRow,
  setVerdict,
} from "./store/readings.ts";
import { findModel, findStanding } from "./store/runs.ts";

export type PairRead = {
  readonly readingId: string;
  readonly verdict: Verdict;
  readonly state: Settled["state"];
  readonly settledAs: "same" | "different" | null;
  readonly linked: boolean;
  readonly rule: string;
  readonly waterfall: Waterfall | null;
};

const EXAMPLE = "018f3a52-0000-7000-8000-000000000001";
const output = z.object({ readingId: field.id, state: z.string() });

export const readPair = declarePlaceUseCase({
  name: "matching.read",
  summary: "Say whether two records are one person",
  permission: "matching.review",
  changes: true,
  route: { method: "post", path: "matching/readings" },
  command: { words: "matching read" },
  input: z.strictObject({
    leftRecordId: field.id,
    rightRecordId: field.id,
    verdict: z.enum(VERDICTS),
    reason: field
      .text(500)
      .default("")
      .describe("Why; needed where you cannot tell. No names: write what was alike and what was not"),
    forMeasure: z.boolean().default(false).describe("Drawn by lot, to measure wrong merges"),
  }),
  output,
  example: { leftRecordId: EXAMPLE, rightRecordId: "018f3a52-0000-7000-8000-000000000002", verdict: "same" },
  refusals: matchingRefusals,
  audited: (value: PairRead) => value.readingId,
  handle: async (ctx, input): Promise<Result<PairRead, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "find_families");
    if (!looking.ok) return looking;
    const { leftRecordId: one, rightRecordId: other } = input;
    const two = one < other ? { leftId: one, rightId: other } : { leftId: other, rightId: one };
    const { agreement, purpose } = looking.value;
    const { agreementId } = agreement;
    const done = await asFamily(ctx.tx, () => keepReading(ctx, { ...two, ...input, agreementId }));
    if (!done.ok) return done;
    await noteViews(ctx, { agreementId, purpose, kind: "pair", ids: [two.leftId, two.rightId] });
    return done;
  },
});

type ToKeep = {
  readonly leftId: string;
  readonly rightId: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly forMeasure: boolean;
  readonly agreementId: string;
};

async function keepReading(
  ctx: PlaceContext,
  { leftId, rightId, verdict, reason, forMeasure, agreementId }: ToKeep,
): Promise<Result<PairRead, MatchingRefusal>> {
  const { tx } = ctx;
  const { placeId } = ctx.place;
  await lockReadings(tx, placeId);
  const pair = await findPair(tx, { placeId, leftId, rightId });
  if (pair === null || (await findTwo(ctx, { leftId, rightId, agreementId })) === null)
    return refuse({ code: "pair_not_found" });
  const before = await listReadingsOf(tx, { placeId, leftId, rightId });
  if (before.some(({ readBy }) => readBy === ctx.mark)) return refuse({ code: "read_already" });
  const was = settle(before, { checked: isChecked(leftId, rightId) });
  if (was.state === "settled" || was.state === "open") return refuse({ code: "settled_already" });
  if (verdict === "cannot_tell" && reason === "") return refuse({ code: "reason_missing" });
  const readingId = ctx.newId();
  const one: Omit<ReadingRow, "undone"> = {
    readingId,
    leftId,
    rightId,
    verdict,
    reason,
    forMeasure: forMeasure && (await isDrawn(ctx, { leftId, rightId, agreementId, before })),
    blind: before.length < 2 && !(await hasRead(tx, { placeId, leftId, rightId, reader: ctx.mark })),
    engineProbability: pair.probability,
    engineLinked: pair.linked,
    readBy: ctx.mark,
    readAt: ctx.now,
  };
  await insertReading(tx, placeId, one);
  const now = settle([...before, one], { checked: isChecked(leftId, rightId) });
  if (now.state === "settled" && (await contradicts(ctx, { leftId, rightId, verdict: now.verdict })))
    return refuse({ code: "contradicts_settled" });
  assert(now.state !== "unread", "a pair that was read is not unread");
  const settledAs = now.state === "settled" ? now.verdict : null;
  await setVerdict(tx, placeId, { leftId, rightId, state: now.state, verdict: settledAs, now: ctx.now });
  return accept({ readingId, verdict, state: now.state, settledAs, ...(await reasonsOf(ctx, { leftId, rightId })) });
}

type Drawing = Pick<ToKeep, "leftId" | "rightId" | "agreementId"> & { readonly before: readonly ReadingRow[] };

/** Whether a pair is the next by lot, or was when it was read first: what a reader picks measures nothing, whatever they say. */
async function isDrawn(ctx: PlaceContext, { leftId, rightId, agreementId, before }: Drawing): Promise<boolean> {
  if (before.some((one) => one.forMeasure)) return true;
  const asked = { placeId: ctx.place.placeId, agreementId, reader: ctx.mark, least: LEAST_THRESHOLD };
  const drawn = await findNextToMeasure(ctx.tx, asked);
  return drawn?.leftId === leftId && drawn.rightId === rightId;
}

type ToSettle = { readonly leftId: string; readonly rightId: string; readonly verdict: "same" | "different" };

/** Whether what is settled elsewhere already says the opposite, by way of records that are the same. */
async function contradicts(ctx: PlaceContext, { leftId, rightId, verdict }: ToSettle): Promise<boolean> {
  const all = await listSettled(ctx.tx, ctx.place.placeId);
  const others = all.filter((one) => one.leftId !== leftId || one.rightId !== rightId);
  const beside = new Map<string, string[]>();
  for (const one of others)
    if (one.verdict === "same")
      for (const [from, to] of [
        [one.leftId, one.rightId],
        [one.rightId, one.leftId],
      ] as const)
        beside.set(from, [...(beside.get(from) ?? []), to]);
  const reach = (start: string) => {
    const seen = new Set([start]);
    for (const at of seen) for (const next of beside.get(at) ?? []) seen.add(next);
    return seen;
  };
  const [left, right] = [reach(leftId), reach(rightId)];
  if (verdict === "different") return left.has(rightId);
  return others.some(
    (one) =>
      one.verdict === "different" &&
      ((left.has(one.leftId) && right.has(one.rightId)) || (left.has(one.rightId) && right.has(one.leftId))),
  );
}

/** What the engine thinks of a pair, and why. */
export async function reasonsOf(
  ctx: PlaceContext,
  two: { readonly leftId: string; readonly rightId: string },
): Promise<Pick<PairRead, "linked" | "rule" | "waterfall">> {
  const { placeId } = ctx.place;
  const pair = await findPair(ctx.tx, { placeId, ...two });
  const run = pair === null ? null : await findStandingModel(ctx);
  if (pair === null || run === null) return { linked: false, rule: "", waterfall: null };
  return { linked: pair.linked, rule: pair.rule, waterfall: waterfallOf(run, pair) };
}

async function findStandingModel(ctx: PlaceContext) {
  const { placeId } = ctx.place;
  const run = await findStanding(ctx.tx, placeId);
  const model = run?.modelId ? await findModel(ctx.tx, placeId, run.modelId) : null;
  return model?.artefact ?? null;
}

type ReadingUndone = { readonly readingId: string; readonly state: Settled["state"] };

export const undoReading = declarePlaceUseCase({
  name: "matching.undo",
  summary: "Undo one's own reading of a pair",
  permission: "matching.review",
  changes: true,
  route: { method: "post", path: "matching/readings/{readingId}/undo" },
  command: { words: "matching undo", positional: ["readingId"] },
  input: z.strictObject({ readingId: field.id }),
  output,
  example: { readingId: EXAMPLE },
  refusals: matchingRefusals,
  audited: (value: ReadingUndone) => value.readingId,
  handle: async (ctx, { readingId }): Promise<Result<ReadingUndone, MatchingRefusal>> => {
    const { placeId } = ctx.place;
    const { tx } = ctx;
    return asFamily(tx, async () => {
      await lockReadings(tx, placeId);
      const reading = await findReading(tx, placeId, readingId);
      if (reading === null) return refuse({ code: "reading_not_found" });
      if (reading.readBy !== ctx.mark) return refuse({ code: "reading_not_yours" });
      if (!(await insertUndone(tx, placeId, { readingId, undoneBy: ctx.mark, now: ctx.now })))
        return refuse({ code: "reading_undone" });
      const { leftId, rightId } = reading;
      const left = await listReadingsOf(tx, { placeId, leftId, rightId });
      const now = settle(left, { checked: isChecked(leftId, rightId) });
      if (now.state === "unread") await dropVerdict(tx, { placeId, leftId, rightId });
      else if (now.state === "settled" && (await contradicts(ctx, { leftId, rightId, verdict: now.verdict })))
        return refuse({ code: "contradicts_settled" });
      else {
        const verdict = now.state === "settled" ? now.verdict : null;
        await setVerdict(tx, placeId, { leftId, rightId, state: now.state, verdict, now: ctx.now });
      }
      return accept({ readingId, state: now.state });
    });
  },
});

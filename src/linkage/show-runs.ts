/** The room of matching: which files there are, what the standing run found, what waits; and each run's report. No record is shown here. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { type Agreement, listInForce } from "../sharing/index.ts";
import { mostWrong, precisionRecall, readersAgree, stillToRead } from "./domain/readings/measure.ts";
import type { PrecisionRecall, RunReport } from "./domain/report/run-report.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { LEAST_THRESHOLD } from "./next-pair.ts";
import { countQueue, type QueueCounts } from "./store/pairs.ts";
import {
  countMeasured,
  countReadings,
  findThreshold,
  listReadTwice,
  listSettledWithProbability,
  type Threshold,
} from "./store/readings.ts";
import { countDue, listFiles, type RecordFile } from "./store/records.ts";
import { findReport, findRun, findStanding, listRuns, type Run } from "./store/runs.ts";

export type MatchingRoom = {
  readonly agreements: readonly Agreement[];
  /** The newest file of each register. */
  readonly files: readonly RecordFile[];
  readonly runs: readonly Run[];
  readonly standing: { readonly run: Run; readonly report: RunReport } | null;
  readonly queue: QueueCounts;
  readonly read: { readonly all: number; readonly mine: number };
  readonly agreement: { readonly share: number; readonly kappa: number } | null;
  readonly threshold: Threshold | null;
  readonly measured: {
    readonly least: number;
    readonly read: number;
    readonly wrong: number;
    readonly atMost: number;
    /** Pairs to be read by lot without a fault before a threshold may be laid down. */
    readonly more: number;
  };
  readonly due: { readonly records: number; readonly nextOn: string | null; readonly kept: number };
};

export const showMatching = declarePlaceUseCase({
  name: "matching.show",
  summary: "Show what was brought, matched and read, and what waits",
  permission: "matching.report",
  changes: false,
  route: { method: "get", path: "matching" },
  command: { words: "matching show" },
  input: z.strictObject({}),
  output: z.object({ files: z.array(z.unknown()), runs: z.array(z.unknown()) }),
  example: {},
  refusals: matchingRefusals,
  handle: async (ctx): Promise<Result<MatchingRoom, MatchingRefusal>> => {
    const agreements = await listInForce(ctx, "find_families");
    const { placeId } = ctx.place;
    const { tx } = ctx;
    return asFamily(tx, async () => {
      const run = await findStanding(tx, placeId);
      const report = run === null ? null : await findReport(tx, placeId, run.runId);
      const threshold = await findThreshold(tx, placeId);
      const least = threshold?.probability ?? LEAST_THRESHOLD;
      const measured = await countMeasured(tx, { placeId, least });
      return accept({
        agreements,
        files: await listFiles(tx, placeId),
        runs: await listRuns(tx, placeId),
        standing: run === null || report === null ? null : { run, report },
        queue: await countQueue(tx, placeId),
        read: await countReadings(tx, { placeId, reader: ctx.mark }),
        agreement: readersAgree(await listReadTwice(tx, placeId)),
        threshold,
        measured: { least, ...measured, atMost: mostWrong(measured), more: stillToRead(measured) },
        due: await countDue(tx, placeId),
      });
    });
  },
});

export type MatchingRunShown = {
  readonly run: Run;
  readonly report: RunReport;
  readonly precisionRecall: PrecisionRecall | null;
  readonly threshold: Threshold | null;
};

export const showMatchingRun = declarePlaceUseCase({
  name: "matching.show_run",
  summary: "Show the report of a run of matching",
  permission: "matching.report",
  changes: false,
  route: { method: "get", path: "matching/runs/{runId}" },
  command: { words: "matching report", positional: ["runId"] },
  input: z.strictObject({ runId: field.id }),
  output: z.object({ run: z.unknown(), report: z.unknown(), precisionRecall: z.unknown() }),
  example: { runId: "018f3a52-0000-7000-8000-0000000000b1" },
  refusals: matchingRefusals,
  handle: async (ctx, { runId }): Promise<Result<MatchingRunShown, MatchingRefusal>> => {
    const { placeId } = ctx.place;
    const { tx } = ctx;
    return asFamily(tx, async () => {
      const run = await findRun(tx, placeId, runId);
      if (run === null) return refuse({ code: "run_not_found" });
      const report = await findReport(tx, placeId, runId);
      if (report === null) return refuse({ code: "run_not_done" });
      const labels = await listSettledWithProbability(tx, placeId);
      const threshold = await findThreshold(tx, placeId);
      return accept({ run, report, precisionRecall: precisionRecall(labels), threshold });
    });
  },
});

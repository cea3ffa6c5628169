/** Carries out one job: begins it, keeps its progress, hears when it is to stop, and writes down how it ended. */
import { randomUUID } from "node:crypto";
import { assert } from "../../lib/assert.ts";
import type { Result } from "../../lib/result.ts";
import type { House } from "../use-case/index.ts";
import { type Json, toJson } from "../use-case/json.ts";
import { endJob, findJob, type Job, noteProgress, startJob } from "./store.ts";

export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

export type Progress = (step: {
  readonly done: number;
  readonly total: number | null;
  readonly doing: string;
}) => Promise<void>;

export type JobKind = {
  readonly kind: string;
  readonly run: (the: {
    readonly house: House;
    readonly job: Job;
    readonly progress: Progress;
  }) => Promise<Result<unknown>>;
};

const LEAST_MILLISECONDS_BETWEEN_NOTES = 250;

export async function runJob(the: {
  readonly house: House;
  readonly kinds: readonly JobKind[];
  readonly jobId: string;
  readonly logError: (error: unknown, errorId: string) => void;
}): Promise<void> {
  const { house, jobId } = the;
  const { database } = house;
  if (!(await database.national((tx) => startJob(tx, jobId)))) return;
  const job = await database.national((tx) => findJob(tx, jobId));
  assert(job !== null, "a job that began exists");
  const kind = the.kinds.find((candidate) => candidate.kind === job.kind);
  const end = (state: Job["state"], answer: Json) => database.national((tx) => endJob(tx, { jobId, state, answer }));
  try {
    assert(kind !== undefined, `no program carries out jobs of kind ${job.kind}`);
    const result = await kind.run({ house, job, progress: progressOf(house, jobId) });
    await (result.ok ? end("done", toJson(result.value)) : end("refused", toJson(result.refusal)));
  } catch (error) {
    if (error instanceof Cancelled) return void (await end("cancelled", null));
    const errorId = randomUUID().slice(0, 8);
    the.logError(error, errorId);
    await end("failed", { errorId });
  }
}

function progressOf(house: House, jobId: string): Progress {
  let last = 0;
  return async (step) => {
    const now = performance.now();
    const finished = step.total !== null && step.done >= step.total;
    if (now - last < LEAST_MILLISECONDS_BETWEEN_NOTES && !finished) return;
    last = now;
    const cancel = await house.database.national((tx) => noteProgress(tx, { jobId, ...step }));
    if (cancel) throw new Cancelled("asked to stop");
  };
}

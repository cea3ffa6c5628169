/** Asking for work on a file and looking at how far it is: what every use case of a file shares. */
import { z } from "zod";
import { enqueue, insertJob } from "../platform/jobs/index.ts";
import { type Context, type Json, said } from "../platform/use-case/index.ts";
import { type ElectionFile, findFile, noteLook } from "./store/files.ts";
import { askWork, countUnderWay, deleteOverMost, findWork, noteWorkSeen, type Work } from "./store/works.ts";
import type { Asked } from "./task.ts";

/** The one kind of job that works on files. */
export const ELECTION_WORK = "election.work";
export const READ_KEY = "read";
const MOST_WORKS = 40;

const notAnAddress = said({
  en: "The address of an election is lower case letters, numbers and hyphens",
  cy: "Llythrennau bach, rhifau a chysylltnodau yw cyfeiriad etholiad",
});

export const addressShape = z
  .string()
  .max(80, notAnAddress)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, notAnAddress)
  .describe("The address that was given when the file was brought, or that of a published election");

const notAKey = said({ en: "This is not the address of a count", cy: "Nid cyfeiriad cyfrif yw hwn" });
export const workKeyShape = z
  .string()
  .max(1100, notAKey)
  .regex(/^[A-Za-z0-9._~-]+$/, notAKey);

export type WorkState = "waiting" | "running" | "done" | "refused" | "failed" | "stopped";
export const workStateShape = z
  .enum(["waiting", "running", "done", "refused", "failed", "stopped"])
  .describe("waiting and running: ask again in a second; stopped: somebody asked for that");

export type Progress = { readonly part: string; readonly percent: number | null; readonly raises: number };

export type WorkShown = {
  /** What it is called when it is to be stopped. */
  readonly key: string;
  readonly askedAt: Date;
  readonly state: WorkState;
  readonly progress: Progress | null;
  /** Why it was refused. */
  readonly refusal: { readonly code: string; readonly [detail: string]: unknown } | null;
};

export const workShape = z.object({
  key: z.string().describe("What it is called when it is to be stopped"),
  askedAt: z.string(),
  state: workStateShape,
  progress: z.object({ part: z.string(), percent: z.number().nullable(), raises: z.number() }).nullable(),
  refusal: z.record(z.string(), z.unknown()).nullable(),
});

/** The file at an address, noting that somebody looked. */
export async function lookAt(ctx: Context, address: string): Promise<ElectionFile | null> {
  const file = await findFile(ctx.tx, { address, now: ctx.now });
  if (file?.forgetAt) await noteLook(ctx.tx, { fileId: file.fileId, now: ctx.now });
  return file;
}

/** On a quieter machine, or with another try, it may end in time. */
const MAY_BE_TRIED_AGAIN: readonly string[] = ["took_too_long", "too_much_memory"];

function isToBegin({ state, refusal }: Work): boolean {
  if (state === "refused") return MAY_BE_TRIED_AGAIN.includes(refusalOf(refusal)?.code ?? "");
  return state === "failed" || state === "cancelled";
}

/** Begins the work, unless it is under way, done or refused for good; what failed or took too long is begun again. */
export async function beginWork(
  ctx: Context,
  { fileId, workKey, asked }: { readonly fileId: string; readonly workKey: string; readonly asked: Asked },
): Promise<void> {
  const { tx, now } = ctx;
  const before = await findWork(tx, { fileId, workKey });
  if (before !== null && !isToBegin(before)) {
    await noteWorkSeen(tx, { fileId, workKey, now });
    return;
  }
  // The more of one file waits, the later: a visitor with one question is not behind another's thirty.
  const behind = workKey === READ_KEY ? 0 : 1 + (await countUnderWay(tx, fileId));
  const jobId = ctx.newId();
  // Its title and input say nothing of the file: jobs are kept when files are forgotten.
  const title = `Elections: ${asked.kind}`;
  await insertJob(tx, { jobId, placeId: null, kind: ELECTION_WORK, title, input: {}, requestedBy: ctx.mark });
  if (!(await askWork(tx, { fileId, workKey, asked, jobId, now, instead: before?.jobId ?? null }))) return;
  await enqueue(tx, { jobId, lane: "public", queue: fileId, behind });
  await deleteOverMost(tx, fileId, MOST_WORKS);
}

export async function seeWork(
  ctx: Context,
  { fileId, workKey }: { readonly fileId: string; readonly workKey: string },
): Promise<Work | null> {
  const work = await findWork(ctx.tx, { fileId, workKey });
  if (work !== null) await noteWorkSeen(ctx.tx, { fileId, workKey, now: ctx.now });
  return work;
}

export function shownOf(work: Work): WorkShown {
  const { workKey: key, askedAt } = work;
  const state: WorkState = work.state === "cancelled" ? "stopped" : work.state;
  const under = state === "waiting" || state === "running";
  return {
    ...{ key, askedAt, state },
    progress: under ? progressOf(work) : null,
    refusal: state === "refused" ? refusalOf(work.refusal) : null,
  };
}

/** A job's `doing` is written by work-job.ts: the part, and after a space the raises made. */
function progressOf({ doing, done, total }: Work): Progress {
  const [part = "", raises = "0"] = (doing ?? "").split(" ");
  return { part, percent: total === null || total === 0 ? null : Math.min(99, done), raises: Number(raises) };
}

function refusalOf(refusal: Json): WorkShown["refusal"] {
  const is = typeof refusal === "object" && refusal !== null && !Array.isArray(refusal) && "code" in refusal;
  return is ? (refusal as WorkShown["refusal"]) : { code: "failed" };
}

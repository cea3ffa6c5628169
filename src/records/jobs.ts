/** The jobs of a place: what runs or ran, how far it is, and asking it to stop. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { askToCancel, findJob, listJobs as findJobs, type Job } from "../platform/jobs/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { listed, listedShape, PAGE_ROWS } from "./input.ts";
import { recordsRefusals } from "./messages.ts";

const job = z.object({
  jobId: field.id,
  kind: z.string(),
  title: z.string(),
  state: z.enum(["waiting", "running", "done", "refused", "failed", "cancelled"]),
  done: z.string(),
  total: z.string().nullable(),
  doing: z.string().nullable(),
  answer: z.unknown(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  cancelAskedAt: z.string().nullable(),
  mayCancel: z.boolean(),
});

export type ShownJob = Omit<Job, "placeId" | "input" | "requestedBy"> & { readonly mayCancel: boolean };

const ENDED: readonly Job["state"][] = ["done", "refused", "failed", "cancelled"];

/** Whoever asked for it, an administrator, and the operator. */
function isTheirs(ctx: PlaceContext, one: Job): boolean {
  if (one.requestedBy === ctx.mark || ctx.actor.kind === "operator") return true;
  return ctx.actor.kind === "person" && ctx.actor.holdings.some(({ role }) => role === "administrator");
}

function show(ctx: PlaceContext, one: Job): ShownJob {
  const { placeId: _, input: __, requestedBy: ___, ...shown } = one;
  return { ...shown, mayCancel: !ENDED.includes(one.state) && isTheirs(ctx, one) };
}

export const listJobs = declarePlaceUseCase({
  name: "job.list",
  summary: "List the latest 100 jobs of the place",
  permission: "job.read",
  changes: false,
  route: { method: "get", path: "jobs" },
  command: { words: "job list" },
  input: z.strictObject({ page: field.page }),
  output: z.object({ jobs: z.array(job), ...listedShape }),
  example: {},
  refusals: recordsRefusals,
  handle: async (ctx, { page }) => {
    const all = await findJobs(ctx.tx, ctx.place.placeId);
    const jobs = all.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS).map((one) => show(ctx, one));
    return accept({ jobs, ...listed(page, all.length) });
  },
});

export const showJob = declarePlaceUseCase({
  name: "job.show",
  summary: "Show how far a job is",
  permission: "job.read",
  changes: false,
  route: { method: "get", path: "jobs/{jobId}" },
  command: { words: "job show", positional: ["jobId"] },
  input: z.strictObject({ jobId: field.id }),
  output: job,
  example: { jobId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  handle: async (ctx, { jobId }) => {
    const found = await findJob(ctx.tx, jobId);
    if (found === null || found.placeId !== ctx.place.placeId) return refuse({ code: "job_not_found" });
    return accept(show(ctx, found));
  },
});

export const cancelJob = declarePlaceUseCase({
  name: "job.cancel",
  summary: "Ask a job to stop",
  permission: "job.read",
  changes: true,
  route: { method: "post", path: "jobs/{jobId}/cancel" },
  command: { words: "job cancel", positional: ["jobId"] },
  input: z.strictObject({ jobId: field.id }),
  output: z.object({ jobId: field.id }),
  example: { jobId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  audited: (value: { readonly jobId: string }) => value.jobId,
  handle: async (ctx, { jobId }) => {
    const found = await findJob(ctx.tx, jobId);
    if (found === null || found.placeId !== ctx.place.placeId) return refuse({ code: "job_not_found" });
    if (!isTheirs(ctx, found)) return refuse({ code: "job_not_yours" });
    if (ENDED.includes(found.state)) return refuse({ code: "job_has_ended" });
    await askToCancel(ctx.tx, jobId);
    return accept({ jobId });
  },
});

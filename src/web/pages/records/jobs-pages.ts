/** The jobs of a place, and the page of one: a bar, what is being done, what is left, a way to stop it, its result. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { ledgerRefusals } from "../../../ledger/index.ts";
import type { Refusal } from "../../../lib/result.ts";
import { MATCHING_RUN, showMatching } from "../../../linkage/index.ts";
import { NIGHTLY_PROOF } from "../../../proof/index.ts";
import { cancelJob, listJobs, type ShownJob, showJob } from "../../../records/index.ts";
import { spendingRefusals } from "../../../spending/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatAgo } from "../../shell/formats.ts";
import { ask, goTo, sendRefusal, wordsOf } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { mayAt } from "../places/place-page.ts";
import { type Exchange, pageOf, pagesModel, sendDesk, withQuery } from "./frame.ts";
import { staffWords } from "./staff-words.ts";

type At = { readonly place: string; readonly job: string };

const TONES = {
  waiting: "grey",
  running: "blue",
  done: "green",
  refused: "orange",
  failed: "red",
  cancelled: "grey",
} as const;
const SECONDS_BETWEEN_LOOKS = 2;

export function registerJobs(app: FastifyInstance): void {
  const path = "/places/:place/jobs";
  app.get(path, (request, reply) => showJobs({ request, reply }));
  app.get(`${path}/:job`, (request, reply) => showOne({ request, reply }));
  app.post(`${path}/:job/cancel`, { preHandler: app.csrfProtection }, (request, reply) => cancel({ request, reply }));
}

const isRunning = (job: ShownJob): boolean => job.state === "waiting" || job.state === "running";

function stateOf(job: ShownJob) {
  if (isRunning(job) && job.cancelAskedAt !== null) return { text: staffWords.cancelAsked, tone: "orange" };
  return { text: staffWords[`job_${job.state}`], tone: TONES[job.state] };
}

/** Whole per cent, never 100 before the end; null where nobody knows how much there is to do. */
function percentOf(job: ShownJob): number | null {
  if (job.state === "done") return 100;
  if (job.total === null || job.total <= 0n) return null;
  return Number((job.done * 100n) / job.total > 99n ? 99n : (job.done * 100n) / job.total);
}

async function showJobs(the: Exchange): Promise<FastifyReply> {
  const { place: slug } = the.request.params as At;
  const listed = await ask(the.request, listJobs, { place: slug, input: { page: pageOf(the) } });
  if (!listed.ok) return sendRefusal(the, listJobs, listed.refusal);
  const path = placeAddress(slug, "jobs");
  const now = the.request.visit.web.house.now();
  return sendDesk(the, {
    slug,
    title: staffWords.jobs,
    template: "jobs",
    room: "tasks",
    model: {
      jobs: listed.value.jobs.map((job) => ({
        title: job.title,
        href: `${path}/${job.jobId}`,
        state: stateOf(job),
        asked: formatAgo("en", { at: job.createdAt, now }),
        progress: isRunning(job) && percentOf(job) !== null ? `${percentOf(job)}%` : "",
      })),
      pages: pagesModel(listed.value, (page) => withQuery(path, { page })),
      importHref: placeAddress(slug, "spending", "import"),
    },
  });
}

async function showOne(the: Exchange): Promise<FastifyReply> {
  const { place: slug, job: jobId } = the.request.params as At;
  const shown = await ask(the.request, showJob, { place: slug, input: { jobId } });
  if (!shown.ok) return sendRefusal(the, showJob, asNotFound(shown.refusal, "job_not_found"));
  const job = shown.value;
  const now = the.request.visit.web.house.now();
  // The browser itself asks again: it needs no script, and leaving the page ends it.
  if (isRunning(job)) the.reply.header("refresh", String(SECONDS_BETWEEN_LOOKS));
  const percent = percentOf(job);
  return sendDesk(the, {
    slug,
    title: job.title,
    template: "job",
    room: "tasks",
    above: [{ text: staffWords.jobs, href: placeAddress(slug, "jobs") }],
    model: {
      state: stateOf(job),
      running: isRunning(job),
      percent: percent ?? 0,
      percentKnown: percent !== null,
      doing: job.doing ?? (job.state === "waiting" ? staffWords.waitingText : ""),
      left: leftOf(job, now),
      told: toldOf(job),
      errorId: job.state === "failed" ? String(answerOf(job)["errorId"] ?? "") : null,
      resultHref: await resultOf(the, { job, slug }),
      cancelHref: job.mayCancel && job.cancelAskedAt === null ? `${placeAddress(slug, "jobs", jobId)}/cancel` : null,
      asked: formatAgo("en", { at: job.createdAt, now }),
      ended: job.endedAt === null ? null : formatAgo("en", { at: job.endedAt, now }),
      againHref:
        job.kind === "spend.import" && !isRunning(job) && job.state !== "done"
          ? placeAddress(slug, "spending", "import")
          : null,
    },
  });
}

/** What is left, from how long the part that is done took. Too early to say below a fiftieth. */
export function leftOf(job: Pick<ShownJob, "state" | "startedAt" | "done" | "total">, now: Date): string {
  if (
    job.state !== "running" ||
    job.startedAt === null ||
    job.total === null ||
    job.done === 0n ||
    job.done * 50n < job.total
  )
    return "";
  const seconds = (now.getTime() - job.startedAt.getTime()) / 1000;
  const minutes = (seconds * Number(job.total - job.done)) / Number(job.done) / 60;
  if (minutes < 1) return staffWords.leftSeconds;
  return minutes > 60
    ? staffWords.leftHours
    : staffWords.leftMinutes.replace("{minutes}", String(Math.max(2, Math.ceil(minutes))));
}

function answerOf(job: ShownJob): Readonly<Record<string, unknown>> {
  const { answer } = job;
  return typeof answer === "object" && answer !== null && !Array.isArray(answer)
    ? (answer as Readonly<Record<string, unknown>>)
    : {};
}

function toldOf(job: ShownJob): string {
  if (job.state === "done") return staffWords.doneText;
  if (job.state === "cancelled") return staffWords.cancelledText;
  if (job.state === "failed") return staffWords.failedText;
  if (job.state !== "refused") return "";
  const refusal = answerOf(job);
  if (typeof refusal["code"] !== "string") return staffWords.refusedText;
  return wordsOf({ refusals: refusalsOf(job.kind) }, refusal as Refusal, "en").text;
}

function refusalsOf(kind: string): object {
  if (kind === MATCHING_RUN) return showMatching.refusals;
  return kind === NIGHTLY_PROOF ? ledgerRefusals : spendingRefusals;
}

type Of = { readonly job: ShownJob; readonly slug: string };

/** Where the result of a job stands; a kind of job not named here has none to open, and a report is only for who may read it. */
async function resultOf({ request }: Exchange, { job, slug }: Of): Promise<string | null> {
  const { fileId, runId } = answerOf(job) as { readonly fileId?: unknown; readonly runId?: unknown };
  if (job.state !== "done") return null;
  if (job.kind === "spend.import" && typeof fileId === "string") return placeAddress(slug, "spending", "files", fileId);
  if (job.kind !== MATCHING_RUN || typeof runId !== "string") return null;
  const [may] = await mayAt(request, { slug, permissions: ["matching.report"] });
  return may === true ? placeAddress(slug, "matching", "runs", runId) : null;
}

async function cancel(the: Exchange): Promise<FastifyReply> {
  const { place: slug, job: jobId } = the.request.params as At;
  const cancelled = await ask(the.request, cancelJob, { place: slug, input: { jobId } });
  if (!cancelled.ok) return sendRefusal(the, cancelJob, asNotFound(cancelled.refusal, "job_not_found"));
  return goTo(the, placeAddress(slug, "jobs", jobId), staffWords.cancelNotice);
}

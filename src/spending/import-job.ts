/** The import of a large upload as a job: it goes on when the page is left, tells how far it is, and can be cancelled. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { enqueue, insertJob, type JobKind, type Progress } from "../platform/jobs/index.ts";
import { credentialOf, declarePlaceUseCase, field, perform } from "../platform/use-case/index.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import type { ReadProgress } from "./read-file.ts";
import { findUploadSize } from "./store/files.ts";
import { confirmUpload } from "./uploads.ts";

/** Above this many bytes a file is stored as a job. */
export const JOB_FROM_BYTES = 5_000_000;

const KIND = "spend.import";
const inputShape = z.object({ place: z.string(), uploadId: z.string(), acceptRefused: z.boolean() });

/** Answers with the job, or with none where the file is small enough to be stored while the person waits. */
export const queueUpload = declarePlaceUseCase({
  name: "spend.queue_upload",
  summary: "Store the lines of a large uploaded file as a job",
  permission: "spending.import",
  changes: true,
  input: z.strictObject({ uploadId: field.id, acceptRefused: z.boolean().default(false) }),
  output: z.object({ jobId: z.string().nullable() }),
  example: { uploadId: "018f3a52-0000-7000-8000-000000000001", acceptRefused: true },
  refusals: spendingRefusals,
  audited: (value: { readonly jobId: string | null }) => value.jobId,
  handle: async (
    ctx,
    { uploadId, acceptRefused },
  ): Promise<Result<{ readonly jobId: string | null }, SpendingRefusal>> => {
    const { placeId, slug, area } = ctx.place;
    const upload = await findUploadSize(ctx.tx, placeId, uploadId);
    if (upload === null) return refuse({ code: "upload_not_found" });
    if (upload.bytes < JOB_FROM_BYTES) return accept({ jobId: null });
    const jobId = ctx.newId();
    const title = ctx.language === "cy" ? `Mewnforio ${upload.name}` : `Import ${upload.name}`;
    const input = { place: area?.slug ?? slug, uploadId, acceptRefused };
    await insertJob(ctx.tx, { jobId, placeId, kind: KIND, title, input, requestedBy: ctx.mark });
    await enqueue(ctx.tx, { jobId });
    return accept({ jobId });
  },
});

export const spendImportJob: JobKind = {
  kind: KIND,
  run: async ({ house, job, progress }) => {
    const { place, uploadId, acceptRefused } = inputShape.parse(job.input);
    return perform(house, confirmUpload, {
      // The job acts as whoever asked for it, with the roles they have when it runs.
      credential: credentialOf(job.requestedBy),
      place,
      language: "en",
      input: { uploadId, acceptRefused, progress: inWords(progress) },
    });
  },
};

function inWords(progress: Progress): ReadProgress {
  return ({ pass, rows, of }) => {
    if (pass === 1)
      return progress({ done: 0, total: null, doing: `Read ${rows} rows to see how their dates are written` });
    // The last part is the database's own and is not counted: the bar stops short of the end until all is stored.
    const whole = Math.ceil((of ?? rows) * 1.1);
    return progress({
      done: rows,
      total: whole,
      doing: rows === of ? "Storing the lines" : `Read ${rows} of ${of ?? rows} rows`,
    });
  };
}

/** Asks for a run of matching under an agreement: a job, which goes on when the page is left. One run of a place at a time. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { enqueue, insertJob } from "../platform/jobs/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { requireAgreement } from "../sharing/index.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { BEFORE_ALL, listForMatching } from "./store/records.ts";
import { findModel, insertRun } from "./store/runs.ts";

export const MATCHING_RUN = "matching.run";

type MatchingStarted = { readonly runId: string; readonly jobId: string };

export const startMatching = declarePlaceUseCase({
  name: "matching.start",
  summary: "Match the records that came under an agreement",
  permission: "matching.run",
  changes: true,
  route: { method: "post", path: "matching/runs" },
  command: { words: "matching start" },
  input: z.strictObject({
    agreementId: field.id.describe("The information-sharing agreement that the records came under"),
    threshold: z.coerce
      .number()
      .min(0.5)
      .max(0.9999)
      .default(0.5)
      .describe(
        "How likely two records must be one person to be linked; what shows in a picture has a threshold of its own",
      ),
    seed: z.coerce.number().int().min(0).max(1_000_000_000).default(1),
    modelId: field.id
      .nullable()
      .default(null)
      .describe("A model trained before; left out, one is trained on these records"),
  }),
  output: z.object({ runId: field.id, jobId: field.id }),
  example: { agreementId: "018f3a52-0000-7000-8000-0000000000a1" },
  refusals: matchingRefusals,
  audited: (value: MatchingStarted) => value.runId,
  handle: async (ctx, { agreementId, threshold, seed, modelId }): Promise<Result<MatchingStarted, MatchingRefusal>> => {
    const { placeId, slug, area } = ctx.place;
    const agreement = await requireAgreement(ctx, { agreementId, purpose: "find_families" });
    if (!agreement.ok) return agreement;
    const [runId, jobId] = [ctx.newId(), ctx.newId()];
    const asked = { runId, agreementId, jobId, askedBy: ctx.mark, threshold, seed, withModel: modelId, now: ctx.now };
    const refused = await asFamily(ctx.tx, async (): Promise<MatchingRefusal | null> => {
      const any = await listForMatching(ctx.tx, { placeId, agreementId, after: BEFORE_ALL, limit: 1 });
      if (any.length === 0) return { code: "nothing_to_match" };
      if (modelId !== null && (await findModel(ctx.tx, placeId, modelId)) === null) return { code: "model_not_found" };
      return (await insertRun(ctx.tx, placeId, asked)) ? null : { code: "run_under_way" };
    });
    if (refused !== null) return refuse(refused);
    const title = ctx.language === "cy" ? "Paru cofnodion" : "Match records";
    const input = { place: area?.slug ?? slug, runId };
    await insertJob(ctx.tx, { jobId, placeId, kind: MATCHING_RUN, title, input, requestedBy: ctx.mark });
    await enqueue(ctx.tx, { jobId });
    return accept({ runId, jobId });
  },
});

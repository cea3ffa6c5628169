/**
 * Proves the books of every place each night, a job for each, so that a fault is found by morning and not at the next close.
 * The proof is `ledger verify`; its end is kept with the job and told on the page of the trail's head.
 */
import { z } from "zod";
import { verifyLedger } from "../ledger/index.ts";
import { listPlaces } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { enqueue, insertJob, isUnderWay, type JobKind } from "../platform/jobs/index.ts";
import { type House, perform } from "../platform/use-case/index.ts";

export const NIGHTLY_PROOF = "ledger.prove";

const inputShape = z.object({ place: z.string() });

export const nightlyProofJob: JobKind = {
  kind: NIGHTLY_PROOF,
  run: async ({ house, job, progress }) => {
    await progress({ done: 0, total: null, doing: "Running every standing check" });
    const { place } = inputShape.parse(job.input);
    return perform(house, verifyLedger, { credential: { kind: "operator" }, place, language: "en", input: {} });
  },
};

/** A place whose proof of before still waits or runs is left to it. */
export async function queueProofs(house: House): Promise<void> {
  for (const { placeId, slug } of await house.database.national(listPlaces))
    await house.database.national(async (tx) => {
      if (await isUnderWay(tx, { placeId, kind: NIGHTLY_PROOF })) return;
      const jobId = newId();
      const job = { placeId, kind: NIGHTLY_PROOF, title: "Prove the books", input: { place: slug } };
      await insertJob(tx, { ...job, jobId, requestedBy: "operator" });
      await enqueue(tx, jobId);
    });
}

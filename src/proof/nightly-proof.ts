/**
 * Proves the books of every place each night, a job for each, so that a fault is found by morning and not at the next close.
 * The proof is `ledger verify`; its end is kept with the job, told on the page of the trail's head and, where something did not hold,
 * to those who keep and audit the books.
 */
import { z } from "zod";
import { verifyLedger } from "../ledger/index.ts";
import { listPlaces } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { enqueue, insertJob, isUnderWay, type JobKind } from "../platform/jobs/index.ts";
import { type House, perform } from "../platform/use-case/index.ts";
import { tellProof } from "./tell-proof.ts";

export const NIGHTLY_PROOF = "ledger.prove";

const NOT_ENDED = "The proof could not be finished, so it says nothing about the books.";

const inputShape = z.object({ place: z.string() });

export const nightlyProofJob: JobKind = {
  kind: NIGHTLY_PROOF,
  run: async ({ house, job, progress }) => {
    await progress({ done: 0, total: null, doing: "Running every standing check" });
    const { place } = inputShape.parse(job.input);
    const asked = { credential: { kind: "operator" }, place, language: "en" } as const;
    // A repeated job tells once: its own id is the request's key.
    const tell = (broken: string | null) =>
      perform(house, tellProof, { ...asked, requestKey: job.jobId, input: { jobId: job.jobId, broken } });
    try {
      const proved = await perform(house, verifyLedger, { ...asked, input: {} });
      await tell(proved.ok ? null : String(proved.refusal["check"] ?? NOT_ENDED));
      return proved;
    } catch (error) {
      await tell(NOT_ENDED);
      throw error;
    }
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
      await enqueue(tx, { jobId });
    });
}

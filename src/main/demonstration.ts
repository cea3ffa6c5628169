/** The demonstration: loaded as a job on a first start, or by command. Its sign-ins have a known password. */
import { loadDemonstrationData } from "../../demo/load/index.ts";
import { assert, must } from "../lib/assert.ts";
import { accept, type Result } from "../lib/result.ts";
import { matchingJob } from "../linkage/index.ts";
import { listPlaces } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { enqueue, findJob, insertJob, type JobKind, runJob } from "../platform/jobs/index.ts";
import type { House } from "../platform/use-case/index.ts";
import { explainUnexpected } from "./faults.ts";
import type { OpenHouse } from "./open-house.ts";
import { matchingThreads } from "./subject-threads.ts";

export const DEMONSTRATION_PASSWORD = "one pot for the place";

export const demonstrationJob: JobKind = {
  kind: "demonstration",
  run: async ({ house, progress }): Promise<Result<unknown>> =>
    accept(
      await loadDemonstrationData({
        house,
        password: DEMONSTRATION_PASSWORD,
        tell: progress,
        runMatching: (jobId) => waitForEnd(house, jobId),
      }),
    ),
};

const LOOK_MILLISECONDS = 250;

/** The server's worker has a second pair of hands, which carries out what the demonstration asked for. */
async function waitForEnd(house: House, jobId: string): Promise<void> {
  for (;;) {
    const job = must(await house.database.national((tx) => findJob(tx, jobId)), "the demonstration's own job is there");
    assert(job.endedAt === null || job.state === "done", `the demonstration's run of matching ended as ${job.state}`);
    if (job.endedAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
}

/** Where no worker waits, by command and in tests, the run is carried out here. */
export async function runMatching(house: House, jobId: string): Promise<void> {
  const logError = (error: unknown) => {
    throw error;
  };
  await runJob({ house, kinds: [matchingJob(matchingThreads())], jobId, logError });
}

async function writeJob(house: House, queued: boolean): Promise<string> {
  const jobId = newId();
  await house.database.national(async (tx) => {
    await insertJob(tx, {
      jobId,
      placeId: null,
      kind: "demonstration",
      title: "Load the demonstration",
      input: {},
      requestedBy: "operator",
    });
    if (queued) await enqueue(tx, { jobId });
  });
  return jobId;
}

export async function startDemonstrationJob(open: OpenHouse): Promise<void> {
  await writeJob(open.house, true);
}

type Output = { readonly out: (text: string) => void; readonly error: (text: string) => void };

export async function loadDemonstration(the: {
  readonly open: OpenHouse;
  readonly output: Output;
  readonly json: boolean;
}): Promise<number> {
  const { house, database } = the.open;
  if ((await database.national(listPlaces)).length > 0) {
    const message =
      "There are places here already. The demonstration is loaded only into an empty database, so that its made-up data is never added to real data.";
    if (the.json) the.output.out(JSON.stringify({ code: "not_empty", message }));
    else the.output.error(message);
    return 1;
  }
  let failed = false;
  const jobId = await writeJob(house, false);
  const spoken: JobKind = {
    kind: "demonstration",
    run: async ({ progress }) => {
      let last = 0;
      const answer = await loadDemonstrationData({
        house,
        password: DEMONSTRATION_PASSWORD,
        runMatching: (own) => runMatching(house, own),
        tell: async (step) => {
          await progress(step);
          if (step.done - last >= 40 || step.done === step.total) {
            the.output.error(`${step.done} of ${step.total}: ${step.doing}`);
            last = step.done;
          }
        },
      });
      the.output.out(
        the.json
          ? JSON.stringify(answer)
          : `The demonstration is loaded: ${answer.places} places, ${answer.spendLines} spend lines, ${answer.records} records of money. Places you open here from now on stand beside its made-up data: keep real money in a database of its own.`,
      );
      return accept(answer);
    },
  };
  await runJob({
    house,
    kinds: [spoken],
    jobId,
    logError: (error) => {
      failed = true;
      the.output.error("The demonstration could not be loaded.");
      for (const line of explainUnexpected(error, process.env["ONEPOT_LOG"])) the.output.error(line);
    },
  });
  return failed ? 1 : 0;
}

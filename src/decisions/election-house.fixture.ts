/** A house in which elections are brought, worked on and forgotten, with a clock that a test moves. */
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { sql } from "../platform/database/index.ts";
import { type JobKind, runJob, type Threads } from "../platform/jobs/index.ts";
import { bringElection } from "./bring-file.ts";
import { countElection, showCount } from "./count-file.ts";
import { showElection } from "./show-file.ts";
import { carryOutTask, type Step, type Task } from "./task.ts";
import { electionWorkJob } from "./work-job.ts";

export const by = { kind: "public" } as const;
export const GREEDY = { rule: "greedy", utility: "cost", ties: "project-id" } as const;
export const SHARES = { rule: "equal-shares", utility: "cost", completion: "none", ties: "project-id" } as const;
export const HOUR = 3_600_000;

/** The same work without the second that a thread takes to start from sources; test/stories has those. */
const here: Threads<Task, Step> = { carryOut: async (task) => carryOutTask(task, () => undefined) };
const KINDS: readonly JobKind[] = [electionWorkJob(here)];

export type ElectionHouse = Awaited<ReturnType<typeof openElectionHouse>>;

export async function openElectionHouse() {
  let moved = 0;
  const test = await openTestHouse({ now: () => new Date(Date.now() + moved) });
  const work = async (kinds = KINDS) => carryOutWaiting(test, kinds);
  return {
    ...{ test, work },
    move: (milliseconds: number): void => {
      moved += milliseconds;
    },
    bring: async (text: string | Uint8Array, name = "town.pb"): Promise<string> => {
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      const { address } = test.value(await test.ask(bringElection, { by, input: { name, content: () => bytes } }));
      await work();
      return address;
    },
    show: async (address: string) => test.ask(showElection, { by, input: { address } }),
    count: async (address: string, choice: object) =>
      test.ask(countElection, { by, input: { address, ...choice } as never }),
    result: async (address: string, key: string) => test.ask(showCount, { by, input: { address, count: key } }),
    codeOf: async (asked: ReturnType<TestHouse["ask"]>): Promise<string> => test.refusal(await asked).code,
  };
}

/** Carries out what waits, as the server's worker does. */
async function carryOutWaiting(test: TestHouse, kinds: readonly JobKind[]): Promise<void> {
  const waiting = await test.database.national((tx) =>
    tx.rows(sql<{ jobId: string }>`
      select job_id as "jobId" from job where state = 'waiting' and kind = 'election.work' order by created_at limit 100`),
  );
  for (const { jobId } of waiting)
    await runJob({
      ...{ house: test.house, kinds, jobId },
      logError: (error) => {
        throw error;
      },
    });
}

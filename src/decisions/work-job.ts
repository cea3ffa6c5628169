/**
 * The job that works on files of elections: it reads the bytes, gives them to a thread, keeps how far the thread is, and stores its
 * answer beside the file. A file that was forgotten meanwhile leaves no answer behind.
 */
import { accept } from "../lib/result.ts";
import type { JobKind, Threads } from "../platform/jobs/index.ts";
import { findTask, keepAsOne } from "./store/files.ts";
import { keepAnswer } from "./store/works.ts";
import type { TablesRead } from "./tables.ts";
import type { Step, Task } from "./task.ts";
import { ELECTION_WORK } from "./work.ts";

export function electionWorkJob(threads: Threads<Task, Step>): JobKind {
  return {
    kind: ELECTION_WORK,
    run: async ({ house, job: { jobId }, progress }) => {
      const task = await house.database.national((tx) => findTask(tx, jobId));
      if (task === null) return accept({});
      let last: Step["part"] = "reading";
      const done = await threads.carryOut(task, ({ part, share, raises }) => {
        // Nothing of nothing is an end, which is written at once: a new part is not lost among notes that come too soon.
        const rest = part === last ? null : 0;
        last = part;
        const total = part === "reading" ? 100 : rest;
        return progress({ done: Math.floor(share * 100), total, doing: `${part} ${raises}` });
      });
      if (!done.ok) return done;
      await house.database.national(async (tx) => {
        if (task.csv === null) return keepAnswer(tx, { jobId, answer: done.value });
        const { read, file } = JSON.parse(done.value) as TablesRead;
        if (file !== null) await keepAsOne(tx, { jobId, content: Buffer.from(file) });
        return keepAnswer(tx, { jobId, answer: JSON.stringify(read) });
      });
      return accept({});
    },
  };
}

export type { JobsPool, Lane } from "./queue.ts";
export { enqueue, isQueueReady, prepareQueue, startWorker } from "./queue.ts";
export type { JobKind, Progress } from "./run.ts";
export { runJob } from "./run.ts";
export type { Job, JobState } from "./store.ts";
export { askToCancel, findJob, findLastEnded, insertJob, isUnderWay, listJobs } from "./store.ts";
export { openThreads, type Threads } from "./threads.ts";

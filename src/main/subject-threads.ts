/** Starts the threads of subjects' long work: the built program beside this one, or its source when developing. */
import { type ResourceLimits, Worker } from "node:worker_threads";
import type { Step, Task } from "../decisions/index.ts";
import type { MatchingStep, MatchingTask } from "../linkage/index.ts";
import { openThreads, type Threads } from "../platform/jobs/index.ts";

const developing = import.meta.url.endsWith(".ts");

/** On Node 20 a thread's own program cannot be TypeScript, but what it imports can. */
function starter({ source, built }: { readonly source: string; readonly built: string }) {
  const program = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${JSON.stringify(source)}, ${JSON.stringify(import.meta.url)}))`;
  return (resourceLimits: ResourceLimits) =>
    developing
      ? new Worker(program, { eval: true, resourceLimits })
      : new Worker(new URL(built, import.meta.url), { resourceLimits });
}

/** Those in which elections are read and counted. */
export function electionThreads(limits: { readonly wallMilliseconds?: number } = {}): Threads<Task, Step> {
  return openThreads({
    ...limits,
    start: starter({ source: "../decisions/election-thread.ts", built: "./election-thread.js" }),
  });
}

/** Those in which the records of a place are matched: one place at a time, for a million records need the room of many files. */
export function matchingThreads(): Threads<MatchingTask, MatchingStep> {
  return openThreads({
    mostAtOnce: 1,
    wallMilliseconds: 1_800_000,
    memoryMebibytes: 4096,
    start: starter({ source: "../linkage/matching-thread.ts", built: "./matching-thread.js" }),
  });
}

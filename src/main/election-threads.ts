/** Starts the threads in which elections are read and counted: the built program beside this one, or its source when developing. */
import { Worker } from "node:worker_threads";
import type { Step, Task } from "../decisions/index.ts";
import { openThreads, type Threads } from "../platform/jobs/index.ts";

const developing = import.meta.url.endsWith(".ts");
const BUILT = new URL("./election-thread.js", import.meta.url);
/** On Node 20 a thread's own program cannot be TypeScript, but what it imports can. */
const SOURCE = `import("tsx/esm/api").then(({ tsImport }) => tsImport("../decisions/election-thread.ts", ${JSON.stringify(import.meta.url)}))`;

export function electionThreads(limits: { readonly wallMilliseconds?: number } = {}): Threads<Task, Step> {
  return openThreads({
    ...limits,
    start: (resourceLimits) =>
      developing ? new Worker(SOURCE, { eval: true, resourceLimits }) : new Worker(BUILT, { resourceLimits }),
  });
}

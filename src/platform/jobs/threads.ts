/**
 * Threads for work that would hold up the server: two at once at most, each with a limit of time and of memory, past which it is
 * stopped and the work refused by name.
 */
import type { MessagePort, Worker } from "node:worker_threads";
import { type Result, refuse } from "../../lib/result.ts";
import { openSlots } from "../../lib/slots.ts";

/** What a thread posts back, and `connectThread` in it writes. */
type Posted<Step> = { readonly step: Step } | { readonly answer: Result<string> };

export type Threads<Task, Step> = {
  /** The answer as text. What `onStep` throws stops the thread and is thrown again. */
  readonly carryOut: (task: Task, onStep: (step: Step) => Promise<void>) => Promise<Result<string>>;
};

type Options = {
  /** Starts a thread whose program waits for one task. */
  readonly start: (limits: { readonly maxOldGenerationSizeMb: number }) => Worker;
  readonly mostAtOnce?: number;
  readonly wallMilliseconds?: number;
  readonly memoryMebibytes?: number;
};

export function openThreads<Task extends { readonly bytes: Uint8Array }, Step>(options: Options): Threads<Task, Step> {
  const enter = openSlots(options.mostAtOnce ?? 2);
  return {
    carryOut: async (task, onStep) => {
      const leave = await enter();
      try {
        return await runOne(options, { task, onStep });
      } finally {
        leave();
      }
    },
  };
}

/** How often a thread that says nothing is asked about: whoever waits for `onStep` hears that it is to stop. */
const BEAT_MILLISECONDS = 1000;

type Running<Task, Step> = { readonly task: Task; readonly onStep: (step: Step) => Promise<void> };

async function runOne<Task extends { readonly bytes: Uint8Array }, Step>(
  { start, wallMilliseconds = 60_000, memoryMebibytes = 512 }: Options,
  { task, onStep }: Running<Task, Step>,
): Promise<Result<string>> {
  const thread = start({ maxOldGenerationSizeMb: memoryMebibytes });
  let timer: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result<string>>((resolve, reject) => {
      timer = setTimeout(() => resolve(refuse({ code: "took_too_long" })), wallMilliseconds);
      thread.on("message", (posted: Posted<Step>) => {
        if ("answer" in posted) return resolve(posted.answer);
        clearInterval(beat);
        beat = setInterval(() => void onStep(posted.step).catch(reject), BEAT_MILLISECONDS);
        onStep(posted.step).catch(reject);
      });
      thread.on("error", (error: Error & { readonly code?: string }) => {
        if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve(refuse({ code: "too_much_memory" }));
        else reject(error);
      });
      thread.on("exit", () => reject(new Error("the thread ended without an answer")));
      // A copy of its own, given away whole: a buffer of the database's may share its memory with others.
      const bytes = new Uint8Array(task.bytes);
      thread.postMessage({ ...task, bytes }, [bytes.buffer]);
    });
  } finally {
    clearTimeout(timer);
    clearInterval(beat);
    await thread.terminate();
  }
}

/** For the program of a thread: carries out the task that it is sent. */
export function connectThread<Task, Step>(
  port: MessagePort,
  carryOut: (task: Task, tell: (step: Step) => void) => Result<string>,
): void {
  port.on("message", (task: Task) => {
    const answer = carryOut(task, (step) => port.postMessage({ step } satisfies Posted<Step>));
    port.postMessage({ answer } satisfies Posted<Step>);
  });
}

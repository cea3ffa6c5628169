/** Forgets the files of elections that are due, every few minutes, whether or not anybody comes. */
import { forgetElections } from "../decisions/index.ts";
import type { Database } from "../platform/database/index.ts";

const EVERY_MILLISECONDS = 300_000;

export function startForgetter(
  database: Database,
  { now, logError }: { readonly now: () => Date; readonly logError: (error: unknown) => void },
): { readonly stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = forgetElections(database, now()).catch(logError);
  }, EVERY_MILLISECONDS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Clears away sessions and counts of tries that are long over: work for a job, a few times a day. */
import type { Database } from "../platform/database/index.ts";
import { deleteOldTries } from "./store/rate-limits.ts";
import { deleteOldSessions } from "./store/sessions.ts";

export function sweepIdentity(database: Database): Promise<{ readonly sessions: number; readonly tries: number }> {
  return database.national(async (tx) => ({ sessions: await deleteOldSessions(tx), tries: await deleteOldTries(tx) }));
}

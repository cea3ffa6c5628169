/** Forgets the files that are due, with everything that was found out about them: work for the server, every few minutes. */
import type { Database } from "../platform/database/index.ts";
import { deleteForgotten } from "./store/files.ts";

export function forgetElections(database: Database, now: Date): Promise<number> {
  return database.national((tx) => deleteForgotten(tx, now));
}

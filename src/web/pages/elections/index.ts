/** The public count of an election: bring a file or open a published one, check it, count it, compare two rules, verify a replay. */
import type { FastifyInstance } from "fastify";
import { registerCompare } from "./compare-page.ts";
import { registerCount } from "./count-page.ts";
import { registerFile } from "./file-page.ts";
import { registerProject } from "./project-page.ts";
import { registerStart } from "./start-page.ts";
import { registerStop } from "./stop-pages.ts";
import { registerTables } from "./tables-page.ts";
import { registerVerify } from "./verify-pages.ts";

export function registerElectionPages(app: FastifyInstance): void {
  registerStart(app);
  registerVerify(app);
  registerTables(app);
  registerFile(app);
  registerStop(app);
  registerCompare(app);
  registerCount(app);
  registerProject(app);
}

/** The pages about any record (search, documents, questions), tasks, jobs, the administration's own desks, and the API. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerAdministration } from "./administration-pages.ts";
import { registerApiPage } from "./api-page.ts";
import { registerDocuments } from "./documents-pages.ts";
import { registerJobs } from "./jobs-pages.ts";
import { registerQuestions } from "./questions-pages.ts";
import { registerSearch } from "./search-page.ts";
import { registerTasks } from "./tasks-pages.ts";

export { type AboutRecord, readAboutRecord } from "./about-record.ts";

export function registerRecordsPages(app: FastifyInstance, web: Web): void {
  registerSearch(app);
  registerDocuments(app);
  registerQuestions(app);
  registerTasks(app);
  registerAdministration(app);
  registerJobs(app);
  registerApiPage(app, web);
}

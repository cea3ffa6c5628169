/** The pages of published spending. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerExports } from "./exports.ts";
import { registerFilesPages } from "./files-pages.ts";
import { registerImportPages } from "./import-pages.ts";
import { registerLinePage } from "./line-page.ts";
import { registerLinesPage } from "./lines-page.ts";
import { registerOverviewPage } from "./overview-page.ts";

export function registerSpendingPages(app: FastifyInstance, _web: Web): void {
  registerOverviewPage(app);
  registerLinesPage(app);
  registerLinePage(app);
  registerExports(app);
  registerFilesPages(app);
  registerImportPages(app);
}

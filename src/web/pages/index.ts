/** Every page, by the part of the house it shows. */
import type { FastifyInstance } from "fastify";
import { readTogether } from "../reading.ts";
import type { Web } from "../web.ts";
import { registerAccountPages } from "./account/index.ts";
import { registerApprovalPages } from "./approvals/index.ts";
import { registerClosePages } from "./close/index.ts";
import { registerElectionPages } from "./elections/index.ts";
import { registerHomePages } from "./home.ts";
import { registerMatchingPages } from "./matching/index.ts";
import { registerMoneyPages } from "./money/index.ts";
import { registerPlacePages } from "./places/index.ts";
import { registerReconciliationPages } from "./reconciliation/index.ts";
import { registerRecordsPages } from "./records/index.ts";
import { registerSharingPages } from "./sharing/index.ts";
import { registerSpendingPages } from "./spending/index.ts";

export function registerPages(app: FastifyInstance, web: Web): void {
  app.addHook("onRoute", readTogether(web));
  registerHomePages(app, web);
  registerAccountPages(app, web);
  registerPlacePages(app, web);
  registerSpendingPages(app, web);
  registerMoneyPages(app, web);
  registerApprovalPages(app);
  registerSharingPages(app);
  registerMatchingPages(app);
  registerReconciliationPages(app, web);
  registerClosePages(app, web);
  registerRecordsPages(app, web);
  registerElectionPages(app);
}

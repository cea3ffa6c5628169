/** The pages beside the council's own ledger. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerBank } from "./bank-account.ts";
import { registerCodes } from "./codes.ts";
import { registerCodesFile } from "./codes-file.ts";
import { registerMatch } from "./match.ts";
import { registerRequests } from "./requests.ts";
import { registerDesk } from "./room.ts";
import { registerStatementPages } from "./statement.ts";
import { registerTakeIn } from "./take-in.ts";

export function registerReconciliationPages(app: FastifyInstance, _web: Web): void {
  registerDesk(app);
  registerBank(app);
  registerTakeIn(app);
  registerMatch(app);
  registerStatementPages(app);
  registerCodes(app);
  registerCodesFile(app);
  registerRequests(app);
}

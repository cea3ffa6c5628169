/** The pages of information-sharing agreements: the register, one agreement, the form of a new one, and the log of who looked. */
import type { FastifyInstance } from "fastify";
import { registerAgreement } from "./agreement.ts";
import { registerPrepare } from "./prepare.ts";
import { registerRegister } from "./register.ts";
import { registerViews } from "./views.ts";

export function registerSharingPages(app: FastifyInstance): void {
  registerRegister(app);
  registerPrepare(app);
  registerViews(app);
  registerAgreement(app);
}

/** The pages of what needs two people: what waits, one approval, and who may authorise how much. */
import type { FastifyInstance } from "fastify";
import { registerApproval } from "./approval.ts";
import { registerLimits } from "./limits.ts";
import { registerList } from "./list.ts";

export function registerApprovalPages(app: FastifyInstance): void {
  registerList(app);
  registerLimits(app);
  registerApproval(app);
}

/** The pages of the periods: a year, a quarter's close, the partners' statements, debtors and creditors. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerDebtors } from "./debtors.ts";
import { registerQuarter } from "./quarter.ts";
import { registerPartnerStatement } from "./statement.ts";
import { registerYear } from "./year.ts";
import { registerYearEnd } from "./year-end.ts";

export function registerClosePages(app: FastifyInstance, _web: Web): void {
  registerYear(app);
  registerYearEnd(app);
  registerQuarter(app);
  registerPartnerStatement(app);
  registerDebtors(app);
}

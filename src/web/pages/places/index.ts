/** The pages of a place: its overview, partners, services, published figures, and the desks of its administration. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerFigures } from "./figures.ts";
import { registerKeys } from "./keys.ts";
import { registerOverview } from "./overview.ts";
import { registerPartners } from "./partners.ts";
import { registerPeople } from "./people.ts";
import { registerPlaceSettings } from "./place-settings.ts";
import { registerServices } from "./services.ts";

export function registerPlacePages(app: FastifyInstance, _web: Web): void {
  registerOverview(app);
  registerPartners(app);
  registerServices(app);
  registerFigures(app);
  registerPeople(app);
  registerKeys(app);
  registerPlaceSettings(app);
}

/** Adds a service: what a provider does for people, under a theme, for the whole place or one area of it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { placesRefusals } from "./messages.ts";
import { findPartner, insertService, listThemes } from "./store/partners.ts";
import { hasArea } from "./store/places.ts";

export const addService = declarePlaceUseCase({
  name: "service.add",
  summary: "Add a service with its provider",
  permission: "partner.manage",
  changes: true,
  route: { method: "post", path: "services" },
  command: { words: "service add" },
  input: z.strictObject({
    name: field.words(200),
    nameWelsh: field.words(200).nullable().default(null),
    description: field.text(2000).default(""),
    providerId: field.id,
    themeId: field.id.nullable().default(null),
    areaId: field.id.nullable().default(null),
  }),
  output: z.object({ serviceId: field.id }),
  example: { name: "Family intervention", providerId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: placesRefusals,
  audited: (value: { readonly serviceId: string }) => value.serviceId,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    if ((await findPartner(ctx.tx, placeId, input.providerId)) === null) return refuse({ code: "partner_not_found" });
    const themes = await listThemes(ctx.tx, placeId);
    if (input.themeId !== null && !themes.some((theme) => theme.themeId === input.themeId))
      return refuse({ code: "theme_not_found" });
    const { areaId } = input;
    if (areaId !== null && !(await hasArea(ctx.tx, { placeId, areaId }))) return refuse({ code: "area_not_found" });
    const service = { ...input, serviceId: ctx.newId() };
    if (!(await insertService(ctx.tx, placeId, service))) return refuse({ code: "service_exists", name: input.name });
    return accept({ serviceId: service.serviceId });
  },
});

/** Adds an organisation to a place as a partner, with its parts there and its public identifiers. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { identifierFault } from "./domain/identifiers.ts";
import { placesRefusals } from "./messages.ts";
import { insertPartner, PARTNER_KINDS, PARTNER_PARTS } from "./store/partners.ts";
import { hasArea } from "./store/places.ts";

export const addPartner = declarePlaceUseCase({
  name: "partner.add",
  summary: "Add a partner to the place",
  permission: "partner.manage",
  changes: true,
  route: { method: "post", path: "partners" },
  command: { words: "partner add" },
  input: z.strictObject({
    name: field.words(200),
    nameWelsh: field.words(200).nullable().default(null),
    kind: z.enum(PARTNER_KINDS),
    parts: z
      .array(z.enum(PARTNER_PARTS))
      .min(1, said({ en: "Choose at least one part", cy: "Dewiswch o leiaf un rhan" }))
      .max(PARTNER_PARTS.length),
    areaId: field.id.nullable().default(null),
    madeUp: z.boolean().default(false),
    identifiers: z
      .array(z.strictObject({ scheme: field.words(20), identifier: field.words(40) }))
      .max(10)
      .default([]),
  }),
  output: z.object({ partnerId: field.id }),
  example: { name: "Irwell Family Support CIC", kind: "social_enterprise", parts: ["provider"] },
  refusals: placesRefusals,
  audited: (value: { readonly partnerId: string }) => value.partnerId,
  handle: async (ctx, input) => {
    for (const { scheme, identifier } of input.identifiers) {
      const form = identifierFault(scheme, identifier);
      if (form !== null) return refuse({ code: "identifier_not_valid", scheme, form });
    }
    const { identifiers, ...rest } = input;
    const twice = identifiers.find(
      ({ scheme }, index) => identifiers.findIndex((one) => one.scheme === scheme) < index,
    );
    if (twice !== undefined) return refuse({ code: "identifier_twice", scheme: twice.scheme });
    const { areaId } = input;
    if (areaId !== null && !(await hasArea(ctx.tx, { placeId: ctx.place.placeId, areaId })))
      return refuse({ code: "area_not_found" });
    const partner = { ...rest, partnerId: ctx.newId() };
    const added = await insertPartner(ctx.tx, ctx.place.placeId, { partner, identifiers });
    if (!added) return refuse({ code: "partner_exists", name: input.name });
    return accept({ partnerId: partner.partnerId });
  },
});

/** What a place is: its areas, partners, themes, services and the published figures about it. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declareNationalUseCase, declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { placesRefusals } from "./messages.ts";
import { listFigures, listPartners, listServices, listThemes, PARTNER_KINDS, PARTNER_PARTS } from "./store/partners.ts";
import { listAreas, listPlaces, searchCouncils } from "./store/places.ts";

const named = { slug: z.string(), name: z.string(), nameWelsh: z.string().nullable() };

const areaShape = z.object({
  areaId: field.id,
  ...named,
  kind: z.enum(["council", "neighbourhood"]),
  councilGss: z.string().nullable(),
  insideAreaId: field.id.nullable(),
  source: z.string().nullable(),
  parts: z.array(z.string()),
});

const partnerShape = z.object({
  partnerId: field.id,
  name: z.string(),
  nameWelsh: z.string().nullable(),
  kind: z.enum(PARTNER_KINDS),
  parts: z.array(z.enum(PARTNER_PARTS)),
  areaId: field.id.nullable(),
  madeUp: z.boolean(),
  identifiers: z.array(z.object({ scheme: z.string(), identifier: z.string() })),
});

/** Without the families that it reached: a count of them is given only suppressed, by the pages and "follow the pound". */
const serviceShape = z.object({
  serviceId: field.id,
  name: z.string(),
  nameWelsh: z.string().nullable(),
  description: z.string(),
  providerId: field.id,
  provider: z.string(),
  themeId: field.id.nullable(),
  theme: z.string().nullable(),
  areaId: field.id.nullable(),
});

const figureShape = z.object({
  figureId: field.id,
  key: z.string(),
  label: z.string(),
  labelWelsh: z.string().nullable(),
  valueText: z.string(),
  amountPence: field.penceText.nullable(),
  unit: z.string(),
  period: z.string(),
  dated: z.string(),
  priceYear: z.string().nullable(),
  source: z.string(),
  publisher: z.string(),
  confidence: z.string(),
  note: z.string(),
  disagreesWith: z.array(z.string()),
});

export const listAllPlaces = declareNationalUseCase({
  name: "place.list",
  summary: "List the places that are open here",
  permission: "place.read",
  changes: false,
  route: { method: "get", path: "places" },
  command: { words: "place list" },
  input: z.strictObject({}),
  output: z.object({
    places: z.array(
      z.object({
        placeId: z.number(),
        ...named,
        kind: z.enum(["whole_place", "council", "programme"]),
        colour: z.string().nullable(),
        businessDate: z.string().nullable(),
        demonstration: z.boolean(),
      }),
    ),
  }),
  example: {},
  refusals: placesRefusals,
  handle: async (ctx) => accept({ places: await listPlaces(ctx.tx) }),
});

export const findCouncil = declareNationalUseCase({
  name: "council.search",
  summary: "Search the national register of councils",
  permission: "place.read",
  changes: false,
  route: { method: "get", path: "councils" },
  command: { words: "council search", positional: ["words"] },
  input: z.strictObject({ words: field.words(100) }),
  output: z.object({
    councils: z.array(
      z.object({
        gssCode: z.string(),
        ...named,
        officialName: z.string(),
        kind: z.string(),
        nation: z.string(),
        combinedAuthority: z.string().nullable(),
        endsOn: z.string().nullable(),
      }),
    ),
  }),
  example: { words: "Salford" },
  refusals: placesRefusals,
  handle: async (ctx, input) => accept({ councils: await searchCouncils(ctx.tx, input.words) }),
});

export const showPlace = declarePlaceUseCase({
  name: "place.show",
  summary: "Show the place: areas, partners, themes, services and published figures",
  permission: "place.read",
  changes: false,
  route: { method: "get", path: "" },
  command: { words: "place show" },
  input: z.strictObject({}),
  output: z.object({
    ...named,
    narrowedTo: z.object({ areaId: field.id, ...named }).nullable(),
    businessDate: z.string(),
    demonstration: z.boolean(),
    areas: z.array(areaShape),
    partners: z.array(partnerShape),
    themes: z.array(z.object({ themeId: field.id, ...named })),
    services: z.array(serviceShape),
    figures: z.array(figureShape),
  }),
  example: {},
  refusals: placesRefusals,
  handle: async (ctx) => {
    const { placeId, area } = ctx.place;
    return accept({
      slug: ctx.place.slug,
      name: ctx.place.name,
      nameWelsh: ctx.place.nameWelsh,
      narrowedTo: area,
      businessDate: ctx.today,
      demonstration: ctx.place.demonstration,
      areas: await listAreas(ctx.tx, placeId),
      partners: await listPartners(ctx.tx, placeId),
      themes: await listThemes(ctx.tx, placeId),
      services: await listServices(ctx.tx, { placeId, areaId: area?.areaId ?? null }),
      figures: await listFigures(ctx.tx, placeId),
    });
  },
});

/** Opens a neighbourhood inside a place: any list of wards, estates or streets, which need not be wards as drawn today. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { slugOf } from "./domain/slug.ts";
import { placesRefusals } from "./messages.ts";
import { findWards, hasArea, insertArea, insertAreaParts } from "./store/places.ts";

export const openNeighbourhood = declarePlaceUseCase({
  name: "area.open",
  summary: "Open a neighbourhood inside the place, made of any list of areas",
  permission: "place.manage",
  changes: true,
  route: { method: "post", path: "areas" },
  command: { words: "area open" },
  input: z.strictObject({
    name: field.words(120),
    nameWelsh: field.words(120).nullable().default(null),
    slug: field.slug.optional(),
    insideAreaId: field.id.nullable().default(null),
    source: field.words(300).nullable().default(null),
    parts: z
      .array(
        z.strictObject({
          code: z
            .string()
            .regex(
              /^[EWSN]\d{8}$/,
              said({ en: "A ward's code is a letter and 8 figures", cy: "Llythyren ac 8 ffigur yw cod ward" }),
            )
            .nullable()
            .default(null),
          name: field.words(120),
          source: field.words(300).nullable().default(null),
        }),
      )
      .min(1, said({ en: "Give at least one ward, estate or street", cy: "Rhowch o leiaf un ward, ystad neu stryd" }))
      .max(200),
  }),
  output: z.object({ areaId: field.id, slug: z.string() }),
  example: { name: "Kersal", parts: [{ code: "E05000774", name: "Kersal" }] },
  refusals: placesRefusals,
  audited: (value: { readonly areaId: string; readonly slug: string }) => value.areaId,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const { insideAreaId } = input;
    if (insideAreaId !== null && !(await hasArea(ctx.tx, { placeId, areaId: insideAreaId })))
      return refuse({ code: "area_not_found" });
    const codes = input.parts.flatMap((part) => (part.code === null ? [] : [part.code]));
    const known = new Set((await findWards(ctx.tx, codes)).map((ward) => ward.code));
    const unknown = codes.find((code) => !known.has(code));
    if (unknown !== undefined) return refuse({ code: "ward_not_found", ward: unknown });
    const area = {
      areaId: ctx.newId(),
      slug: input.slug ?? slugOf(input.name),
      name: input.name,
      nameWelsh: input.nameWelsh,
      kind: "neighbourhood" as const,
      councilGss: null,
      insideAreaId,
      source: input.source,
    };
    if (!(await insertArea(ctx.tx, placeId, area))) return refuse({ code: "area_exists", name: area.slug });
    await insertAreaParts(ctx.tx, { placeId, areaId: area.areaId, parts: input.parts });
    return accept({ areaId: area.areaId, slug: area.slug });
  },
});

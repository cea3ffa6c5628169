/**
 * Opens a place: one council of the national register, or a whole place made of several (a combined authority by its
 * name, or any councils under a name of one's own). Each council becomes an area of the place and a partner in it.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { writeAudit } from "../platform/audit/index.ts";
import { type Context, declareNationalUseCase, field, said } from "../platform/use-case/index.ts";
import { slugOf } from "./domain/slug.ts";
import { placesRefusals } from "./messages.ts";
import { insertPartner } from "./store/partners.ts";
import {
  type Council,
  enterPlace,
  findCouncilBySlug,
  findCouncils,
  findMembers,
  insertArea,
  insertPlace,
  type PlaceToOpen,
} from "./store/places.ts";

export const openPlace = declareNationalUseCase({
  name: "place.open",
  summary: "Open a place: a council, or a whole place made of several councils",
  permission: "place.open",
  changes: true,
  command: { words: "place open", positional: ["slug"] },
  input: z.strictObject({
    slug: field.slug,
    name: field.words(120).optional().describe("A name for a whole place of your own; needs councils"),
    nameWelsh: field.words(120).nullable().default(null),
    councils: z
      .array(
        z
          .string()
          .regex(
            /^[EWSN]\d{8}$/,
            said({ en: "A council's code is a letter and 8 figures", cy: "Llythyren ac 8 ffigur yw cod cyngor" }),
          ),
      )
      .max(60)
      .default([]),
    businessDate: field.day.nullable().default(null),
    demonstration: z.boolean().default(false),
  }),
  output: z.object({ placeId: z.number(), slug: z.string(), name: z.string(), councils: z.number() }),
  example: { slug: "salford" },
  refusals: placesRefusals,
  audited: "itself",
  handle: async (ctx, input) => {
    const found = await councilsFor(ctx, input);
    if (found === null) return refuse({ code: "council_not_found", slug: input.slug });
    const place: PlaceToOpen = {
      slug: input.slug,
      name: found.name,
      nameWelsh: input.nameWelsh ?? found.nameWelsh,
      kind: found.councils.length > 1 ? "whole_place" : "council",
      colour: null,
      businessDate: input.businessDate,
      demonstration: input.demonstration,
    };
    const placeId = await insertPlace(ctx.tx, place);
    if (placeId === null) return refuse({ code: "place_exists", slug: input.slug });
    await enterPlace(ctx.tx, placeId);
    for (const council of found.councils) await addCouncil(ctx, { placeId, placeSlug: input.slug, council });
    await writeAudit({ ...ctx, place: { placeId } }, { action: "place.open", recordId: "place", content: input });
    return accept({ placeId, slug: input.slug, name: place.name, councils: found.councils.length });
  },
});

type Wanted = { readonly slug: string; readonly name?: string | undefined; readonly councils: readonly string[] };
type Found = { readonly name: string; readonly nameWelsh: string | null; readonly councils: readonly Council[] };

async function councilsFor(ctx: Context, input: Wanted): Promise<Found | null> {
  if (input.councils.length > 0) {
    const councils = await findCouncils(ctx.tx, input.councils);
    if (councils.length !== new Set(input.councils).size) return null;
    return { name: input.name ?? input.slug, nameWelsh: null, councils };
  }
  const found = await findCouncilBySlug(ctx.tx, input.slug);
  if (found === null) return null;
  const members = AUTHORITIES_OF_COUNCILS.includes(found.kind) ? await findMembers(ctx.tx, found.gssCode) : [found];
  if (members.length === 0) return null;
  return { name: input.name ?? found.name, nameWelsh: found.nameWelsh, councils: members };
}

/** The register's kinds that are made of councils: opening one opens a whole place of its members. */
const AUTHORITIES_OF_COUNCILS: readonly string[] = ["combined authority", "strategic authority"];

/** A council's own address may be taken by a place of its own: the area then keeps its address inside this place only. */
async function addCouncil(
  ctx: Context,
  the: { readonly placeId: number; readonly placeSlug: string; readonly council: Council },
): Promise<void> {
  const { placeId, council } = the;
  const areaId = ctx.newId();
  await insertArea(ctx.tx, placeId, {
    areaId,
    slug: council.slug === the.placeSlug ? slugOf(`${council.slug} council`) : council.slug,
    name: council.name,
    nameWelsh: council.nameWelsh,
    kind: "council",
    councilGss: council.gssCode,
    insideAreaId: null,
    source: "National register of councils",
  });
  await insertPartner(ctx.tx, placeId, {
    partner: {
      partnerId: ctx.newId(),
      name: council.officialName,
      nameWelsh: null,
      kind: "council",
      parts: ["funder", "commissioner"],
      areaId,
      madeUp: false,
    },
    identifiers: [{ scheme: "GSS", identifier: council.gssCode }],
  });
}

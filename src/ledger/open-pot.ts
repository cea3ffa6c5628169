/** Opens a pot under one of the four modes. Aligned and shadow pots are kept in the shadow book, where no money moves. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addressOf } from "./domain/address.ts";
import { bookOf } from "./domain/mode.ts";
import { mode } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseArea } from "./posting.ts";
import { findPot, insertPot, POT_PARTS } from "./store/pots.ts";
import { findNamed } from "./store/records.ts";

export const openPot = declarePlaceUseCase({
  name: "pot.open",
  summary: "Open a pot",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "pots" },
  command: { words: "pot open" },
  input: z.strictObject({
    name: field.words(200),
    nameWelsh: field.words(200).nullable().default(null),
    slug: field.slug.nullable().default(null).describe("Its address; left out, it is made from the name"),
    purpose: field.words(1000),
    mode,
    hostId: field.id,
    areaId: field.id.nullable().default(null),
    openedOn: field.day,
    parentId: field.id.nullable().default(null).describe("The pot that it is part of"),
    part: z.enum(POT_PARTS).nullable().default(null).describe("As what it is part of that pot"),
    madeUp: z.boolean().default(false),
  }),
  output: z.object({ potId: field.id, slug: field.slug }),
  example: {
    name: "Greater Manchester troubled families pot",
    purpose: "One team and one plan for each family with multiple problems",
    mode: "pooled",
    hostId: "0199c0de-0000-7000-8000-000000000001",
    openedOn: "2012-04-26",
  },
  refusals: ledgerRefusals,
  audited: (value: { readonly potId: string; readonly slug: string }) => value.potId,
  handle: async (ctx, input) => {
    if (input.openedOn > ctx.today) return refuse({ code: "after_today", today: ctx.today });
    const named = await findNamed(ctx.tx, ctx.place.placeId, { partnerId: input.hostId, areaId: input.areaId });
    if (named.partner === null) return refuse({ code: "partner_not_found" });
    if (input.areaId !== null && !named.area) return refuse({ code: "area_not_found" });
    const areaId = input.areaId ?? ctx.place.area?.areaId ?? null;
    const refused = refuseArea(ctx, areaId);
    if (refused) return refused;
    const book = bookOf(input.mode);
    if ((input.parentId === null) !== (input.part === null)) return refuse({ code: "part_needed" });
    if (input.parentId !== null) {
      const parent = await findPot(ctx.tx, ctx.place.placeId, input.parentId);
      if (parent === null) return refuse({ code: "pot_not_found", pot: input.parentId });
      // One level: a part of a part could stand in two places at once when it is added up.
      if (parent.book !== book || parent.parentId !== null || parent.closedOn !== null)
        return refuse({ code: "parent_not_fit" });
    }
    const slug = input.slug ?? addressOf(input.name);
    const pot = { ...input, potId: ctx.newId(), slug, areaId, book };
    const made = await insertPot(ctx.tx, ctx.place.placeId, pot);
    return made ? accept({ potId: pot.potId, slug }) : refuse({ code: "pot_exists", name: input.name });
  },
});

/** Lists the people with a role at the place. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { listHolders } from "../places/index.ts";
import { ROLES } from "../platform/actor.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { identityRefusals } from "./messages.ts";

export const listPeople = declarePlaceUseCase({
  name: "people.list",
  summary: "List the people with a role at the place",
  permission: "people.manage",
  changes: false,
  route: { method: "get", path: "people" },
  command: { words: "people list" },
  input: z.strictObject({}),
  output: z.object({
    people: z.array(
      z.object({
        holdingId: field.id,
        userId: field.id,
        name: z.string(),
        email: z.string(),
        role: z.enum(ROLES),
        partnerId: field.id.nullable(),
        partner: z.string().nullable(),
        areaId: field.id.nullable(),
      }),
    ),
  }),
  example: {},
  refusals: identityRefusals,
  handle: async (ctx) => accept({ people: await listHolders(ctx.tx, ctx.place.placeId) }),
});

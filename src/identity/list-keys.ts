/** Lists the keys of the place's partners; never the keys themselves, which are not kept. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { SCOPES } from "../platform/actor.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { identityRefusals } from "./messages.ts";
import { listKeysAt } from "./store/keys.ts";

const moment = z.string().nullable();

export const listKeys = declarePlaceUseCase({
  name: "key.list",
  summary: "List the keys of partners' programs",
  permission: "key.manage",
  changes: false,
  route: { method: "get", path: "keys" },
  command: { words: "key list" },
  input: z.strictObject({}),
  output: z.object({
    keys: z.array(
      z.object({
        keyId: field.id,
        name: z.string(),
        partnerId: field.id,
        partner: z.string().nullable(),
        scopes: z.array(z.enum(SCOPES)),
        createdAt: moment,
        expiresOn: z.string(),
        lastUsedAt: moment,
        revokedAt: moment,
      }),
    ),
  }),
  example: {},
  refusals: identityRefusals,
  handle: async (ctx) => accept({ keys: await listKeysAt(ctx.tx, ctx.place.placeId) }),
});

/** Makes a key for a partner's program. The key is in the answer, once; only its hash is kept. */
import { z } from "zod";
import { assert } from "../lib/assert.ts";
import { addDays, londonDay } from "../lib/day.ts";
import { accept, refuse } from "../lib/result.ts";
import { findPartner } from "../places/index.ts";
import { SCOPES } from "../platform/actor.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { LONGEST_KEY_DAYS } from "./domain/session-limits.ts";
import { identityRefusals } from "./messages.ts";
import { insertKey } from "./store/keys.ts";
import { drawSecret, hashToken } from "./store/tokens.ts";

const KEY_BYTES = 30;

export const makeKey = declarePlaceUseCase({
  name: "key.make",
  summary: "Make a key for a partner's program",
  permission: "key.manage",
  changes: true,
  route: { method: "post", path: "keys" },
  command: { words: "key make" },
  input: z.strictObject({
    partnerId: field.id,
    name: field.words(120).describe("What the key is for"),
    scopes: z
      .array(z.enum(SCOPES))
      .min(
        1,
        said({
          en: "Choose at least one thing that the key may do",
          cy: "Dewiswch o leiaf un peth y caiff yr allwedd ei wneud",
        }),
      )
      .max(SCOPES.length),
    expiresOn: field.day.describe("The last day on which the key works"),
  }),
  output: z.object({ keyId: field.id, key: z.string(), expiresOn: z.string() }),
  example: {
    partnerId: "0190a5d2-7c1e-7000-8000-000000000002",
    name: "Monthly spend file",
    scopes: ["spending:write"],
    expiresOn: "2027-03-31",
  },
  refusals: identityRefusals,
  audited: (value: { readonly keyId: string; readonly key: string; readonly expiresOn: string }) => value.keyId,
  handle: async (ctx, input) => {
    // An answer under a request key is kept to be given again, and this answer must be kept nowhere.
    if (ctx.requestKey !== null) return refuse({ code: "key_shown_once" });
    // A key ends by the calendar, not by the place's business date, which may stand still.
    const today = londonDay(ctx.now);
    const latest = addDays(today, LONGEST_KEY_DAYS);
    if (input.expiresOn <= today || input.expiresOn > latest) return refuse({ code: "expiry_not_valid", latest });
    const { placeId } = ctx.place;
    if ((await findPartner(ctx.tx, placeId, input.partnerId)) === null) return refuse({ code: "partner_not_here" });
    assert(ctx.actor.kind === "person", "only people may make keys");
    const key = `op_${(await drawSecret(ctx.tx)).subarray(0, KEY_BYTES).toString("base64url")}`;
    const keyId = ctx.newId();
    const scopes = [...new Set(input.scopes)];
    await insertKey(ctx.tx, {
      ...input,
      scopes,
      keyId,
      placeId,
      keyHash: hashToken("key", key),
      createdBy: ctx.actor.userId,
    });
    return accept({ keyId, key, expiresOn: input.expiresOn });
  },
});

/** Ends a key at once. Revoking it again changes nothing. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { identityRefusals } from "./messages.ts";
import { revokeKeyAt } from "./store/keys.ts";

export const revokeKey = declarePlaceUseCase({
  name: "key.revoke",
  summary: "Revoke the key of a partner's program",
  permission: "key.manage",
  changes: true,
  route: { method: "post", path: "keys/revoke" },
  command: { words: "key revoke", positional: ["keyId"] },
  input: z.strictObject({ keyId: field.id }),
  output: z.object({ keyId: field.id }),
  example: { keyId: "0190a5d2-7c1e-7000-8000-000000000003" },
  refusals: identityRefusals,
  audited: (value: { readonly keyId: string }) => value.keyId,
  handle: async (ctx, { keyId }) => {
    const found = await revokeKeyAt(ctx.tx, { placeId: ctx.place.placeId, keyId });
    return found ? accept({ keyId }) : refuse({ code: "key_not_found" });
  },
});

/** Ends a role. The person is signed out everywhere; the last administrator of a place stays. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { endHolding } from "../places/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { identityRefusals } from "./messages.ts";
import { lockAccount } from "./store/accounts.ts";
import { findHolding, lockAdministrators } from "./store/administrators.ts";
import { endSessionsOf } from "./store/sessions.ts";

export const endRole = declarePlaceUseCase({
  name: "role.end",
  summary: "End a role that a person holds at the place",
  permission: "people.manage",
  changes: true,
  route: { method: "post", path: "roles/end" },
  command: { words: "role end", positional: ["holdingId"] },
  input: z.strictObject({ holdingId: field.id }),
  output: z.object({ holdingId: field.id, userId: field.id }),
  example: { holdingId: "0190a5d2-7c1e-7000-8000-000000000001" },
  refusals: identityRefusals,
  audited: (value: { readonly holdingId: string; readonly userId: string }) => value.holdingId,
  handle: async (ctx, { holdingId }) => {
    const { placeId } = ctx.place;
    const holding = await findHolding(ctx.tx, { placeId, holdingId });
    if (holding === null) return refuse({ code: "role_not_found" });
    await lockAccount(ctx.tx, holding.userId);
    if (holding.role === "administrator") {
      const administrators = await lockAdministrators(ctx.tx, placeId);
      if (administrators.every((one) => one === holdingId)) return refuse({ code: "last_administrator" });
    }
    const userId = await endHolding(ctx.tx, placeId, holdingId);
    if (userId === null) return refuse({ code: "role_not_found" });
    await endSessionsOf(ctx.tx, userId);
    return accept({ holdingId, userId });
  },
});

/** Gives a further role to a person who has one at the place already. Their sessions end, so that they sign in to it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { giveRole } from "./give-role.ts";
import { emailField, roleFields } from "./input.ts";
import { identityRefusals } from "./messages.ts";
import { isListedAt, lockAccountByEmail } from "./store/accounts.ts";
import { endSessionsOf } from "./store/sessions.ts";

export const grantRole = declarePlaceUseCase({
  name: "role.grant",
  summary: "Give a role to a person of the place",
  permission: "people.manage",
  changes: true,
  route: { method: "post", path: "roles" },
  command: { words: "role grant" },
  input: z.strictObject({ email: emailField, ...roleFields }),
  output: z.object({ holdingId: field.id }),
  example: { email: "pat.hughes@example.com", role: "pool_manager" },
  refusals: identityRefusals,
  audited: (value: { readonly holdingId: string }) => value.holdingId,
  handle: async (ctx, input) => {
    const account = await lockAccountByEmail(ctx.tx, input.email);
    // The same words for an address without an account: the answer must not tell who has one at another place.
    if (account === null || !(await isListedAt(ctx.tx, { userId: account.userId, placeId: ctx.place.placeId })))
      return refuse({ code: "person_not_here" });
    if (account.closed) return refuse({ code: "account_closed" });
    const given = await giveRole(ctx, { ...input, userId: account.userId });
    if (!given.ok) return given;
    await endSessionsOf(ctx.tx, account.userId);
    return accept(given.value);
  },
});

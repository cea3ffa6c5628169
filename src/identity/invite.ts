/**
 * Invites a person to a role at the place. Someone new gets a link to set a password; someone who signs in already gets
 * a letter that says there is a new role, and never a link: an invitation must not open another person's account.
 */
import { z } from "zod";
import { LANGUAGES } from "../lib/language.ts";
import { accept, refuse } from "../lib/result.ts";
import { queueMessage } from "../platform/outbox/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { giveRole } from "./give-role.ts";
import { emailField, roleFields } from "./input.ts";
import { SIGN_IN_PATH, writeLetter } from "./letters.ts";
import { makeLink } from "./links.ts";
import { identityRefusals } from "./messages.ts";
import { type Account, insertAccount, lockAccountByEmail } from "./store/accounts.ts";
import { endSessionsOf } from "./store/sessions.ts";

export const invite = declarePlaceUseCase({
  name: "people.invite",
  summary: "Invite a person to a role at the place",
  permission: "people.manage",
  changes: true,
  route: { method: "post", path: "people" },
  command: { words: "people invite" },
  input: z.strictObject({
    email: emailField,
    name: field.words(120),
    language: z.enum(LANGUAGES).default("en"),
    ...roleFields,
  }),
  output: z.object({ userId: field.id, holdingId: field.id }),
  example: { email: "pat.hughes@example.com", name: "Pat Hughes", role: "finance_officer" },
  refusals: identityRefusals,
  audited: (value: { readonly userId: string; readonly holdingId: string }) => value.holdingId,
  handle: async (ctx, input) => {
    const account = await findOrMake(ctx, input);
    if (account === null || account.closed) return refuse({ code: "account_closed" });
    const given = await giveRole(ctx, { ...input, userId: account.userId });
    if (!given.ok) return given;
    await endSessionsOf(ctx.tx, account.userId);
    await writeTo(ctx, account);
    return accept({ userId: account.userId, holdingId: given.value.holdingId });
  },
});

type Invited = { readonly email: string; readonly name: string; readonly language: "en" | "cy" };

async function findOrMake(ctx: PlaceContext, the: Invited): Promise<Account | null> {
  const { email, name, language } = the;
  await insertAccount(ctx.tx, { userId: ctx.newId(), email, name, language, passwordHash: null, demonstration: false });
  return lockAccountByEmail(ctx.tx, email);
}

async function writeTo(ctx: PlaceContext, account: Account): Promise<void> {
  const isNew = account.passwordHash === null;
  const path = isNew ? await makeLink(ctx.tx, { kind: "invitation", userId: account.userId }) : SIGN_IN_PATH;
  const letter = writeLetter(isNew ? "invitation" : "role_given", {
    language: account.language,
    place: ctx.place,
    path,
  });
  await queueMessage(ctx.tx, { messageId: ctx.newId(), placeId: ctx.place.placeId, to: account.email, ...letter });
}

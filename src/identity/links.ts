/** Invitation and reset links: looked at without using them, used once, and asked for. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { listPlaces } from "../places/index.ts";
import type { Database, Transaction } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { queueMessage } from "../platform/outbox/index.ts";
import { addressBlock } from "./domain/address.ts";
import { parseEmail } from "./domain/email.ts";
import { type PasswordFault, passwordFault } from "./domain/password-rules.ts";
import { linkPath, writeLetter } from "./letters.ts";
import { hashPassword } from "./passwords.ts";
import { takeFrom } from "./rate-limits.ts";
import type { TooManyTries } from "./sign-in.ts";
import { type Account, findAccount, findAccountByEmail, listPlacesOf, updatePassword } from "./store/accounts.ts";
import { findOpenLink, insertLink, type LinkKind, takeLink, useUpLinks } from "./store/links.ts";
import { endSessionsOf } from "./store/sessions.ts";
import { drawSecret, hashToken } from "./store/tokens.ts";

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const RESETS_PER_ACCOUNT = { limit: 3, windowSeconds: 60 * 60 };
const RESETS_PER_ADDRESS = { limit: 10, windowSeconds: 60 * 60 };

/** The path of a new link. The token is in it and nowhere else. */
export async function makeLink(
  tx: Transaction,
  the: { readonly kind: LinkKind; readonly userId: string },
): Promise<string> {
  const token = (await drawSecret(tx)).toString("base64url");
  await insertLink(tx, { ...the, tokenHash: hashToken("link", token) });
  return linkPath(token);
}

export type OpenLink = {
  readonly kind: LinkKind;
  readonly name: string;
  readonly email: string;
  readonly language: Account["language"];
};

/** For the page that asks for the new password: mail programs open links by themselves, so looking uses nothing up. */
export async function findLink(database: Database, token: string): Promise<OpenLink | null> {
  const found = await database.national((tx) => findLinkAccount(tx, token));
  return (
    found && {
      kind: found.kind,
      name: found.account.name,
      email: found.account.email,
      language: found.account.language,
    }
  );
}

async function findLinkAccount(tx: Transaction, token: string) {
  const link = TOKEN.test(token) ? await findOpenLink(tx, hashToken("link", token)) : null;
  const account = link && (await findAccount(tx, link.userId));
  return link === null || account === null || account.closed ? null : { kind: link.kind, account };
}

export type LinkRefusal = PasswordFault | { readonly code: "link_not_valid" };

/** Sets the password. Of many at once exactly one wins; a password that is refused leaves the link as it was. */
export async function useLink(
  database: Database,
  the: { readonly token: string; readonly password: string },
): Promise<Result<{ readonly userId: string }, LinkRefusal>> {
  const found = await database.national((tx) => findLinkAccount(tx, the.token));
  if (found === null) return refuse({ code: "link_not_valid" });
  const { userId, email } = found.account;
  const fault = passwordFault({ password: the.password, email });
  if (fault !== null) return refuse(fault);
  // Hashed before the transaction, so that no row is locked while the processor works.
  const passwordHash = await hashPassword(the.password);
  return database.national(async (tx) => {
    if (!(await takeLink(tx, hashToken("link", the.token)))) return refuse({ code: "link_not_valid" });
    await updatePassword(tx, { userId, passwordHash });
    await useUpLinks(tx, userId);
    await endSessionsOf(tx, userId);
    return accept({ userId });
  });
}

/**
 * Sends a link to set a new password, to an address that has an account at some place. The answer never says whether it
 * has. Over the account's limit nothing more is sent, and the answer is still the same.
 */
export async function requestReset(
  database: Database,
  the: { readonly email: string; readonly address: string },
): Promise<Result<null, TooManyTries>> {
  const byAddress = await takeFrom(database, {
    bucket: `reset address ${addressBlock(the.address)}`,
    ...RESETS_PER_ADDRESS,
  });
  if (!byAddress.allowed) return refuse({ code: "too_many_tries", retryAfterSeconds: byAddress.retryAfterSeconds });
  const email = parseEmail(the.email);
  if (email === null) return accept(null);
  const byAccount = await takeFrom(database, { bucket: `reset account ${email}`, ...RESETS_PER_ACCOUNT });
  const found = await database.national((tx) => findReader(tx, email));
  if (found === null || !byAccount.allowed) return accept(null);
  await database.inPlace(found.place.placeId, async (tx) => {
    const path = await makeLink(tx, { kind: "reset", userId: found.account.userId });
    const letter = writeLetter("reset", { language: found.account.language, place: found.place, path });
    await queueMessage(tx, { messageId: newId(), placeId: found.place.placeId, to: email, ...letter });
  });
  return accept(null);
}

/** The open account of an address and the place whose outbox carries its letter: the first where it is listed. */
async function findReader(tx: Transaction, email: string) {
  const account = await findAccountByEmail(tx, email);
  if (account === null || account.closed) return null;
  const [first] = await listPlacesOf(tx, account.userId);
  const place = (await listPlaces(tx)).find(({ placeId }) => placeId === first);
  return place === undefined ? null : { account, place };
}

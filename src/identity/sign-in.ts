/**
 * Signing in with an e-mail address and a password. Tries are counted before the password is looked at, by account and by
 * where they come from; an unknown address and a wrong password get the same words after the same work.
 */
import type { Language } from "../lib/language.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import type { Database } from "../platform/database/index.ts";
import { addressBlock } from "./domain/address.ts";
import { parseEmail } from "./domain/email.ts";
import { type PasswordFault, passwordFault } from "./domain/password-rules.ts";
import { checkPassword, hashPassword, needsRehash } from "./passwords.ts";
import { forgetBucket, takeFrom } from "./rate-limits.ts";
import { findAccount, findAccountByEmail, replaceHash, updatePassword } from "./store/accounts.ts";
import { useUpLinks } from "./store/links.ts";
import { endSessionsOf } from "./store/sessions.ts";

const ACCOUNT_LIMIT = { limit: 5, windowSeconds: 15 * 60 };
const ADDRESS_LIMIT = { limit: 30, windowSeconds: 15 * 60 };

export type SignedIn = { readonly userId: string; readonly name: string; readonly language: Language };
export type TooManyTries = { readonly code: "too_many_tries"; readonly retryAfterSeconds: number };
export type SignInRefusal = TooManyTries | { readonly code: "sign_in_failed" } | { readonly code: "account_closed" };

/** `address` is the visitor's network address. A right password empties the account's count. */
export async function signIn(
  database: Database,
  the: { readonly email: string; readonly password: string; readonly address: string },
): Promise<Result<SignedIn, SignInRefusal>> {
  const byAddress = await takeFrom(database, {
    bucket: `sign-in address ${addressBlock(the.address)}`,
    ...ADDRESS_LIMIT,
  });
  if (!byAddress.allowed) return refuse({ code: "too_many_tries", retryAfterSeconds: byAddress.retryAfterSeconds });
  const email = parseEmail(the.email);
  const bucket = accountBucket(email ?? the.email.trim().toLowerCase());
  const byAccount = await takeFrom(database, { bucket, ...ACCOUNT_LIMIT });
  if (!byAccount.allowed) return refuse({ code: "too_many_tries", retryAfterSeconds: byAccount.retryAfterSeconds });

  const account = email === null ? null : await database.national((tx) => findAccountByEmail(tx, email));
  const kept = account?.passwordHash ?? null;
  const right = await checkPassword(kept, the.password);
  if (!right || account === null || kept === null) return refuse({ code: "sign_in_failed" });
  await forgetBucket(database, bucket);
  if (account.closed) return refuse({ code: "account_closed" });
  if (needsRehash(kept)) {
    const to = await hashPassword(the.password);
    await database.national((tx) => replaceHash(tx, { userId: account.userId, from: kept, to }));
  }
  return accept({ userId: account.userId, name: account.name, language: account.language });
}

function accountBucket(email: string): string {
  return `sign-in account ${email}`;
}

export type PasswordChangeRefusal =
  | PasswordFault
  | TooManyTries
  | { readonly code: "password_wrong" }
  | { readonly code: "account_closed" };

/** Ends every session of the person, this one too: the door signs them in anew. */
export async function changePassword(
  database: Database,
  the: { readonly userId: string; readonly current: string; readonly password: string },
): Promise<Result<{ readonly userId: string }, PasswordChangeRefusal>> {
  const account = await database.national((tx) => findAccount(tx, the.userId));
  if (account === null || account.closed || account.passwordHash === null) return refuse({ code: "account_closed" });
  const bucket = accountBucket(account.email);
  const taken = await takeFrom(database, { bucket, ...ACCOUNT_LIMIT });
  if (!taken.allowed) return refuse({ code: "too_many_tries", retryAfterSeconds: taken.retryAfterSeconds });
  if (!(await checkPassword(account.passwordHash, the.current))) return refuse({ code: "password_wrong" });
  await forgetBucket(database, bucket);
  const fault = passwordFault({ password: the.password, email: account.email });
  if (fault !== null) return refuse(fault);
  const passwordHash = await hashPassword(the.password);
  await database.national(async (tx) => {
    await updatePassword(tx, { userId: account.userId, passwordHash });
    await useUpLinks(tx, account.userId);
    await endSessionsOf(tx, account.userId);
  });
  return accept({ userId: account.userId });
}

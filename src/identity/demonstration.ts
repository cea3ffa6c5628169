/**
 * The people of the demonstration, who may be signed in by a button. The start refuses to serve them to anyone but this
 * machine, so the doors ask whether there are any.
 */
import type { Language } from "../lib/language.ts";
import { listHolders } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import type { Database, Transaction } from "../platform/database/index.ts";
import { hashPassword } from "./passwords.ts";
import type { SignedIn } from "./sign-in.ts";
import { findAccount, insertAccount, listDemonstrationAccounts, listDemonstrationPlaces } from "./store/accounts.ts";

export type DemonstrationRole = {
  readonly place: string;
  readonly placeName: string;
  readonly role: Role;
  readonly partner: string | null;
};
export type DemonstrationAccount = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly DemonstrationRole[];
};

export async function hasDemonstrationAccounts(tx: Transaction): Promise<boolean> {
  return (await listDemonstrationAccounts(tx)).length > 0;
}

/** In the order in which they were made. */
export async function demonstrationAccounts(database: Database): Promise<readonly DemonstrationAccount[]> {
  const { accounts, places } = await database.national(async (tx) => ({
    accounts: await listDemonstrationAccounts(tx),
    places: await listDemonstrationPlaces(tx),
  }));
  const held: (DemonstrationRole & { readonly userId: string })[] = [];
  for (const { placeId, slug, name } of places) {
    const holders = await database.inPlace(placeId, (tx) => listHolders(tx, placeId));
    held.push(...holders.map(({ userId, role, partner }) => ({ userId, role, partner, place: slug, placeName: name })));
  }
  return accounts.map(({ userId, email, name, language }) => ({
    userId,
    email,
    name,
    language,
    roles: held
      .filter((one) => one.userId === userId)
      .map(({ place, placeName, role, partner }) => ({ place, placeName, role, partner })),
  }));
}

/** For the buttons that sign in without a password: null for anyone who is not of the demonstration. */
export async function findDemonstrationAccount(database: Database, userId: string): Promise<SignedIn | null> {
  const account = await database.national((tx) => findAccount(tx, userId));
  if (account === null || account.closed || !account.demonstration) return null;
  return { userId, name: account.name, language: account.language };
}

/** Makes an account of the demonstration, with the password that the start prints. False where the address has one. */
export async function openDemonstrationAccount(
  tx: Transaction,
  the: {
    readonly userId: string;
    readonly email: string;
    readonly name: string;
    readonly language: Language;
    readonly password: string;
  },
): Promise<boolean> {
  const { password, ...account } = the;
  return insertAccount(tx, { ...account, passwordHash: await hashPassword(password), demonstration: true });
}

/** The accounts that people sign in with, and the places where they are listed. */
import type { Language } from "../../lib/language.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Account = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly language: Language;
  readonly demonstration: boolean;
  readonly closed: boolean;
};

const accountColumns = sql`user_id as "userId", email, name, password_hash as "passwordHash", language, demonstration,
  closed_at is not null as closed`;

export async function findAccount(tx: Transaction, userId: string): Promise<Account | null> {
  return tx.maybe(sql<Account>`select ${accountColumns} from user_account where user_id = ${userId}`);
}

export type Address = { readonly userId: string; readonly email: string; readonly language: Language };

/** Where people are written to, those whose account is open. */
export async function listAddresses(tx: Transaction, userIds: readonly string[]): Promise<readonly Address[]> {
  return tx.rows(sql<Address>`
    select user_id as "userId", email, language from user_account
     where user_id = any(${userIds}::uuid[]) and closed_at is null order by user_id limit 2000`);
}

export async function findAccountByEmail(tx: Transaction, email: string): Promise<Account | null> {
  return tx.maybe(sql<Account>`select ${accountColumns} from user_account where email = ${email}`);
}

/** Locked until the end of the transaction, so that a person's roles change one after the other. */
export async function lockAccountByEmail(tx: Transaction, email: string): Promise<Account | null> {
  return tx.maybe(sql<Account>`select ${accountColumns} from user_account where email = ${email} for update`);
}

export async function lockAccount(tx: Transaction, userId: string): Promise<Account | null> {
  return tx.maybe(sql<Account>`select ${accountColumns} from user_account where user_id = ${userId} for update`);
}

/** False where the e-mail address has an account already. */
export async function insertAccount(tx: Transaction, account: Omit<Account, "closed">): Promise<boolean> {
  const made = await tx.run(
    sql`insert into user_account (user_id, email, name, password_hash, language, demonstration)
        values (${account.userId}, ${account.email}, ${account.name}, ${account.passwordHash}, ${account.language}, ${account.demonstration})
        on conflict (email) do nothing`,
    "any",
  );
  return made === 1;
}

export async function updatePassword(
  tx: Transaction,
  the: { readonly userId: string; readonly passwordHash: string },
): Promise<void> {
  await tx.run(sql`update user_account set password_hash = ${the.passwordHash} where user_id = ${the.userId}`, 1);
}

/** Only where the password is still the one that was checked: a change in between wins. */
export async function replaceHash(
  tx: Transaction,
  the: { readonly userId: string; readonly from: string; readonly to: string },
): Promise<void> {
  await tx.run(
    sql`update user_account set password_hash = ${the.to} where user_id = ${the.userId} and password_hash = ${the.from}`,
    "any",
  );
}

export async function listPlacesOf(tx: Transaction, userId: string): Promise<readonly number[]> {
  const found = await tx.rows(sql<{ placeId: number }>`
    select place_id as "placeId" from user_place where user_id = ${userId} order by place_id limit 1000`);
  return found.map(({ placeId }) => placeId);
}

export async function isListedAt(
  tx: Transaction,
  the: { readonly userId: string; readonly placeId: number },
): Promise<boolean> {
  const found = await tx.maybe(
    sql`select 1 as found from user_place where user_id = ${the.userId} and place_id = ${the.placeId}`,
  );
  return found !== null;
}

export async function listDemonstrationAccounts(tx: Transaction): Promise<readonly Account[]> {
  return tx.rows(sql<Account>`
    select ${accountColumns} from user_account where demonstration and closed_at is null order by created_at, name limit 200`);
}

/** Where the demonstration's people hold roles, by the places' numbers. */
export async function listDemonstrationPlaces(
  tx: Transaction,
): Promise<readonly { readonly placeId: number; readonly slug: string; readonly name: string }[]> {
  return tx.rows(sql<{ placeId: number; slug: string; name: string }>`
    select p.place_id as "placeId", p.slug, p.name from place p
     where exists (select 1 from user_place l join user_account u on u.user_id = l.user_id
                    where l.place_id = p.place_id and u.demonstration and u.closed_at is null)
     order by p.place_id limit 100`);
}

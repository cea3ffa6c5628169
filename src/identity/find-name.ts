/** The name of the person who is signed in, for the top of the page; null where the account was closed. */
import type { Transaction } from "../platform/database/index.ts";
import { findAccount } from "./store/accounts.ts";

export async function findName(tx: Transaction, userId: string): Promise<string | null> {
  const account = await findAccount(tx, userId);
  return account === null || account.closed ? null : account.name;
}

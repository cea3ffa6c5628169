/** Links that invite a person or reset a password: single use, short-lived, kept by the SHA-256 of their token. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import { INVITATION_DAYS, RESET_HOURS } from "../domain/session-limits.ts";

export type LinkKind = "invitation" | "reset";
export type Link = { readonly kind: LinkKind; readonly userId: string };

export async function insertLink(tx: Transaction, the: Link & { readonly tokenHash: Buffer }): Promise<void> {
  const hours = the.kind === "invitation" ? INVITATION_DAYS * 24 : RESET_HOURS;
  await tx.run(
    sql`insert into user_link (token_hash, kind, user_id, expires_at)
        values (${the.tokenHash}, ${the.kind}, ${the.userId}, clock_timestamp() + ${hours} * interval '1 hour')`,
    1,
  );
}

export async function findOpenLink(tx: Transaction, tokenHash: Buffer): Promise<Link | null> {
  return tx.maybe(sql<Link>`
    select kind, user_id as "userId" from user_link
     where token_hash = ${tokenHash} and used_at is null and expires_at > clock_timestamp()`);
}

/** True for exactly one caller: whoever comes second waits on the row and then finds it used. */
export async function takeLink(tx: Transaction, tokenHash: Buffer): Promise<boolean> {
  const taken = await tx.run(
    sql`update user_link set used_at = clock_timestamp()
         where token_hash = ${tokenHash} and used_at is null and expires_at > clock_timestamp()`,
    "any",
  );
  return taken === 1;
}

/** A new password makes every other link of the account worthless. */
export async function useUpLinks(tx: Transaction, userId: string): Promise<void> {
  await tx.run(
    sql`update user_link set used_at = clock_timestamp() where user_id = ${userId} and used_at is null`,
    "any",
  );
}

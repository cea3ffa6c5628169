/**
 * Secrets: drawn by the database, whose random source is a strong one, and kept only as SHA-256. A secret of 32 bytes
 * cannot be guessed, so its plain hash is enough.
 */
import { createHash } from "node:crypto";
import { sql, type Transaction } from "../../platform/database/index.ts";

/** 32 bytes that hold 244 bits of chance: two random UUIDs through SHA-256. */
export async function drawSecret(tx: Transaction): Promise<Buffer> {
  const { secret } = await tx.one(sql<{ secret: Buffer }>`
    select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) as secret`);
  return secret;
}

/** `kind` keeps a token of one use from being good for another. */
export function hashToken(kind: "link" | "session" | "command" | "key" | "bucket", token: string): Buffer {
  return createHash("sha256").update(`${kind}:${token}`).digest();
}

/** A secret of this installation, made at its first use; the same for every process. Signs the session cookie. */
export async function findSecret(tx: Transaction, name: string): Promise<string> {
  const secret = (await drawSecret(tx)).toString("base64url");
  await tx.run(
    sql`insert into deployment (name, value) values (${name}, ${secret}) on conflict (name) do nothing`,
    "any",
  );
  const kept = await tx.one(sql<{ value: string }>`select value from deployment where name = ${name}`);
  return kept.value;
}

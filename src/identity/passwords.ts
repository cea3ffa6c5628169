/**
 * Passwords are kept as argon2id (RFC 9106, 2021) with 19 MiB of memory, two passes and one lane (OWASP Password Storage
 * Cheat Sheet, 2023). A check takes the same work whether or not there is an account to check against.
 */
import { hash, parseOptions, verify } from "@node-rs/argon2";
import { MOST_PASSWORD_LENGTH, writtenPassword } from "./domain/password-rules.ts";

/** Algorithm 2 is argon2id: the package's own list is a `const enum`, which does not survive compiling file by file. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const SALT_LENGTH = 16;

/** A hash of nothing, with today's parameters: what an unknown account is checked against. */
const NOBODY = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$${base64(
  Buffer.alloc(SALT_LENGTH, 7),
)}$${base64(Buffer.alloc(PARAMETERS.outputLen, 7))}`;

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}

export function hashPassword(password: string): Promise<string> {
  return hash(writtenPassword(password), PARAMETERS);
}

/** False, after the same work, where there is no hash to check against. */
export async function checkPassword(kept: string | null, password: string): Promise<boolean> {
  // What is too long was never accepted as a password, and hashing it would be work done for whoever sent it.
  const fits = password.length <= MOST_PASSWORD_LENGTH * 4;
  const right = await verify(kept ?? NOBODY, writtenPassword(fits ? password : ""));
  return right && kept !== null && fits;
}

/** True where the hash was made with weaker or other parameters than today's. */
export function needsRehash(kept: string): boolean {
  const found = parseOptions(kept);
  return (
    found.algorithm !== PARAMETERS.algorithm ||
    found.memoryCost !== PARAMETERS.memoryCost ||
    found.timeCost !== PARAMETERS.timeCost ||
    found.parallelism !== PARAMETERS.parallelism ||
    found.outputLen !== PARAMETERS.outputLen ||
    found.saltLen < SALT_LENGTH
  );
}

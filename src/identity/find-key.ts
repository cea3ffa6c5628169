/** Finds a presented key for the API's door; its place and scopes are asked for again in the place's own transaction. */
import type { Database } from "../platform/database/index.ts";
import { findKeyByHash, type KeyInForce } from "./store/keys.ts";
import { hashToken } from "./store/tokens.ts";

const KEY = /^op_[A-Za-z0-9_-]{40}$/;

/** Null where the key is unknown, revoked or past its last day. Notes its use, once a minute. */
export async function findKey(database: Database, presented: string): Promise<KeyInForce | null> {
  if (!KEY.test(presented)) return null;
  return database.national((tx) => findKeyByHash(tx, hashToken("key", presented)));
}

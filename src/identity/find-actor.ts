/** Finds who acts, with the roles they hold at the place in hand, from what a door has made sure of. */
import { findHoldings } from "../places/index.ts";
import type { Actor } from "../platform/actor.ts";
import type { Transaction } from "../platform/database/index.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { findAccount } from "./store/accounts.ts";
import { findKeyScopes } from "./store/keys.ts";

/** A closed account, and a key away from its own place or no longer in force, may do what anyone may. */
export async function findActor(tx: Transaction, credential: Credential): Promise<Actor> {
  if (credential.kind === "person") return findPerson(tx, credential.userId);
  if (credential.kind === "key") return findProgram(tx, credential.keyId);
  return credential;
}

/** The same where the demonstration's people, whose password is known, may be nobody. */
export async function findActorButDemonstration(tx: Transaction, credential: Credential): Promise<Actor> {
  return credential.kind === "person"
    ? findPerson(tx, credential.userId, { demonstration: false })
    : findActor(tx, credential);
}

async function findPerson(tx: Transaction, userId: string, may = { demonstration: true }): Promise<Actor> {
  const account = await findAccount(tx, userId);
  if (account === null || account.closed || (account.demonstration && !may.demonstration)) return { kind: "public" };
  const holdings = tx.placeId === null ? [] : await findHoldings(tx, tx.placeId, userId);
  return { kind: "person", userId, name: account.name, holdings };
}

async function findProgram(tx: Transaction, keyId: string): Promise<Actor> {
  const key = tx.placeId === null ? null : await findKeyScopes(tx, { keyId, placeId: tx.placeId });
  if (key === null) return { kind: "public" };
  return { kind: "key", keyId, partnerId: key.partnerId, scopes: key.scopes };
}

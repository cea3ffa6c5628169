/** Every hash of the chain, made a second time: SHA-256 (FIPS 180-4) of the texts of domain/chain-texts.ts. */
import { createHash } from "node:crypto";
import {
  auditText,
  closedText,
  type HashedAudit,
  type HashedHeld,
  type HashedLine,
  type HashedTransfer,
  type HeldColumns,
  heldSealText,
  heldText,
  type SealedTransfer,
  sealText,
  transferText,
} from "./domain/chain-texts.ts";

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** What the first block follows: the hash of nothing. */
export const BEFORE_THE_FIRST: Buffer = sha256();

/** transfer_hash. */
export function transferHash(one: HashedTransfer, lines: readonly HashedLine[]): Buffer {
  return sha256(transferText(one, lines));
}

/** transfer_seal. */
export function transferSeal(one: SealedTransfer): Buffer {
  return sha256(sealText(one));
}

/** audit_entry_bytes. */
export function auditDigest(one: HashedAudit): Buffer {
  return sha256(auditText(one));
}

/** held_hash. */
export function heldHash(columns: HeldColumns): Buffer {
  return sha256(heldText(columns));
}

/** held_seal. */
export function heldSeal(one: HashedHeld): Buffer {
  return sha256(heldSealText(one));
}

/** ledger_period_hash. */
export function periodHash(held: ReadonlyMap<string, bigint>): Buffer {
  return sha256(closedText(held));
}

/** A hash over many digests, one after another, none of which is kept. */
export type Gathering = { readonly add: (digest: Uint8Array) => void; readonly end: () => Buffer };

export function gather(first?: Uint8Array): Gathering {
  const hash = createHash("sha256");
  if (first) hash.update(first);
  return { add: (digest) => void hash.update(digest), end: () => hash.digest() };
}

export type BlockRows = {
  readonly previous: Uint8Array;
  readonly audit: Uint8Array;
  readonly transfers: Uint8Array;
  readonly balance: string;
};

/** audit_block_hash: a block of form 2, of the hash over its audit entries and of that over its transfers' seals. */
export function blockHash({ previous, audit, transfers, balance }: BlockRows): Buffer {
  return sha256(previous, audit, transfers, sha256(balance));
}

/** dated_block_hash: a block that holds when it was sealed as well, and the periods closed for good before it. */
export function datedHash(
  rows: Uint8Array,
  { sealedAt, words }: { readonly sealedAt: string; readonly words: string },
): Buffer {
  return sha256(rows, sha256(`${sealedAt}|${words}`));
}

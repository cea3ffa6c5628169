/**
 * Every hash of the chain, made a second time and without a database: as db/migrations 0001, 0002, 0005 and 0011 make them in
 * SQL. Bytes in, bytes out; moments and large numbers are text as PostgreSQL writes them, so that no digit is lost.
 */
import { createHash } from "node:crypto";

export type HashedTransfer = {
  readonly placeId: number;
  readonly id: string;
  readonly book: string;
  readonly kind: string;
  readonly on: string;
  readonly bookedOn: string | null;
  readonly record: string;
  readonly words: string;
  readonly by: string;
  readonly reverses: string | null;
};
export type HashedLine = { readonly account: string; readonly amount: string };
export type SealedTransfer = {
  readonly id: string;
  readonly life: number;
  readonly tx: string;
  readonly postedAt: string;
  readonly hash: string;
};
export type HashedAudit = {
  readonly placeId: number;
  readonly id: string;
  readonly tx: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly record: string;
  readonly hash: string;
};
export type HashedPeriod = {
  readonly book: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: string;
  readonly balanceHash: string | null;
  readonly entries: string | null;
  readonly block: string | null;
  readonly closedBy: string | null;
  readonly closedAt: string | null;
};

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** What the first block follows: the hash of nothing. */
export const BEFORE_THE_FIRST: Buffer = sha256();

/**
 * A text as jsonb writes it (PostgreSQL, src/backend/utils/adt/json.c, escape_json): short escapes for five letters, \u with
 * four figures for the other control letters, and everything else as it is, DEL and letters beyond ASCII among it.
 */
export function jsonbText(text: string | null): string {
  return text === null ? "null" : JSON.stringify(text);
}

/** transfer_hash: the text of a jsonb array, which has a space after each comma. No lines at all are null, as array_agg gives. */
export function transferHash(one: HashedTransfer, lines: readonly HashedLine[]): Buffer {
  const fields = [
    String(one.placeId),
    jsonbText(one.id),
    jsonbText(one.book),
    jsonbText(one.kind),
    jsonbText(one.on),
    jsonbText(one.record),
    jsonbText(one.words),
    jsonbText(one.by),
    jsonbText(one.reverses),
    lines.length === 0 ? "null" : `[${lines.map(({ account }) => jsonbText(account)).join(", ")}]`,
    lines.length === 0 ? "null" : `[${lines.map(({ amount }) => amount).join(", ")}]`,
    ...(one.bookedOn === null ? [] : [jsonbText(one.bookedOn)]),
  ];
  return sha256(`[${fields.join(", ")}]`);
}

/** transfer_seal. */
export function transferSeal({ id, life, tx, postedAt, hash }: SealedTransfer): Buffer {
  return sha256([id, life, tx, postedAt, hash].join("|"));
}

/** audit_entry_bytes. */
export function auditDigest({ placeId, id, tx, at, actor, action, record, hash }: HashedAudit): Buffer {
  return sha256([placeId, id, tx, at, actor, action, record, hash].join("|"));
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
  { sealedAt, periods }: { readonly sealedAt: string; readonly periods: string },
): Buffer {
  return sha256(rows, sha256(`${sealedAt}|${periods}`));
}

/** sealed_periods: in the order of book and first day. */
export function periodsText(periods: readonly HashedPeriod[]): string {
  return [...periods]
    .sort((a, b) => (`${a.book} ${a.startsOn}` < `${b.book} ${b.startsOn}` ? -1 : 1))
    .map((one) =>
      [
        one.book,
        one.startsOn,
        one.endsOn,
        one.state,
        // As concat_ws: what is missing is left out, its separator too.
        ...(one.balanceHash === null ? [] : [one.balanceHash]),
        ...(one.entries === null ? [] : [one.entries]),
        one.block ?? "-",
        one.closedBy ?? "-",
        one.closedAt ?? "-",
      ].join("|"),
    )
    .join(";");
}

/** trial_balance_after: "real pot=120;real stream=-120", by book and kind. */
export function trialBalanceText(held: ReadonlyMap<string, bigint>): string {
  return [...held.keys()]
    .sort()
    .map((key) => `${key}=${held.get(key) ?? 0n}`)
    .join(";");
}

export function readTrialBalance(
  text: string,
): readonly { readonly book: string; readonly kind: string; readonly pence: bigint }[] {
  return text === ""
    ? []
    : text.split(";").map((part) => {
        const [key = "", pence = "0"] = part.split("=");
        const [book = "", kind = ""] = key.split(" ");
        return { book, kind, pence: BigInt(pence) };
      });
}

/** ledger_period_hash: what each account held, in the order of account ids. */
export function periodHash(held: ReadonlyMap<string, bigint>): Buffer {
  return sha256(
    [...held.keys()]
      .sort()
      .map((account) => `${account}:${held.get(account) ?? 0n}`)
      .join(","),
  );
}

/**
 * The texts that the chain's hashes are made of, a second time and without a database: as db/migrations 0001, 0002, 0005, 0011
 * and 0017 make them in SQL. Moments and large numbers are text as PostgreSQL writes them, so that no digit is lost.
 */

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

/**
 * A text as jsonb writes it (PostgreSQL, src/backend/utils/adt/json.c, escape_json): short escapes for five letters, \u with
 * four figures for the other control letters, and everything else as it is, DEL and letters beyond ASCII among it.
 */
export function jsonbText(text: string | null): string {
  return text === null ? "null" : JSON.stringify(text);
}

export type HeldColumns = Readonly<Record<string, string | null>>;
export type HashedHeld = {
  readonly placeId: number;
  readonly life: number;
  readonly tx: string;
  readonly subject: string;
  readonly key: string;
  readonly hash: string;
};

/** transfer_hash: the text of a jsonb array, which has a space after each comma. No lines at all are null, as array_agg gives. */
export function transferText(one: HashedTransfer, lines: readonly HashedLine[]): string {
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
  return `[${fields.join(", ")}]`;
}

/** transfer_seal. */
export function sealText({ id, life, tx, postedAt, hash }: SealedTransfer): string {
  return [id, life, tx, postedAt, hash].join("|");
}

/** audit_entry_bytes. */
export function auditText({ placeId, id, tx, at, actor, action, record, hash }: HashedAudit): string {
  return [placeId, id, tx, at, actor, action, record, hash].join("|");
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

/** held_hash: the text of a jsonb object, whose keys stand shorter ones first (PostgreSQL, src/backend/utils/adt/jsonb_util.c). */
export function heldText(columns: HeldColumns): string {
  const keys = Object.keys(columns).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return `{${keys.map((key) => `${jsonbText(key)}: ${jsonbText(columns[key] ?? null)}`).join(", ")}}`;
}

/** held_seal. */
export function heldSealText({ placeId, life, tx, subject, key, hash }: HashedHeld): string {
  return [placeId, life, tx, subject, key, hash].join("|");
}

export type TransactionKey = { readonly life: number; readonly tx: string };

/** Numbers without leading noughts: the longer is the larger. */
export function compareMoments(a: TransactionKey, b: TransactionKey): number {
  return a.life - b.life || a.tx.length - b.tx.length || (a.tx < b.tx ? -1 : a.tx > b.tx ? 1 : 0);
}

/** Held rows of one transaction: by subject, then by key, each by its bytes, as the collation "C" orders them. */
export function compareHeldKeys(
  a: Pick<HashedHeld, "subject" | "key">,
  b: Pick<HashedHeld, "subject" | "key">,
): number {
  return (
    Buffer.compare(Buffer.from(a.subject), Buffer.from(b.subject)) ||
    Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))
  );
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
export function closedText(held: ReadonlyMap<string, bigint>): string {
  return [...held.keys()]
    .sort()
    .map((account) => `${account}:${held.get(account) ?? 0n}`)
    .join(",");
}

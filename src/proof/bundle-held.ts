/**
 * The held rows of a bundle (db/migrations/0017): approvals, signatures, limits, rules, records, and accounts as they were opened.
 * Their parts are read side by side in the order of the chain; each row is hashed again, and what it says is judged with the rest.
 */
import type { Accounts } from "./bundle-accounts.ts";
import { openDecisions, type Said } from "./bundle-decisions.ts";
import { failRow, type Placed, type RowReader } from "./bundle-fault.ts";
import type { HeldPart, RowOf } from "./bundle-format.ts";
import { type Gathering, heldHash, heldSeal } from "./bundle-hashes.ts";
import { compareHeldKeys, compareMoments, type HeldColumns, type TransactionKey } from "./domain/chain-texts.ts";

type Row = RowOf<HeldPart>;
type InChain = Extract<Row, { readonly tx: string }>;
export type HeldRow = Placed<InChain & { readonly columns: HeldColumns }>;

export type Held = ReturnType<typeof openHeld>;

type ToHold = {
  readonly placeId: number;
  readonly accounts: Accounts;
  /** Null for a bundle from before rows were held. */
  readonly readers: readonly RowReader<Row>[] | null;
};

/** Where a block starts and ends; the rows that no block has sealed yet have no end. */
type Range = { readonly start: TransactionKey; readonly end: TransactionKey | null };

export function openHeld({ placeId, accounts, readers }: ToHold) {
  const decisions = openDecisions();
  const opened = new Set<string>();
  let held = 0;
  let last: InChain | null = null;
  let since: TransactionKey | null = null;
  const take = (at: HeldRow): void => {
    held += 1;
    if (at.row.subject === "since") since ??= at.row;
    else if (at.row.subject === "account") opened.add(openingOf(at, accounts));
    else decisions.take(at);
  };
  return {
    /** Takes the rows of a range of transactions; gives how many there were. */
    takeBelow: async ({ start, end }: Range, into: Gathering | null): Promise<number> => {
      const before = held;
      decisions.nextBlock();
      for (let next = await firstOf(readers ?? []); next !== null; next = await firstOf(readers ?? [])) {
        const { row } = next.at;
        if (end !== null && compareMoments(row, end) >= 0) break;
        await next.reader.take();
        if (compareMoments(row, start) < 0) failRow(next.at, "its transaction is in no block");
        if (last !== null && compareHeld(last, row) >= 0) failRow(next.at, "it is not in the order of the chain");
        last = row;
        into?.add(heldSeal({ ...row, placeId }));
        take(unchanged(next.at));
      }
      decisions.judge();
      if (end === null) await refuseRest(readers ?? []);
      return held - before;
    },
    /** An entry of the audit trail: who prepared, signed, refused or withdrew an approval. */
    hear: (said: Said): void => decisions.hear(said),
    /** A transfer of a pot's real money: someone authorised, in its own transaction, what its maker prepared. */
    authorised: (at: Placed<RowOf<"transfers.jsonl">>): void => {
      if (readers === null || at.row.tx === "0") return;
      if (since === null || compareMoments(at.row, since) >= 0) decisions.authorised(at);
    },
    finish: () => {
      if (readers !== null)
        accounts.each((at) => {
          if (!opened.has(at.row.id)) failRow(at, "the chain does not hold how it was opened");
        });
      return { held, ...decisions.counted };
    },
  };
}

type Next = { readonly reader: RowReader<Row>; readonly at: Placed<InChain> };

/** Of the rows that come next, the one that the chain holds first. */
async function firstOf(readers: readonly RowReader<Row>[]): Promise<Next | null> {
  let first: Next | null = null;
  for (const reader of readers) {
    const at = await reader.peek();
    if (at === null || !isInChain(at)) continue;
    if (first === null || compareHeld(at.row, first.at.row) < 0) first = { reader, at };
  }
  return first;
}

function isInChain(at: Placed<Row>): at is Placed<InChain> {
  return "tx" in at.row;
}

/** Behind a part's rows of the chain stand those that are in none. */
async function refuseRest(readers: readonly RowReader<Row>[]): Promise<void> {
  for (const reader of readers) {
    const at = await reader.peek();
    if (at !== null) failRow(at, "it is not in the chain: it was added behind it");
  }
}

function unchanged(at: Placed<InChain>): HeldRow {
  const { columns } = at.row;
  if (columns === null) return failRow(at, "it was written and is gone");
  if (heldHash(columns).toString("hex") !== at.row.hash)
    failRow(at, "it was changed after it was written: its hash is another");
  return { ...at, row: { ...at.row, columns } };
}

function compareHeld(a: InChain, b: InChain): number {
  return compareMoments(a, b) || compareHeldKeys(a, b);
}

/** What an account was opened as is what it is now: no update puts it in another pot, book or record unseen. */
function openingOf(at: HeldRow, accounts: Accounts): string {
  const { columns } = at.row;
  const account = accounts.find(at.row.key)?.at;
  if (account === undefined) return failRow(at, "its account is not in the bundle");
  const { book, kind, record, stream, pot, floor } = account.row;
  const now = { book, kind, record_id: record, stream_id: stream, pot_id: pot, floor_pence: floor };
  for (const [name, value] of Object.entries(now))
    if (columns[name] !== value)
      failRow(account, `its ${name} is ${value ?? "none"}, it was opened with ${columns[name] ?? "none"}`);
  return account.row.id;
}

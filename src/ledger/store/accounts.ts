/** Accounts and the one function that posts to them. Nothing else in Onepot changes a balance. */
import { assert } from "../../lib/assert.ts";
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Share, Source } from "../domain/draw.ts";
import type { Book } from "./pots.ts";
import { restrictions } from "./streams.ts";

export const ACCOUNT_KINDS = [
  "stream",
  "pot",
  "allocation",
  "commitment",
  "paid",
  "clearing",
  "resolve",
  "adjustment",
  "creditor",
  "debtor",
  "prepaid",
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
export const TRANSFER_KINDS = [
  "contribution",
  "allocation",
  "commitment",
  "payment",
  "transfer",
  "reversal",
  "virement",
  "release",
  "credit_note",
  "paid_elsewhere",
  "clearing",
  "journal",
  "accrual",
  "carry_forward",
  "handover",
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export type AccountToOpen = {
  readonly accountId: string;
  readonly book: Book;
  readonly kind: AccountKind;
  readonly recordId: string;
  /** Null of money that is no stream's: what was paid elsewhere, until somebody bears it. */
  readonly streamId: string | null;
  readonly potId: string | null;
  readonly floorPence: Pence | null;
};

const MOST_OPENED = 2_000;

/** Opens the accounts, or finds those that are open, and gives their ids in the order asked. One statement, 2,000 at most. */
export async function openAccounts(
  tx: Transaction,
  placeId: number,
  accounts: readonly AccountToOpen[],
): Promise<readonly string[]> {
  assert(accounts.length <= MOST_OPENED, `${MOST_OPENED} accounts are opened at once at most`);
  const opened = await tx.rows(sql<{ accountId: string }>`
    select open_ledger_account(${placeId}::integer, id, book, kind, record, stream, pot, floor) as "accountId"
      from unnest(${accounts.map(({ accountId }) => accountId)}::uuid[], ${accounts.map(({ book }) => book)}::text[],
                  ${accounts.map(({ kind }) => kind)}::text[], ${accounts.map(({ recordId }) => recordId)}::uuid[],
                  ${accounts.map(({ streamId }) => streamId)}::uuid[], ${accounts.map(({ potId }) => potId)}::uuid[],
                  ${accounts.map(({ floorPence }) => floorPence)}::bigint[])
           with ordinality as a (id, book, kind, record, stream, pot, floor, line)
     order by line limit ${MOST_OPENED}`);
  return opened.map(({ accountId }) => accountId);
}

/**
 * The accounts of a record that can be drawn on, with their streams. `thenPence` is what is there on a day and on every
 * day since: less than what is there now where money came later or was used in between.
 */
export async function findSources(
  tx: Transaction,
  the: { readonly placeId: number; readonly kind: AccountKind; readonly recordId: string; readonly day: Day },
): Promise<readonly DatedSource[]> {
  return tx.rows(sql<DatedSource>`
    select a.account_id as "accountId", a.stream_id as "streamId", s.name as stream, s.ring_fenced as "ringFenced",
           s.starts_on as "startsOn", s.ends_on as "endsOn", a.posted_pence - a.reserved_pence as "availablePence",
           ${restrictions} as restrictions,
           case when a.last_effective_on > ${the.day} then
             least(a.posted_pence - a.reserved_pence, (ledger_lowest_since(a.place_id, a.account_id, a.posted_pence, ${the.day})).lowest_pence)
           else a.posted_pence - a.reserved_pence end as "thenPence"
      from ledger_account a join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
     where a.place_id = ${the.placeId} and a.kind = ${the.kind} and a.record_id = ${the.recordId} limit 1000`);
}

export type DatedSource = Source & { readonly accountId: string; readonly thenPence: Pence };

export type Posting = {
  readonly transferId: string;
  readonly book: Book;
  readonly kind: TransferKind;
  readonly effectiveOn: Day;
  readonly lines: readonly { readonly accountId: string; readonly amountPence: Pence }[];
  readonly recordId: string;
  readonly words: string;
  readonly reversesId: string | null;
  readonly madeBy: string;
  readonly requestHash: Buffer;
  /** The day in whose period it counts, where that is another than its own. */
  readonly bookedOn?: Day | null;
  /** Whether whoever makes it may still enter into a period that is softly closed. */
  readonly soft?: boolean;
};

export type PostOutcome = {
  readonly outcome:
    | "posted"
    | "already"
    | "key_reused"
    | "not_found"
    | "lines_missing"
    | "unbalanced"
    | "too_large"
    | "already_reversed"
    | "unknown_account"
    | "wrong_book"
    | "account_closed"
    | "period_closed"
    | "insufficient_funds"
    | "insufficient_funds_then";
  readonly account: string | null;
  readonly availablePence: Pence | null;
  readonly lowestOn: Day | null;
};

export async function postTransfer(tx: Transaction, placeId: number, posting: Posting): Promise<PostOutcome> {
  return tx.one(sql<PostOutcome>`
    select outcome, account, available_pence as "availablePence", lowest_on as "lowestOn"
      from post_transfer(${placeId}, ${posting.transferId}, ${posting.book}, ${posting.kind}, ${posting.effectiveOn},
        ${posting.lines.map(({ accountId }) => accountId)}::uuid[], ${posting.lines.map(({ amountPence }) => amountPence)}::bigint[],
        ${posting.recordId}, ${posting.words}, ${posting.reversesId}, ${posting.madeBy}, ${posting.requestHash},
        ${posting.bookedOn ?? null}, ${posting.soft ?? false})`);
}

export async function waitLongForLocks(tx: Transaction): Promise<void> {
  await tx.rows(sql`select set_config('lock_timeout', '10min', true)`);
}

/** So that a draw that lost its money to another request can let go of its locks before it draws again. */
export async function markDraw(tx: Transaction): Promise<void> {
  await tx.run(sql`savepoint drawn`, "any");
}

export async function undoDraw(tx: Transaction): Promise<void> {
  await tx.run(sql`rollback to savepoint drawn`, "any");
}

export type AccountName = {
  readonly kind: AccountKind;
  readonly streamId: string | null;
  readonly stream: string | null;
};

export async function findAccount(tx: Transaction, placeId: number, accountId: string): Promise<AccountName | null> {
  return tx.maybe(sql<AccountName>`
    select a.kind, a.stream_id as "streamId", s.name as stream
      from ledger_account a left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
     where a.place_id = ${placeId} and a.account_id = ${accountId}`);
}

export type Transfer = {
  readonly transferId: string;
  readonly book: Book;
  readonly kind: TransferKind;
  readonly effectiveOn: Day;
  readonly recordId: string;
  readonly words: string;
  readonly reversesId: string | null;
  readonly requestHash: Buffer;
  readonly amountPence: Pence;
  /** The areas of the pots whose money it moved, each once; null among them stands for the whole place. */
  readonly areaIds: readonly (string | null)[];
};

export async function findTransfer(tx: Transaction, placeId: number, transferId: string): Promise<Transfer | null> {
  return tx.maybe(sql<Transfer>`
    select t.transfer_id as "transferId", t.book, t.kind, t.effective_on as "effectiveOn", t.record_id as "recordId", t.words,
           t.reverses_id as "reversesId", t.request_hash as "requestHash",
           (select coalesce(sum(e.amount_pence), 0)::bigint from entry e
             where e.place_id = t.place_id and e.transfer_id = t.transfer_id and e.amount_pence > 0) as "amountPence",
           (select coalesce(jsonb_agg(distinct o.area_id), '[null]') from entry e
              join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
              join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
             where e.place_id = t.place_id and e.transfer_id = t.transfer_id) as "areaIds"
      from transfer t where t.place_id = ${placeId} and t.transfer_id = ${transferId}`);
}

/** What a transfer carried, by stream: the lines that received it. What is no stream's has no share. */
export async function findShares(tx: Transaction, placeId: number, transferId: string): Promise<readonly Share[]> {
  return tx.rows(sql<Share>`
    select a.stream_id as "streamId", e.amount_pence as "amountPence"
      from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     where e.place_id = ${placeId} and e.transfer_id = ${transferId} and e.amount_pence > 0 and a.stream_id is not null
     order by e.line limit 1000`);
}

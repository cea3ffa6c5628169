/** Posting many transfers in one go, all or none. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { PostOutcome, TransferKind } from "./accounts.ts";
import type { Book } from "./pots.ts";

export type BatchedTransfer = {
  readonly transferId: string;
  readonly book: Book;
  readonly kind: Exclude<TransferKind, "reversal">;
  readonly effectiveOn: Day;
  readonly recordId: string;
  readonly words: string;
  readonly requestHash: Buffer;
  readonly lines: readonly { readonly accountId: string; readonly amountPence: Pence }[];
};

export type BatchOutcome = PostOutcome & {
  /** The first transfer at fault, counted from one. */
  readonly atFault: number | null;
  readonly posted: number;
};

export async function postBatch(
  tx: Transaction,
  placeId: number,
  the: { readonly transfers: readonly BatchedTransfer[]; readonly madeBy: string; readonly soft: boolean },
): Promise<BatchOutcome> {
  const { transfers } = the;
  const lines = transfers.flatMap((transfer, index) => transfer.lines.map((line) => ({ ...line, at: index + 1 })));
  return tx.one(sql<BatchOutcome>`
    select outcome, at_fault as "atFault", account, available_pence as "availablePence", lowest_on as "lowestOn", posted
      from post_batch(${placeId}, ${transfers.map(({ transferId }) => transferId)}::uuid[], ${transfers.map(({ book }) => book)}::text[],
        ${transfers.map(({ kind }) => kind)}::text[], ${transfers.map(({ effectiveOn }) => effectiveOn)}::date[],
        ${transfers.map(({ recordId }) => recordId)}::uuid[], ${transfers.map(({ words }) => words)}::text[],
        ${transfers.map(({ requestHash }) => requestHash)}::bytea[], ${lines.map(({ at }) => at)}::integer[],
        ${lines.map(({ accountId }) => accountId)}::uuid[], ${lines.map(({ amountPence }) => amountPence)}::bigint[],
        ${the.madeBy}, ${the.soft})`);
}

export type JournalAccount = {
  readonly accountId: string;
  readonly book: Book;
  readonly streamId: string | null;
  readonly openedOn: Day | null;
  readonly areaId: string | null;
  readonly potId: string | null;
  readonly capital: boolean;
};

/** The accounts that a journal names, as far as they are there. */
export async function findJournalAccounts(
  tx: Transaction,
  placeId: number,
  accountIds: readonly string[],
): Promise<readonly JournalAccount[]> {
  return tx.rows(sql<JournalAccount>`
    select a.account_id as "accountId", a.book, a.stream_id as "streamId", o.opened_on as "openedOn", o.area_id as "areaId",
           a.pot_id as "potId", coalesce(s.capital, false) as capital
      from ledger_account a left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
      left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
     where a.place_id = ${placeId} and a.account_id = any(${accountIds}::uuid[]) limit 20000`);
}

/** Reading one book in order, a page after another by key: what an export holds of it, whole transfers only. */
import { addDays, type Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Balance, Book, BookTransfer, NamedAccount, OpenAccount } from "../domain/books.ts";

/** How much is read at once. */
export type Paging = { readonly transfers: number; readonly entries: number; readonly accounts: number };
const USUAL: Paging = { transfers: 1_000, entries: 4_000, accounts: 2_000 };
/** A transfer has at most a few hundred lines. */
const LINES_READ = 1_000_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** `potId` and `areaId` narrow to the transfers that touch such a pot, with all of their lines: each file balances. */
export type BookScope = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly potId: string | null;
  readonly book: Book;
};
export type BookDays = { readonly from: Day | null; readonly asAt: Day };

export async function potExists(tx: Transaction, { placeId, potId }: Pick<BookScope, "placeId" | "potId">) {
  return (await tx.maybe(sql`select from pot where place_id = ${placeId} and pot_id = ${potId}::uuid`)) !== null;
}

export function touches({ placeId, areaId, potId }: Omit<BookScope, "book">, transferId: Fragment): Fragment {
  if (areaId === null && potId === null) return sql`true`;
  return sql`exists (
    select from entry x join ledger_account y on y.place_id = x.place_id and y.account_id = x.account_id
      join pot q on q.place_id = y.place_id and q.pot_id = y.pot_id
     where x.place_id = ${placeId} and x.transfer_id = ${transferId}
       and (${potId}::uuid is null or q.pot_id = ${potId}::uuid)
       and (${areaId}::uuid is null or q.area_id = ${areaId}::uuid or q.pot_id = ${potId}::uuid))`;
}

const NAMES = sql`a.account_id as "accountId", a.kind, o.name as pot, s.name as stream,
  coalesce(l.name, v.name, nullif(c.reference, '')) as record`;
const NAMED = sql`
  left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
  left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
  left join allocation l on a.kind = 'allocation' and l.place_id = a.place_id and l.allocation_id = a.record_id
  left join commitment c on a.kind = 'commitment' and c.place_id = a.place_id and c.commitment_id = a.record_id
  left join service v on a.kind = 'paid' and v.place_id = a.place_id and v.service_id = a.record_id`;

type Key = { readonly effectiveOn: Day; readonly transferId: string };

/**
 * In order of day, then of the transfer's id. Each page takes its keys from a few days of entries only, by their index in
 * order of day, so that a page costs the same however much comes after it, whatever the planner knows of the tables.
 */
export async function* readTransfers(
  tx: Transaction,
  scope: BookScope & BookDays,
  paging: Paging = USUAL,
): AsyncGenerator<BookTransfer> {
  let after: Key = { effectiveOn: scope.from ?? ("0001-01-01" as Day), transferId: FIRST_ID };
  while (after.effectiveOn <= scope.asAt) {
    const upTo = await dayFurtherOn(tx, scope, { from: after.effectiveOn, entries: paging.entries });
    const keys = await pageOfKeys(tx, scope, { after, upTo, limit: paging.transfers });
    if (keys.length > 0) yield* transfersOf(tx, scope, keys);
    after =
      keys.length < paging.transfers ? { effectiveOn: addDays(upTo, 1), transferId: FIRST_ID } : (keys.at(-1) ?? after);
  }
}

/** The day of the entry that stands so many after the first of a day; the last day where there are fewer. */
async function dayFurtherOn(
  tx: Transaction,
  { placeId, asAt }: BookScope & BookDays,
  { from, entries }: { readonly from: Day; readonly entries: number },
): Promise<Day> {
  const found = await tx.maybe(sql<{ day: Day }>`
    select effective_on as day from entry where place_id = ${placeId} and effective_on between ${from} and ${asAt}
     order by effective_on offset ${entries} limit 1`);
  return found?.day ?? asAt;
}

function pageOfKeys(
  tx: Transaction,
  scope: BookScope,
  { after, upTo, limit }: { readonly after: Key; readonly upTo: Day; readonly limit: number },
): Promise<readonly Key[]> {
  return tx.rows(sql<Key>`
    select t.effective_on as "effectiveOn", t.transfer_id as "transferId" from transfer t
     where t.place_id = ${scope.placeId} and t.effective_on <= ${upTo}
       and (t.effective_on, t.transfer_id) > (${after.effectiveOn}::date, ${after.transferId}::uuid)
       and ${touches(scope, sql`t.transfer_id`)}
     order by t.effective_on, t.transfer_id limit ${limit}`);
}

type TransferRow = Omit<BookTransfer, "lines" | "postedAt"> & { readonly postedAt: Date };

/** Those of the book among the keys, which are of both. */
async function* transfersOf(
  tx: Transaction,
  { placeId, book }: BookScope,
  keys: readonly Key[],
): AsyncGenerator<BookTransfer> {
  const rows = await tx.rows(sql<TransferRow>`
    select t.transfer_id as "transferId", t.kind, t.effective_on as "effectiveOn", t.posted_at as "postedAt",
           t.record_id as "recordId", t.words, t.made_by as "madeBy", t.reverses_id as "reversesId"
      from transfer t
     where t.place_id = ${placeId} and t.book = ${book}
       and t.transfer_id = any(${keys.map(({ transferId }) => transferId)}::uuid[])
     order by t.effective_on, t.transfer_id limit ${keys.length}`);
  const lines = await linesOf(tx, { placeId, transferIds: rows.map((one) => one.transferId) });
  for (const { postedAt, ...one } of rows)
    yield { ...one, postedAt: postedAt.toISOString(), lines: lines.get(one.transferId) ?? [] };
}

type LineRow = NamedAccount & { readonly transferId: string; readonly amountPence: Pence };

async function linesOf(
  tx: Transaction,
  { placeId, transferIds }: { readonly placeId: number; readonly transferIds: readonly string[] },
): Promise<ReadonlyMap<string, BookTransfer["lines"]>> {
  const rows = await tx.rows(sql<LineRow>`
    select e.transfer_id as "transferId", e.amount_pence as "amountPence", ${NAMES}
      from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id ${NAMED}
     where e.place_id = ${placeId} and e.transfer_id = any(${transferIds}::uuid[])
     order by e.transfer_id, e.line limit ${LINES_READ}`);
  const lines = new Map<string, { account: NamedAccount; amountPence: Pence }[]>();
  for (const { transferId, amountPence, ...account } of rows) {
    const own = lines.get(transferId) ?? [];
    own.push({ account, amountPence });
    lines.set(transferId, own);
  }
  return lines;
}

/** Every account with an entry up to the last day, in order of its id, with the day of its first. */
export async function* readAccounts(
  tx: Transaction,
  scope: BookScope & BookDays,
  { accounts: limit }: Paging = USUAL,
): AsyncGenerator<OpenAccount> {
  yield* byAccount((after) =>
    tx.rows(sql<OpenAccount>`
      with summed as (${summedTo(scope, { day: scope.asAt, after })} order by e.account_id limit ${limit})
      select ${NAMES}, m.first_on as "firstOn"
        from summed m join ledger_account a on a.place_id = ${scope.placeId} and a.account_id = m.account_id ${NAMED}
       order by a.account_id limit ${limit}`),
  );
}

type BalanceRow = NamedAccount & { readonly balancePence: Pence };

/** What each account holds at the end of a day, summed from its entries; with `all` false, only what is not nought. */
export async function* readBalances(
  tx: Transaction,
  scope: BookScope & { readonly day: Day; readonly all: boolean },
  { accounts: limit }: Paging = USUAL,
): AsyncGenerator<Balance> {
  const rows = byAccount((after) =>
    tx.rows(sql<BalanceRow>`
      with summed as (${summedTo(scope, { day: scope.day, after })}
        having ${scope.all} or sum(e.amount_pence) <> 0 order by e.account_id limit ${limit})
      select ${NAMES}, m.balance as "balancePence"
        from summed m join ledger_account a on a.place_id = ${scope.placeId} and a.account_id = m.account_id ${NAMED}
       order by a.account_id limit ${limit}`),
  );
  for await (const { balancePence, ...account } of rows) yield { account, balancePence };
}

function summedTo(scope: BookScope, { day, after }: { readonly day: Day; readonly after: string }): Fragment {
  return sql`
    select e.account_id, sum(e.amount_pence)::bigint as balance, min(e.effective_on) as first_on
      from entry e join ledger_account b on b.place_id = e.place_id and b.account_id = e.account_id
     where e.place_id = ${scope.placeId} and b.book = ${scope.book} and e.effective_on <= ${day}
       and e.account_id > ${after}::uuid and ${touches(scope, sql`e.transfer_id`)}
     group by e.account_id`;
}

async function* byAccount<T extends { readonly accountId: string }>(
  read: (after: string) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  let after = FIRST_ID;
  while (true) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.accountId;
  }
}

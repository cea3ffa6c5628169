/** Transfers with who made them and when, and how many changes each made, between two days of London's calendar. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "../domain/books.ts";
import { touches } from "./books.ts";

const ENTRIES_READ = 5_000;
const MAKERS_READ = 10_000;

export type MadeScope = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly madeBy: string | null;
  readonly from: Day;
  readonly to: Day;
};

export type Made = {
  readonly transferId: string;
  readonly book: Book;
  readonly kind: string;
  readonly effectiveOn: Day;
  readonly postedAt: Date;
  readonly recordId: string;
  readonly words: string;
  readonly madeBy: string;
  readonly amountPence: Pence;
};

/** From the first moment of the one day to the last of the other, by London's clock. */
function madeBetween(moment: Fragment, { from, to }: Pick<MadeScope, "from" | "to">): Fragment {
  return sql`${moment} >= ${from}::date::timestamp at time zone 'Europe/London'
    and ${moment} < (${to}::date + 1)::timestamp at time zone 'Europe/London'`;
}

/** In order of id, which is that of time for ids made as they should be; each page reads on from the last. */
export async function* readMade(tx: Transaction, scope: MadeScope): AsyncGenerator<Made> {
  let after = "00000000-0000-0000-0000-000000000000";
  while (true) {
    const page = await listMade(tx, scope, { after, limit: ENTRIES_READ });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.transferId;
  }
}

export async function listMade(
  tx: Transaction,
  scope: MadeScope,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly Made[]> {
  const { placeId, areaId, madeBy } = scope;
  return tx.rows(sql<Made>`
    select t.transfer_id as "transferId", t.book, t.kind, t.effective_on as "effectiveOn", t.posted_at as "postedAt",
           t.record_id as "recordId", t.words, t.made_by as "madeBy",
           (select coalesce(sum(e.amount_pence), 0)::bigint from entry e
             where e.place_id = t.place_id and e.transfer_id = t.transfer_id and e.amount_pence > 0) as "amountPence"
      from transfer t
     where t.place_id = ${placeId} and t.transfer_id > ${after}::uuid and ${madeBetween(sql`t.posted_at`, scope)}
       and (${madeBy}::text is null or t.made_by = ${madeBy})
       and ${touches({ placeId, areaId, potId: null }, sql`t.transfer_id`)}
     order by t.transfer_id limit ${limit}`);
}

/** Rows of the audit trail by who made the change: those of the ledger and all others. */
export async function countChanges(
  tx: Transaction,
  { placeId, madeBy, ...days }: MadeScope,
): Promise<readonly { readonly madeBy: string; readonly changes: number }[]> {
  return tx.rows(sql<{ madeBy: string; changes: number }>`
    select actor as "madeBy", count(*)::integer as changes from (
        select actor, made_at from audit_entry where place_id = ${placeId}
        union all
        select made_by, posted_at from transfer where place_id = ${placeId} and transaction_number > '0'::xid8) as trail
     where ${madeBetween(sql`made_at`, days)} and (${madeBy}::text is null or actor = ${madeBy})
     group by actor order by actor limit ${MAKERS_READ}`);
}

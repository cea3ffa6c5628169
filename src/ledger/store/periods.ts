/** The periods of a place's books: which are closed, what stood in them, and what was said when they closed. */
import { addDays, type Day, mustDay } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

type Stretch = { readonly book: Book; readonly from: Day; readonly to: Day };
export type PeriodState = "soft" | "hard";

export type ClosedPeriod = {
  readonly book: Book;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly state: PeriodState;
  /** Of the trial balance at its end, in hex; only where it is closed for good. */
  readonly balanceHash: string | null;
  readonly entries: bigint | null;
  readonly blockNumber: bigint | null;
  readonly closedBy: string;
  readonly closedAt: Date;
};

/** Closed periods with a day in a stretch, in order. */
export async function listClosed(
  tx: Transaction,
  placeId: number,
  the: { readonly from: Day; readonly to: Day },
): Promise<readonly ClosedPeriod[]> {
  return tx.rows(sql<ClosedPeriod>`
    select book, starts_on as "startsOn", ends_on as "endsOn", state, encode(balance_hash, 'hex') as "balanceHash", entries,
           block_number as "blockNumber", coalesce(closed_by, '') as "closedBy", closed_at as "closedAt"
      from ledger_period where place_id = ${placeId} and starts_on <= ${the.to} and ends_on >= ${the.from}
     order by book, starts_on limit 1000`);
}

/** The books that a place keeps: those of its pots. */
export async function listBooks(tx: Transaction, placeId: number): Promise<readonly Book[]> {
  const found = await tx.rows(
    sql<{ book: Book }>`select distinct book from pot where place_id = ${placeId} order by book limit 2`,
  );
  return found.map(({ book }) => book);
}

export type MonthEntries = { readonly book: Book; readonly month: Day; readonly entries: bigint };

/** How many entries count in each month of a stretch: by the day in whose period they count. */
export async function countEntries(
  tx: Transaction,
  placeId: number,
  the: { readonly from: Day; readonly to: Day },
): Promise<readonly MonthEntries[]> {
  return tx.rows(sql<MonthEntries>`
    select t.book, date_trunc('month', coalesce(t.booked_on, t.effective_on))::date as month, count(*) as entries
      from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
     where t.place_id = ${placeId} and coalesce(t.booked_on, t.effective_on) between ${the.from} and ${the.to}
     group by 1, 2 order by 1, 2 limit 1000`);
}

/** The last day of a book that is closed for good; null while none is. */
export async function findLastHardDay(tx: Transaction, placeId: number, book: Book): Promise<Day | null> {
  const found = await tx.one(sql<{ day: Day | null }>`
    select max(ends_on) as day from ledger_period where place_id = ${placeId} and book = ${book} and state = 'hard'`);
  return found.day;
}

/** The first day before another, not closed for good, on which something counts; null where there is none. */
export async function findOpenBefore(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly before: Day },
): Promise<Day | null> {
  const found = await tx.one(sql<{ day: Day | null }>`
    select min(coalesce(t.booked_on, t.effective_on)) as day from transfer t
     where t.place_id = ${placeId} and t.book = ${the.book} and coalesce(t.booked_on, t.effective_on) < ${the.before}
       and not exists (select from ledger_period p where p.place_id = t.place_id and p.book = t.book and p.state = 'hard'
                          and coalesce(t.booked_on, t.effective_on) between p.starts_on and p.ends_on)`);
  return found.day;
}

export type CloseOutcome = "already_hard" | "overlaps" | "gap" | PeriodState;

export async function closePeriod(
  tx: Transaction,
  placeId: number,
  the: Stretch & { readonly state: PeriodState; readonly mark: string },
): Promise<CloseOutcome> {
  const { outcome } = await tx.one(sql<{ outcome: CloseOutcome }>`
    select outcome from close_ledger_period(${placeId}, ${the.book}, ${the.from}, ${the.to}, ${the.state}, ${the.mark})`);
  return outcome;
}

/** Before the first period that was ever closed for good nothing counts, and nothing may come in behind it. */
export async function closeBefore(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly before: Day; readonly mark: string },
): Promise<CloseOutcome> {
  const { book, before, mark } = the;
  return closePeriod(tx, placeId, { book, from: mustDay("1900-01-01"), to: addDays(before, -1), state: "hard", mark });
}

/** False where there is no soft close to take back. */
export async function reopenPeriod(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly from: Day },
): Promise<boolean> {
  const { reopened } = await tx.one(sql<{ reopened: boolean }>`
    select reopen_ledger_period(${placeId}, ${the.book}, ${the.from}) as reopened`);
  return reopened;
}

export type Explanation = { readonly item: string; readonly words: string };

export async function insertExplanations(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly period: string; readonly mark: string; readonly all: readonly Explanation[] },
): Promise<void> {
  if (the.all.length === 0) return;
  await tx.run(
    held(
      "period_explanation",
      sql`insert into period_explanation (place_id, book, period, item, words, explained_by)
        select ${placeId}::integer, ${the.book}::text, ${the.period}::text, item, words, ${the.mark}::text
          from unnest(${the.all.map(({ item }) => item)}::text[], ${the.all.map(({ words }) => words)}::text[]) as e (item, words)
        on conflict (place_id, book, period, item) do nothing`,
    ),
    "any",
  );
}

export type KeptExplanation = Explanation & {
  readonly period: string;
  readonly explainedBy: string;
  readonly explainedAt: Date;
};

export async function listExplanations(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly periods: readonly string[] },
): Promise<readonly KeptExplanation[]> {
  return tx.rows(sql<KeptExplanation>`
    select period, item, words, explained_by as "explainedBy", explained_at as "explainedAt" from period_explanation
     where place_id = ${placeId} and book = ${the.book} and period = any(${the.periods}::text[])
     order by period, item limit 1000`);
}

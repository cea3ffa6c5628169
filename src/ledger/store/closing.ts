/** What the checklist of a close looks at: each figure as at the end of the period, in one book. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

type AtEnd = { readonly book: Book; readonly from: Day; readonly to: Day };
export type Tally = { readonly count: bigint; readonly pence: Pence };

/** Accounts to resolve that are not nought at the end of a day, and what stands on them whatever its sign. */
export async function tallyUnresolved(tx: Transaction, placeId: number, the: AtEnd): Promise<Tally> {
  return tx.one(sql<Tally>`
    select count(*) as count, coalesce(sum(abs(r.pence)), 0)::bigint as pence from (
      select sum(e.amount_pence) as pence from ledger_account a
        join entry e on e.place_id = a.place_id and e.account_id = a.account_id
       where a.place_id = ${placeId} and a.book = ${the.book} and a.kind = 'resolve' and e.effective_on <= ${the.to}
       group by a.account_id having sum(e.amount_pence) <> 0) as r`);
}

/** Late items that count in the period and keep an earlier day of their own. */
export async function tallyLate(tx: Transaction, placeId: number, the: AtEnd): Promise<Tally> {
  return tx.one(sql<Tally>`
    select count(distinct t.transfer_id) as count, coalesce(sum(e.amount_pence), 0)::bigint as pence from transfer t
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id and e.amount_pence > 0
     where t.place_id = ${placeId} and t.book = ${the.book} and t.booked_on between ${the.from} and ${the.to}`);
}

/** Transfers that count up to the end of the period and are not in a sealed block yet. */
export async function countUnsealed(tx: Transaction, placeId: number, the: AtEnd): Promise<bigint> {
  const found = await tx.one(sql<{ count: bigint }>`
    select count(*) as count from ledger_sealed_below(${placeId}) as b
      join transfer t on t.place_id = ${placeId} and (t.life, t.transaction_number) >= (b.life, b.number)
     where t.book = ${the.book} and coalesce(t.booked_on, t.effective_on) <= ${the.to}`);
  return found.count;
}

/** The block with which the chain was last proved for a hard close: what came before it need not be proved again. */
export async function findProvedBlock(tx: Transaction, placeId: number): Promise<bigint> {
  const found = await tx.one(sql<{ block: bigint | null }>`
    select max(block_number) as block from ledger_period where place_id = ${placeId} and state = 'hard'`);
  return found.block ?? 0n;
}

export type Spending = {
  readonly allocationId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly potSlug: string;
  readonly budgetPence: Pence;
  readonly committedPence: Pence;
  readonly paidPence: Pence;
  /** The last words said of it for the quarter. */
  readonly explained: string | null;
};

/**
 * Each allocation of a book at the end of a day: its budget (what was allocated and vired), what of it is committed and not
 * paid, and what is paid. The three stand apart.
 */
export async function listSpending(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly to: Day; readonly quarter: string },
): Promise<readonly Spending[]> {
  return tx.rows(sql<Spending>`
    with own as (
      select a.record_id as allocation_id, sum(e.amount_pence) as left_pence,
             coalesce(sum(e.amount_pence) filter (
               where coalesce(r.kind, t.kind) not in ('commitment', 'release', 'payment', 'credit_note')), 0) as budget
        from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
        join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
        left join transfer r on r.place_id = t.place_id and r.transfer_id = t.reverses_id
       where a.place_id = ${placeId} and a.book = ${the.book} and a.kind = 'allocation' and e.effective_on <= ${the.to}
       group by a.record_id
    ), committed as (
      select c.allocation_id, sum(e.amount_pence) as pence
        from commitment c join ledger_account a on a.place_id = c.place_id and a.kind = 'commitment' and a.record_id = c.commitment_id
        join entry e on e.place_id = a.place_id and e.account_id = a.account_id
       where c.place_id = ${placeId} and e.effective_on <= ${the.to} group by c.allocation_id
    )
    select l.allocation_id as "allocationId", l.name, l.name_welsh as "nameWelsh", o.slug as "potSlug",
           w.budget::bigint as "budgetPence", coalesce(c.pence, 0)::bigint as "committedPence",
           (w.budget - w.left_pence - coalesce(c.pence, 0))::bigint as "paidPence",
           (select x.words from variance_explanation x
             where x.place_id = l.place_id and x.allocation_id = l.allocation_id and x.quarter = ${the.quarter}
             order by x.explanation_id desc limit 1) as explained
      from own w join allocation l on l.place_id = ${placeId} and l.allocation_id = w.allocation_id
      join pot o on o.place_id = l.place_id and o.pot_id = l.pot_id
      left join committed c on c.allocation_id = w.allocation_id
     where w.budget <> 0 or w.left_pence <> 0 order by o.name, l.name, l.allocation_id limit 5000`);
}

export async function insertVariance(
  tx: Transaction,
  placeId: number,
  one: {
    readonly explanationId: string;
    readonly allocationId: string;
    readonly quarter: string;
    readonly words: string;
    readonly mark: string;
  },
): Promise<void> {
  await tx.run(
    held(
      "variance_explanation",
      sql`insert into variance_explanation (place_id, explanation_id, allocation_id, quarter, words, explained_by)
        values (${placeId}, ${one.explanationId}, ${one.allocationId}, ${one.quarter}, ${one.words}, ${one.mark})`,
    ),
    1,
  );
}

export type StatementOut = {
  readonly partnerId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly sentAt: Date | null;
  readonly sentBy: string | null;
  readonly figuresHash: string | null;
};

/** The partners whose streams give in a book, and their statement of a quarter as it last went out. */
export async function listStatementsOut(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book | null; readonly to: Day; readonly quarter: string },
): Promise<readonly StatementOut[]> {
  return tx.rows(sql<StatementOut>`
    select p.partner_id as "partnerId", p.name, p.name_welsh as "nameWelsh", o.sent_at as "sentAt", o.sent_by as "sentBy",
           encode(o.figures_hash, 'hex') as "figuresHash"
      from partner p left join lateral (
        select s.sent_at, s.sent_by, s.figures_hash from partner_statement s
         where s.place_id = p.place_id and s.partner_id = p.partner_id and s.quarter = ${the.quarter}
         order by s.statement_id desc limit 1) as o on true
     where p.place_id = ${placeId} and exists (
       select from stream s join ledger_account a on a.place_id = s.place_id and a.kind = 'stream' and a.record_id = s.stream_id
         join entry e on e.place_id = a.place_id and e.account_id = a.account_id
        where s.place_id = p.place_id and s.payer_id = p.partner_id and e.effective_on <= ${the.to}
          and (${the.book}::text is null or a.book = ${the.book}::text))
     order by p.name limit 1000`);
}

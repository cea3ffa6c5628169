/** The year end: what is left by pot and stream, the rule that decides on it, open commitments, and the closing figures. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Book } from "./pots.ts";

export const YEAR_RULES = ["carry_forward", "return_to_funder"] as const;
export type YearRule = (typeof YEAR_RULES)[number];
export const YEAR_DECISIONS = ["carry", "release"] as const;

type AtEnd = { readonly book: Book; readonly to: Day };

/** False where the pot has a rule from that day already. */
export async function insertYearRule(
  tx: Transaction,
  placeId: number,
  one: {
    readonly potId: string;
    readonly startsOn: Day;
    readonly rule: YearRule;
    readonly source: string;
    readonly mark: string;
  },
): Promise<boolean> {
  const made = await tx.run(
    held(
      "year_rule",
      sql`insert into pot_year_rule (place_id, pot_id, starts_on, rule, source, set_by)
        values (${placeId}, ${one.potId}, ${one.startsOn}, ${one.rule}, ${one.source}, ${one.mark})
        on conflict (place_id, pot_id, starts_on) do nothing`,
    ),
    "any",
  );
  return made === 1;
}

type ListedYearRule = {
  readonly fromOn: Day;
  readonly rule: YearRule;
  readonly source: string;
  readonly setBy: string;
};

/** Every rule of a pot, the newest day first; no two are from one day. */
export async function listYearRules(
  tx: Transaction,
  placeId: number,
  potId: string,
): Promise<readonly ListedYearRule[]> {
  return tx.rows(sql<ListedYearRule>`
    select starts_on as "fromOn", rule, source, set_by as "setBy" from pot_year_rule
     where place_id = ${placeId} and pot_id = ${potId} order by starts_on desc limit 1000`);
}

export type YearStanding = {
  readonly potId: string;
  readonly pot: string;
  readonly potWelsh: string | null;
  readonly potSlug: string;
  readonly rule: YearRule;
  readonly ruleSource: string | null;
  readonly streamId: string;
  readonly stream: string;
  readonly streamWelsh: string | null;
  readonly potPence: Pence;
  readonly allocationPence: Pence;
  readonly commitmentPence: Pence;
  readonly paidPence: Pence;
};

/** By the days in whose periods entries count, from the entries themselves; with each pot's rule on the last day. */
export async function listYearStandings(
  tx: Transaction,
  placeId: number,
  the: AtEnd,
): Promise<readonly YearStanding[]> {
  return tx.rows(sql<YearStanding>`
    with standing as (
      select a.pot_id, a.stream_id, a.kind, sum(e.amount_pence) as pence
        from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
        join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
       where a.place_id = ${placeId} and a.book = ${the.book} and a.kind in ('pot', 'allocation', 'commitment', 'paid')
         and a.stream_id is not null and coalesce(t.booked_on, t.effective_on) <= ${the.to}
       group by a.pot_id, a.stream_id, a.kind
    )
    select w.pot_id as "potId", o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug",
           coalesce(r.rule, 'carry_forward') as rule, r.source as "ruleSource", w.stream_id as "streamId", s.name as stream,
           s.name_welsh as "streamWelsh",
           coalesce(sum(w.pence) filter (where w.kind = 'pot'), 0)::bigint as "potPence",
           coalesce(sum(w.pence) filter (where w.kind = 'allocation'), 0)::bigint as "allocationPence",
           coalesce(sum(w.pence) filter (where w.kind = 'commitment'), 0)::bigint as "commitmentPence",
           coalesce(sum(w.pence) filter (where w.kind = 'paid'), 0)::bigint as "paidPence"
      from standing w join pot o on o.place_id = ${placeId} and o.pot_id = w.pot_id
      join stream s on s.place_id = ${placeId} and s.stream_id = w.stream_id
      left join lateral (
        select y.rule, y.source from pot_year_rule y
         where y.place_id = o.place_id and y.pot_id = o.pot_id and y.starts_on <= ${the.to}
         order by y.starts_on desc limit 1) as r on true
     group by w.pot_id, o.name, o.name_welsh, o.slug, r.rule, r.source, w.stream_id, s.name, s.name_welsh
     order by o.name, s.name, w.pot_id, w.stream_id limit 10000`);
}

export type OpenCommitment = {
  readonly commitmentId: string;
  readonly allocationId: string;
  readonly potId: string;
  readonly potSlug: string;
  readonly words: string;
  readonly reference: string;
  readonly leftPence: Pence;
};

export async function listOpenCommitments(
  tx: Transaction,
  placeId: number,
  the: AtEnd,
): Promise<readonly OpenCommitment[]> {
  return tx.rows(sql<OpenCommitment>`
    select c.commitment_id as "commitmentId", c.allocation_id as "allocationId", c.pot_id as "potId", o.slug as "potSlug",
           p.name || ': ' || v.name as words, c.reference, sum(e.amount_pence)::bigint as "leftPence"
      from commitment c join ledger_account a on a.place_id = c.place_id and a.kind = 'commitment' and a.record_id = c.commitment_id
      join entry e on e.place_id = a.place_id and e.account_id = a.account_id
      join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
      join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
      join partner p on p.place_id = c.place_id and p.partner_id = c.supplier_id
      join service v on v.place_id = c.place_id and v.service_id = c.service_id
     where c.place_id = ${placeId} and a.book = ${the.book} and coalesce(t.booked_on, t.effective_on) <= ${the.to}
     group by c.commitment_id, c.allocation_id, c.pot_id, o.slug, p.name, v.name, c.reference having sum(e.amount_pence) > 0
     order by o.slug, words, c.reference, c.commitment_id limit 10000`);
}

export type AccountLeft = {
  readonly accountId: string;
  readonly potId: string;
  readonly streamId: string;
  readonly leftPence: Pence;
};

/** What is left on the accounts of the records given, by stream. */
export async function listLeft(
  tx: Transaction,
  placeId: number,
  the: AtEnd & {
    readonly kind: "pot" | "allocation" | "commitment";
    readonly potIds: readonly string[] | null;
    readonly recordId: string | null;
  },
): Promise<readonly AccountLeft[]> {
  return tx.rows(sql<AccountLeft>`
    select a.account_id as "accountId", a.pot_id as "potId", a.stream_id as "streamId", sum(e.amount_pence)::bigint as "leftPence"
      from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
      join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
     where a.place_id = ${placeId} and a.book = ${the.book} and a.kind = ${the.kind} and a.stream_id is not null
       and (${the.potIds}::uuid[] is null or a.pot_id = any(${the.potIds}::uuid[]))
       and (${the.recordId}::uuid is null or a.record_id = ${the.recordId}::uuid)
       and coalesce(t.booked_on, t.effective_on) <= ${the.to}
     group by a.account_id, a.pot_id, a.stream_id having sum(e.amount_pence) > 0 order by a.account_id limit 10000`);
}

export async function findStreamAccount(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly streamId: string },
): Promise<string | null> {
  const found = await tx.maybe(sql<{ id: string }>`
    select account_id as id from ledger_account
     where place_id = ${placeId} and book = ${the.book} and kind = 'stream' and record_id = ${the.streamId}`);
  return found?.id ?? null;
}

export type YearEnd = {
  readonly yearEndId: string;
  readonly hash: string;
  readonly entries: bigint;
  readonly madeBy: string;
  readonly madeAt: Date;
};

export async function findYearEnd(
  tx: Transaction,
  placeId: number,
  the: { readonly book: Book; readonly year: string },
): Promise<YearEnd | null> {
  return tx.maybe(sql<YearEnd>`
    select year_end_id as "yearEndId", encode(balance_hash, 'hex') as hash, entries, made_by as "madeBy", made_at as "madeAt"
      from year_end where place_id = ${placeId} and book = ${the.book} and year = ${the.year}`);
}

/** With the trial balance that its last period was closed with. */
export async function insertYearEnd(
  tx: Transaction,
  placeId: number,
  one: AtEnd & { readonly yearEndId: string; readonly year: string; readonly mark: string },
): Promise<void> {
  await tx.run(
    held(
      "year_end",
      sql`insert into year_end (place_id, year_end_id, book, year, balance_hash, entries, made_by)
        select ${placeId}::integer, ${one.yearEndId}::uuid, ${one.book}::text, ${one.year}::text, balance_hash, entries, ${one.mark}::text
          from ledger_period where place_id = ${placeId} and book = ${one.book} and ends_on = ${one.to} and state = 'hard'`,
    ),
    1,
  );
}

/** The closing figures, which are the opening ones of the next year. */
export async function insertYearBalances(
  tx: Transaction,
  placeId: number,
  the: {
    readonly book: Book;
    readonly year: string;
    readonly standings: readonly YearStanding[];
    readonly returned: ReadonlyMap<string, Pence>;
  },
): Promise<void> {
  const { standings } = the;
  if (standings.length === 0) return;
  await tx.run(
    held(
      "year_balance",
      sql`insert into year_balance (place_id, book, year, pot_id, stream_id, pot_pence, allocation_pence, commitment_pence, paid_pence,
          returned_pence)
        select ${placeId}::integer, ${the.book}::text, ${the.year}::text, pot, stream, in_pot, allocated, committed, paid, returned
          from unnest(${standings.map(({ potId }) => potId)}::uuid[], ${standings.map(({ streamId }) => streamId)}::uuid[],
                      ${standings.map(({ potPence }) => potPence)}::bigint[], ${standings.map(({ allocationPence }) => allocationPence)}::bigint[],
                      ${standings.map(({ commitmentPence }) => commitmentPence)}::bigint[], ${standings.map(({ paidPence }) => paidPence)}::bigint[],
                      ${standings.map(({ potId, streamId }) => the.returned.get(`${potId} ${streamId}`) ?? 0n)}::bigint[])
               as y (pot, stream, in_pot, allocated, committed, paid, returned)`,
    ),
    standings.length,
  );
}

export async function insertCarried(
  tx: Transaction,
  placeId: number,
  the: {
    readonly book: Book;
    readonly year: string;
    readonly all: readonly { readonly commitmentId: string; readonly decision: string; readonly leftPence: Pence }[];
  },
): Promise<void> {
  const { all } = the;
  if (all.length === 0) return;
  await tx.run(
    held(
      "carried",
      sql`insert into commitment_carried (place_id, book, year, commitment_id, decision, left_pence)
        select ${placeId}::integer, ${the.book}::text, ${the.year}::text, id, decision, left_over
          from unnest(${all.map(({ commitmentId }) => commitmentId)}::uuid[], ${all.map(({ decision }) => decision)}::text[],
                      ${all.map(({ leftPence }) => leftPence)}::bigint[]) as c (id, decision, left_over)`,
    ),
    all.length,
  );
}

/** What a year closed with in all, by kind of account, as its closing figures say it and as the entries do: one and the same. */
export async function compareYear(
  tx: Transaction,
  placeId: number,
  the: AtEnd & { readonly year: string },
): Promise<{ readonly storedPence: Pence; readonly givenPence: Pence }> {
  return tx.one(sql<{ storedPence: Pence; givenPence: Pence }>`
    select (select coalesce(sum(pot_pence + allocation_pence + commitment_pence + paid_pence), 0)::bigint from year_balance
             where place_id = ${placeId} and book = ${the.book} and year = ${the.year}) as "storedPence",
           (select coalesce(-sum(e.amount_pence), 0)::bigint from ledger_account a
              join entry e on e.place_id = a.place_id and e.account_id = a.account_id
              join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
             where a.place_id = ${placeId} and a.book = ${the.book} and a.kind not in ('pot', 'allocation', 'commitment', 'paid')
               and coalesce(t.booked_on, t.effective_on) <= ${the.to}) as "givenPence"`);
}

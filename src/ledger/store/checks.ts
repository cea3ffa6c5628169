/** The standing checks of db/checks, and the audit trail's chain of sealed blocks. Each must find nothing. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "../../lib/assert.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";

export type Check = { readonly name: string; readonly sentence: string; readonly query: string };

/** The folder is looked for upwards from this file, which may have been bundled elsewhere in the project. */
async function findFolder(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const checks = join(folder, "db", "checks");
    const found = await readdir(checks).then(
      () => true,
      () => false,
    );
    if (found) return checks;
    assert(dirname(folder) !== folder, "db/checks is missing");
    folder = dirname(folder);
  }
}

/** Every check, by name. A file opens with a comment that is its sentence; the rest is one query. */
export async function readChecks(): Promise<readonly Check[]> {
  const folder = await findFolder();
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  assert(files.length > 0, "db/checks has no checks");
  return Promise.all(
    files.map(async (file) => {
      const query = await readFile(join(folder, file), "utf8");
      const sentence = /^-- (.+)/.exec(query)?.[1] ?? "";
      assert(sentence !== "", `${file} opens with its sentence`);
      return { name: file.slice(0, -".sql".length), sentence, query };
    }),
  );
}

/**
 * Checks read whole tables. A database that grew in the last minutes has no statistics yet, and would loop over one table
 * for every row of another (measured: minutes instead of a tenth of a second): for the rest of the transaction it may not. A
 * check of a large ledger may take longer than a page's statement may.
 */
export async function planForChecks(tx: Transaction): Promise<void> {
  await tx.rows(sql`
    select set_config('enable_nestloop', 'off', true), set_config('statement_timeout', '15min', true)`);
}

/** What a check found, in words; nothing when all is well. The query is a file of the project, never input. */
export async function runCheck(tx: Transaction, check: Check): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{ found: string }>`${sql.raw(check.query)}`);
  return rows.slice(0, 20).map(({ found }) => found);
}

export type BrokenBlock = {
  readonly blockNumber: bigint;
  readonly fault: "missing" | "previous" | "entries" | "balance";
  /** Which of its rows it is, where that can be known. */
  readonly row: string | null;
};

/** The blocks from one number to another. */
export type Stretch = { readonly from: bigint; readonly to: bigint };

/** All blocks, in stretches of about as many rows each. */
export async function listStretches(tx: Transaction, placeId: number): Promise<readonly Stretch[]> {
  return tx.rows(sql<Stretch>`
    select min(block_number) as from, max(block_number) as to
      from (select block_number, sum(entries + transfers) over (order by block_number) / ${ROWS_A_STRETCH} as stretch
              from audit_block where place_id = ${placeId}) as blocks
     group by stretch order by 1`);
}

const ROWS_A_STRETCH = 40_000;
const LAST = 9_223_372_036_854_775_807n;

/** The first broken block from a block on. What a hash does not bear out is told before what a trial balance does not. */
export async function findBrokenBlock(tx: Transaction, placeId: number, from = 0n): Promise<BrokenBlock | null> {
  return (await findBrokenHash(tx, placeId, { from, to: LAST })) ?? findWrongBalance(tx, placeId, from);
}

/**
 * The first block of a stretch that is missing, does not follow from the one before, or is not the hash of what it holds.
 * Blocks of form 1 number their entries; of form 2, they hold whole transactions. A dated block's hash holds when it was
 * sealed, and the periods closed for good, as well.
 */
export async function findBrokenHash(
  tx: Transaction,
  placeId: number,
  { from, to }: Stretch,
): Promise<BrokenBlock | null> {
  const [first] = await tx.rows(sql<Omit<BrokenBlock, "row">>`
    with entries as (
      select e.block_number, string_agg(audit_entry_bytes(e), ''::bytea order by e.block_position) as bytes
        from audit_entry e where e.place_id = ${placeId} and e.block_number between ${from} and ${to} group by e.block_number
    ), chained as (
      select b.*, row_number() over (order by b.block_number) as expected,
             lag(b.block_hash, 1, sha256(''::bytea)) over (order by b.block_number) as before
        from audit_block b where b.place_id = ${placeId}
    ), made as (
      select c.*, case c.form
                 when 1 then sha256(c.previous_hash || coalesce(e.bytes, ''::bytea))
                 else audit_block_hash(c.place_id, c.previous_hash, c.from_life, c.from_number, c.below_life, c.below_number,
                        c.trial_balance) end as rows_hash
        from chained c left join entries e on e.block_number = c.block_number
    ), tested as (
      select c.block_number, case when c.block_number <> c.expected then 'missing'
               when c.previous_hash <> c.before then 'previous'
               when c.block_hash is distinct from case when c.dated
                 then dated_block_hash(c.rows_hash, c.sealed_at, (select dated_words(b) from audit_block b
                        where b.place_id = c.place_id and b.block_number = c.block_number))
                 else c.rows_hash end then 'entries' end as fault
        from made c where c.block_number between ${from} and ${to}
    )
    select block_number as "blockNumber", fault from tested where fault is not null order by block_number limit 1`);
  return first === undefined ? null : { ...first, row: await findBrokenRow(tx, placeId, first.blockNumber) };
}

/** A transaction's place in the order of all: the life of the database it was made in, then its number in that life. */
const moment = (life: Fragment, number: Fragment): Fragment => sql`(${life}::bigint << 48 | ${number}::text::bigint)`;

/**
 * The first block from a block on that says another trial balance than its transfers lead to from that of the block before. All in
 * one reading: asked block by block, as it is sealed, each would read the entries of the whole place again.
 */
export async function findWrongBalance(tx: Transaction, placeId: number, from = 0n): Promise<BrokenBlock | null> {
  return tx.maybe(sql<BrokenBlock>`
    with chained as (
      select b.*, lag(b.trial_balance, 1, '') over (order by b.block_number) as before
        from audit_block b where b.place_id = ${placeId}
    ), blocks as (
      select * from chained where form = 2 and block_number >= ${from}
    ), starts as (
      select array_agg(${moment(sql`from_life`, sql`from_number`)} order by block_number) as moments,
             array_agg(block_number order by block_number) as numbers, max(${moment(sql`below_life`, sql`below_number`)}) as ends
        from blocks
    ), held as (
      select t.transfer_id, s.numbers[width_bucket(${moment(sql`t.life`, sql`t.transaction_number`)}, s.moments)] as block_number
        from transfer t cross join starts s
       where t.place_id = ${placeId} and ${moment(sql`t.life`, sql`t.transaction_number`)} >= s.moments[1]
         and ${moment(sql`t.life`, sql`t.transaction_number`)} < s.ends
    ), moved as (
      select h.block_number, a.book, a.kind, sum(e.amount_pence) as pence
        from held h join entry e on e.place_id = ${placeId} and e.transfer_id = h.transfer_id
        join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
       group by h.block_number, a.book, a.kind
    ), parts as (
      select block_number, book || ' ' || kind as key, pence from moved
      union all
      select b.block_number, split_part(part, '=', 1), split_part(part, '=', 2)::numeric
        from blocks b cross join regexp_split_to_table(nullif(b.before, ''), ';') as part
       where part ~ '^[a-z]+ [a-z]+=-?[0-9]+$'
    ), led as (
      select block_number, string_agg(key || '=' || pence, ';' order by key) as balance
        from (select block_number, key, sum(pence) as pence from parts group by block_number, key) as sums group by block_number
    )
    select b.block_number as "blockNumber", 'balance' as fault, null as row
      from blocks b left join led l on l.block_number = b.block_number
     where b.trial_balance <> coalesce(l.balance, '') order by b.block_number limit 1`);
}

/**
 * Of a broken block: how many rows it should hold and holds, else the first transfer that is not what its own hash says.
 * Which row was changed together with its own hash, or which audit entry, only a block's hash knows, and that names none.
 */
async function findBrokenRow(tx: Transaction, placeId: number, blockNumber: bigint): Promise<string | null> {
  const found = await tx.maybe(sql<{ row: string | null }>`
    with block as (
      select * from audit_block where place_id = ${placeId} and block_number = ${blockNumber}
    ), held as (
      select t.* from block b join transfer t on t.place_id = b.place_id
         and (t.life, t.transaction_number) >= (b.from_life, b.from_number)
         and (t.life, t.transaction_number) < (b.below_life, b.below_number)
    ), counted as (
      select b.entries, b.transfers, b.held, (select count(*) from held_row r where r.place_id = b.place_id
                 and (r.life, r.transaction_number) >= (b.from_life, b.from_number)
                 and (r.life, r.transaction_number) < (b.below_life, b.below_number)) as held_there, (select count(*) from held) as transfers_there, (select count(*) from audit_entry e
               where e.place_id = b.place_id and (e.block_number = b.block_number or (e.block_number is null
                 and (e.life, e.transaction_number) >= (b.from_life, b.from_number)
                 and (e.life, e.transaction_number) < (b.below_life, b.below_number)))) as entries_there
        from block b
    ), wrong as (
      select t.transfer_id from held t left join lateral (
          select array_agg(e.account_id order by e.line) as accounts, array_agg(e.amount_pence order by e.line) as amounts
            from entry e where e.place_id = t.place_id and e.transfer_id = t.transfer_id) as l on true
       where t.content_hash is distinct from transfer_hash(t, l.accounts, l.amounts)
       order by t.life, t.transaction_number, t.transfer_id limit 1
    )
    select coalesce(
      (select entries || ' entries and ' || transfers || ' transfers were sealed, ' || entries_there || ' and ' || transfers_there || ' are there'
         from counted where (entries, transfers) is distinct from (entries_there, transfers_there)),
      (select held || ' held rows were sealed, ' || held_there || ' are there' from counted where held <> held_there),
      (select 'transfer ' || transfer_id || ' or its lines were changed after posting' from wrong)) as row`);
  return found?.row ?? null;
}

/** What a head that was written down earlier meets in the chain now: its own hash, another, or no block of that number. */
export async function findHead(
  tx: Transaction,
  placeId: number,
  blockNumber: bigint,
): Promise<{ readonly hash: string | null; readonly newest: bigint }> {
  return tx.one(sql<{ hash: string | null; newest: bigint }>`
    select (select encode(block_hash, 'hex') from audit_block where place_id = ${placeId} and block_number = ${blockNumber}) as hash,
           coalesce((select max(block_number) from audit_block where place_id = ${placeId}), 0) as newest`);
}

/** Blocks, what they hold (entries and transfers), and what waits for the next seal. */
export async function countAudit(
  tx: Transaction,
  placeId: number,
): Promise<{ readonly blocks: bigint; readonly sealed: bigint; readonly waiting: bigint }> {
  return tx.one(sql<{ blocks: bigint; sealed: bigint; waiting: bigint }>`
    select count(*) as blocks, coalesce(sum(entries + transfers), 0)::bigint as sealed,
           (select (select count(*) from transfer t
                     where t.place_id = ${placeId} and (t.life, t.transaction_number) >= (b.life, b.number))
                 + (select count(*) from audit_entry e where e.place_id = ${placeId} and e.block_number is null
                       and (e.life, e.transaction_number) >= (b.life, b.number))
              from ledger_sealed_below(${placeId}) as b) as waiting
      from audit_block where place_id = ${placeId}`);
}

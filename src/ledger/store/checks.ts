/** The standing checks of db/checks, and the audit trail's chain of sealed blocks. Each must find nothing. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "../../lib/assert.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

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

/** What a check found, in words; nothing when all is well. The query is a file of the project, never input. */
export async function runCheck(tx: Transaction, check: Check): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{ found: string }>`${sql.raw(check.query)}`);
  return rows.slice(0, 20).map(({ found }) => found);
}

export type BrokenBlock = {
  readonly blockNumber: bigint;
  readonly fault: "missing" | "previous" | "entries" | "balance";
};

/**
 * The first block that is missing, does not follow from the one before, is not the hash of what it holds, or says another
 * trial balance than its transfers lead to; of those from a block on. Blocks of form 1 number their entries; of form 2, they hold whole transactions.
 */
export async function findBrokenBlock(tx: Transaction, placeId: number, from = 0n): Promise<BrokenBlock | null> {
  const found = await tx.rows(sql<BrokenBlock>`
    with entries as (
      select e.block_number, string_agg(audit_entry_bytes(e), ''::bytea order by e.block_position) as bytes
        from audit_entry e where e.place_id = ${placeId} and e.block_number >= ${from} group by e.block_number
    ), chained as (
      select b.*, row_number() over (order by b.block_number) as expected,
             lag(b.block_hash, 1, sha256(''::bytea)) over (order by b.block_number) as before,
             lag(b.trial_balance, 1, '') over (order by b.block_number) as balance_before
        from audit_block b where b.place_id = ${placeId}
    ), tested as (
      select c.block_number, case when c.block_number <> c.expected then 'missing'
               when c.previous_hash <> c.before then 'previous'
               when c.block_hash is distinct from case c.form
                 when 1 then sha256(c.previous_hash || coalesce(e.bytes, ''::bytea))
                 else audit_block_hash(c.place_id, c.previous_hash, c.from_life, c.from_number, c.below_life, c.below_number,
                        c.trial_balance) end then 'entries'
               when c.form = 2 and c.trial_balance <> trial_balance_after(c.place_id, c.balance_before, c.from_life, c.from_number,
                        c.below_life, c.below_number) then 'balance' end as fault
        from chained c left join entries e on e.block_number = c.block_number where c.block_number >= ${from}
    )
    select block_number as "blockNumber", fault from tested where fault is not null order by block_number limit 1`);
  return found[0] ?? null;
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

/** Held rows: what the chain holds of approvals, limits, rules and accounts, in places that were there before it held any as well. */
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOlderTown } from "../../test/setup/older-town.ts";
import { openProofTown, type ProofTown } from "../../test/setup/proof-town.ts";
import { sealAll } from "../../test/setup/seal.ts";
import { authoriseApproval, prepareApproval } from "../approvals/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import { held } from "../platform/audit/index.ts";
import { sql, type Transaction, undo } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { wordsOfFault } from "./bundle-fault.ts";
import { verifyBundleFile } from "./bundle-file.ts";
import { HELD_PARTS } from "./bundle-format.ts";
import { heldHash } from "./bundle-hashes.ts";
import { compareHeldKeys } from "./domain/chain-texts.ts";

const HELD_ROWS = 17;

let town: ProofTown;
beforeAll(async () => {
  town = await openProofTown();
}, 60_000);
afterAll(() => town?.house.close());

async function bundleOf(of: Pick<ProofTown, "bundle">): Promise<string | true> {
  const answer = await verifyBundleFile({ bytes: await of.bundle() }, null);
  return answer.ok || wordsOfFault(answer.fault);
}

describe("the hash of a held row", () => {
  it("is the database's, for any columns and words", async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
    const words = fc.option(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\u0000", "")));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, words, { noNullPrototype: true }), async (columns) => {
        const { made } = await town.house.database.national((tx) =>
          tx.one(
            sql<{
              made: Buffer;
            }>`select held_hash(${JSON.stringify(columns)}::jsonb, ${Object.keys(columns)}::text[]) as made`,
          ),
        );
        expect(heldHash(columns).toString("hex")).toBe(made.toString("hex"));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the order of held rows within a transaction", () => {
  it("is the database's, by bytes, for any subjects and keys", async () => {
    const words = fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => text.replaceAll("\u0000", ""));
    const rows = fc.array(fc.record({ subject: fc.constantFrom("limit", "limit_end", "Limit"), key: words }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const sorted = await town.house.database.national((tx) =>
          tx.rows(
            sql<{ subject: string; key: string }>`select subject, key
              from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r (subject text, key text)
             order by subject collate "C", key collate "C"`,
          ),
        );
        expect([...given].sort(compareHeldKeys)).toEqual(sorted);
      }),
      { numRuns: 100 },
    );
  });
});

/** Columns of a table whose rows are held that are not, and why. */
const NOT_HELD: Readonly<Record<string, string>> = {
  "ledger_account.posted_pence": "follows from the entries",
  "ledger_account.reserved_pence": "follows from what is set aside",
  "ledger_account.version": "follows from the entries",
  "ledger_account.last_effective_on": "follows from the entries",
  "ledger_account.closed_on": "only refuses what comes later",
  "outgoing_batch.content": "its SHA-256 is held",
};

describe("holding a row", () => {
  const copied = sql`insert into approval select n.* from (select to_jsonb(r) as row from approval r where state = 'waiting' limit 1) as a,
    jsonb_populate_record(null::approval, a.row || jsonb_build_object('approval_id', gen_random_uuid(), 'prepared_at', clock_timestamp(),
      'expires_at', clock_timestamp() + interval '28 days')) as n`;
  const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => town.house.database.inPlace(town.placeId, work);

  it("hashes it alike whatever the link of the writer says of moments and bytes", async () => {
    const check = await readFile(new URL("../../db/checks/written-rows-are-unchanged.sql", import.meta.url), "utf8");
    const found = await inPlace<readonly unknown[]>(async (tx) => {
      await tx.run(sql`set local timezone = 'Pacific/Auckland'`, "any");
      await tx.run(sql`set local bytea_output = 'escape'`, "any");
      await tx.run(sql`set local datestyle = 'SQL, DMY'`, "any");
      await tx.run(held("approval", copied), 1);
      return undo(await tx.rows(sql`${sql.raw(check)}`));
    });
    expect(found).toEqual([]);
  });

  it("holds nothing where nothing was written, and refuses a row that is held, is not there or has not ended", async () => {
    const nothing = sql`update approval set reason = '' where false`;
    expect(await inPlace((tx) => tx.run(held("approval_end", nothing), "any"))).toBe(0);
    const again = (subject: string, change: string) =>
      inPlace((tx) =>
        tx.rows(sql`select hold_rows(${subject}, jsonb_build_array(to_jsonb(r) || ${change}::jsonb))
                      from approval r where state = 'waiting' limit 1`),
      );
    await expect(again("approval", "{}")).rejects.toMatchObject({ code: "23505", constraint: "a row is held once" });
    await expect(again("approval", `{"approval_id": "${newId()}"}`)).rejects.toMatchObject({ code: "23514" });
    await expect(again("approval_end", "{}")).rejects.toMatchObject({ code: "23514" });
    await expect(again("approval", `{"place_id": ${town.placeId + 1}}`)).rejects.toMatchObject({ code: "42501" });
    await expect(again("approval", `{"place_id": null}`)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("what the chain holds", () => {
  it("is every column of its tables, or the column is named here, and each subject is in a part of the bundle", async () => {
    type Found = { subject: string; source: string; names: string[]; columns: string[] };
    const admin = await town.house.admin();
    const { rows } = await admin.query<Found>(
      `select subject, source, column_names as names,
              (select array_agg(attname::text) from pg_attribute where attrelid = source::regclass and attnum > 0
                  and not attisdropped and attname <> 'place_id') as columns
         from held_subject`,
    );
    await admin.end();
    const parts: readonly string[] = Object.values(HELD_PARTS).flat();
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set(parts.filter((one) => one !== "since")));
    const kept = new Set(rows.flatMap(({ source, names }) => names.map((name) => `${source}.${name}`)));
    const all = rows.flatMap(({ source, columns }) => columns.map((name) => `${source}.${name}`));
    expect(new Set(all.filter((name) => !kept.has(name)))).toEqual(new Set(Object.keys(NOT_HELD)));
  });
});

describe("an owner of the database", () => {
  let admin: Awaited<ReturnType<typeof town.house.admin>>;
  beforeAll(async () => {
    admin = await town.house.admin();
    await admin.query(`select set_config('app.place_id', '${town.placeId}', false)`);
  });
  afterAll(() => admin?.end());

  /** What each way of proving says of one statement, which names what it touched. */
  async function tried(statement: string) {
    const { rows } = await admin.query<{ id: string }>(statement);
    const online = await town.refusal(verifyLedger, {});
    return { id: rows[0]?.id ?? "none", online: String(online["found"]), bundle: String(await bundleOf(town)) };
  }

  it("who puts an account in another record's name is found: an account is held as it was opened", async () => {
    const account = "(select account_id from ledger_account where kind = 'commitment' and book = 'real')";
    const { rows } = await admin.query(`select record_id from ledger_account where account_id = ${account}`);
    const found = await tried(
      `update ledger_account set record_id = gen_random_uuid() where account_id = ${account} returning account_id as id`,
    );
    expect(found.online).toBe(`account ${found.id} was changed after it was written`);
    expect(found.bundle).toMatch(/^openings.jsonl, line \d+ \(account .*: it was changed after it was written/);
    expect(found.bundle).toContain(found.id);
    await admin.query(
      `update ledger_account set record_id = '${rows[0]?.["record_id"]}' where account_id = ${account}`,
    );
    expect(await bundleOf(town)).toBe(true);
  });

  it("who writes a row that no statement holds is found: it is not in the chain", async () => {
    const found = await tried(
      `insert into authority select n.* from (select to_jsonb(r) as row from authority r limit 1) as a,
         jsonb_populate_record(null::authority, a.row || jsonb_build_object('authority_id', gen_random_uuid())) as n
       returning authority_id as id`,
    );
    expect(found.online).toBe(`limit ${found.id} is not in the chain`);
    expect(found.bundle).toMatch(
      new RegExp(`^limits.jsonl, line \\d+ \\(limit ${found.id}\\): it is not in the chain`),
    );
    await admin.query(`delete from authority where authority_id = '${found.id}'`);
    expect(await bundleOf(town)).toBe(true);
  });

  it("who makes up an approval and holds it is found: nobody prepared it in the audit trail", async () => {
    const found = await tried(
      `with made as (insert into approval select n.* from (select to_jsonb(r) as row from approval r where state = 'waiting' limit 1) as a,
         jsonb_populate_record(null::approval, a.row || jsonb_build_object('approval_id', gen_random_uuid())) as n returning *)
       select hold_rows('approval', jsonb_build_array(to_jsonb(made))) as id from made`,
    );
    const without = `the audit trail has no approval.prepare of it by ${town.finance.kind === "person" ? `person:${town.finance.userId}` : ""}`;
    expect(found.online).toBe(`approval ${found.id}: ${without}`);
    expect(found.bundle).toMatch(new RegExp(`^approvals.jsonl, line \\d+ \\(approval ${found.id}\\): ${without}$`));
    await admin.query(`delete from approval where approval_id = '${found.id}'`);
    expect((await town.refusal(verifyLedger, {}))["found"]).toBe(`approval ${found.id} was written and is gone`);
    await admin.query(`delete from held_row where row_key = '${found.id}'`);
    expect(await bundleOf(town)).toBe(true);
  });

  it("who moves a pot's real money alone is found: its transaction carried out no approval", async () => {
    const { rows } = await admin.query<{ id: string; outcome: string }>(
      `select n.id, p.outcome from (select gen_random_uuid() as id, (select account_id from ledger_account where kind = 'commitment' and book = 'real') as a,
           (select account_id from ledger_account where kind = 'paid' and book = 'real' limit 1) as b) as n,
         post_transfer(${town.placeId}, n.id, 'real', 'transfer', '2012-08-09', array[n.a, n.b], array[-5, 5]::bigint[], gen_random_uuid(),
           'Alone', null, 'person:${newId()}', '\\x01', null, true) as p`,
    );
    expect(rows[0]?.outcome).toBe("posted");
    const id = rows[0]?.id ?? "";
    expect((await town.refusal(verifyLedger, {}))["found"]).toBe(
      `transfer ${id}: a transfer of real money that nobody authorised`,
    );
    expect(await bundleOf(town)).toMatch(new RegExp(`^transfers.jsonl, line \\d+ \\(${id}\\): .*nobody authorised it`));
  });
});

describe("a place that was there before", () => {
  it("verifies by a bundle that was taken then", async () => {
    const bytes = await readFile(new URL("examples/version-1.onepot-bundle.zip", import.meta.url));
    const answer = await verifyBundleFile({ bytes }, null);
    expect(answer.ok || wordsOfFault(answer.fault)).toBe(true);
    expect(answer).toMatchObject({ manifest: { version: 1 }, proved: { transfers: 16, blocks: 5, held: 0 } });
  });

  it("has its rows held from then on, its old blocks as they were, and a waiting approval carried out later", async () => {
    const of = await openOlderTown(HELD_ROWS);
    const { house } = of;
    const streamId = await of.stream("A grant", { pence: 10_000n });
    const [shadow, real] = [await of.pot("As if", "shadow"), await of.pot("Pooled")];
    house.value(await of.contribute({ streamId, potId: shadow, pence: 700n }));
    // Real money of before, under an approval that nothing held.
    house.value(await of.contribute({ streamId, potId: real, pence: 300n }));
    const request = { streamId, potId: real, amountPence: "400", madeOn: "2013-01-15" };
    const prepared = await of.value(prepareApproval, { act: "contribution.record", request });
    await sealAll(of);
    await of.bringUpToDate();
    expect((await of.value(verifyLedger, {})).verified).toBe(true);
    expect(await bundleOf(of)).toBe(true);
    const { approvalId, shownHash } = prepared;
    await of.value(authoriseApproval, { approvalId, shownHash }, { by: await of.second() });
    await sealAll(of);
    const proved = await of.value(verifyLedger, {});
    expect(proved.audit).toMatchObject({ waiting: 0n });
    expect(await bundleOf(of)).toBe(true);
    const blocks = await house.database.inPlace(of.placeId, (tx) =>
      tx.rows(sql<{ held: number | null }>`select held from audit_block order by block_number`),
    );
    expect(blocks[0]?.held).toBeNull();
    // What there was, and of the approval its signature, its end and the two accounts of the contribution that it carried out.
    expect(blocks.at(-1)?.held).toBeGreaterThan(4);
    await house.close();
  }, 120_000);
});

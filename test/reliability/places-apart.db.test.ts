/**
 * Every table of a place, every verb, and each wrong place in hand (R6), read from the catalogue: with no place, an empty
 * one, one that does not exist, or another, the application sees nothing of a place and changes nothing in it. The same
 * for the functions that run as their owner.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useCases } from "../../src/main/use-cases.ts";
import { held } from "../../src/platform/audit/index.ts";
import { linkOfRole, sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { queueMessage } from "../../src/platform/outbox/index.ts";
import { type Manifest, readManifest } from "../setup/catalogue.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { actorFor, performIn, realInput } from "../setup/real-input.ts";
import { stateHash } from "../setup/state.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let victim: Town;
let other: Town;
let application: pg.Client;
let reader: pg.Client;
let manifest: Manifest;
/** One row of each placed table of the victim, as JSON. */
const rows = new Map<string, unknown>();

const WRONG_PLACES = ["no place", "the empty place", "a place that does not exist", "another place"] as const;
type WrongPlace = (typeof WRONG_PLACES)[number];

function setting(wrong: WrongPlace): string | null {
  if (wrong === "no place") return null;
  if (wrong === "the empty place") return "";
  return wrong === "another place" ? String(other.placeId) : "999999";
}

beforeAll(async () => {
  manifest = await readManifest();
  test = await openTestHouse();
  victim = await openTown(test, { slug: "salford", mark: "Irwell" });
  other = await openTown(test, { slug: "trafford", mark: "Mersey" });
  await fillTheRest();
  reader = await test.reader();
  application = new pg.Client({ connectionString: linkOfRole(test.adminUrl, "onepot_app") });
  await application.connect();
  for (const table of placedTables()) {
    const found = await reader.query(
      `select to_jsonb(r) as row from ${table} r where place_id = ${victim.placeId} limit 1`,
    );
    rows.set(table, found.rows[0]?.row);
  }
}, 60_000);

afterAll(async () => {
  await application?.end();
  await reader?.end();
  await test?.close();
});

function placedTables(): readonly string[] {
  return Object.keys(manifest).filter(
    (name) => manifest[name]?.class === "tenant" || manifest[name]?.class === "published",
  );
}

/** What the town's own making leaves empty: a kept answer, a bank account, a sealed block, a closed period, a reservation, a message. */
async function fillTheRest(): Promise<void> {
  for (const useCase of useCases.filter(({ name }) => BY_EXAMPLE.includes(name)))
    test.value(
      await performIn(test, useCase, {
        town: victim,
        by: actorFor(useCase, victim),
        input: realInput(useCase, victim),
        key: newId(),
      }),
    );
  const { placeId } = victim;
  await test.database.inPlace(placeId, async (tx) => {
    await queueMessage(tx, {
      messageId: newId(),
      placeId,
      to: "irwell@onepot.example",
      kind: "invitation",
      subject: "Irwell",
      body: "Irwell",
    });
    const inPlace = (statement: string) =>
      sql.raw(statement.replaceAll("PLACE", String(placeId)).replaceAll("FILE", victim.ids["fileId"] ?? ""));
    for (const statement of DIRECT) await tx.run(inPlace(statement), 1);
    for (const [subject, statement] of Object.entries(HELD)) await tx.run(held(subject, inPlace(statement)), 1);
    await tx.rows(sql`select seal_audit(${placeId})`);
    await tx.rows(sql`select close_ledger_period(${placeId}, 'real', '2011-04-01', '2011-04-30', 'soft', 'test')`);
    await tx.rows(sql`
      select reserve_pence(${placeId}, ${newId()}, account_id, record_id, 1, '2013-03-29', null, 'test')
        from ledger_account where kind = 'commitment' and posted_pence > 0 limit 1`);
  });
  // Sealing waits for the transactions before it to end, its own among them.
  await test.database.inPlace(placeId, (tx) => tx.rows(sql`select seal_audit(${placeId})`));
}

const BY_EXAMPLE = [
  "theme.add",
  "pot.open_bank",
  "pot.set_draw_order",
  "stream.set_clawback_rule",
  "resolve.clear",
  "accrual.record",
  "variance.explain",
  "partner.send_statement",
  "pot.set_year_rule",
  "year.end",
  "sharing.end",
];
const ONE = "'0199c0de-0000-7000-8000-000000000001'";
/** By the subject under which their rows are held. */
const HELD = {
  period_explanation: `insert into period_explanation (place_id, book, period, item, words, explained_by)
     values (PLACE, 'real', '2010-11/01', 'extracts', 'Irwell', 'test')`,
  year_balance: `insert into year_balance (place_id, book, year, pot_id, stream_id, pot_pence, allocation_pence, commitment_pence, paid_pence)
     select PLACE, 'real', '2010-11', pot_id, stream_id, 0, 0, 0, 0 from contribution where place_id = PLACE limit 1`,
  carried: `insert into commitment_carried (place_id, book, year, commitment_id, decision, left_pence)
     select PLACE, 'real', '2010-11', commitment_id, 'carry', 1 from commitment where place_id = PLACE limit 1`,
};
const DIRECT = [
  `insert into published_figure (place_id, figure_id, key, label, value_text, unit, period, dated, source, publisher, confidence)
     values (PLACE, ${ONE}, 'k', 'Irwell', '1', 'u', 'p', 'd', 's', 'p', 'c')`,
  `insert into spend_refused (place_id, file_id, row_number, faults, cells) values (PLACE, 'FILE', 99, '[]', '{Irwell}')`,
  `insert into document (place_id, document_id, record_id, name, media_type, size_bytes, sha256, added_by)
     values (PLACE, ${ONE}, 'r', 'Irwell', 'text/plain', 1, '\\x00', 'test')`,
  `insert into document_content (place_id, document_id, content) values (PLACE, ${ONE}, '\\x41')`,
  `insert into question (place_id, question_id, record_id, words, asked_by) values (PLACE, ${ONE}, 'r', 'Irwell', 'test')`,
  `insert into answer (place_id, answer_id, question_id, words, given_by) values (PLACE, ${ONE}, ${ONE}, 'Irwell', 'test')`,
  `insert into task (place_id, task_id, title, for_role, made_by) values (PLACE, ${ONE}, 'Irwell', 'auditor', 'test')`,
  `insert into partner_identifier (place_id, partner_id, scheme, identifier)
     select place_id, partner_id, 'test', 'Irwell' from partner where place_id = PLACE limit 1`,
  `insert into spend_columns (place_id, publisher_id, heading_hash, columns, saved_by)
     select place_id, partner_id, '\\x00', '{}', 'test' from partner where place_id = PLACE limit 1`,
];

/** Runs as the application with the wrong place in hand; gives the rows, or the code of the refusal. Keeps nothing. */
async function tryAs(wrong: WrongPlace, the: { readonly text: string; readonly values?: readonly unknown[] }) {
  await application.query("begin");
  try {
    const place = setting(wrong);
    if (place !== null) await application.query("select set_config('app.place_id', $1, true)", [place]);
    const answer = await application.query(the.text, [...(the.values ?? [])]);
    return { count: answer.rowCount ?? 0, rows: answer.rows, refused: null };
  } catch (error) {
    return { count: 0, rows: [], refused: error instanceof pg.DatabaseError ? (error.code ?? "") : String(error) };
  } finally {
    await application.query("rollback");
  }
}

describe.each(WRONG_PLACES)("with %s in hand", (wrong) => {
  it("each table has something to hide", () => {
    const empty = placedTables().filter((table) => rows.get(table) === undefined);
    expect(empty, "fill these tables in test/setup/town.ts or in this test").toEqual([]);
  });

  it("nothing is read", async () => {
    for (const table of placedTables()) {
      const { count, refused } = await tryAs(wrong, {
        text: `select * from ${table} where place_id = ${victim.placeId} limit 1`,
      });
      expect({ table, count, refused }).toEqual({ table, count: 0, refused: refused === "42501" ? "42501" : null });
      const own = await tryAs(wrong, { text: `select distinct place_id from ${table} limit 3` });
      const places = own.rows.map((row) => row["place_id"]);
      expect({ table, places: places.filter((id) => id !== other.placeId || wrong !== "another place") }).toEqual({
        table,
        places: [],
      });
    }
  });

  it("nothing is written", async () => {
    for (const table of placedTables()) {
      const row = { ...(rows.get(table) as object) };
      const insert = `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`;
      expect({ table, refused: (await tryAs(wrong, { text: insert, values: [JSON.stringify(row)] })).refused }).toEqual(
        { table, refused: "42501" },
      );
      for (const change of [`update ${table} set place_id = place_id`, `delete from ${table}`]) {
        const { count, refused } = await tryAs(wrong, { text: `${change} where place_id = ${victim.placeId}` });
        expect({ table, change, count, refused }).toEqual({
          table,
          change,
          count: 0,
          refused: refused === "42501" ? "42501" : null,
        });
      }
      expect({ table, refused: (await tryAs(wrong, { text: `truncate ${table} cascade` })).refused }).toEqual({
        table,
        refused: "42501",
      });
    }
  });

  it("no function of the owner works for the place", async () => {
    const found = await reader.query(`
      select p.oid::regproc::text as name, array(select format_type(t, null) from unnest(p.proargtypes) t) as types, p.proargnames as names
        from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and 'p_place' = any (p.proargnames)`);
    expect(found.rows.length).toBeGreaterThan(2);
    for (const { name, types, names } of found.rows as { name: string; types: string[]; names: string[] }[]) {
      const values = types.map((type, index) =>
        names[index] === "p_place" ? String(victim.placeId) : `null::${type}`,
      );
      const { refused } = await tryAs(wrong, { text: `select ${name}(${values.join(", ")})` });
      expect({ name, refused }).toEqual({ name, refused: "42501" });
    }
  });
});

it("a row of the place in hand cannot be given to another place", async () => {
  const before = await stateHash(reader);
  for (const table of placedTables()) {
    const { count, refused } = await tryAs("another place", {
      text: `update ${table} set place_id = ${victim.placeId}`,
    });
    expect({ table, count }).toEqual({ table, count: 0 });
    expect(["42501", "23503", null]).toContain(refused);
  }
  expect(await stateHash(reader)).toBe(before);
});

it("a setting that is no number is an error, never a place", async () => {
  await application.query("begin");
  await application.query("select set_config('app.place_id', 'salford', true)");
  await expect(application.query("select * from partner")).rejects.toThrow(/integer/);
  await application.query("rollback");
});

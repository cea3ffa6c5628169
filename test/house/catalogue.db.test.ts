/** Reads the database's own catalogue against the rules of test/setup/catalogue.ts, and shows that each can fail. */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CATALOGUE_RULES, type CatalogueRule, type Manifest, queryOf, readManifest } from "../setup/catalogue.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

let test: TestHouse;
let client: pg.Client;
let manifest: Manifest;

beforeAll(async () => {
  manifest = await readManifest();
  test = await openTestHouse();
  client = await test.admin();
});

afterAll(async () => {
  await client?.end();
  await test?.close();
});

async function found(rule: CatalogueRule, listed: Manifest): Promise<readonly string[]> {
  const { rows } = await client.query(queryOf(rule), [JSON.stringify(listed)]);
  return rows.map((row) => String(row.found));
}

describe("the catalogue", () => {
  it.each(CATALOGUE_RULES)("$rule", async (rule) => {
    expect(await found(rule, manifest)).toEqual([]);
  });
});

describe("a breach is seen", () => {
  it.each(CATALOGUE_RULES)("$rule", async (rule) => {
    const entry = { class: "tenant", append_only: false, ...rule.planted } as const;
    const listed = rule.planted === null ? manifest : { ...manifest, planted: entry };
    await client.query("begin");
    try {
      for (const statement of rule.plant) await client.query(statement);
      const breaches = await found(rule, listed);
      expect(breaches.some((name) => /plant|onepot_app/.test(name))).toBe(true);
    } finally {
      await client.query("rollback");
    }
  });
});

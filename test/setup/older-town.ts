/** A place as it was before a migration: its database is made of the migrations below it, and can be brought up to date. */
import pg from "pg";
import { inject } from "vitest";
import { openLedgerTown, PLACE } from "../../src/ledger/ledger.fixture.ts";
import { migrate } from "../../src/platform/database/index.ts";
import { makeTemplate, readAllMigrations } from "./database.ts";
import { bundling } from "./proof-town.ts";

/**
 * The program of today holds what it writes, and the limit that a signature counted under; before migration 0017 nothing did. Gives a
 * row for each, as the real one does.
 */
const STAND_IN = `alter table approval_signature add column authority_id uuid, add column needs smallint;
  create function hold_rows(p_subject text, p_rows jsonb) returns setof text language sql
  as 'select p_subject from jsonb_array_elements(p_rows)'`;

const HELD_SINCE = 17;

export async function openOlderTown(before: number) {
  const all = await readAllMigrations();
  const adminUrl = inject("adminUrl");
  const templateName = `onepot_before_${before}_${inject("templateName").slice(-16)}`;
  const link = (name: string) => adminUrl.replace(/@([^/?]*)\/[^/?]*/, `@$1/${name}`);
  await makeTemplate({ adminUrl, link, templateName, migrations: all.filter(({ number }) => number < before) });
  const town = await openLedgerTown({ template: templateName });
  const admin = new pg.Client({ connectionString: town.house.adminUrl });
  await admin.connect();
  const standsIn = before <= HELD_SINCE;
  if (standsIn) await admin.query(STAND_IN);
  return {
    ...town,
    ...bundling(town),
    second: () => town.house.second(PLACE),
    bringUpToDate: async () => {
      if (standsIn)
        await admin.query(`drop function hold_rows(text, jsonb);
          alter table approval_signature drop column authority_id, drop column needs`);
      await admin.end();
      await migrate(town.house.adminUrl, all);
    },
  };
}

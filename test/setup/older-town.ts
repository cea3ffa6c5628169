/** A place as it was before a migration: its database is made of the migrations below it, and can be brought up to date. */
import { inject } from "vitest";
import { openLedgerTown, PLACE } from "../../src/ledger/ledger.fixture.ts";
import { migrate } from "../../src/platform/database/index.ts";
import { makeTemplate, readAllMigrations } from "./database.ts";
import { bundling } from "./proof-town.ts";

export async function openOlderTown(before: number) {
  const all = await readAllMigrations();
  const adminUrl = inject("adminUrl");
  const templateName = `onepot_before_${before}_${inject("templateName").slice(-16)}`;
  const link = (name: string) => adminUrl.replace(/@([^/?]*)\/[^/?]*/, `@$1/${name}`);
  await makeTemplate({ adminUrl, link, templateName, migrations: all.filter(({ number }) => number < before) });
  const town = await openLedgerTown({ template: templateName });
  return {
    ...town,
    ...bundling(town),
    second: () => town.house.second(PLACE),
    bringUpToDate: () => migrate(town.house.adminUrl, all),
  };
}

/** What a database must be before Onepot serves from it. Each answer is a sentence for the person who runs it. */
import type { Database } from "./database.ts";
import { sql } from "./database.ts";

export async function startupFaults(database: Database, newestMigration: number): Promise<readonly string[]> {
  return database.national(async (tx) => {
    const faults: string[] = [];
    const server = await tx.one(sql<{ fsync: string; version: number; superuser: boolean; bypass: boolean }>`
      select current_setting('fsync') as fsync, current_setting('server_version_num')::integer as version,
             rolsuper as superuser, rolbypassrls as bypass
        from pg_roles where rolname = current_user`);
    if (server.version < 150_000)
      faults.push("The database server is older than PostgreSQL 15. Use PostgreSQL 15 or later.");
    if (server.fsync !== "on")
      faults.push("The database runs with fsync off and could lose money that it said was kept. Turn fsync on.");
    if (server.superuser || server.bypass)
      faults.push(
        "The application's link is a superuser's or passes by row-level security. Give DATABASE_APP_URL an ordinary role.",
      );
    const open = await tx.rows(sql<{ name: string }>`
      select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and (not relrowsecurity or not relforcerowsecurity)
         and exists (select 1 from pg_policy where polrelid = pg_class.oid) limit 20`);
    if (open.length > 0)
      faults.push(`Row-level security is not forced on: ${open.map((table) => table.name).join(", ")}.`);
    const schema = await tx.one(sql<{ newest: number | null }>`select max(migration) as newest from migration_step`);
    if (schema.newest !== newestMigration)
      faults.push(
        `The schema is at migration ${schema.newest ?? 0} and this version needs ${newestMigration}. Run: bin/onepot migrate`,
      );
    return faults;
  });
}

/** True while the database answers and takes changes. */
export async function isWritable(database: Database): Promise<boolean> {
  return database
    .national((tx) => tx.one(sql<{ writable: boolean }>`select not pg_is_in_recovery() as writable`))
    .then(({ writable }) => writable)
    .catch(() => false);
}

/**
 * Makes the roles and brings the schema up to date. Runs on the link that DATABASE_URL gives (or the embedded
 * database's superuser), which is used for nothing else. Forward only; a migration that was cut off goes on at the
 * statement where it stopped.
 */
import { createHash, createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { assert } from "../../lib/assert.ts";
import { StartError } from "../postgres/index.ts";
import { statementsOf } from "./statements.ts";

const LOGIN_ROLES = ["onepot_app", "onepot_jobs"] as const;
const GROUP_ROLES = ["onepot_owner", "onepot_family", "onepot_urn"] as const;
const OLDEST_SERVER = 15;
const GRANTS_SAY_WHAT_IS_INHERITED = 160_000;
const LOCK_NOT_AVAILABLE = "55P03";
const LOCK_TRIES = 5;
/** The migration that numbers transfers by their transaction. */
const POSTING_STORE = 5;

export type LoginRole = (typeof LOGIN_ROLES)[number];

/**
 * The link of a role to the same database. Its password is derived from the administrator's, so that every process
 * given the same DATABASE_URL reaches the same role without a secret of its own to keep.
 */
export function linkOfRole(adminUrl: string, role: LoginRole): string {
  const url = parseLink(adminUrl);
  const password = passwordOf(adminUrl, role);
  url.username = role;
  url.password = password;
  return url.toString();
}

/** The link of the same user to another database of the same server. */
export function linkOfDatabase(adminUrl: string, name: string): string {
  const url = parseLink(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** A link by socket names no host before its path; a URL with a password must. The `host` parameter wins over it. */
function parseLink(link: string): URL {
  return new URL(link.replace(/^(postgres(?:ql)?:\/\/[^/?#]*)@\//, "$1@localhost/"));
}

function passwordOf(adminUrl: string, role: LoginRole): string {
  const secret = decodeURIComponent(parseLink(adminUrl).password);
  return createHmac("sha256", `onepot ${secret}`).update(role).digest("base64url");
}

export type Migration = { readonly number: number; readonly name: string; readonly text: string };

export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      text: await readFile(join(folder, name), "utf8"),
    })),
  );
}

/** A name that changes with any migration: for templates of test databases. */
export function fingerprint(migrations: readonly Migration[]): string {
  const hash = createHash("sha256");
  for (const migration of migrations) hash.update(`${migration.name}\n${migration.text}\n`);
  return hash.digest("hex").slice(0, 16);
}

export async function migrate(
  adminUrl: string,
  migrations: readonly Migration[],
): Promise<{ readonly applied: number }> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: "onepot migrate",
    connectionTimeoutMillis: 10_000,
  });
  // A server that ends while we work fails the statement in hand; without a listener it would end the program too.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await refuseOldServer(client);
    // One migration at a time; this link is not pooled, so a lock of the session is safe.
    await client.query("select pg_advisory_lock(7400)");
    await makeRoles(client, adminUrl);
    await client.query("set role onepot_owner");
    await client.query("set lock_timeout = '2s'");
    await client.query(`create table if not exists migration_step (
      migration integer not null, step integer not null, hash text not null,
      applied_at timestamptz not null default clock_timestamp(),
      constraint "a step is applied once" primary key (migration, step))`);
    await client.query("grant select on migration_step to onepot_app");
    let applied = 0;
    for (const migration of migrations) applied += await applyOne(client, migration);
    // A database restored from another server goes on in a new life: its transactions are numbered from the start again.
    if (migrations.some(({ number }) => number === POSTING_STORE)) await client.query("select begin_ledger_life()");
    return { applied };
  } finally {
    await client.end();
  }
}

/** Before anything is made: what an older server does not know would be a riddle in its own words. */
async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query("show server_version");
  const version = String(rows[0]?.server_version);
  if (Number.parseInt(version, 10) >= OLDEST_SERVER) return;
  throw new StartError(
    `The database server is PostgreSQL ${version}, which is too old: give DATABASE_URL a server of PostgreSQL ${OLDEST_SERVER} or newer.`,
  );
}

async function makeRoles(client: pg.Client, adminUrl: string): Promise<void> {
  for (const role of [...GROUP_ROLES, ...LOGIN_ROLES]) {
    const found = await client.query("select 1 from pg_roles where rolname = $1", [role]);
    if (found.rowCount === 0) await client.query(`create role ${role}`);
  }
  for (const role of LOGIN_ROLES) {
    const password = pg.escapeLiteral(passwordOf(adminUrl, role));
    await client.query(
      `alter role ${role} with login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password ${password}`,
    );
  }
  await grantFamily(client);
  const { rows } = await client.query(
    "select current_database() as name, current_user as me, (select rolsuper from pg_roles where rolname = current_user) as super",
  );
  const { name, me, super: superuser } = rows[0];
  if (!superuser) await client.query(`grant onepot_owner to ${pg.escapeIdentifier(me)}`);
  const database = pg.escapeIdentifier(name);
  await client.query(`grant create, connect on database ${database} to onepot_owner`);
  await client.query(`grant create, connect on database ${database} to onepot_jobs`);
  await client.query(`grant create, usage on schema public to onepot_owner`);
  await client.query(`grant connect on database ${database} to onepot_app`);
  await client.query("grant usage on schema public to onepot_app, onepot_jobs, onepot_family, onepot_urn");
}

/**
 * The application may enter the family role and has none of its rights before it does. From PostgreSQL 16 on it is the grant that says
 * so, before it the role.
 */
async function grantFamily(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select current_setting('server_version_num')::int as number");
  const apart = rows[0].number >= GRANTS_SAY_WHAT_IS_INHERITED ? " with inherit false, set true" : "";
  await client.query(`grant onepot_family to onepot_app${apart}`);
}

async function applyOne(client: pg.Client, migration: Migration): Promise<number> {
  let applied = 0;
  const { rows } = await client.query("select step, hash from migration_step where migration = $1", [migration.number]);
  const done = new Map(rows.map((row) => [row.step as number, row.hash as string]));
  for (const [index, statement] of statementsOf(migration.text).entries()) {
    const hash = createHash("sha256").update(statement).digest("hex");
    const known = done.get(index);
    assert(
      known === undefined || known === hash,
      `migration ${migration.name} was changed after it was applied (step ${index})`,
    );
    if (known !== undefined) continue;
    await applyStep(client, { migration: migration.number, step: index, hash, statement });
    applied += 1;
  }
  return applied;
}

type Step = { readonly migration: number; readonly step: number; readonly hash: string; readonly statement: string };

async function applyStep(client: pg.Client, the: Step): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query("begin");
      await client.query(the.statement);
      await client.query("insert into migration_step (migration, step, hash) values ($1, $2, $3)", [
        the.migration,
        the.step,
        the.hash,
      ]);
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      const busy = error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE && attempt < LOCK_TRIES;
      if (!busy) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
    }
  }
}

/** Makes a database on the server of this link where it has none of that name. */
export async function makeDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Drops a scratch database, with whatever is still linked to it. */
export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}

/**
 * Starts the PostgreSQL that database tests run on (the embedded one in a temporary folder, or the server that
 * ONEPOT_TEST_DATABASE_URL names) and keeps a template database with the schema and the register, named by their
 * fingerprint; each test file works on a fresh copy.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { loadRegister } from "../../src/places/index.ts";
import {
  fingerprint,
  linkOfRole,
  migrate,
  openDatabase,
  openPool,
  readMigrations,
} from "../../src/platform/database/index.ts";
import { prepareQueue } from "../../src/platform/jobs/index.ts";
import { openEmbedded } from "../../src/platform/postgres/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  interface ProvidedContext {
    readonly adminUrl: string;
    readonly templateName: string;
  }
}

export function readAllMigrations(): ReturnType<typeof readMigrations> {
  return readMigrations(join(root, "db/migrations"));
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestServer();
  const migrations = await readAllMigrations();
  const templateName = `onepot_template_${fingerprint(migrations)}`;
  await makeTemplate({ adminUrl: server.adminUrl, link: server.link, templateName, migrations });
  project.provide("adminUrl", server.adminUrl);
  project.provide("templateName", templateName);
  return server.stop;
}

export type TestServer = {
  readonly adminUrl: string;
  readonly link: (database: string) => string;
  readonly stop: () => Promise<void>;
};

export async function openTestServer(): Promise<TestServer> {
  const given = process.env["ONEPOT_TEST_DATABASE_URL"];
  if (given) {
    const link = (database: string) => given.replace(/\/[^/?]*(\?|$)/, `/${database}$1`);
    return { adminUrl: given, link, stop: async () => undefined };
  }
  const folder = await mkdtemp(join(tmpdir(), "onepot test "));
  const embedded = await openEmbedded({ dataFolder: folder, log: () => undefined });
  return {
    adminUrl: embedded.superuserUrl,
    link: (database) => withDatabase(embedded.superuserUrl, database),
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, database: string): string {
  return url.replace(/@([^/?]*)\/[^/?]*/, `@$1/${database}`);
}

type Template = {
  readonly adminUrl: string;
  readonly link: (database: string) => string;
  readonly templateName: string;
  readonly migrations: Awaited<ReturnType<typeof readMigrations>>;
};

/** A database with the schema, the queue of jobs and the national register, for others to be copied from. */
export async function makeTemplate(the: Template): Promise<void> {
  const admin = new pg.Client({ connectionString: the.adminUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [the.templateName]);
    if (rowCount) return;
    const making = `${the.templateName}_making`;
    await admin.query(`drop database if exists ${making}`);
    await admin.query(`create database ${making}`);
    await migrate(the.link(making), the.migrations);
    const jobs = openPool({ url: linkOfRole(the.link(making), "onepot_jobs"), size: 2, name: "onepot test" });
    await prepareQueue(jobs);
    await jobs.end();
    const database = openDatabase({ url: linkOfRole(the.link(making), "onepot_app") });
    await loadRegister(database, join(root, "src/places/data"));
    await database.close();
    await admin.query(`alter database ${making} rename to ${the.templateName}`);
  } finally {
    await admin.end();
  }
}

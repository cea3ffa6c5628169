/**
 * Writes db/schema.sql: migrates a scratch database (on a PostgreSQL of its own, or the server that
 * ONEPOT_TEST_DATABASE_URL names) and prints its structure. `npx tsx tools/write-schema.ts`
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { readMigrations } from "../src/platform/database/index.ts";
import { makeTemplate, openTestServer } from "../test/setup/database.ts";
import { dumpSchema } from "./dump-schema.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const SCRATCH = "onepot_schema_scratch";

const server = await openTestServer();
try {
  await statement(server.adminUrl, `drop database if exists ${SCRATCH} with (force)`);
  const migrations = await readMigrations(join(root, "db/migrations"));
  await makeTemplate({ adminUrl: server.adminUrl, link: server.link, templateName: SCRATCH, migrations });
  const text = await dump(server.link(SCRATCH));
  await writeFile(join(root, "db/schema.sql"), text);
  process.stdout.write(`db/schema.sql: ${text.split("\n").length} lines\n`);
  await statement(server.adminUrl, `drop database ${SCRATCH} with (force)`);
} finally {
  await server.stop();
}

async function dump(link: string): Promise<string> {
  const client = new pg.Client({ connectionString: link });
  await client.connect();
  try {
    return await dumpSchema(async (query) => (await client.query(query)).rows);
  } finally {
    await client.end();
  }
}

async function statement(link: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: link });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

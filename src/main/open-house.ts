/**
 * Opens the house for any program: the database (embedded, or the server that DATABASE_URL names), brought up to date,
 * checked, with the national register in it. A fault is one sentence for the person who runs it.
 */
import { join } from "node:path";
import { findActor } from "../identity/index.ts";
import { loadRegister } from "../places/index.ts";
import type { Config } from "../platform/config.ts";
import {
  type Database,
  linkOfRole,
  makeDatabase,
  migrate,
  openDatabase,
  openPool,
  readMigrations,
  startupFaults,
} from "../platform/database/index.ts";
import { type JobsPool, prepareQueue } from "../platform/jobs/index.ts";
import { openEmbedded, StartError } from "../platform/postgres/index.ts";
import type { House } from "../platform/use-case/index.ts";
import { recordExists } from "../search/index.ts";
import { linkWords } from "./link-words.ts";
import { openPlaceFinder } from "./place-finder.ts";

export type OpenHouse = {
  readonly config: Config;
  readonly house: House;
  readonly database: Database;
  readonly jobsPool: JobsPool;
  readonly applied: number;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly config: Config;
  readonly log: (line: string) => void;
  readonly name: string;
  readonly poolSize?: number;
};

export async function openHouse(options: Options): Promise<OpenHouse> {
  const { config } = options;
  const server = await openServer(options);
  try {
    const migrations = await readMigrations(join(config.root, "db/migrations"));
    const { applied } = await migrateWithWords(server.adminUrl, migrations);
    const appUrl = config.databaseAppUrl ?? linkOfRole(server.adminUrl, "onepot_app");
    const database = openDatabase({ url: appUrl, name: options.name, size: options.poolSize ?? 10 });
    const jobsPool = openPool({
      url: linkOfRole(server.adminUrl, "onepot_jobs"),
      size: 6,
      name: `${options.name} jobs`,
      statementSeconds: 600,
    });
    const close = async () => {
      await database.close();
      await jobsPool.end();
      await server.stop();
    };
    if (applied > 0) await prepareQueue(jobsPool);
    const faults = await startupFaults(database, migrations.at(-1)?.number ?? 0).catch(async (error: unknown) => {
      await close();
      const name = config.databaseAppUrl === null ? "DATABASE_URL" : "DATABASE_APP_URL";
      const words = linkWords(error, name);
      throw words === null ? error : new StartError(words);
    });
    const first = faults[0];
    if (first !== undefined) {
      await close();
      throw new StartError(first);
    }
    await loadRegister(database, join(config.root, "src/places/data"));
    const house: House = {
      database,
      findPlace: openPlaceFinder(database),
      findActor,
      recordExists,
      now: () => new Date(),
    };
    return { config, house, database, jobsPool, applied, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

type Server = { readonly adminUrl: string; readonly stop: () => Promise<void> };

async function openServer({ config, log }: Options): Promise<Server> {
  if (config.databaseUrl !== null) return { adminUrl: config.databaseUrl, stop: async () => undefined };
  const embedded = await openEmbedded({ dataFolder: config.dataFolder, log });
  const adminUrl = embedded.superuserUrl.replace(/@([^/?]*)\/[^/?]*/, "@$1/onepot");
  await makeDatabase(embedded.superuserUrl, "onepot");
  return { adminUrl, stop: embedded.stop };
}

async function migrateWithWords(
  adminUrl: string,
  migrations: Parameters<typeof migrate>[1],
): Promise<{ readonly applied: number }> {
  try {
    return await migrate(adminUrl, migrations);
  } catch (error) {
    throw new StartError(
      linkWords(error, "DATABASE_URL") ??
        `The database could not be brought up to date: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}

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
import { isQueueReady, type JobsPool, prepareQueue } from "../platform/jobs/index.ts";
import { openEmbedded, StartError } from "../platform/postgres/index.ts";
import type { House } from "../platform/use-case/index.ts";
import { recordExists } from "../search/index.ts";
import { closingSources } from "./closing-sources.ts";
import { explainSurroundings } from "./faults.ts";
import { linkWords } from "./link-words.ts";
import { noticeBoard } from "./notice-board.ts";
import { openPlaceFinder } from "./place-finder.ts";
import { findUseCase } from "./use-cases.ts";

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
  const pools: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of pools.splice(0)) await end();
    await server.stop();
  };
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
    pools.push(database.close, () => jobsPool.end());
    const faults = await startupFaults(database, migrations.at(-1)?.number ?? 0).catch((error: unknown) => {
      const name = config.databaseAppUrl === null ? "DATABASE_URL" : "DATABASE_APP_URL";
      const words = linkWords(error, name);
      throw words === null ? error : new StartError(words);
    });
    const first = faults[0];
    if (first !== undefined) throw new StartError(first);
    if (applied > 0 || !(await isQueueReady(jobsPool))) await prepareQueue(jobsPool);
    await loadRegister(database, join(config.root, "src/places/data"));
    const house: House = {
      database,
      findPlace: openPlaceFinder(database),
      findActor,
      recordExists,
      findUseCase,
      closingSources,
      noticeBoard,
      now: () => new Date(),
    };
    return { config, house, database, jobsPool, applied, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Server = { readonly adminUrl: string; readonly stop: () => Promise<void> };

async function openServer({ config, log }: Options): Promise<Server> {
  if (config.databaseUrl !== null) return { adminUrl: config.databaseUrl, stop: async () => undefined };
  const { dataFolder, postgresPrograms: programs } = config;
  const embedded = await openEmbedded({ dataFolder, programs, log });
  const adminUrl = embedded.superuserUrl.replace(/@([^/?]*)\/[^/?]*/, "@$1/onepot");
  try {
    await makeDatabase(embedded.superuserUrl, "onepot");
    return { adminUrl, stop: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function migrateWithWords(
  adminUrl: string,
  migrations: Parameters<typeof migrate>[1],
): Promise<{ readonly applied: number }> {
  try {
    return await migrate(adminUrl, migrations);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      linkWords(error, "DATABASE_URL") ??
        explainSurroundings(error) ??
        `The database could not be brought up to date: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}

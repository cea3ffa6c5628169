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
    const faults = await startupFaults(database, migrations.at(-1)?.number ?? 0);
    const first = faults[0];
    if (first !== undefined) {
      await close();
      throw new StartError(first);
    }
    await loadRegister(database, join(config.root, "src/places/data"));
    const house: House = { database, findPlace: openPlaceFinder(database), findActor, now: () => new Date() };
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
      wordsFor(error) ??
        `The database could not be brought up to date: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}

/** The sentence for the faults of a link that people meet; never the link itself, which holds a password. */
function wordsFor(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const sentences: Readonly<Record<string, string>> = {
    ECONNREFUSED: "No database answers at DATABASE_URL. Check the host and the port, and that PostgreSQL runs there.",
    ENOTFOUND: "The host in DATABASE_URL is not known. Check its spelling.",
    EAI_AGAIN: "The host in DATABASE_URL could not be looked up. Check its spelling and the network.",
    ETIMEDOUT: "The database at DATABASE_URL did not answer in time. Check the host, the port and any firewall.",
    ENOENT: "There is no database socket at the path in DATABASE_URL. Check the path, and that PostgreSQL runs.",
    "28P01": "The database refused the user or password in DATABASE_URL. Check both.",
    "28000": "The database does not let the user in DATABASE_URL in. Check the user, and the server's pg_hba.conf.",
    "3D000": "The database named in DATABASE_URL does not exist. Create it first, for example with createdb.",
    "42501":
      "The user in DATABASE_URL may not make roles or tables. Give a user that may, for example the database's owner with CREATEROLE.",
    "53100": "The disk of the database is full. Free some room and start again.",
  };
  if (/timeout expired|timed out/i.test(error.message)) return sentences["ETIMEDOUT"] ?? null;
  return sentences[code] ?? null;
}

/**
 * A house on a scratch database beside the real one: made on the same server, with the schema and the register, and dropped
 * afterwards whatever happens. Nobody's places, people or books are in it, and none are read.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { findActor } from "../identity/index.ts";
import { findPlace, loadRegister } from "../places/index.ts";
import type { Config } from "../platform/config.ts";
import {
  type Database,
  dropDatabase,
  linkOfDatabase,
  linkOfRole,
  makeDatabase,
  migrate,
  openDatabase,
  readMigrations,
} from "../platform/database/index.ts";
import { openEmbedded } from "../platform/postgres/index.ts";
import type { House } from "../platform/use-case/index.ts";
import { findUseCase } from "./use-cases.ts";

type Options = {
  readonly config: Pick<Config, "root" | "dataFolder" | "postgresPrograms" | "databaseUrl">;
  readonly log: (line: string) => void;
  readonly poolSize: number;
};

export async function withScratchHouse<T>(
  options: Options,
  work: (open: { readonly house: House; readonly database: Database }) => Promise<T>,
): Promise<T> {
  const server = await openServer(options);
  const name = `onepot_scratch_${randomBytes(6).toString("hex")}`;
  try {
    await makeDatabase(server.adminUrl, name);
    const database = await openScratch(options, linkOfDatabase(server.adminUrl, name));
    try {
      return await work({ house: houseOn(database), database });
    } finally {
      await database.close();
    }
  } finally {
    await dropDatabase(server.adminUrl, name);
    await server.stop();
  }
}

async function openScratch({ config, poolSize }: Options, adminUrl: string): Promise<Database> {
  await migrate(adminUrl, await readMigrations(join(config.root, "db/migrations")));
  const url = linkOfRole(adminUrl, "onepot_app");
  // A check over a whole place may take longer than a request is given.
  const database = openDatabase({ url, name: "onepot scratch", size: poolSize, statementSeconds: 600 });
  await loadRegister(database, join(config.root, "src/places/data"));
  return database;
}

function houseOn(database: Database): House {
  return {
    database,
    findPlace: (slug) => database.national((tx) => findPlace(tx, slug)),
    findActor,
    findUseCase,
    now: () => new Date(),
  };
}

async function openServer({ config, log }: Options) {
  if (config.databaseUrl !== null) return { adminUrl: config.databaseUrl, stop: async () => undefined };
  const { dataFolder, postgresPrograms: programs } = config;
  const embedded = await openEmbedded({ dataFolder, programs, log });
  return { adminUrl: embedded.superuserUrl, stop: embedded.stop };
}

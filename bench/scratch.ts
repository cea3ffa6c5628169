/** A scratch PostgreSQL for a bench: the embedded one, as people run it, in a temporary folder, with the schema. */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findActor } from "../src/identity/index.ts";
import { findUseCase } from "../src/main/use-cases.ts";
import { findPlace, loadRegister } from "../src/places/index.ts";
import { type Database, linkOfRole, migrate, openDatabase, readMigrations } from "../src/platform/database/index.ts";
import { openEmbedded } from "../src/platform/postgres/index.ts";
import type { House } from "../src/platform/use-case/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export type Scratch = {
  readonly adminUrl: string;
  readonly database: Database;
  readonly house: House;
  readonly close: () => Promise<void>;
};

export async function openScratch(size = 20): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), "onepot bench "));
  const embedded = await openEmbedded({ dataFolder: folder, log: () => undefined });
  const adminUrl = embedded.superuserUrl;
  await migrate(adminUrl, await readMigrations(join(root, "db/migrations")));
  const database = openDatabase({ url: linkOfRole(adminUrl, "onepot_app"), size });
  await loadRegister(database, join(root, "src/places/data"));
  return {
    adminUrl,
    database,
    house: {
      database,
      findPlace: (slug) => database.national((tx) => findPlace(tx, slug)),
      findActor,
      findUseCase,
      now: () => new Date(),
    },
    close: async () => {
      await database.close();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function machineWords(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

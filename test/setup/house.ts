/**
 * A fresh copy of the template database for one test file, with the house on it: places opened by name, people made for
 * any role, and use cases carried out as them.
 */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { inject } from "vitest";
import type { z } from "zod";
import { findActor } from "../../src/identity/index.ts";
import { planForChecks } from "../../src/ledger/store/checks.ts";
import { must } from "../../src/lib/assert.ts";
import type { Refusal, Result } from "../../src/lib/result.ts";
import { closingSources } from "../../src/main/closing-sources.ts";
import { noticeBoard } from "../../src/main/notice-board.ts";
import { findUseCase } from "../../src/main/use-cases.ts";
import { findPlace, insertHolding, listPlaces, openPlace } from "../../src/places/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import type { ClosingSource } from "../../src/platform/closing.ts";
import { type Database, linkOfRole, openDatabase, sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import type { Credential, House, UseCase } from "../../src/platform/use-case/index.ts";
import { recordExists } from "../../src/search/index.ts";
import { performTogether } from "./together.ts";

export type TestHouse = {
  readonly house: House;
  readonly database: Database;
  readonly adminUrl: string;
  /** Opens a place (a council or a combined authority of the register) and gives its number. */
  readonly openPlace: (slug: string) => Promise<number>;
  /** A new person with one role at a place. */
  readonly personWith: (
    role: Role,
    at: { readonly placeId: number; readonly partnerId?: string; readonly areaId?: string },
  ) => Promise<Credential & { kind: "person" }>;
  /**
   * Carries out a use case, together with a second person of its place where it needs two; `value` asserts that it was
   * accepted.
   */
  readonly ask: Ask;
  /** A finance officer of a place who authorises what others prepared there. */
  readonly second: (placeSlug: string) => Promise<Credential>;
  readonly value: <V>(result: Result<V>) => V;
  readonly refusal: (result: Result<unknown>) => Refusal;
  /**
   * A superuser's link to this file's database, for what the application may not do. The database's own checks run
   * before the first is handed out, and no more at the end: what is changed by it is meant to be found.
   */
  readonly admin: () => Promise<pg.Client>;
  /** A superuser's link that can only read. */
  readonly reader: () => Promise<pg.Client>;
  readonly close: () => Promise<void>;
};

type Ask = <S extends "place" | "national", I extends z.ZodObject, V, R extends { readonly code: string }>(
  useCase: UseCase<S, I, V, R>,
  asked: { readonly by: Credential; readonly place?: string; readonly input: z.input<I>; readonly key?: string },
) => Promise<Result<V>>;

type Options = {
  readonly beforeStatement?: (text: string) => void;
  readonly now?: () => Date;
  readonly closingSources?: readonly ClosingSource[];
  /** Of which database it is a copy, where that is not the one of all migrations. */
  readonly template?: string;
};

export async function openTestHouse(options: Options = {}): Promise<TestHouse> {
  const adminUrl = inject("adminUrl");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await withAdmin(adminUrl, (client) =>
    client.query(`create database ${name} template ${options.template ?? inject("templateName")}`),
  );
  const link = adminUrl.replace(/@([^/?]*)\/[^/?]*/, `@$1/${name}`);
  const database = openDatabase({
    url: linkOfRole(link, "onepot_app"),
    size: 20,
    ...(options.beforeStatement && { beforeStatement: options.beforeStatement }),
  });
  const house: House = {
    database,
    findPlace: (slug) => database.national((tx) => findPlace(tx, slug)),
    findActor,
    recordExists,
    findUseCase,
    closingSources: options.closingSources ?? closingSources,
    noticeBoard,
    now: options.now ?? (() => new Date()),
  };
  const second = secondOf(house);
  const ask = askOf(house, second);
  let tampered = false;
  return {
    house,
    database,
    adminUrl: link,
    ask,
    second,
    value,
    refusal: (result) => {
      if (result.ok) throw new Error("accepted, where a refusal was expected");
      return result.refusal;
    },
    openPlace: async (slug) => value(await ask(openPlace, { by: { kind: "operator" }, input: { slug } })).placeId,
    personWith: (role, at) => makePerson(database, { role, ...at }),
    admin: async () => {
      if (!tampered) await expectChecksClean(link);
      tampered = true;
      return openClient(link);
    },
    reader: async () => {
      const client = await openClient(link);
      await client.query("set default_transaction_read_only = on");
      return client;
    },
    close: async () => {
      await database.close();
      try {
        if (!tampered) await expectChecksClean(link);
      } finally {
        await withAdmin(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
      }
    },
  };
}

function askOf(house: House, second: TestHouse["second"]): Ask {
  return (useCase, { by, place, input, key }) =>
    performTogether(house, useCase, {
      asked: {
        credential: by,
        input,
        language: "en",
        ...(place !== undefined && { place }),
        ...(key !== undefined && { requestKey: key }),
      },
      second: () => second(place ?? ""),
    });
}

/** Made when first needed, once for a place. */
function secondOf(house: House): TestHouse["second"] {
  const made = new Map<number, Promise<Credential>>();
  return async (slug) => {
    const { placeId } = must(await house.findPlace(slug), `there is a place ${slug}`);
    const known = made.get(placeId) ?? makePerson(house.database, { role: "finance_officer", placeId });
    made.set(placeId, known);
    return known;
  };
}

function value<V>(result: Result<V>): V {
  const plain = (_: string, item: unknown) => (typeof item === "bigint" ? item.toString() : item);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal, plain)}`);
  return result.value;
}

/** Every invariant of db/checks finds nothing in any place: what each database test ends with. */
export async function expectChecksClean(adminUrl: string): Promise<void> {
  const folder = new URL("../../db/checks/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const checks = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), "utf8") })),
  );
  const database = openDatabase({ url: linkOfRole(adminUrl, "onepot_app"), size: 1 });
  try {
    const found: string[] = [];
    for (const { placeId, slug } of await database.national(listPlaces))
      await database.inPlace(placeId, async (tx) => {
        await planForChecks(tx);
        for (const { name, text } of checks)
          for (const row of await tx.rows(sql.raw<{ readonly found: string }>(text)))
            found.push(`${slug}, ${name}: ${row.found}`);
      });
    if (found.length > 0) throw new Error(`the database's own checks found:\n${found.join("\n")}`);
  } finally {
    await database.close();
  }
}

async function makePerson(
  database: Database,
  the: { readonly role: Role; readonly placeId: number; readonly partnerId?: string; readonly areaId?: string },
): Promise<Credential & { kind: "person" }> {
  const userId = newId();
  await database.inPlace(the.placeId, async (tx) => {
    await tx.run(
      sql`insert into user_account (user_id, email, name) values (${userId}, ${`${userId}@onepot.example`}, 'Test Person')`,
      1,
    );
    await insertHolding(tx, the.placeId, {
      holdingId: newId(),
      userId,
      role: the.role,
      partnerId: the.partnerId ?? null,
      areaId: the.areaId ?? null,
      grantedBy: "test",
    });
  });
  return { kind: "person", userId };
}

async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: must(url, "the test database server was not started") });
  await client.connect();
  return client;
}

async function withAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await openClient(url);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

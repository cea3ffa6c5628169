/** What is read beside each other: one moment for all, an answer for each in its order, and no link waited for. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/setup/house.ts";
import { shareOut } from "./beside.ts";
import { linkOfRole, openDatabase, sql, type Transaction } from "./index.ts";

let on: TestHouse;
let salford = 0;
let bolton = 0;

beforeAll(async () => {
  on = await openTestHouse();
  salford = await on.openPlace("salford");
  bolton = await on.openPlace("bolton");
});
afterAll(() => on.close());

const count = async (tx: Transaction): Promise<bigint> =>
  (await tx.one(sql<{ rows: bigint }>`select count(*) as rows from theme`)).rows;
const linkOf = async (tx: Transaction): Promise<number> =>
  (await tx.one(sql<{ pid: number }>`select pg_backend_pid() as pid from pg_sleep(0.05)`)).pid;
const addTheme = (placeId: number, name: string) =>
  on.database.inPlace(placeId, (tx) =>
    tx.run(
      sql`insert into theme (place_id, theme_id, name, slug, position) values (${placeId}, gen_random_uuid(), ${name}, ${name}, 9)`,
      1,
    ),
  );

test("works on links of their own see the moment, and the place, of the one that asked", async () => {
  await addTheme(salford, "families");
  await addTheme(bolton, "work");
  const seen = await on.database.readPlace(salford, async (tx) => {
    const before = await count(tx);
    await addTheme(salford, "health");
    return { before, beside: await tx.beside([count, count, count, count, count, count]) };
  });
  expect(seen).toEqual({ before: 1n, beside: [1n, 1n, 1n, 1n, 1n, 1n] });
  expect(await on.database.readPlace(salford, count)).toBe(2n);
});

test("the answers come in the order of the works, from several links, four at most", async () => {
  const works = Array.from({ length: 12 }, (_, at) => async (tx: Transaction) => [at, await linkOf(tx)] as const);
  const answers = await on.database.readPlace(salford, (tx) => tx.beside(works));
  expect(answers.map(([at]) => at)).toEqual(works.map((_, at) => at));
  const links = new Set(answers.map(([, link]) => link)).size;
  expect(links).toBeGreaterThan(1);
  expect(links).toBeLessThanOrEqual(4);
});

test("where no link is free all is done on the one there is, and two that ask at once do not wait for each other", async () => {
  const database = openDatabase({ url: linkOfRole(on.adminUrl, "onepot_app"), size: 2 });
  try {
    const ask = () => database.readPlace(salford, (tx) => tx.beside([linkOf, linkOf, linkOf]));
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(new Set(one).size).toBe(1);
    expect(new Set(other).size).toBe(1);
  } finally {
    await database.close();
  }
});

test("in a transaction that changes something, what it changed is seen", async () => {
  const seen = await on.database.inPlace(bolton, async (tx) => {
    await tx.run(
      sql`insert into theme (place_id, theme_id, name, slug, position) values (${bolton}, gen_random_uuid(), 'homes', 'homes', 9)`,
      1,
    );
    return tx.beside([count, count]);
  });
  expect(seen).toEqual([2n, 2n]);
});

test("a failure is the answer, no further work is begun, and the links serve again", async () => {
  let begun = 0;
  const fail = async (tx: Transaction) => {
    begun += 1;
    await tx.rows(sql`select 1 / 0`);
  };
  const works = Array.from({ length: 40 }, () => fail);
  await expect(on.database.readPlace(salford, (tx) => tx.beside(works))).rejects.toThrow("division by zero");
  expect(begun).toBeLessThanOrEqual(4);
  expect(await on.database.readPlace(salford, (tx) => tx.beside([count, count]))).toEqual([2n, 2n]);
});

test("the link that asks may wait for the others for as long as they take", async () => {
  const seen = await on.database.readPlace(salford, async (tx) => {
    await tx.beside([count, count]);
    return tx.one(sql<{ idle: string }>`select current_setting('idle_in_transaction_session_timeout') as idle`);
  });
  expect(seen.idle).toBe("0");
});

test("a link that could not be had after all is done without", async () => {
  const answers = await on.database.readPlace(salford, (tx) =>
    shareOut({ own: tx, free: () => 3, open: async () => Promise.reject(new Error("no link")) }, [count, count, count]),
  );
  expect(answers).toEqual([2n, 2n, 2n]);
});

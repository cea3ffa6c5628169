/**
 * The books as other programs read them. A place filled by a seed is taken out for hledger and beancount; the balances of
 * every account at three days are those that the database sums from its entries, to the penny: as a small reader of this
 * test finds them in the text, and as the programs themselves do where they are installed. The long form is
 * test/reliability/outside-ledgers.ts.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInstalled, OUTSIDE } from "../../test/setup/outside-programs.ts";
import { drawSeed } from "../../test/setup/seed.ts";
import { addDays, mustDay } from "../lib/day.ts";
import { type BooksTown, openBooksTown, PLACE, readJournal, sumTo, takeOut } from "./books.fixture.ts";
import { accountIdOf } from "./domain/account-name.ts";

const DAYS = [mustDay("2012-08-31"), mustDay("2012-12-31"), mustDay("2013-03-31")] as const;
const BOOKS = ["real", "shadow"] as const;
let town: BooksTown;
let reader: pg.Client;
let folder: string;

beforeAll(async () => {
  town = await openBooksTown({ seed: drawSeed("outside ledgers"), transfers: 300 });
  reader = await town.house.reader();
  folder = await mkdtemp(join(tmpdir(), "onepot books "));
}, 120_000);
afterAll(async () => {
  await reader?.end();
  await rm(folder, { recursive: true, force: true });
  await town?.house.close();
});

/** What every account of a book holds at the end of a day, from the entries alone. */
async function summed(book: string, day: string, more = ""): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await reader.query<{ account_id: string; pence: string }>(
    `select e.account_id, sum(e.amount_pence)::text as pence from entry e
       join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
      where e.place_id = $1 and a.book = $2 and e.effective_on <= $3 ${more}
      group by e.account_id having sum(e.amount_pence) <> 0`,
    [town.placeId, book, day],
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.pence)]));
}

const sorted = (balances: ReadonlyMap<string, bigint>) => [...balances].sort(([a], [b]) => (a < b ? -1 : 1));
const byId = (balances: ReadonlyMap<string, bigint>) =>
  sorted(new Map([...balances].map(([name, pence]) => [accountIdOf(name), pence])));

const out = (format: string, book: string, more: Readonly<Record<string, string>> = {}) =>
  takeOut({
    house: town.house.house,
    credential: town.finance,
    place: PLACE,
    input: { format, book, asAt: DAYS[2], assertAt: DAYS.join(","), ...more },
  });

describe.each(["hledger", "beancount"])("the text for %s", (format) => {
  it.each(BOOKS)("has every transfer of the %s book once, and sums to what the entries sum to", async (book) => {
    const { bytes, written } = await out(format, book);
    const { postings } = readJournal(bytes.toString());
    const { rows } = await reader.query("select transfer_id from transfer where place_id = $1 and book = $2", [
      town.placeId,
      book,
    ]);
    expect(written).toBe(rows.length);
    const heads = bytes
      .toString()
      .split("\n")
      .filter((line) => /^\d{4}-\d\d-\d\d \*/.test(line))
      .join("\n");
    for (const { transfer_id: id } of rows) expect(heads).toContain(id);
    for (const day of DAYS) expect(byId(sumTo(postings, day))).toEqual(sorted(await summed(book, day)));
  });

  it("says at each day asked what each account holds then", async () => {
    const { asserted, postings } = readJournal((await out(format, "real")).bytes.toString());
    for (const day of DAYS) {
      const holds = asserted.filter((one) => one.day === (format === "hledger" ? day : addDays(day, 1)));
      const named = new Set(postings.filter((one) => one.day <= day).map((one) => one.account));
      expect(new Set(holds.map((one) => one.account))).toEqual(named);
      const sums = holds.filter((one) => one.pence !== 0n).map((one) => [one.account, one.pence] as const);
      expect(byId(new Map(sums))).toEqual(sorted(await summed("real", day)));
    }
  });

  it("from a day on, begins with what was there before", async () => {
    const from = "2012-09-01";
    const later = { from, assertAt: DAYS[2] };
    const { postings } = readJournal((await out(format, "real", later)).bytes.toString());
    expect(byId(sumTo(postings, "2012-08-31"))).toEqual(sorted(await summed("real", "2012-08-31")));
    expect(byId(sumTo(postings, DAYS[2]))).toEqual(sorted(await summed("real", DAYS[2])));
  });

  it("of one pot, holds whole transfers that touch it", async () => {
    const { rows } = await reader.query<{ pot_id: string }>(
      "select pot_id from pot where place_id = $1 and book = 'real' order by pot_id limit 1",
      [town.placeId],
    );
    const potId = rows[0]?.pot_id ?? "";
    const { postings } = readJournal((await out(format, "real", { potId })).bytes.toString());
    const touching = `and exists (select from entry x join ledger_account y on y.place_id = x.place_id
      and y.account_id = x.account_id where x.place_id = e.place_id and x.transfer_id = e.transfer_id and y.pot_id = '${potId}')`;
    const expected = sorted(await summed("real", DAYS[2], touching));
    expect(expected.length).toBeGreaterThan(2);
    expect(byId(sumTo(postings, DAYS[2]))).toEqual(expected);
  });
});

describe.each(OUTSIDE)("$name itself", (program) => {
  const skipped = !isInstalled(program);
  if (skipped)
    process.stdout.write(`${program.name} is not installed: it was not asked (apt install ${program.name})\n`);

  it.skipIf(skipped).each(BOOKS)("agrees with the database on the %s book at three days", async (book) => {
    const path = join(folder, `${program.name}-${book}`);
    await writeFile(path, (await out(program.format, book)).bytes);
    expect(program.check(path)).toBe("");
    for (const day of DAYS) expect(sorted(program.balances(path, day))).toEqual(sorted(await summed(book, day)));
  });

  it.skipIf(skipped)("agrees from a day on and on one pot, and finds a penny that was moved", async () => {
    const path = join(folder, `${program.name}-from`);
    const text = (await out(program.format, "real", { from: "2012-09-01", assertAt: DAYS[2] })).bytes.toString();
    await writeFile(path, text);
    expect(program.check(path)).toBe("");
    expect(sorted(program.balances(path, DAYS[2]))).toEqual(sorted(await summed("real", DAYS[2])));
    await writeFile(path, movedByAPenny(text));
    expect(program.check(path)).not.toBe("");
  });
});

/** One transfer in the middle with a penny more on either side: it still balances, the accounts no longer do. */
function movedByAPenny(text: string): string {
  const lines = text.split("\n");
  const begun = lines.flatMap((line, at) => (/^\d{4}-\d\d-\d\d \* /.test(line) ? [at] : []));
  const middle = begun[Math.floor(begun.length / 2)] ?? 0;
  const next = begun.find((at) => at > middle) ?? lines.length;
  const posted = lines.flatMap((line, at) => (at > middle && at < next && / GBP$/.test(line) ? [at] : []));
  const [first = 0, last = 0] = [posted[0], posted.at(-1)];
  const add = (at: number, penny: bigint): void => {
    lines[at] = (lines[at] ?? "").replace(/(-?\d+)\.(\d\d) GBP$/, (_, pounds: string, pennies: string) => {
      const pence = BigInt(`${pounds}${pennies}`) + penny;
      const size = String(pence < 0n ? -pence : pence).padStart(3, "0");
      return `${pence < 0n ? "-" : ""}${size.slice(0, -2)}.${size.slice(-2)} GBP`;
    });
  };
  add(first, -1n);
  add(last, 1n);
  return lines.join("\n");
}

/** What leaves the books in each form, what is refused, the sample of payments and the entries by person. */

import { parse } from "csv-parse/sync";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { drawSeed } from "../../test/setup/seed.ts";
import { reverseTransfer } from "../ledger/index.ts";
import { mustDay } from "../lib/day.ts";
import type { Refusal } from "../lib/result.ts";
import { type Credential, toJson, type UseCase } from "../platform/use-case/index.ts";
import { type BooksTown, memberOf, openBooksTown, PLACE, takeOut } from "./books.fixture.ts";
import { drawSample, exportBooks, listByPerson } from "./index.ts";
import { readAccounts, readBalances, readTransfers } from "./store/books.ts";

const YEAR = { from: "2012-04-01", to: "2013-03-31" } as const;
let town: BooksTown;
let reader: pg.Client;

beforeAll(async () => {
  town = await openBooksTown({ seed: drawSeed("books"), transfers: 200 });
  reader = await town.house.reader();
}, 120_000);
afterAll(async () => {
  await reader?.end();
  await town?.house.close();
});

type Case<I extends z.ZodObject, V, R extends { readonly code: string }> = UseCase<"place", I, V, R>;

/** As the auditor, unless another asks; an answer must be of the shape that its use case declares. */
async function value<I extends z.ZodObject, V, R extends { readonly code: string }>(
  useCase: Case<I, V, R>,
  input: z.input<I>,
  by: Credential = town.auditor,
): Promise<V> {
  const answer = town.house.value(await town.ask(useCase, { input, by }));
  useCase.output.parse(toJson(answer));
  return answer;
}

async function refusal<I extends z.ZodObject, V, R extends { readonly code: string }>(
  useCase: Case<I, V, R>,
  input: z.input<I>,
  by: Credential = town.auditor,
): Promise<Refusal> {
  return town.house.refusal(await town.ask(useCase, { input, by }));
}

const out = (format: string, more: Readonly<Record<string, string>> = {}) =>
  takeOut({
    house: town.house.house,
    credential: town.finance,
    place: PLACE,
    input: { format, book: "real", asAt: YEAR.to, ...more },
  });
type Row = Readonly<Record<string, string>>;
const rowsOf = (bytes: Buffer | string): readonly Row[] => parse(bytes, { bom: true, columns: true });
const pence = (text: string | undefined): bigint => BigInt((text ?? "0.00").replace(".", "") || "0");
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

async function one<T extends object>(text: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await reader.query<T>(text, [town.placeId, ...values]);
  if (rows[0] === undefined) throw new Error("there is a row");
  return rows[0];
}

describe("a book as rows", () => {
  it("csv has each entry of the book once, each transfer summing to nought", async () => {
    const rows = rowsOf((await out("csv")).bytes);
    const { entries } = await one<{ entries: number }>(
      `select count(*)::int as entries from entry e join transfer t using (place_id, transfer_id)
        where e.place_id = $1 and t.book = 'real'`,
    );
    expect(rows.length).toBe(entries);
    const sums = new Map<string, bigint>();
    for (const row of rows)
      sums.set(row["transfer_id"] ?? "", (sums.get(row["transfer_id"] ?? "") ?? 0n) + pence(row["amount"]));
    expect(new Set(sums.values())).toEqual(new Set([0n]));
    expect(new Set(rows.map((row) => row["book"]))).toEqual(new Set(["real"]));
  });
  it("xlsx is a zip with a sheet", async () => {
    const { bytes, mediaType } = await out("xlsx");
    expect(mediaType).toContain("spreadsheetml");
    expect(memberOf(bytes, "xl/worksheets/sheet1.xml").toString()).toContain("transfer_id");
  });
  it("journal has debits and credits of the same sum in each journal, and who prepared it", async () => {
    const rows = rowsOf((await out("journal")).bytes);
    const sides = (side: string) => total(rows.map((row) => pence(row[side])));
    expect(sides("Debit")).toBe(sides("Credit"));
    expect(sides("Debit") > 0n).toBe(true);
    const mark = `person:${town.finance.userId}`;
    expect(new Set(rows.map((row) => row["Prepared by"]))).toEqual(new Set([mark]));
  });
  it("datapackage is a zip of what describes it and payments and money given, signs and sums right", async () => {
    const { bytes } = await out("datapackage");
    const described = JSON.parse(memberOf(bytes, "datapackage.json").toString()) as {
      readonly resources: readonly {
        readonly path: string;
        readonly schema: { readonly fields: readonly { readonly name: string }[] };
      }[];
    };
    const [resource] = described.resources;
    const text = memberOf(bytes, resource?.path ?? "").toString();
    expect(text.split("\r\n")[0]).toBe(resource?.schema.fields.map(({ name }) => name).join(","));
    const rows = rowsOf(text);
    const sumOf = (direction: string) =>
      total(rows.filter((row) => row["direction"] === direction).map((row) => pence(row["amount"])));
    const held = await one<{ given: string; paid: string }>(
      `select coalesce(-sum(amount_pence) filter (where a.kind = 'stream'), 0)::text as given,
              coalesce(sum(amount_pence) filter (where a.kind = 'paid'), 0)::text as paid
         from entry e join ledger_account a using (place_id, account_id) where e.place_id = $1 and a.book = 'real'`,
    );
    expect({ given: sumOf("revenue"), paid: sumOf("expenditure") }).toEqual({
      given: BigInt(held.given),
      paid: BigInt(held.paid),
    });
    expect(new Set(rows.map((row) => row["line_id"])).size).toBe(rows.length);
  });
  it("360giving has the grants of the book, with the funder's public identifier and what is missing", async () => {
    const { bytes, written } = await out("360giving");
    const rows = rowsOf(bytes);
    const { grants, sum } = await one<{ grants: number; sum: string }>(
      `select count(*)::int as grants, coalesce(sum(c.amount_pence), 0)::text as sum
         from commitment c join pot o using (place_id, pot_id) where c.place_id = $1 and c.kind = 'grant' and o.book = 'real'`,
    );
    expect([rows.length, written]).toEqual([grants, grants]);
    expect(total(rows.map((row) => pence(row["Amount Awarded"])))).toBe(BigInt(sum));
    for (const row of rows) {
      expect(row["Funding Org:Identifier"]).toBe("GB-LAE-SLF");
      expect(row["Recipient Org:Identifier"]).toMatch(/^onepot-salford-org-/);
      expect(row["Onepot:Missing"]).toBe("public identifier of the recipient");
    }
  });
});

describe("reading page after page", () => {
  it("gives the same as reading all at once, however small the pages", async () => {
    const scope = {
      placeId: town.placeId,
      areaId: null,
      potId: null,
      book: "real" as const,
      from: null,
      asAt: mustDay(YEAR.to),
    };
    const small = { transfers: 3, entries: 5, accounts: 2 };
    const all = async <T>(rows: AsyncIterable<T>): Promise<readonly T[]> => {
      const found: T[] = [];
      for await (const row of rows) found.push(row);
      return found;
    };
    await town.house.database.readPlace(town.placeId, async (tx) => {
      const balances = { ...scope, day: scope.asAt, all: true };
      expect(await all(readTransfers(tx, scope, small))).toEqual(await all(readTransfers(tx, scope)));
      expect(await all(readAccounts(tx, scope, small))).toEqual(await all(readAccounts(tx, scope)));
      expect(await all(readBalances(tx, balances, small))).toEqual(await all(readBalances(tx, balances)));
    });
  });
});

describe("refused", () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ potId: "0199c0de-0000-7000-8000-000000000009" }, "pot_not_found"],
    [{ from: "2013-04-01" }, "ends_before_start"],
    [{ assertAt: "2013-04-01" }, "assertion_outside"],
    [{ from: "2013-01-01", assertAt: "2012-12-31,2013-01-31" }, "assertion_outside"],
    [{ assertAt: "2013-02-30" }, "input_not_valid"],
    [{ book: "both" }, "input_not_valid"],
    [{ format: "pdf" }, "input_not_valid"],
  ];
  it.each(cases)("%j: %s", async (more, code) => {
    const input = { format: "hledger", book: "real", asAt: YEAR.to, ...more };
    expect((await refusal(exportBooks, input as never, town.finance)).code).toBe(code);
  });
  it("to whoever may not read the ledger", async () => {
    const asked = { format: "csv", book: "real" } as const;
    const refused = await refusal(exportBooks, asked, { kind: "public" });
    expect(refused.code).toBe("not_allowed");
  });
});

describe("an audit sample", () => {
  const asked = { book: "real", ...YEAR, items: 10, seed: "20130331" } as const;

  it("is the same for the same seed, and holds every payment as large as the interval", async () => {
    const first = await value(drawSample, asked);
    expect(await value(drawSample, asked)).toEqual(first);
    const { rows } = await reader.query<{ payment_id: string; amount_pence: string }>(
      `select y.payment_id, y.amount_pence::text from payment y join pot o using (place_id, pot_id)
        where y.place_id = $1 and o.book = 'real' order by y.paid_on, y.payment_id`,
      [town.placeId],
    );
    expect([first.payments, first.totalPence]).toEqual([
      rows.length,
      total(rows.map((row) => BigInt(row.amount_pence))),
    ]);
    const { intervalPence, startPence } = first;
    if (intervalPence === null || startPence === null) throw new Error("there are payments");
    expect(total(first.items.map(({ pennies }) => pennies)) >= 10n).toBe(true);
    // Walked again here: a penny every interval from the start, in order of day and id.
    let [before, next] = [0n, startPence];
    const hit = new Set<string>();
    for (const row of rows) {
      before += BigInt(row.amount_pence);
      if (next <= before) hit.add(row.payment_id);
      while (next <= before) next += intervalPence;
    }
    expect(new Set(first.items.map(({ paymentId }) => paymentId))).toEqual(hit);
    const large = rows.filter((row) => BigInt(row.amount_pence) >= intervalPence).map((row) => row.payment_id);
    expect(first.items.filter(({ certain }) => certain).map(({ paymentId }) => paymentId)).toEqual(large);
  });
  it("has with each payment its commitment, its allocation's decision, its streams and its records", async () => {
    const { items } = await value(drawSample, asked);
    for (const item of items) {
      expect(total(item.streams.map(({ amountPence }) => amountPence))).toBe(item.amountPence);
      expect(item).toMatchObject({
        decidedBy: "The board",
        power: "Clause 7",
        supplier: "Irwell Filled Support",
      });
      // Two people recorded it: neither stands in the other's place.
      expect(item.approval?.authorisedBy).toHaveLength(1);
      expect(item.approval?.authorisedBy).not.toContain(item.approval?.preparedBy);
      expect(item.documentsOf).toEqual([item.paymentId, item.commitmentId, item.allocationId]);
    }
  });
  it("another seed may draw others; no days draw nothing; and it is for auditors", async () => {
    const seeds = await Promise.all(
      ["1", "2", "3", "4"].map(async (seed) => (await value(drawSample, { ...asked, seed })).startPence),
    );
    expect(new Set(seeds).size).toBeGreaterThan(1);
    const none = { ...asked, from: "2011-01-01", to: "2011-01-02" };
    expect(await value(drawSample, none)).toMatchObject({ payments: 0, intervalPence: null, items: [] });
    expect((await refusal(drawSample, { ...asked, to: "2012-01-01" })).code).toBe("ends_before_start");
    expect((await refusal(drawSample, { ...asked, seed: "1.5" })).code).toBe("input_not_valid");
    expect((await refusal(drawSample, asked, town.finance)).code).toBe("not_allowed");
  });
});

describe("entries by person", () => {
  it("counts and sums each book apart, and lists one person's entries", async () => {
    const second = await town.house.personWith("finance_officer", { placeId: town.placeId });
    const { transfer_id: transferId } = await one<{ transfer_id: string }>(
      `select t.transfer_id from transfer t where t.place_id = $1 and t.kind = 'payment' and t.book = 'shadow'
          and not exists (select from transfer r where r.place_id = t.place_id and r.reverses_id = t.transfer_id) limit 1`,
    );
    await value(reverseTransfer, { transferId, reason: "Entered twice" }, second);
    const days = { from: "2020-01-01", to: "2099-12-31" };
    const listed = await value(listByPerson, days);
    const { rows } = await reader.query<{ made_by: string; book: string; transfers: number; sum: string }>(
      `select t.made_by, t.book, count(distinct t.transfer_id)::int as transfers,
              sum(e.amount_pence) filter (where e.amount_pence > 0)::text as sum
         from transfer t join entry e using (place_id, transfer_id) where t.place_id = $1 group by 1, 2 order by 1, 2`,
      [town.placeId],
    );
    expect(listed.makers.map((made) => [made.madeBy, made.book, made.transfers, made.sumPence])).toEqual(
      rows.map((row) => [row.made_by, row.book, row.transfers, BigInt(row.sum)]),
    );
    const mark = `person:${second.userId}`;
    expect(listed.changes.find(({ madeBy }) => madeBy === mark)?.changes).toBe(1);
    const own = await value(listByPerson, { ...days, madeBy: mark });
    expect(own.entries.map(({ kind, madeBy, book }) => ({ kind, madeBy, book }))).toEqual([
      { kind: "reversal", madeBy: mark, book: "shadow" },
    ]);
    expect(own.more).toBe(false);
  });
  it("reads on where the last page ended, and is for auditors", async () => {
    const days = { from: "2020-01-01", to: "2099-12-31" };
    const madeBy = `person:${town.finance.userId}`;
    const first = await value(listByPerson, { ...days, madeBy });
    const after = first.entries.at(-1)?.transferId ?? null;
    const rest = await value(listByPerson, { ...days, madeBy, after });
    const ids = [...first.entries, ...rest.entries].map(({ transferId }) => transferId);
    expect(new Set(ids).size).toBe(first.makers.reduce((sum, made) => sum + made.transfers, 0));
    expect((await refusal(listByPerson, days, town.finance)).code).toBe("not_allowed");
  });
});

/** What the page shows is what the sums say, and what is taken out is all of it, once. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { exploreSpending } from "./explore.ts";
import { importSpendFile } from "./import-file.ts";
import { summariseSpending } from "./look.ts";
import { takeOutLines, takeOutSums } from "./take-out.ts";

const by = { kind: "operator" } as const;
const place = "salford";
let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
  await house.openPlace(place);
  const rows = Array.from({ length: 6000 }, (_, index) => {
    const month = String((index % 12) + 1).padStart(2, "0");
    return `${Math.floor(index / 12) % 2 === 0 ? "2021" : "2022"}-${month}-15,${index % 50 === 0 ? "-" : ""}${index + 500}.10,Supplier ${index % 70},${index % 9 === 0 ? "" : `Area ${index % 5}`}`;
  });
  const bytes = Buffer.from(`Payment Date,Amount,Supplier Name,Service Area\n${rows.join("\n")}\n`);
  const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
  house.value(await house.ask(importSpendFile, { by, place, input: { name: "six-thousand.csv", file } }));
});
afterAll(() => house.close());

test.each([
  {},
  { from: "2022-01", to: "2022-12" },
  { serviceArea: "" },
  { supplier: "Supplier 7" },
  { supplier: "pplier 1" },
  { supplier: "nobody" },
])("the page's figures for %j are those of the summary", async (input) => {
  const explored = house.value(await house.ask(exploreSpending, { by, place, input }));
  const {
    label: _,
    byServiceArea,
    byMonth,
    bySupplier,
    ...totals
  } = house.value(await house.ask(summariseSpending, { by, place, input }));
  expect(explored.totals).toEqual(totals);
  expect(explored.byServiceArea).toEqual(byServiceArea);
  expect(explored.byMonth).toEqual(byMonth);
  expect(explored.bySupplier).toEqual(bySupplier.slice(0, explored.bySupplier.length));
});

test("a year is compared with the year before only where all of that is published", async () => {
  const explore = async (from: string, to: string) =>
    house.value(await house.ask(exploreSpending, { by, place, input: { from, to } })).yearBefore;
  const before = house.value(
    await house.ask(summariseSpending, { by, place, input: { from: "2021-02", to: "2021-12" } }),
  );
  expect(await explore("2022-02", "2023-01")).toEqual({
    from: "2021-02-01",
    to: "2021-12-01",
    totalPence: before.totalPence,
    lines: before.lines,
  });
  expect(await explore("2021-01", "2021-12")).toBeNull();
});

test("everything is taken out once, batch after batch", async () => {
  const lines = new Set<string>();
  let after: { readonly paidOn: string; readonly fileId: string; readonly row: number } | null = null;
  for (;;) {
    const batch: readonly { readonly paidOn: string; readonly fileId: string; readonly row: number }[] = house.value(
      await house.ask(takeOutLines, { by, place, input: { after } }),
    );
    for (const { fileId, row } of batch) lines.add(`${fileId}.${row}`);
    const last = batch.at(-1);
    if (last === undefined) break;
    after = { paidOn: last.paidOn, fileId: last.fileId, row: last.row };
  }
  expect(lines.size).toBe(6000);
  const first = house.value(await house.ask(takeOutSums, { by, place, input: {} }));
  const [one] = first;
  const rest =
    one &&
    house.value(
      await house.ask(takeOutSums, {
        by,
        place,
        input: {
          after: {
            publisherId: one.publisherId,
            month: one.month,
            serviceArea: one.serviceArea,
            supplier: one.supplier,
          },
        },
      }),
    );
  expect(rest).toEqual(first.slice(1));
  const { totalPence } = house.value(await house.ask(summariseSpending, { by, place, input: {} }));
  expect(first.reduce((sum, { amountPence }) => sum + amountPence, 0n)).toBe(totalPence);
});

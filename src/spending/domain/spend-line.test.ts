/** Lines and their faults, the preview of a file, and two real files when they are at hand. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { guessColumns } from "./guess-columns.ts";
import type { Mapping, SpendRow } from "./mapping.ts";
import { explainFault } from "./messages.ts";
import { startPreview } from "./preview.ts";
import { startDayOrder } from "./spend-date.ts";
import { readLine, startLines } from "./spend-line.ts";

const MAPPING: Mapping = {
  headerRow: 1,
  headings: ["Date", "Net", "VAT", "Supplier", "Service", ""],
  columns: { paidOn: 0, net: 1, vat: 2, supplier: 3, serviceArea: 4, reference: 5 },
};
const rowOf = (line: string, row: number): SpendRow => ({ row, cells: line.split("|") });

test("a line", () => {
  expect(readLine(MAPPING, rowOf(" 03/04/2012 |£1,200.50|240.10| REDACTED PERSONAL DATA |Adults|A1|", 2))).toEqual({
    ok: true,
    value: {
      row: 2,
      paidOn: "2012-04-03",
      amountPence: 120050n,
      netPence: 120050n,
      vatPence: 24010n,
      grossPence: null,
      supplier: "REDACTED PERSONAL DATA",
      serviceArea: "Adults",
      description: "",
      reference: "A1",
      companyNumber: "",
      charityNumber: "",
      bodyName: "",
      merchantCategory: "",
    },
  });
});

test("a row without a payment is neither read nor refused", () => {
  expect(readLine(MAPPING, rowOf("Date|Net|VAT|Supplier|Service|", 1))).toBeNull();
  expect(readLine(MAPPING, rowOf("|| ||", 9))).toBeNull();
});

describe("faults of a row, each by its column", () => {
  const cases = `
    03/04/2012|12.3.4||A Ltd|| => Net:12.3.4:amount_not_read
    31/04/2012|1e5|x|| => Date:31/04/2012:date_does_not_exist Net:1e5:amount_has_exponent VAT:x:amount_not_read Supplier::supplier_missing
    |5.00||A Ltd => Date::date_missing
    03/04/2012 => Net::amount_missing Supplier::supplier_missing
    Total|5.00||| => Date:Total:line_is_total
    |5.00||Grand total| => Supplier:Grand total:line_is_total
  `;
  test.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" => ")),
  )("%s", (line = "", wanted) => {
    const read = readLine(MAPPING, rowOf(line, 7));
    const faults = read === null || read.ok ? [] : read.refusal.faults;
    expect(faults.map(({ column, value, reason }) => `${column}:${value}:${reason}`).join(" ")).toBe(wanted);
    expect(faults.every(({ row }) => row === 7)).toBe(true);
  });
  test("a supplier called Total is paid", () => {
    expect(readLine(MAPPING, rowOf("03/04/2012|5.00||Total Energies|", 2))?.ok).toBe(true);
  });
  test("a long text, by its letter where the column has no heading", () => {
    const read = readLine(MAPPING, rowOf(`03/04/2012|5.00||A Ltd||${"x".repeat(2000)}`, 3));
    expect(read).toMatchObject({
      ok: false,
      refusal: { faults: [{ column: "F", reason: "text_too_long", value: "x".repeat(100) }] },
    });
  });
  test("in words", () => {
    const fault = { row: 1014, column: "Amount", value: "12.3.4", reason: "amount_not_read" } as const;
    expect(explainFault("en", fault)).toBe(
      "Row 1,014, Amount: “12.3.4” is not an amount in pounds. Write it like 1234.56.",
    );
    expect(explainFault("cy", fault)).toBe(
      "Rhes 1,014, Amount: nid yw “12.3.4” yn swm mewn punnoedd. Ysgrifennwch ef fel 1234.56.",
    );
  });
});

test("a preview", () => {
  const lines = `
    03/04/2012|10.00||A Ltd|Adults
    01/04/2012|(2.50)||B Ltd|Adults
    09/04/2012|5.00||C Ltd|
    09/04/2012|1.00||D Ltd|Place
    10/04/2012|x||D Ltd|Place
    ||||
  `;
  const preview = startPreview({ refused: 1, serviceAreas: 2 });
  const read = startLines({ mapping: MAPPING, order: "day_first" });
  for (const [index, line] of lines.trim().split("\n").entries()) preview.add(read(rowOf(line.trim(), index + 2)));
  expect(preview.result()).toEqual({
    lines: 4,
    totalPence: 1350n,
    from: "2012-04-01",
    to: "2012-04-09",
    creditsCount: 1,
    creditsPence: -250n,
    refusedCount: 1,
    refused: [{ row: 6, column: "Net", value: "x", reason: "amount_not_read" }],
    byServiceArea: [
      { serviceArea: "Adults", lines: 2, totalPence: 750n },
      { serviceArea: "", lines: 1, totalPence: 500n },
    ],
    elsewhere: { lines: 1, totalPence: 100n },
  });
});

/** Cells of one line, by a reading of its own: letter by letter. */
function cellsOf(line: string): string[] {
  const cells = [""];
  let inside = false;
  for (const letter of line) {
    if (letter === '"') inside = !inside;
    else if (letter === "," && !inside) cells.push("");
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

const FILES = ["newcastle-2022-04.csv", "salford-2022-04.csv"].map(
  (name) => new URL(`../../../../shared/data/spend/${name}`, import.meta.url),
);
describe.skipIf(!FILES.every((file) => existsSync(file)))("real files (skipped when they are not at hand)", () => {
  test.each(FILES.map((file) => [file.pathname.split("/").at(-1), file] as const))("%s", (_, file) => {
    const lines = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
    const rows = lines.map((line, index) => ({ row: index + 1, cells: cellsOf(line) }));
    const { mapping, confidence } = guessColumns(rows.slice(0, 200));
    const order = startDayOrder();
    for (const { cells } of rows) order.see(cells[mapping.columns.paidOn ?? 0] ?? "");
    const read = startLines({ mapping, order: order.found().order });
    const preview = startPreview();
    for (const row of rows) preview.add(read(row));
    // The second column is the amount; its pence by shifting the point in the text.
    const pence = rows
      .slice(1)
      .map(({ cells }) =>
        BigInt(
          (cells[1] ?? "").replace(
            /^(-?\d+)\.?(\d*)$/,
            (__, pounds: string, rest: string) => pounds + rest.padEnd(2, "0"),
          ),
        ),
      );
    const days = rows
      .slice(1)
      .map(({ cells }) => cells[0] ?? "")
      .sort();
    expect(confidence).toBeGreaterThan(0.8);
    expect(preview.result()).toMatchObject({
      lines: lines.length - 1,
      refusedCount: 0,
      totalPence: pence.reduce((sum, each) => sum + each, 0n),
      creditsCount: pence.filter((each) => each < 0n).length,
      from: days[0],
      to: days.at(-1),
    });
  });
});

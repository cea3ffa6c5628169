/** The filter in the address: what is written is read again, and what cannot be read is told. */
import { describe, expect, test } from "vitest";
import { guessColumns } from "../../../spending/index.ts";
import { readQuery, withQuery } from "./address.ts";
import { LINE_COLUMNS, refusedTable } from "./export-columns.ts";

const read = (text: string) => readQuery(Object.fromEntries(new URLSearchParams(text)), "en");

describe("the address of a filter", () => {
  test.each([
    "",
    "serviceArea=Children%27s+Services&from=2012-04&to=2013-03",
    "publisherId=018f3a52-0000-7000-8000-000000000001&supplier=A+%26+B",
    "serviceArea=%28none%29",
  ])("%s is read and written the same", (text) => {
    const { query, faults } = read(text);
    expect(faults).toEqual([]);
    expect(withQuery("", query)).toBe(text === "" ? "" : `?${text}`);
  });

  test.each([
    ["from=2012-13", "#from"],
    ["from=2013-01&to=2012-01", "#to"],
    ["publisherId=1", "#publisherId"],
    ["supplier=%00", "#supplier"],
    ["fileId=x", "#fileId"],
  ])("%s is told at its field, and not asked", (text, href) => {
    const { query, faults } = read(text);
    expect(faults.map((fault) => fault.href)).toEqual([href]);
    expect(Object.values(query).filter((value) => value !== undefined)).toEqual([]);
  });

  test("lines that name no service area are not the same as any service area", () => {
    expect(read("serviceArea=").query.serviceArea).toBeUndefined();
    expect(read("serviceArea=(none)").query.serviceArea).toBe("");
  });

  test.each([
    ["2", 2],
    ["0", 1],
    ["x", 1],
    ["-1", 1],
    ["1.5", 1],
  ])("page %s is page %i", (text, page) => {
    expect(read(`page=${text}`).page).toBe(page);
  });
});

test("payments taken out can be imported as they are", () => {
  const rows = [
    LINE_COLUMNS.map(({ name }) => name),
    [
      "Salford City Council",
      "2013-03-28",
      "11136.78",
      "Alpha Ltd",
      "Highways",
      "Kerbs",
      "52007",
      "",
      "",
      "a.csv",
      "12",
    ],
  ];
  const { columns } = guessColumns(rows.map((cells, index) => ({ row: index + 1, cells }))).mapping;
  expect(columns).toMatchObject({
    bodyName: 0,
    paidOn: 1,
    amount: 2,
    supplier: 3,
    serviceArea: 4,
    description: 5,
    reference: 6,
    companyNumber: 7,
    charityNumber: 8,
  });
});

test("rows left out go back in the columns they came in, with the reason after them", () => {
  const mapping = { headerRow: 1, headings: ["Day", "Sum"], columns: { paidOn: 0, amount: 1 } };
  const table = refusedTable({ mapping, refused: [{ row: 7, cells: ["x", "1.00", "more"], faults: [] }] }, () => "why");
  expect(table.columns.map(({ name }) => name)).toEqual(["Day", "Sum", "Column C", "Row left out", "What is wrong"]);
  expect(table.rows).toEqual([["x", "1.00", "more", "7", "why"]]);
});

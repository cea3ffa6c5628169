/**
 * Every export of the route list (R8), of a place whose names and texts would each run as a formula: no cell can be run,
 * numbers stay numbers, and a file of payments that went out comes in again as the same payments.
 */
import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/platform/actor.ts";
import { importSpendFile } from "../../src/spending/index.ts";
import { addressOf } from "../setup/addresses.ts";
import { type Doors, openDoors, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;
let administrator: Visitor;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "=Irwell" });
  await importDangerous();
  const person = async (role: Role) => signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
  visitor = await person("finance_officer");
  administrator = await person("administrator");
}, 60_000);

afterAll(async () => {
  await doors?.close();
  await test?.close();
});

const DANGEROUS = [
  "=1+1",
  "+44 161",
  "-2+3",
  "@SUM(A1)",
  "\t=1",
  "\uff1d1+1",
  "'=1",
  '=HYPERLINK("http://example.com")',
  "--1",
];

async function importDangerous(): Promise<void> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = DANGEROUS.map((text, row) =>
    [`2012-06-${10 + row}`, row % 2 === 0 ? "-500.01" : "750.00", quoted(`${text} Ltd`), quoted(`${text} area`)].join(
      ",",
    ),
  );
  const bytes = Buffer.from(["Payment Date,Amount,Beneficiary Name,Service Area", ...rows, ""].join("\r\n"));
  const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
  test.value(
    await test.ask(importSpendFile, {
      by: town.people.finance_officer,
      place: town.slug,
      input: { name: "=dangerous.csv", file },
    }),
  );
}

const RUNS = /^['"\s]*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const mayRun = (cell: string): boolean => RUNS.test(cell) && !cell.startsWith("'") && !NUMBER.test(cell);

describe("every export", () => {
  it("holds no cell that a spreadsheet would run", async () => {
    const routes = doors.routes.filter((route) => route.method === "GET" && /\.(csv|xlsx)$/.test(route.path));
    expect(routes.length).toBeGreaterThan(2);
    const faults: string[] = [];
    let cells = 0;
    for (const route of routes) {
      const address = addressOf(route, town);
      const first = await visitor.get(address);
      const answer = first.statusCode === 200 ? first : await administrator.get(address);
      if (answer.statusCode !== 200) {
        faults.push(`${address}: ${answer.statusCode}`);
        continue;
      }
      if (!/attachment/.test(String(answer.headers["content-disposition"])))
        faults.push(`${address}: is not sent as a file`);
      const found = address.endsWith(".csv") ? cellsOfCsv(answer.body) : await cellsOfXlsx(answer.rawPayload);
      cells += found.length;
      for (const cell of found) if (mayRun(cell)) faults.push(`${address}: ${JSON.stringify(cell)}`);
    }
    expect(faults).toEqual([]);
    expect(cells).toBeGreaterThan(50);
  });

  it("a file of payments that went out comes in again as the same payments", async () => {
    const other = await test.openPlace("trafford");
    const finance = await test.personWith("finance_officer", { placeId: other });
    for (const kind of ["csv", "xlsx"]) {
      const answer = await visitor.get(`/places/${town.slug}/spending/lines.${kind}`);
      const bytes = answer.rawPayload;
      const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
      const imported = await test.ask(importSpendFile, {
        by: finance,
        place: "trafford",
        input: { name: `payments.${kind}`, file },
      });
      expect({ kind, refused: imported.ok ? imported.value.refused : imported.refusal }).toEqual({ kind, refused: [] });
      const fileId = imported.ok ? imported.value.fileId : null;
      expect(await linesOf(`place_id = ${other} and file_id = '${fileId}'`)).toEqual(
        await linesOf(`place_id = ${town.placeId}`),
      );
    }
  });
});

async function linesOf(where: string): Promise<readonly unknown[]> {
  const client = await test.reader();
  try {
    const text = `select paid_on::text, amount_pence::text, supplier, service_area, description, reference from spend_line where ${where} order by 1, 2, 3, 4, 5, 6`;
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function cellsOfCsv(body: string): readonly string[] {
  const rows: string[][] = parse(body, { bom: true, relax_column_count: true });
  return rows.flat();
}

/** Texts; a formula is given as it stands, so that it is seen. Numbers and dates cannot run. */
async function cellsOfXlsx(bytes: Buffer): Promise<readonly string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  const found: string[] = [];
  for (const sheet of book.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) found.push(`=${cell.formula}`);
        else if (typeof cell.value === "string") found.push(cell.value);
      }),
    );
  return found;
}

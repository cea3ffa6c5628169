/**
 * Every export of the route list (R8), of a place whose names and texts would each run as a formula: no cell can be run,
 * numbers stay numbers, and a file of payments that went out comes in again as the same payments. A page that is also
 * taken out (?format=csv) is found by asking each page for a file.
 */
import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL } from "../../src/decisions/elections.fixture.ts";
import { publishElection } from "../../src/decisions/index.ts";
import { recordPayment } from "../../src/ledger/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { importSpendFile } from "../../src/spending/index.ts";
import { addressOf } from "../setup/addresses.ts";
import { type Doors, isPage, openDoors, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;
/** Who may take out what a finance officer may not. */
let others: readonly Visitor[];
let pages: readonly string[];

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "=Irwell" });
  await importDangerous();
  await publishDangerous();
  visitor = await person("finance_officer");
  others = [await person("administrator"), await person("information_governance_lead")];
  pages = await pagesTakenOut();
}, 60_000);

async function person(role: Role): Promise<Visitor> {
  return signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
}

const isFile = (answer: { readonly headers: Readonly<Record<string, unknown>> }): boolean =>
  /attachment/.test(String(answer.headers["content-disposition"]));

/** The pages of the place that answer ?format=csv with a file. */
async function pagesTakenOut(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const route of doors.routes.filter((one) => one.method === "GET" && isPage(one))) {
    if (!route.path.startsWith("/places/:place/") || /\.(csv|xlsx)$/.test(route.path)) continue;
    const answer = await visitor.get(`${addressOf(route, town)}?format=csv`);
    if (answer.statusCode === 200 && isFile(answer) && String(answer.headers["content-type"]).startsWith("text/csv"))
      found.push(route.path.replace("/places/:place/", ""));
  }
  return found;
}

const PAGES = [
  "commitments",
  "debtors",
  "ledger",
  "ledger/accounts",
  "ledger/export",
  "partners",
  "partners/:partner/statement/:year/:quarter",
  "payments",
  "pots",
  "pots/:pot/statement",
  "precommitments",
  "reconciliation/codes",
  "reconciliation/codes/template",
  "resolve",
  "services",
  "sharing",
  "streams",
];

const pageOf = (path: string): string => addressOf({ path: `/places/:place/${path}` }, town);

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

async function publishDangerous(): Promise<void> {
  const names = DANGEROUS.filter((text) => !text.includes('"') && text.trim() === text);
  const projects = names.map((text, at) => `p${at};10;${text}`).join("\n");
  const file = SMALL.replace("A;60;Bus shelter", `A;60;Bus shelter\n${projects}`).replace("1;A", "1;A,p0,p1,p2");
  test.value(
    await test.ask(publishElection, {
      by: { kind: "operator" },
      place: town.slug,
      input: {
        ...{ name: "=town.pb", slug: "town-2013", title: "=Town pot", madeUp: true },
        rule: { rule: "greedy", utility: "cost", ties: "project-id" },
        content: () => Buffer.from(file),
      },
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
    expect(pages.toSorted()).toEqual(PAGES);
    const addresses = [
      ...routes.map((route) => addressOf(route, town)),
      ...pages.flatMap((path) => ["csv", "xlsx"].map((kind) => `${pageOf(path)}?format=${kind}`)),
    ];
    const faults: string[] = [];
    let cells = 0;
    for (const address of addresses) {
      let answer = await visitor.get(address);
      for (const other of others) if (answer.statusCode !== 200) answer = await other.get(address);
      if (answer.statusCode !== 200) {
        faults.push(`${address}: ${answer.statusCode}`);
        continue;
      }
      if (!isFile(answer)) faults.push(`${address}: is not sent as a file`);
      const found = address.endsWith("csv") ? cellsOfCsv(answer.body) : await cellsOfXlsx(answer.rawPayload);
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

describe("the ledger's file", () => {
  const rowsOf = async (query = ""): Promise<readonly Readonly<Record<string, string>>[]> => {
    const answer = await visitor.get(`${pageOf("ledger")}?format=csv${query}`);
    expect(answer.statusCode).toBe(200);
    return parse(answer.body, { bom: true, columns: true });
  };
  const penceOf = (text = ""): bigint => BigInt(text.replace(".", ""));

  it("holds every line of every transfer, however many pages they fill, and each transfer sums to nought", async () => {
    const { commitmentId = "", streamId = "" } = town.ids;
    for (let number = 0; number < 60; number += 1)
      test.value(
        await test.ask(recordPayment, {
          by: town.people.finance_officer,
          place: town.slug,
          input: { commitmentId, amountPence: "101", paidOn: "2013-02-01", reference: `-part ${number}` },
        }),
      );
    const rows = await rowsOf();
    const sums = new Map<string, bigint>();
    for (const row of rows) {
      const id = row["transfer_id"] ?? "";
      sums.set(id, (sums.get(id) ?? 0n) + penceOf(row["amount"]));
    }
    expect(sums.size).toBeGreaterThan(60);
    expect([...sums.values()].filter((sum) => sum !== 0n)).toEqual([]);
    expect({ lines: rows.length, transfers: sums.size }).toEqual(await ledgerOf(town.placeId));
    const february = await rowsOf(`&kind=payment&stream=${streamId}&from=2013-02-01&to=2013-02-01`);
    expect(february.map((row) => row["amount"]).toSorted()).toEqual([
      ...Array.from({ length: 60 }, () => "-1.01"),
      ...Array.from({ length: 60 }, () => "1.01"),
    ]);
    // Sixty payments, each by two people.
  }, 60_000);

  it.each(["ledger?from=yesterday&", "ledger?record=12&", "ledger/accounts?asAt=soon&"])(
    "is not sent for %s",
    async (address) => {
      const answer = await visitor.get(`/places/${town.slug}/${address}format=csv`);
      expect({ status: answer.statusCode, file: isFile(answer) }).toEqual({ status: 400, file: false });
    },
  );

  it("is for readers of the ledger", async () => {
    const resident = await person("resident");
    for (const path of ["ledger", "ledger/accounts"])
      expect((await resident.get(`${pageOf(path)}?format=csv`)).statusCode).toBe(403);
  });
});

describe("a page that is taken out", () => {
  it.each(PAGES)("%s: twenty files a minute and no more, and the page itself all the while", async (path) => {
    const busy = await person("administrator");
    const statuses = [];
    for (let number = 0; number < 21; number += 1)
      statuses.push((await busy.get(`${pageOf(path)}?format=${number % 2 === 0 ? "csv" : "xlsx"}`)).statusCode);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    const refused = await busy.get(`${pageOf(path)}?format=csv&lang=cy`);
    expect({ status: refused.statusCode, wait: Number(refused.headers["retry-after"]) > 0 }).toEqual({
      status: 429,
      wait: true,
    });
    expect(refused.body).toContain("Gormod o geisiadau");
    expect((await busy.get(pageOf(path))).statusCode).toBe(200);
    expect((await visitor.get(`${pageOf(path)}?format=csv`)).statusCode).toBe(200);
  });
});

async function ledgerOf(placeId: number): Promise<unknown> {
  const client = await test.reader();
  try {
    const text = `select (select count(*)::integer from entry where place_id = ${placeId}) as lines,
      (select count(*)::integer from transfer where place_id = ${placeId}) as transfers`;
    return (await client.query(text)).rows[0];
  } finally {
    await client.end();
  }
}

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

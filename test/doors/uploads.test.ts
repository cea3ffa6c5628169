/**
 * Files that should not be taken (R7, the short form), sent by the page's form to a server that runs as a program: each is
 * refused in words, nothing is changed, the server lives and its memory stays bounded.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zipOf } from "../../src/platform/tables/zip.fixture.ts";
import { type Machine, openMachine } from "../setup/command-line.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, TEST_PASSWORD } from "../setup/people.ts";
import { stateHash } from "../setup/state.ts";

const MEBIBYTE = 1_048_576;
/** The long form measures 100 MB above a warm server; here a first upload of its size is part of what is measured. */
const MOST_GROWTH = 300 * MEBIBYTE;

let test: TestHouse;
let machine: Machine;
let server: Awaited<ReturnType<Machine["serve"]>>;
let reader: pg.Client;
let cookie = "";

beforeAll(async () => {
  test = await openTestHouse();
  machine = await openMachine();
  const placeId = await test.openPlace("salford");
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId });
  server = await machine.serve(["--empty"], { DATABASE_URL: test.adminUrl });
  reader = await test.reader();
  const page = await fetch(`${server.address}/sign-in`);
  cookie = cookiesOf(page);
  const body = new URLSearchParams({ _csrf: tokenIn(await page.text()), email, password: TEST_PASSWORD });
  const entered = await fetch(`${server.address}/sign-in`, {
    method: "POST",
    body,
    headers: { cookie },
    redirect: "manual",
  });
  expect(entered.status).toBe(303);
  cookie = cookiesOf(entered);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await machine?.close();
  await reader?.end();
  await test?.close();
}, 60_000);

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

function tokenIn(html: string): string {
  return /name="_csrf"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? "";
}

const FORM = "/places/salford/spending/import";

async function upload(name: string, bytes: Uint8Array): Promise<{ readonly status: number; readonly html: string }> {
  const page = await (await fetch(`${server.address}${FORM}`, { headers: { cookie } })).text();
  const form = new FormData();
  form.set("_csrf", tokenIn(page));
  form.set("file", new Blob([Buffer.from(bytes)]), name);
  const answer = await fetch(`${server.address}${FORM}`, {
    method: "POST",
    body: form,
    headers: { cookie },
    redirect: "manual",
  });
  return { status: answer.status, html: await answer.text() };
}

async function memory(): Promise<number> {
  return Number(/resident_memory_bytes (\d+)/.exec(await (await fetch(`${server.address}/metrics`)).text())?.[1]);
}

const HEAD = "Payment Date,Amount,Beneficiary Name\r\n";
const TYPES = {
  name: "[Content_Types].xml",
  text: '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
};
const BOOK = {
  name: "xl/workbook.xml",
  text: '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
};
const LINKS = {
  name: "xl/_rels/workbook.xml.rels",
  text: '<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
};
const sheet = (text: string, more: object = {}) =>
  zipOf([TYPES, BOOK, LINKS, { name: "xl/worksheets/sheet1.xml", text, ...more }]);
const filled = (size: number, text: string) => Buffer.alloc(size, text);

const files: readonly (readonly [string, string, () => Uint8Array])[] = [
  ["nothing", "empty.csv", () => Buffer.alloc(0)],
  [
    "a zip bomb",
    "bomb.xlsx",
    () => sheet(`<worksheet><sheetData>${" ".repeat(64 * MEBIBYTE)}</sheetData></worksheet>`),
  ],
  [
    "entities",
    "entities.xlsx",
    () =>
      sheet(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>',
      ),
  ],
  [
    "a lying size",
    "lying.xlsx",
    () => sheet(`<worksheet><sheetData>${" ".repeat(MEBIBYTE)}</sheetData></worksheet>`, { statedBytes: 10 }),
  ],
  ["half a spreadsheet", "half.xlsx", () => sheet("<worksheet/>").subarray(0, 200)],
  ["one row of 40 MB", "row.csv", () => Buffer.concat([Buffer.from(HEAD), filled(40 * MEBIBYTE, "x,")])],
  [
    "an open quotation mark",
    "quote.csv",
    () => Buffer.concat([Buffer.from(`${HEAD}"`), filled(10 * MEBIBYTE, "line\r\n")]),
  ],
  ["NUL", "nul.csv", () => Buffer.from(`${HEAD}2012-04-03,750.00,Irwell\u0000Supplies\r\n`)],
  [
    "UTF-16 cut in half",
    "utf16.csv",
    () => Buffer.from(`\ufeff${HEAD}2012-04-03,750.00,Irwell`, "utf16le").subarray(0, 61),
  ],
  [
    "letters that are none",
    "letters.csv",
    () => Buffer.concat([Buffer.from("\ufeff"), Buffer.from(HEAD), Buffer.from([0xff, 0xfe, 0xfd, 0x80, 0x81])]),
  ],
  ["a PDF", "payments.csv", () => Buffer.from("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n")],
  ["a web page", "payments.csv", () => Buffer.from("<!doctype html><html><body>Sign in</body></html>")],
  ["no payments", "words.csv", () => Buffer.from("Dear all,\r\nsee attached\r\n")],
  [
    "more than 64 MB",
    "large.csv",
    () => Buffer.concat([Buffer.from(HEAD), filled(65 * MEBIBYTE, "2012-04-03,750.00,Irwell\r\n")]),
  ],
];

describe("what should not be taken", () => {
  it.each(files)(
    "%s",
    async (_, name, bytes) => {
      const before = await stateHash(reader);
      const answer = await upload(name, bytes());
      // A table without payments is kept for its columns to be corrected, and refused when it is to be stored.
      const kept = answer.status === 303;
      if (kept) expect(["words.csv", "letters.csv", "utf16.csv", "nul.csv"]).toContain(name);
      else {
        expect({ name, status: answer.status }).toEqual({
          name,
          status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
        });
        expect(answer.html).toMatch(/govuk-error-summary|<h1/);
        expect(answer.html).not.toMatch(/went wrong|undefined|\[object/);
        expect(await stateHash(reader)).toBe(before);
      }
      expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    },
    30_000,
  );

  it("leaves the server's memory bounded, and nothing stored", async () => {
    const before = await memory();
    for (let round = 0; round < 3; round += 1)
      await upload("row.csv", Buffer.concat([Buffer.from(HEAD), filled(30 * MEBIBYTE, "x,")]));
    expect((await memory()) - before).toBeLessThan(MOST_GROWTH);
    expect((await reader.query("select count(*)::integer as lines from spend_line")).rows[0]).toEqual({ lines: 0 });
  }, 30_000);
});

describe("through the API", () => {
  it("a body that is too large, is no JSON or is no file is refused in JSON", async () => {
    const address = `${server.address}/api/v1/places/salford/spending/files`;
    const send = (body: string, type = "application/json") =>
      fetch(address, { method: "POST", body, headers: { "content-type": type } });
    for (const [body, type] of [
      ["{", undefined],
      ["[]", undefined],
      ['{"content":"AAAA"}', undefined],
      ["x".repeat(100 * MEBIBYTE), undefined],
      ["a=b", "application/x-www-form-urlencoded"],
      ["<a/>", "application/xml"],
    ] as const) {
      const answer = await send(body, type).catch(() => null);
      // A body far over the limit may be cut off while it is sent.
      if (answer === null) continue;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await answer.json()).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    }
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
  });
});

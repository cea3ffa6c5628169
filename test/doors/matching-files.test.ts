/** Bringing a file of records by page: who may, what is refused in words, what is shown before it is brought, and that it comes in once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openVisitor, type Visitor } from "../setup/doors.ts";
import { textOf } from "../setup/forms.ts";
import { at, BROKEN, type MatchingDoors, openMatchingDoors } from "../setup/matching-doors.ts";
import { multipart } from "../stories/page-driver.ts";

let here: MatchingDoors;
let analyst: Visitor;

beforeAll(async () => {
  here = await openMatchingDoors();
  analyst = await here.as("analyst");
});
afterAll(() => here?.close());

const said = (html: string) => textOf(html).replaceAll("&#39;", "'");

const FILE =
  "Ref,First name,Last name,DOB,E-mail\nC1,Mary,Hallsworth,1980-02-01,mary@onepot.example\nC2,Ann,Peel,1990-01-01,\n,John,Ashworth,1981-01-01,\n";

async function send(
  visitor: Visitor,
  the: { readonly text: string; readonly fields?: Readonly<Record<string, string>> },
) {
  await visitor.get(at("/files/new"));
  const { agreementId, partnerOf } = here.house;
  const fields = { agreementId, partnerId: partnerOf("court"), source: "Court lists", ...the.fields };
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const sent = multipart(
    { _csrf: visitor.token() ?? "", ...fields },
    { name: "court.csv", bytes: Buffer.from(the.text) },
  );
  return here.doors.app.inject({
    method: "POST",
    url: at("/files/new"),
    headers: { cookie, ...sent.headers },
    payload: sent.payload,
  });
}

describe("who may", () => {
  it.each(["key_worker", "auditor", "finance_officer"] as const)("not the %s", async (role) => {
    expect((await (await here.as(role)).get(at("/files/new"))).statusCode).toBe(403);
  });

  it("nobody who has not signed in", async () => {
    expect((await openVisitor(here.doors.app).get(at("/files/new"))).statusCode).toBe(303);
  });

  it("says what is kept and what is not, and which registers there are to those who may read that alone", async () => {
    const page = await analyst.get(at("/files/new"));
    expect([page.statusCode, BROKEN.test(page.body)]).toEqual([200, false]);
    expect(said(page.body)).toContain("Kept of each record: forename, surname, date of birth");
  });

  it("an officer of no partner that sends is told so", async () => {
    const page = await (await here.as("partner_officer")).get(at("/files/new"));
    expect([page.statusCode, said(page.body).includes("Your partner sends no records")]).toEqual([200, true]);
  });
});

describe("what is refused", () => {
  it.each([
    ["no file", "", {}, "The file is empty"],
    ["no table", "%PDF-1.4", {}, "file"],
    ["no partner", FILE, { partnerId: "" }, "partner"],
    ["no register", FILE, { source: "" }, "source"],
  ])("%s", async (_, text, fields, words) => {
    const answer = await send(analyst, { text, fields });
    expect(answer.statusCode).toBe(422);
    expect(answer.body.toLowerCase()).toContain(words.toLowerCase());
    expect(answer.body).toContain("govuk-error-summary");
  });

  it("a partner that is no party", async () => {
    const answer = await send(analyst, { text: FILE, fields: { partnerId: here.house.partnerOf("helpers") } });
    expect(answer.statusCode).toBe(422);
  });
});

describe("a file", () => {
  it("is looked at, mended and brought once", async () => {
    const sent = await send(analyst, { text: FILE });
    expect(sent.statusCode, said(sent.body)).toBe(303);
    const address = String(sent.headers["location"]);
    const shown = await analyst.get(address);
    expect([shown.statusCode, BROKEN.test(shown.body)]).toEqual([200, false]);
    expect(said(shown.body)).toMatch(/Records 2 Rows that cannot be taken 1/);
    expect(said(shown.body)).toContain("Columns that the agreement does not allow E-mail address");
    expect(said(shown.body)).toContain("Row 4 has no reference");
    expect(shown.body).toContain("<title>Check the file");
    const stopped = await analyst.post(`${address}/confirm`);
    expect([stopped.statusCode, stopped.body.includes('href="#acceptRefused"')]).toEqual([422, true]);
    const brought = await analyst.post(`${address}/confirm`, { acceptRefused: "yes" });
    expect([brought.statusCode, brought.headers["location"]]).toEqual([303, at("")]);
    const room = said((await analyst.get(at(""))).body);
    expect(room).toContain("2 records were brought.");
    expect(room).toContain("Court lists court court.csv 2");
    expect(room).toContain("E-mail address");
    expect((await analyst.get(address)).statusCode).toBe(404);
    const again = await send(analyst, { text: FILE });
    const there = await analyst.get(String(again.headers["location"]));
    expect(said(there.body)).toContain("This file is here already");
  });

  it("whose headings say nothing is asked for its columns, and the next such file is not", async () => {
    const text = "A,B,C\n1,Mary,Hallsworth\n2,Ann,Peel\n";
    const fields = { source: "Fines" };
    const address = String((await send(analyst, { text, fields })).headers["location"]);
    const shown = await analyst.get(address);
    expect(said(shown.body)).toContain("Say which column holds: reference, surname.");
    expect(shown.body).not.toContain("/confirm");
    const wrong = await analyst.post(`${address}/columns`, { "column-1": "forename" });
    expect([wrong.statusCode, said(wrong.body).includes("Say which column holds: reference.")]).toEqual([422, true]);
    const roles = { "column-0": "reference", "column-1": "forename", "column-2": "surname" };
    expect((await analyst.post(`${address}/columns`, roles)).statusCode).toBe(303);
    expect(said((await analyst.get(address)).body)).toContain("Records 2");
    expect((await analyst.post(`${address}/confirm`)).statusCode).toBe(303);
    const next = String((await send(analyst, { text: `${text}3,John,Ashworth\n`, fields })).headers["location"]);
    expect(said((await analyst.get(next)).body)).toContain("Records 3");
  });

  it("of another is not shown to who may not bring for that partner", async () => {
    const address = String((await send(analyst, { text: `${FILE}C9,Jane,Peel,1991-01-01,\n` })).headers["location"]);
    expect((await (await here.as("partner_officer")).get(address)).statusCode).toBe(404);
    expect((await (await here.as("key_worker")).get(address)).statusCode).toBe(403);
  });
});

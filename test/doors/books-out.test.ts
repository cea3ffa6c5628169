/** A book taken out by page, API and command: the same file by each, whole or not at all, to those who may read it. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../setup/command-here.ts";
import { type Doors, openDoors, openVisitor, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;
let auditor: Visitor;
let folder: string;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const person = async (role: "finance_officer" | "auditor") =>
    signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
  visitor = await person("finance_officer");
  auditor = await person("auditor");
  folder = await mkdtemp(join(tmpdir(), "onepot out "));
}, 60_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
  await rm(folder, { recursive: true, force: true });
});

const QUERY = "format=hledger&book=real&asAt=2013-03-31";
const page = (query = "") => visitor.get(`/places/${town.slug}/ledger/export${query}`);
const api = (query: string) =>
  doors.app.inject({
    method: "GET",
    url: `/api/v1/places/${town.slug}/ledger/export?${query}`,
    headers: { authorization: `Bearer ${town.key}` },
  });

const command = (...words: readonly string[]) =>
  commandHere(test, {
    by: { kind: "operator" },
    place: town.slug,
    words: ["ledger", "export", "--place", town.slug, ...words],
  });

/** By the ledger itself: the ids of the transfers of each book, up to the day of the file. */
async function transfersByBook(): Promise<Readonly<Record<"real" | "shadow", readonly string[]>>> {
  const client = await test.reader();
  try {
    const { rows } = await client.query(
      "select book, transfer_id from transfer where place_id = $1 and effective_on <= '2013-03-31' order by transfer_id",
      [town.placeId],
    );
    const of = (book: string) => rows.filter((row) => row.book === book).map((row) => String(row.transfer_id));
    return { real: of("real"), shadow: of("shadow") };
  } finally {
    await client.end();
  }
}

const ASKED = ["--format", "hledger", "--book", "real", "--as-at", "2013-03-31"];

describe("a book", () => {
  it("is the same file by page, API and command", async () => {
    const [byPage, byApi, toScreen] = [await page(`?${QUERY}`), await api(QUERY), await command(...ASKED)];
    const path = join(folder, "books.journal");
    const toFile = await command(...ASKED, "--out", path);
    expect([byPage.statusCode, byApi.statusCode, toScreen.code, toFile.code]).toEqual([200, 200, 0, 0]);
    expect(byPage.body).toContain("decimal-mark .");
    for (const body of [byApi.body, toScreen.file, await readFile(path, "utf8")]) expect(body).toBe(byPage.body);
    expect(toScreen.out).toBe("");
    expect(toFile.out).toContain("hledger.journal");
    for (const answer of [byPage, byApi]) {
      expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
      expect(answer.headers["content-disposition"]).toBe(
        'attachment; filename="salford-real-2013-03-31-hledger.journal"',
      );
    }
  });

  it("holds one book: what is shadow is in no file of the real one", async () => {
    const books = await transfersByBook();
    for (const [book, other] of [
      ["real", "shadow"],
      ["shadow", "real"],
    ] as const) {
      const { statusCode, body } = await page(`?${QUERY.replace("real", book)}`);
      expect(statusCode).toBe(200);
      const known = (ids: readonly string[]) => ids.filter((id) => body.includes(id));
      expect(books[book].length).toBeGreaterThan(5);
      expect({ own: known(books[book]), others: known(books[other]) }).toEqual({ own: books[book], others: [] });
    }
    const real = await page(`?${QUERY}`);
    expect(real.body).toContain("Irwell");
    expect(real.body.toLowerCase()).not.toContain("shadow");
  });

  it("with --json is only counted, unless it is given a file", async () => {
    const counted = await command(...ASKED, "--json");
    expect({ code: counted.code, file: counted.file }).toEqual({ code: 0, file: "" });
    expect(JSON.parse(counted.out)).toMatchObject({
      format: "hledger",
      book: "real",
      mediaType: "text/plain; charset=utf-8",
    });
  });

  it("that is refused leaves no file, and says so at each door", async () => {
    const wrong = ["--format", "csv", "--book", "real", "--from", "2013-04-01", "--as-at", "2013-03-31"];
    const refused = await command(...wrong, "--out", join(folder, "none.csv"));
    expect({ code: refused.code, out: refused.out, file: refused.file }).toEqual({ code: 1, out: "", file: "" });
    expect(refused.error).toContain("The last day is before the first");
    expect((await readdir(folder)).filter((name) => name.startsWith("none"))).toEqual([]);
    const byApi = await api("format=csv&book=real&from=2013-04-01&asAt=2013-03-31");
    expect([byApi.statusCode, byApi.json().code]).toEqual([422, "ends_before_start"]);
    const byPage = await page("?format=csv&asAt=2013-02-30");
    expect(byPage.statusCode).toBe(400);
    expect(byPage.body).toContain("The date must be a real date");
    const nowhere = await command(...ASKED, "--out", join(folder, "no such folder", "x"));
    expect(nowhere.code).toBe(2);
    expect(nowhere.error).toContain("cannot be written");
  });

  it("is for those who may read the ledger", async () => {
    const nobody = openVisitor(doors.app);
    expect((await nobody.get(`/places/${town.slug}/ledger/export?${QUERY}`)).statusCode).toBe(303);
    const open = await doors.app.inject({ method: "GET", url: `/api/v1/places/${town.slug}/ledger/export?${QUERY}` });
    expect([open.statusCode, open.json().code]).toEqual([403, "not_allowed"]);
  });

  it("is offered on the ledger's page and on its own", async () => {
    const ledger = await visitor.get(`/places/${town.slug}/ledger`);
    for (const answer of [ledger, await page()]) {
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain("hledger journal");
      expect(answer.body).toContain(`action="/places/${town.slug}/ledger/export"`);
    }
  });
});

describe("the auditor's pages", () => {
  const days = "from=2012-04-01&to=2013-03-31";
  it("draw a sample, each payment with its commitment and decision, and take it out", async () => {
    const address = `/places/${town.slug}/ledger/sample`;
    expect((await auditor.get(address)).body).not.toContain("record-card__title");
    const drawn = await auditor.get(`${address}?book=real&${days}&items=5&seed=7`);
    expect(drawn.statusCode).toBe(200);
    expect(drawn.body).toContain("Irwell Family Support");
    expect(drawn.body).toContain("Seen and agreed");
    // The town's own: £1,000.00 paid by another ledger with nothing set aside, and £1.00 given back on an order.
    const shadow = `${address}?book=shadow&${days}&items=500&seed=7`;
    const text = (await auditor.get(shadow)).body.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    for (const words of [
      "nothing was set aside for it",
      "nobody bears £1,000.00 yet",
      "Irwell credit",
      "−£1.00",
      "line 1: net £1.00",
    ])
      expect(text).toContain(words);
    expect((await auditor.get(`${shadow}&lang=cy`)).body).toContain("nid oes neb yn talu £1,000.00 eto");
    await auditor.get(`${shadow}&lang=en`);
    const rows = (await auditor.get(`${shadow}&format=csv`)).body.split("\r\n");
    expect(rows[0]).toContain("kind,credit_note_id,credit_reason,outside,outside_because,borne_by,borne_by_nobody");
    expect(rows.some((row) => row.includes(",-1.00,") && row.includes(",credit note,"))).toBe(true);
    expect(rows.some((row) => row.includes(",paid elsewhere,") && row.endsWith(",,1000.00,,,,"))).toBe(true);
    expect(rows[0]).toContain("borne_by_nobody,credited_lines,credited_net,credited_vat,credited_vat_recovered");
    expect(rows.some((row) => row.endsWith(",line 1 net £1.00 VAT £0.00 recovered £0.00,-1.00,0.00,0.00"))).toBe(true);
    const file = await auditor.get(`${address}?book=real&${days}&items=5&seed=7&format=csv`);
    expect(file.headers["content-disposition"]).toContain("audit-sample-salford-real-7.csv");
    const wrong = await auditor.get(`${address}?book=real&${days}&items=5&seed=seven`);
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain("Write the seed as a whole number");
    expect((await visitor.get(address)).statusCode).toBe(403);
  });
  it("list entries by person, and one person's", async () => {
    const address = `/places/${town.slug}/ledger/people?from=2020-01-01&to=2099-12-31`;
    const all = await auditor.get(address);
    expect(all.statusCode).toBe(200);
    const mark = `person:${town.people.finance_officer.userId}`;
    expect(all.body).toContain(encodeURIComponent(mark));
    const own = await auditor.get(`${address}&madeBy=${encodeURIComponent(mark)}`);
    expect(own.body).toContain("Entries of Test Person");
    const file = await auditor.get(`${address}&madeBy=${encodeURIComponent(mark)}&format=csv`);
    expect(file.body).toContain("transfer_id,made_by,made_at,day");
    expect((await auditor.get(address.replace("2099-12-31", "2019-01-01"))).statusCode).toBe(400);
    const welsh = await auditor.get(`${address}&lang=cy`);
    expect(welsh.body).toContain("Cofnodion yn ôl person");
  });
});

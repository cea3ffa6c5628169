/** A quarter closed through its page alone, without a script: explained, sent, closed softly and for good, certified. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listApprovals } from "../../src/approvals/index.ts";
import { closeLedger } from "../../src/ledger/index.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { type Doors, type Fields, openDoors, type Visitor } from "../setup/doors.ts";
import { keysIn, sendTwice, textOf } from "../setup/forms.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { sealAll } from "../setup/seal.ts";
import { openTown, type Town } from "../setup/town.ts";
import { openOfficer } from "../stories/officer.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let finance: Visitor;
let second: Awaited<ReturnType<typeof openOfficer>>;
const CLOSE = "/places/salford/close";
const APPROVAL = /^\/places\/salford\/approvals\/([0-9a-f-]{36})$/;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  finance = await signIn(doors, (await makeSignIn(test, { role: "finance_officer", placeId: town.placeId })).email);
  second = await openOfficer({ test, doors, placeId: town.placeId });
  await sealAll({ house: test, placeId: town.placeId });
}, 60_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

const see = async (url: string, by: Visitor = finance): Promise<string> => {
  const answer = await by.get(url);
  expect(answer.statusCode, url).toBe(200);
  return answer.body.replaceAll(/\s+/g, " ");
};

/** What a form prepared, carried out by a second person: nothing is done before. */
async function authorise(
  prepared: { readonly statusCode: number; readonly headers: object },
  what = "",
): Promise<void> {
  const location = String(new Map(Object.entries(prepared.headers)).get("location"));
  expect([prepared.statusCode, location], what).toEqual([303, expect.stringMatching(APPROVAL)]);
  await second.authorise(APPROVAL.exec(location)?.[1] ?? "");
}

describe("a quarter's close", () => {
  it("says what is done and what stands in the way", async () => {
    const page = await see(`${CLOSE}/2012-13/Q4`);
    expect(page).toMatch(/\d of \d done/);
    expect(page).toContain("1. Earlier periods are closed");
    expect(page).toContain("1 of 1 allocation that is far from budget has no explanation.");
    expect(page).toContain("Why is Irwell work £2,000,000.00 under its budget?");
    expect(page).toContain("March closes softly with this quarter");
    expect(await see(`${CLOSE}/2012-13/Q4?lang=cy`)).toContain("1. Mae cyfnodau cynharach wedi&#39;u cau");
    await see("/places/salford/money?lang=en");
  });

  it("takes an explanation in place", async () => {
    const { allocationId = "" } = town.ids;
    await see(`${CLOSE}/2012-13/Q4`);
    const empty = await finance.post(`${CLOSE}/2012-13/Q4/variances`, { allocationId, words: " " });
    expect(empty.statusCode).toBe(400);
    const kept = await finance.post(`${CLOSE}/2012-13/Q4/variances`, { allocationId, words: "Work began in January" });
    expect([kept.statusCode, kept.headers.location]).toEqual([303, `${CLOSE}/2012-13/Q4#variances`]);
    expect(await see(`${CLOSE}/2012-13/Q4`)).toContain("Work began in January");
  });

  it("sends the statements out", async () => {
    const { partnerId = "" } = town.ids;
    const statement = await see(`/places/salford/partners/${partnerId}/statement/2012-13/Q4`);
    expect(statement).toContain("8,000,000.00");
    expect(statement).toMatch(/<code class="hash">[0-9a-f]{64}<\/code>/);
    expect((await finance.post(`${CLOSE}/2012-13/Q4/sent`, { partnerId })).statusCode).toBe(303);
    expect(await see(`${CLOSE}/2012-13/Q4`)).toContain("1 of 1 are sent.");
  });

  it("closes softly, opens again, closes for good and shows the certificate", async () => {
    expect((await finance.post(`${CLOSE}/2012-13/Q1`, { state: "soft" })).statusCode).toBe(303);
    expect(await see(`${CLOSE}/2012-13/Q1`)).toContain("closed softly");
    expect((await finance.post(`${CLOSE}/2012-13/Q1/reopen`, { period: "2012-13/02" })).statusCode).toBe(303);
    // The town's payments wait for a second person: that is explained, or the quarter does not close.
    const stopped = await finance.post(`${CLOSE}/2012-13/Q1`, { state: "hard" });
    expect([stopped.statusCode, stopped.body.includes("3 prepared and not yet authorised")]).toEqual([400, true]);
    const hard = { state: "hard", explained_approvals: "They are for the last quarter" };
    for (const quarter of ["Q1", "Q2", "Q3"]) {
      const prepared = await finance.post(`${CLOSE}/2012-13/${quarter}`, hard);
      expect(await see(`${CLOSE}/2012-13/${quarter}`), quarter).not.toContain("Certificate");
      await authorise(prepared, quarter);
    }
    const page = await see(`${CLOSE}/2012-13/Q3`);
    expect(page).toContain("Certificate");
    expect(page).toMatch(/<span class="hash">[0-9a-f]{64}<\/span>/);
    expect(page).toContain("They are for the last quarter");
    const early = await finance.post(`${CLOSE}/2012-13/Q3`, hard);
    expect([early.statusCode, early.body.includes("closed for good already")]).toEqual([400, true]);
  });

  it("takes a late item by the form of its record, once it is said to be one", async () => {
    const { streamId = "", potSlug = "" } = town.ids;
    const path = `/places/salford/pots/${potSlug}/contributions/new`;
    await see(path);
    const day = { "madeOn-day": "3", "madeOn-month": "10", "madeOn-year": "2012" };
    const fields = { streamId, amountPence: "10.00", reference: "late", ...day };
    const refused = await finance.post(path, fields);
    expect([refused.statusCode, refused.body.includes('href="#late"')]).toEqual([409, true]);
    await authorise(await finance.post(path, { ...fields, late: "yes" }));
    const statement = await see(`/places/salford/pots/${potSlug}/statement?asAt=2013-03-29`);
    expect(statement).toContain("contribution, late: counts in January 2013");
  });

  it("is only looked at by an auditor, and not at all by the public", async () => {
    const auditor = await signIn(doors, (await makeSignIn(test, { role: "auditor", placeId: town.placeId })).email);
    const page = await see(`${CLOSE}/2012-13/Q4`, auditor);
    expect(page).toContain("A finance officer or a pool manager of the whole place closes the books.");
    expect((await auditor.post(`${CLOSE}/2012-13/Q4`, { state: "soft" })).statusCode).toBe(403);
    expect((await doors.app.inject({ url: `${CLOSE}/2012-13/Q4` })).statusCode).toBe(303);
  });

  it.each(["2012-13/Q5", "2012-14/Q1", "then/Q1", "2012-13/09"])("%s has no page", async (quarter) => {
    expect((await finance.get(`${CLOSE}/${quarter}`)).statusCode).toBe(404);
  });
});

describe("the periods of a year", () => {
  it("stand with their states, and an empty year too", async () => {
    expect(await see(CLOSE)).toContain("Financial year 20");
    expect(await see(`${CLOSE}?year=2012-13`)).toContain("Period 9 (December 2012)");
    expect(await see(`${CLOSE}?year=2012-13&lang=cy`)).toContain("Cyfnod 9 (Rhagfyr 2012)");
    await see(`${CLOSE}?year=1950-51&lang=en`);
    const end = await see(`${CLOSE}/2012-13/end`);
    expect(end).toContain("carried forward");
    const { commitmentId = "" } = town.ids;
    // What stops it has a box of its own; refused, the page keeps what was typed and chosen.
    const [stop] = [...end.matchAll(/<textarea[^>]* name="(explained_\w+)"/g)].map(([, name = ""]) => name);
    const typed = { [`commitment_${commitmentId}`]: "carry", [stop ?? ""]: "It is done with the next year" };
    const early = await finance.post(`${CLOSE}/2012-13/end`, typed);
    expect([early.statusCode, early.body.includes("is still open")]).toEqual([400, true]);
    expect(early.body).toContain("It is done with the next year");
    expect(early.body).toMatch(/value="carry" checked/);
    const done = await finance.post(`${CLOSE}/2011-12/end?book=shadow`);
    expect(done.headers.location).toBe(`${CLOSE}/2011-12/end?book=shadow`);
    expect((await finance.get(`${CLOSE}/then/end`)).statusCode).toBe(404);
    expect(await see("/places/salford/debtors")).toContain("Nothing stood then");
  });
});

describe("a statement as known at an earlier moment", () => {
  it("names the block and leads back to now", async () => {
    const path = `/places/salford/pots/${town.ids["potSlug"]}/statement`;
    const page = await see(`${path}?asAt=2013-03-29&knownAt=1`);
    expect(page).toContain("As known at 1: what was in the ledger in block 1, sealed");
    expect(page).toContain("Show all that is known now");
    for (const wrong of ["then", "2012-01-01"])
      expect((await finance.get(`${path}?knownAt=${wrong}`)).statusCode, wrong).toBe(400);
  });
});

describe("a close that is sent twice, as a double click without a script does", () => {
  async function sent(by: Visitor, the: { readonly url: string; readonly fields: Fields }): Promise<string> {
    const done = await sendTwice(by, the);
    expect(done.statusCode, textOf(done.body)).toBe(303);
    return String(done.headers.location);
  }

  /** How many approvals wait in a place, as its list says. */
  const waiting = async (place: string, by: Credential) =>
    test.value(await test.ask(listApprovals, { by, place, input: {} })).total;

  it("prepares one approval of a quarter", async () => {
    const url = `${CLOSE}/2012-13/Q4`;
    const before = await waiting("salford", town.people.finance_officer);
    // Whatever still stands in the way of the last quarter is explained.
    const stops = [...(await see(url)).matchAll(/<textarea[^>]* name="(explained_\w+)"/g)];
    const explained = Object.fromEntries(stops.map(([, name]) => [name, "It is done with the next year"]));
    expect(await sent(finance, { url, fields: { state: "hard", ...explained } })).toMatch(APPROVAL);
    expect(await waiting("salford", town.people.finance_officer)).toBe(before + 1);
  });

  it("prepares one approval of a year end", async () => {
    const placeId = await test.openPlace("bury");
    const officer = await test.personWith("finance_officer", { placeId });
    for (const [period, state] of [
      ["2011-12/11", "hard"],
      ["2011-12/12", "soft"],
    ] as const)
      test.value(await test.ask(closeLedger, { by: officer, place: "bury", input: { period, state } }));
    const by = await signIn(doors, (await makeSignIn(test, { role: "finance_officer", placeId })).email);
    const before = await waiting("bury", officer);
    const location = await sent(by, { url: "/places/bury/close/2011-12/end", fields: {} });
    expect(location).toMatch(/^\/places\/bury\/approvals\/[0-9a-f-]{36}$/);
    expect(await waiting("bury", officer)).toBe(before + 1);
  });

  it("closes softly once, and has a key of its own for each form", async () => {
    const url = `${CLOSE}/2012-13/Q4`;
    const keys = keysIn(await see(url));
    expect([...keys.keys()]).toEqual(["soft", "hard"]);
    expect(keys.get("soft")).not.toBe(keys.get("hard"));
    expect(await sent(finance, { url, fields: { state: "soft" } })).toContain(url);
  });
});

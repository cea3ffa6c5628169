/**
 * What needs two people, by page: the form prepares, the approval's page shows exactly what will happen and offers each
 * reader what they may do, a changed hash is refused, and an administrator lays down who may authorise how much.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareApproval } from "../../src/approvals/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { type Doors, openDoors, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let manager: Visitor;
let officer: Visitor;

const LIST = "/places/salford/approvals";

async function person(role: Role): Promise<Visitor> {
  return signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
}

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  [manager, officer] = [await person("pool_manager"), await person("finance_officer")];
}, 120_000);

afterAll(async () => {
  await doors?.close();
  await test?.close();
});

/** Prepared by page: the address of the approval to which the form led. */
async function prepareByForm(): Promise<string> {
  const address = `/places/salford/pots/${town.ids["potSlug"]}/contributions/new`;
  const form = await manager.get(address);
  expect(form.body).toContain("This will be prepared. Someone else must authorise it.");
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(form.body)?.[1] ?? "";
  const fields = {
    requestKey,
    streamId: town.ids["streamId"] ?? "",
    amountPence: "1,250.00",
    "madeOn-day": "15",
    "madeOn-month": "3",
    "madeOn-year": "2013",
    reference: "<b>CON-7</b>",
  };
  const sent = await manager.post(address, fields);
  expect(sent.statusCode).toBe(303);
  const again = await manager.post(address, fields);
  expect(again.headers["location"]).toBe(sent.headers["location"]);
  expect(sent.headers["location"]).toBe(`${LIST}/${requestKey}`);
  return String(sent.headers["location"]);
}

const hashIn = (html: string) => /name="shownHash" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? "";

describe("the page of an approval", () => {
  it("shows exactly what will happen, and offers withdrawing to who prepared it", async () => {
    const address = await prepareByForm();
    const own = await manager.get(address);
    for (const words of ["Exactly what will happen", "£1,250.00", "Irwell grant", "Irwell pot", "15 March 2013"])
      expect(own.body).toContain(words);
    expect(own.body).toContain("&lt;b&gt;CON-7&lt;/b&gt;");
    expect([own.body.includes(`${address}/withdraw`), hashIn(own.body)]).toEqual([true, ""]);
    const welsh = await manager.get(`${address}?lang=cy`);
    expect(welsh.body).toContain("Beth yn union fydd yn digwydd");
    await manager.get(`${address}?lang=en`);
  });

  it("is authorised by another for its own hash alone; the statement then names both", async () => {
    const address = await prepareByForm();
    const { body } = await officer.get(address);
    const wrong = await officer.post(`${address}/authorise`, { shownHash: "0".repeat(64) });
    expect(wrong.statusCode).toBe(409);
    expect(wrong.body).toContain("What would happen is no longer what was shown");
    const none = await officer.post(`${address}/authorise`, {});
    expect(none.statusCode).toBe(400);
    const done = await officer.post(`${address}/authorise`, { shownHash: hashIn(body) });
    expect([done.statusCode, done.headers["location"]]).toEqual([303, address]);
    expect((await officer.get(address)).body).toContain("It is authorised, and carried out.");
    const late = await officer.post(`${address}/authorise`, { shownHash: hashIn(body) });
    expect([late.statusCode, late.body.includes("has been authorised and carried out")]).toEqual([409, true]);
    const statement = await officer.get(`/places/salford/pots/${town.ids["potSlug"]}/statement?asAt=2013-03-31`);
    expect(statement.body).toMatch(/Prepared by [^,<]+, authorised by [^<]+/);
    // The record's own page names both, and leads to exactly what was authorised; residents see neither.
    const record = /href="([^"]+\/trace\/[^"]+)"/.exec((await officer.get(address)).body)?.[1] ?? "";
    const trace = await officer.get(record);
    expect(trace.body).toContain(`href="${address}">Prepared by Test Person, authorised by Test Person</a>`);
    const resident = await (await person("resident")).get(record);
    expect([resident.statusCode, resident.body.includes("authorised by")]).toEqual([200, false]);
  });

  it("is refused with a reason, and never without one", async () => {
    const address = await prepareByForm();
    await officer.get(address);
    const empty = await officer.post(`${address}/refuse`, { reason: "" });
    expect([empty.statusCode, empty.body.includes('href="#reason"')]).toEqual([400, true]);
    expect((await officer.post(`${address}/refuse`, { reason: "Wrong year" })).statusCode).toBe(303);
    const { body } = await manager.get(address);
    expect([body.includes("Wrong year"), body.includes(`${address}/withdraw`)]).toEqual([true, false]);
  });

  it("can be prepared again, which ends the one before", async () => {
    const address = await prepareByForm();
    const again = await manager.post(`${address}/again`);
    expect(again.statusCode).toBe(303);
    expect((await manager.get(address)).body).toContain("Prepared anew");
    const next = String(again.headers["location"]);
    expect((await manager.post(`${next}/withdraw`)).statusCode).toBe(303);
    expect((await manager.get(next)).body).toContain("It is withdrawn. Nothing was moved.");
  });

  it("leads nowhere for an id that is none, and is not for residents", async () => {
    for (const id of ["0199c0de-0000-7000-8000-000000000009", "nothing"])
      expect((await officer.get(`${LIST}/${id}`)).statusCode).toBe(404);
    const resident = await person("resident");
    expect((await resident.get(LIST)).statusCode).toBe(403);
  });

  it("takes nothing without the form's token", async () => {
    const address = await prepareByForm();
    const { body } = await officer.get(address);
    const sent = await officer.post(`${address}/authorise`, { shownHash: hashIn(body) }, { token: null });
    expect(sent.statusCode).toBe(403);
    expect(hashIn((await officer.get(address)).body)).not.toBe("");
  });
});

describe("whoever may authorise it", () => {
  it("finds it counted where they begin, among their tasks, and in a list of their own", async () => {
    const address = await prepareByForm();
    const countIn = (html: string) => Number(/Waiting for you to authorise: (\d+)/.exec(html)?.[1] ?? 0);
    const before = countIn((await officer.get("/places/salford")).body);
    expect(before).toBeGreaterThan(0);
    const tasks = await officer.get("/places/salford/tasks");
    expect(tasks.body).toContain(`href="${address}"`);
    expect(tasks.body).toContain("Authorise or refuse: Contribution: Irwell pot, £1,250.00 (real money)");
    const list = await officer.get(`${LIST}?state=for_you`);
    expect(list.body).toContain(`Waiting for you (${before})`);
    expect(list.body).toContain(address);
    const welsh = await officer.get("/places/salford?lang=cy");
    expect(welsh.body).toContain(`Yn aros i chi ei awdurdodi: ${before}`);
    await officer.get("/places/salford?lang=en");
    await officer.get(address);
    expect((await officer.post(`${address}/refuse`, { reason: "Not this month" })).statusCode).toBe(303);
    expect(countIn((await officer.get("/places/salford")).body)).toBe(before - 1);
    expect((await officer.get("/places/salford/tasks")).body).not.toContain(address);
  });

  it("is nobody who could not sign it: a manager has an empty list, in words, and no count", async () => {
    expect((await manager.get("/places/salford")).body).not.toContain("Waiting for you to authorise");
    expect((await manager.get(`${LIST}?state=for_you`)).body).toContain("Nothing is waiting for you to authorise");
  });
});

describe("the list", () => {
  it("has each state, an empty one in words, and pages", async () => {
    const request = { commitmentId: town.ids["commitmentId"], amountPence: "100", paidOn: "2013-03-15" };
    for (let count = 0; count < 26; count += 1) {
      const input = { act: "payment.record", request };
      test.value(await test.ask(prepareApproval, { by: town.people.pool_manager, place: "salford", input }));
    }
    const first = await officer.get(LIST);
    expect(first.body).toContain("Waiting for a second person");
    expect(first.body).toContain(`${LIST}?page=2`);
    expect((await officer.get(`${LIST}?page=2`)).body).toContain('rel="prev"');
    expect((await officer.get(`${LIST}?state=expired`)).body).toContain("Nothing here");
    expect((await officer.get(`${LIST}?state=nothing&page=x`)).statusCode).toBe(200);
    expect((await officer.get("/places/salford/money")).body).toMatch(/\d+ acts wait for a second person/);
  });
});

describe("the limits", () => {
  it("are an administrator's to take over from a scheme, and to end", async () => {
    const administrator = await person("administrator");
    const before = await officer.get(`${LIST}/limits`);
    expect(before.body).toContain("Virement schemes of councils");
    expect(before.body).not.toContain("Take it over");
    await administrator.get(`${LIST}/limits`);
    expect((await administrator.post(`${LIST}/limits`, { scheme: "nothing", potId: "" })).statusCode).toBe(400);
    const refused = await administrator.post(`${LIST}/limits`, { scheme: "blackpool", potId: "" });
    expect([refused.statusCode, refused.body.includes("shares of net revenue")]).toEqual([422, true]);
    const sent = await administrator.post(`${LIST}/limits`, { scheme: "west-lancashire-2023", potId: "" });
    expect(sent.statusCode).toBe(303);
    const { body } = await administrator.get(`${LIST}/limits`);
    expect(body).toContain("Chief officer with the section 151 officer");
    const end = /action="([^"]+\/end)"/.exec(body)?.[1] ?? "";
    expect((await administrator.post(end)).statusCode).toBe(303);
    expect((await officer.post(end)).statusCode).toBe(403);
  });
});

/**
 * Conditions and accounts to resolve by page: a stream opened with terms, a payment that was made elsewhere, its item in
 * the list with its age, cleared by the form, sent twice and cleared once, with real money by two people; what a page says
 * in each language.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, openDoors, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";
import { openOfficer } from "../stories/officer.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  visitor = await signIn(doors, (await makeSignIn(test, { role: "finance_officer", placeId: town.placeId })).email);
}, 60_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

/** One person is enough for what is tried here. */
const SHADOW_POT = "irwell-shadow-pot";
const at = (path: string) => `/places/salford/${path}`;
const day = (name: string) => ({ [`${name}-day`]: "15", [`${name}-month`]: "3", [`${name}-year`]: "2013" });

/** Fetches a form and sends it with its own request key, so often. */
async function send(path: string, fields: Readonly<Record<string, string>>, times = 1) {
  const page = await visitor.get(at(path));
  expect(page.statusCode, page.body.slice(0, 300)).toBe(200);
  const requestKey = /name="requestKey"[^>]*value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  expect(requestKey).not.toBe("");
  let answer = await visitor.post(at(path), { ...fields, requestKey });
  for (let time = 1; time < times; time += 1) answer = await visitor.post(at(path), { ...fields, requestKey });
  return answer;
}

const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe("a stream's terms", () => {
  const stream = {
    payerId: "",
    amountPence: "5,000.00",
    ...day("startsOn"),
    "endsOn-day": "31",
    "endsOn-month": "3",
    "endsOn-year": "2014",
    power: "Section 31",
  };

  it("are chosen by form, shown in words with what a program checks, and what is left at any date", async () => {
    const { partnerId = "", themeId = "" } = town.ids;
    const opened = await send("streams/new", {
      ...stream,
      name: "Chosen terms",
      payerId: partnerId,
      "condition-purpose": "Spend it on families\nWith care",
      "term-theme": themeId,
      "term-group": "4",
    });
    expect(opened.statusCode, textOf(opened.body)).toBe(303);
    const streamId = String(opened.headers["location"]).split("/").at(-1)?.split("?")[0] ?? "";
    const shown = textOf((await visitor.get(at(`streams/${streamId}?asAt=2013-03-20`))).body);
    expect(shown).toContain("Spend it on families themes: Irwell theme (checked on every allocation");
    expect(shown).toContain("With care for people to judge");
    expect(shown).toContain("CIPFA subjective groups: 4 Supplies and services");
    expect(shown).toContain("What is left, and what would be clawed back");
    const welsh = textOf((await visitor.get(at(`streams/${streamId}?lang=cy`))).body);
    expect(welsh).toContain("Beth sydd ar ôl, a beth fyddai'n cael ei adfachu".replaceAll("'", "&#39;"));
    await visitor.get(at(`streams/${streamId}?lang=en`));
  });

  it("that give a right ask for its source in words", async () => {
    const right = { "term-right": "revenue_to_capital", payerId: town.ids["partnerId"] ?? "" };
    const refused = await send("streams/new", { ...stream, ...right, name: "No source" });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('href="#condition-capital"');
  });
});

describe("accounts to resolve", () => {
  it("hold what was paid elsewhere until the form says who bears it, however often it is sent", async () => {
    const { shadowCommitment: commitmentId = "", shadowAllocation = "", itemId = "" } = town.ids;
    const paid = await send(`pots/${SHADOW_POT}/elsewhere/new`, {
      commitmentId,
      amountPence: "4,000,000.00",
      ...day("paidOn"),
      reference: "SAP 77",
    });
    expect(paid.statusCode, textOf(paid.body)).toBe(303);
    const list = textOf((await visitor.get(at("resolve"))).body);
    // The town committed £4,000,000.00 and paid £1,000.00 of it; £1,000.00 more was paid elsewhere without a commitment.
    expect(list).toContain("Overspent by £1,000.00");
    expect(list).toContain("Nothing was set aside for it");
    const pot = textOf((await visitor.get(at(`pots/${SHADOW_POT}`))).body);
    expect(pot).toContain("£2,000.00 of what was paid was paid elsewhere");
    const clearing = {
      bearer: `allocation ${shadowAllocation}`,
      amountPence: "1,000.00",
      ...day("clearedOn"),
      reason: "The board agreed",
    };
    const cleared = await send(`resolve/${itemId}/clear`, clearing, 2);
    expect(cleared.statusCode, textOf(cleared.body)).toBe(303);
    expect(textOf((await visitor.get(at("resolve"))).body)).not.toContain("Nothing was set aside for it");
    expect((await visitor.get(at(`resolve/${itemId}/clear`))).statusCode).toBe(409);
    const trace = textOf((await visitor.get(at(`trace/${itemId}`))).body);
    expect(trace).toContain("Irwell shadow work");
    // The journal can be reversed from there, and the item is open again.
    const reversed = await send(`trace/${itemId}/reverse`, { reason: "By mistake", ...day("reversedOn") });
    expect(reversed.statusCode, textOf(reversed.body)).toBe(303);
    expect(textOf((await visitor.get(at("resolve"))).body)).toContain("Nothing was set aside for it");
  });

  it("of a real pot are filled and cleared by two people: each form prepares once, and leads to what waits", async () => {
    const { potSlug = "", commitmentId = "", allocationId = "" } = town.ids;
    const officer = await openOfficer({ test, doors, placeId: town.placeId });
    const waiting = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
      expect((await visitor.get(at(path))).body).toContain("Someone else must authorise it.");
      const sent = await send(path, fields, 2);
      expect(sent.statusCode, textOf(sent.body)).toBe(303);
      return /\/approvals\/([0-9a-f-]{36})$/.exec(String(sent.headers["location"]))?.[1] ?? "";
    };
    const real = async () => textOf((await visitor.get(at(`resolve?pot=${potSlug}`))).body);
    // More than the £4,000,000.00 that was set aside, of which the town paid £2,126.00.
    const paying = { commitmentId, amountPence: "3,998,376.00", ...day("paidOn"), reference: "SAP 78" };
    const payment = await waiting(`pots/${potSlug}/elsewhere/new`, paying);
    expect(await real()).not.toContain("SAP 78");
    await officer.authorise(payment);
    const list = (await visitor.get(at(`resolve?pot=${potSlug}`))).body;
    expect(textOf(list)).toContain("Overspent by £502.00");
    const itemId = /resolve\/([0-9a-f-]{36})\/clear/.exec(list)?.[1] ?? "";
    const clearing = {
      bearer: `allocation ${allocationId}`,
      amountPence: "502.00",
      ...day("clearedOn"),
      reason: "Agreed",
    };
    const approval = await waiting(`resolve/${itemId}/clear`, clearing);
    expect(await real()).toContain("SAP 78");
    await officer.authorise(approval);
    expect(await real()).not.toContain("SAP 78");
  });

  it("say that nothing is to be resolved before anything was", async () => {
    expect(textOf((await visitor.get(at("resolve?asAt=2013-01-01"))).body)).toContain("Nothing is to be resolved");
  });
});

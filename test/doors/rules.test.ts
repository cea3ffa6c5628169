/**
 * The rules of a pot and a stream by page, API and command: the same end by each, sent twice and set once, what was before
 * and is to come, refused by the name of its field, for those who may; and the example on the page is what is drawn. Money
 * of £300.00 and £100.00 in one pot: by Hamilton's largest remainder £100.00 in proportion is £75.00 and £25.00.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey } from "../../src/identity/index.ts";
import { openPot, openStream, recordAllocation, recordContribution, showPotRules } from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { commandHere } from "../setup/command-here.ts";
import { type Doors, type Fields, openDoors, openVisitor, type Visitor } from "../setup/doors.ts";
import { faultsIn, sendTwice, textOf } from "../setup/forms.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";
import { useCaseNamed } from "../stories/api-driver.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let officer: Visitor;
let resident: Visitor;
let key: string;
/** Oldest and free; and newer, ring-fenced. */
let [old, ringed] = ["", ""];
const POTS = ["by-page", "by-api", "by-command", "by-draw"] as const;
const pots = new Map<string, string>();
const DAY = "2013-01-15";
const at = (path: string) => `/places/salford/${path}`;
const day = (name: string, value: string): Fields => {
  const [year = "", month = "", date = ""] = value.split("-");
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const person = async (role: "finance_officer" | "resident") =>
    signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
  officer = await person("finance_officer");
  resident = await person("resident");
  const naming = { partnerId: town.ids["partnerId"] ?? "", name: "Finance system" };
  const scopes = ["money:read" as const, "money:write" as const];
  const asking = { ...naming, scopes, expiresOn: addDays(londonDay(new Date()), 30) };
  const made = await test.ask(makeKey, { by: town.people.administrator, place: "salford", input: asking });
  key = test.value(made).key;
  await addPots();
}, 120_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

/** Shadow pots, for which one person is enough, each with £300.00 of the one stream and £100.00 of the other. */
async function addPots(): Promise<void> {
  const as = { by: town.people.finance_officer, place: "salford" };
  const partner = town.ids["partnerId"] ?? "";
  const stream = async (name: string, the: { readonly startsOn: string; readonly ringFenced: boolean }) => {
    const common = { payerId: partner, amountPence: "1000000", endsOn: "2014-03-31", power: "Section 31" };
    return test.value(await test.ask(openStream, { ...as, input: { ...common, name, ...the } })).streamId;
  };
  old = await stream("Weir grant", { startsOn: "2011-04-01", ringFenced: false });
  ringed = await stream("Lock grant", { startsOn: "2012-04-01", ringFenced: true });
  for (const name of POTS) {
    const pot = { name, purpose: "Rules", mode: "shadow" as const, hostId: partner, openedOn: "2012-04-01" };
    const { potId } = test.value(await test.ask(openPot, { ...as, input: pot }));
    pots.set(name, potId);
    for (const [streamId, amountPence] of [
      [old, "30000"],
      [ringed, "10000"],
    ] as const)
      test.value(await test.ask(recordContribution, { ...as, input: { streamId, potId, amountPence, madeOn: DAY } }));
  }
}

const potOf = (name: string): string => must(pots.get(name), `there is a pot ${name}`);
const send = (path: string, fields: Fields) => sendTwice(officer, { url: at(path), fields });
const textAt = async (path: string, visitor = officer) => textOf((await visitor.get(at(path))).body);

async function byPage(path: string, fields: Fields): Promise<string> {
  const done = await send(path, fields);
  expect(done.statusCode, textOf(done.body)).toBe(303);
  return String(done.headers["location"]);
}

async function faultsOf(path: string, fields: Fields): Promise<readonly string[]> {
  const answer = await send(path, fields);
  expect([400, 409, 422]).toContain(answer.statusCode);
  return faultsIn(answer.body);
}

const byApi = (path: string, payload: object, bearer = key) =>
  doors.app.inject({
    method: "POST",
    url: `/api/v1/places/salford/${path}`,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    payload: JSON.stringify(payload),
  });

/** The input as options, as a person types them. */
function byCommand(name: string, input: Readonly<Record<string, string>>, by = town.people.finance_officer) {
  const words = must(useCaseNamed(name).command, `${name} has a command`).words.split(" ");
  const options = Object.entries(input).flatMap(([field, value]) => [
    `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
  return commandHere(test, { by, place: "salford", words: [...words, "--place", "salford", ...options] });
}

/** Everything but who set it and the ids of the rules, which differ. */
async function rulesOf(pot: string) {
  const url = `/api/v1/places/salford/pots/${pot}/rules`;
  const rules = (await doors.app.inject({ method: "GET", url })).json();
  const same = (all: readonly Record<string, unknown>[]) =>
    all.map(({ setBy, orderId, ...rest }) => ({ ...rest, known: typeof setBy === "string" && setBy !== "" }));
  return { draws: rules.draws, drawOrders: same(rules.drawOrders), yearRules: same(rules.yearRules) };
}

const agreed = { reason: "The partners agreed", clause: "Agreement, clause 9.2" };

describe("the draw order of a pot", () => {
  const streams = [{ streamId: "", stream: "Weir grant", streamWelsh: null }];

  it("is the same by page, API and command, and each form shows what would be drawn before and after", async () => {
    const shown = await textAt("pots/by-page");
    expect(shown).toContain("Nobody has set an order, so the most restricted money is drawn on first");
    expect(shown).toContain("The next £100.00 allocated today would be £100.00 from Lock grant.");
    const form = await textAt("pots/by-page/draw-order");
    for (const words of [
      "As things stand, the next £100.00 allocated today would be £100.00 from Lock grant.",
      "The most restricted first The next £100.00 would be £100.00 from Lock grant.",
      "The oldest first The next £100.00 would be £100.00 from Weir grant.",
      "In proportion The next £100.00 would be £75.00 from Weir grant; £25.00 from Lock grant.",
      "Place of Weir grant (£300.00 not yet allocated)",
    ])
      expect(form.replaceAll(/\s+/g, " ")).toContain(words);
    expect(form).not.toContain("Someone else must authorise it");
    const stated = { order: "stated_order", [`place-${old}`]: "1", ...agreed, ...day("fromOn", DAY) };
    expect(await byPage("pots/by-page/draw-order", stated)).toBe(at("pots/by-page#draw-order"));
    const input = { order: "stated_order", ...agreed, fromOn: DAY };
    const sent = await byApi("pots/draw-order", { ...input, potId: potOf("by-api"), streamIds: [old] });
    expect(sent.statusCode, sent.body).toBe(200);
    const command = { ...input, potId: potOf("by-command"), streamIds: JSON.stringify([old]) };
    const ran = await byCommand("pot.set_draw_order", command);
    expect(ran.code, ran.error).toBe(0);
    const own = { state: "in_force", known: true, fromOn: DAY, order: "stated_order", ...agreed };
    for (const pot of ["by-page", "by-api", "by-command"]) {
      const { drawOrders, draws } = await rulesOf(pot);
      expect(drawOrders, pot).toEqual([{ ...own, streams: [{ ...streams[0], streamId: old }] }]);
      expect(draws.filter((one: { inForce: boolean }) => one.inForce)).toEqual([
        { order: "stated_order", inForce: true, shares: [{ streamId: old, amountPence: "10000" }], restPence: "0" },
      ]);
    }
    const after = await textAt("pots/by-page");
    expect(after).toContain("In this order: 1. Weir grant. Streams that are not named come after them");
    expect(after).toMatch(
      /Since 15 January 2013 Clause Agreement, clause 9\.2 Why The partners agreed Set by Test Person/,
    );
    expect(after).toContain("The next £100.00 allocated today would be £100.00 from Weir grant.");
  });

  it("shows what was before, what is to come, and what is said of another day", async () => {
    const path = "pots/by-page/draw-order";
    await byPage(path, { order: "in_proportion", ...agreed, clause: "Clause 10", ...day("fromOn", "2013-02-01") });
    await byPage(path, { order: "oldest_first", ...agreed, clause: "Clause 11", ...day("fromOn", "2099-04-01") });
    const shown = await textAt("pots/by-page");
    expect(shown).toContain("Each stream bears every amount in the share in which its money stands in the pot");
    expect(shown).toMatch(/1 April 2099 to come The oldest first Clause 11/);
    expect(shown).toMatch(/15 January 2013 before In this order: 1\. Weir grant\./);
    const then = await textAt("pots/by-page?asAt=2013-01-20");
    expect(then).toMatch(/1 February 2013 to come In proportion Clause 10/);
    expect(then).toContain("Since 15 January 2013");
    expect(then).not.toContain("allocated today would be");
  });

  it.each([
    ["most_restricted", {}],
    ["oldest_first", {}],
    ["in_proportion", {}],
    ["stated_order", { ring: "1", old: "2" }],
    ["stated_order", { ring: "2", old: "1" }],
  ] as const)("draws as the page's example said: %s %o", async (order, places) => {
    const numbered = "ring" in places ? { [`place-${ringed}`]: places.ring, [`place-${old}`]: places.old } : {};
    const path = "pots/by-draw/draw-order";
    await byPage(path, { order, ...numbered, ...agreed, ...day("fromOn", "2013-03-29") });
    const as = { by: town.people.finance_officer, place: "salford" };
    const { draws } = test.value(
      await test.ask(showPotRules, { ...as, input: { pot: "by-draw", amountPence: "100" } }),
    );
    const said = must(
      draws.find(({ inForce }) => inForce),
      "an order is in force",
    );
    const deciding = { decidedBy: "Board", decidedOn: "2013-03-29", power: "Clause 7" };
    const input = { potId: potOf("by-draw"), name: `By ${order}`, amountPence: "100", ...deciding };
    const drawn = test.value(await test.ask(recordAllocation, { ...as, input }));
    expect([said.order, said.shares]).toEqual([order, drawn.shares]);
  });

  it("is refused by the name of its field, and by API and command in words of its own", async () => {
    const path = "pots/by-page/draw-order";
    const fields = { order: "stated_order", ...agreed, ...day("fromOn", DAY) };
    const [first, second] = [`place-${old}`, `place-${ringed}`];
    expect(await faultsOf(path, { "fromOn-day": "31", "fromOn-month": "2", "fromOn-year": "2013" })).toEqual([
      "order",
      "fromOn-day",
      "clause",
      "reason",
    ]);
    const places = [...(await officer.get(at(path))).body.matchAll(/id="(place-[0-9a-f-]{36})"/g)].map(
      ([, name]) => name,
    );
    expect(places.toSorted()).toEqual([first, second].toSorted());
    const twice = await send(path, { ...fields, [first]: "1", [second]: "1" });
    expect(faultsIn(twice.body)).toEqual([places[1]]);
    expect(textOf(twice.body)).toMatch(/(Weir|Lock) grant and (Weir|Lock) grant both have place 1/);
    expect(await faultsOf(path, { ...fields, [second]: "2" })).toEqual([second]);
    expect(await faultsOf(path, { ...fields, [second]: "first" })).toEqual([second]);
    // A stated order without streams, and streams without a stated order.
    expect(await faultsOf(path, fields)).toEqual([places[0]]);
    expect(await faultsOf(path, { ...fields, order: "oldest_first", [first]: "1" })).toEqual([places[0]]);
    expect(await faultsOf(path, { ...fields, order: "youngest_first" })).toEqual(["order"]);
    const early = { ...fields, [first]: "1", ...day("fromOn", "2012-03-31") };
    expect(await faultsOf(path, early)).toEqual(["fromOn-day"]);
    const input = { potId: potOf("by-api"), order: "stated_order", fromOn: DAY, ...agreed };
    const api = await byApi("pots/draw-order", { ...input, streamIds: [old, old] });
    expect([api.statusCode, api.json().message]).toEqual([
      422,
      "A stream stands twice in the order. Name each stream once.",
    ]);
    const ran = await byCommand("pot.set_draw_order", {
      ...input,
      streamIds: JSON.stringify([town.ids["streamId"]]),
    });
    expect(ran.code).not.toBe(0);
    expect(ran.error).toContain("The order names a stream that never put money into this pot");
    expect((await officer.get(at("pots/no-such-pot/draw-order"))).statusCode).toBe(404);
  });
});

describe("the year-end rule of a pot", () => {
  const source = "Agreement, clause 11";

  it("is the same by page, API and command, with what is to come", async () => {
    const none = "Nobody has set a rule, so what is left is carried forward into the next year.";
    expect(await textAt("pots/by-page")).toContain(none);
    const form = await textAt("pots/by-page/year-rule");
    for (const words of [
      none,
      "It counts at each year end from that day on",
      "It moves no money, so one person is enough",
    ])
      expect(form).toContain(words);
    for (const [rule, from] of [
      ["return_to_funder", DAY],
      ["carry_forward", "2099-04-01"],
    ] as const) {
      const fields = { rule, source, ...day("startsOn", from) };
      expect(await byPage("pots/by-page/year-rule", fields)).toBe(at("pots/by-page#year-rule"));
      const sent = await byApi(`pots/${potOf("by-api")}/year-rule`, { rule, source, startsOn: from });
      expect(sent.statusCode, sent.body).toBe(200);
      const ran = await byCommand("pot.set_year_rule", { potId: potOf("by-command"), rule, source, startsOn: from });
      expect(ran.code, ran.error).toBe(0);
    }
    for (const pot of ["by-page", "by-api", "by-command"])
      expect((await rulesOf(pot)).yearRules, pot).toEqual([
        { state: "to_come", fromOn: "2099-04-01", rule: "carry_forward", source, known: true },
        { state: "in_force", fromOn: DAY, rule: "return_to_funder", source, known: true },
      ]);
    const shown = await textAt("pots/by-page");
    expect(shown).toMatch(
      /What is left and not committed goes back to the streams that it came from\. .*Since 15 January 2013 Agreed in Agreement, clause 11 Set by Test Person/,
    );
    // Each table of a page has a name of its own, by which a screen reader tells them apart.
    for (const caption of ["Draw orders before and to come", "Year-end rules before and to come"])
      expect(shown.split(caption), caption).toHaveLength(2);
    expect(shown).toMatch(/1 April 2099 to come Carried forward Agreement, clause 11 Test Person/);
  });

  it("is refused by the name of its field, and a day's second rule by every door", async () => {
    const fields = { rule: "carry_forward", source, ...day("startsOn", DAY) };
    expect(await faultsOf("pots/by-page/year-rule", { ...fields, rule: "", source: "" })).toEqual(["rule", "source"]);
    expect(await faultsOf("pots/by-page/year-rule", { ...fields, rule: "keep" })).toEqual(["rule"]);
    expect(await faultsOf("pots/by-page/year-rule", fields)).toEqual(["startsOn-day"]);
    const input = { rule: "carry_forward", source, startsOn: DAY };
    const words = "The pot has a rule from that day already. Choose another day.";
    const api = await byApi(`pots/${potOf("by-api")}/year-rule`, input);
    expect([api.statusCode, api.json().message]).toEqual([409, words]);
    const ran = await byCommand("pot.set_year_rule", { potId: potOf("by-command"), ...input });
    expect([ran.code === 0, ran.error.includes(words)]).toEqual([false, true]);
  });
});

describe("the clawback rule of a stream", () => {
  const reason = "Offer letter, paragraph 11";
  const path = () => `streams/${old}/clawback-rule`;
  const positionOf = async (streamId: string) => {
    const url = `/api/v1/places/salford/streams/${streamId}/position`;
    return (await doors.app.inject({ method: "GET", url })).json();
  };

  it("is the same by page, API and command, and works out what would be clawed back", async () => {
    expect(await textAt(`streams/${old}`)).toContain("Nobody has said for a program what is clawed back");
    const shadow = town.ids["shadowStream"] ?? "";
    const back = `${at(`streams/${old}`)}#clawback-rule`;
    for (const [rule, fromOn] of [
      ["none", "2012-04-01"],
      ["both", DAY],
    ] as const) {
      expect(await byPage(path(), { rule, reason, ...day("fromOn", fromOn) })).toBe(back);
      const sent = await byApi(`streams/${ringed}/clawback-rule`, { rule, reason, fromOn });
      expect(sent.statusCode, sent.body).toBe(200);
      const ran = await byCommand("stream.set_clawback_rule", { streamId: shadow, rule, reason, fromOn });
      expect(ran.code, ran.error).toBe(0);
    }
    for (const streamId of [old, ringed, shadow]) {
      const { rule, rules } = await positionOf(streamId);
      expect(rule).toEqual({ rule: "both", fromOn: DAY, reason });
      expect(rules).toMatchObject([
        { state: "in_force", rule: "both", fromOn: DAY, reason },
        { state: "before", rule: "none", fromOn: "2012-04-01", reason },
      ]);
      expect(rules).toHaveLength(2);
    }
    const shown = await textAt(`streams/${old}`);
    expect(shown).toMatch(
      /What was spent outside its conditions is clawed back, and what is left unspent on 31 March 2014\. .*Since 15 January 2013 Agreed in Offer letter, paragraph 11 Set by Test Person/,
    );
    expect(shown).toMatch(/1 April 2012 before Nothing is clawed back Offer letter, paragraph 11 Test Person/);
  });

  it("is refused by the name of its field", async () => {
    const fields = { rule: "both", reason, ...day("fromOn", DAY) };
    expect(await faultsOf(path(), { ...fields, rule: "", reason: "", "fromOn-month": "13" })).toEqual([
      "rule",
      "fromOn-day",
      "reason",
    ]);
    expect(await faultsOf(path(), { ...fields, rule: "some" })).toEqual(["rule"]);
    const api = await byApi(`streams/${old}/clawback-rule`, { rule: "some", reason: "", fromOn: DAY });
    expect(api.json().faults.map(({ field }: { field: string }) => field)).toEqual(["rule", "reason"]);
    const nobody = "0199c0de-0000-7000-8000-000000000009";
    const ran = await byCommand("stream.set_clawback_rule", { streamId: nobody, rule: "both", reason, fromOn: DAY });
    expect(ran.code).not.toBe(0);
    for (const none of [nobody, "nothing"])
      expect((await officer.get(at(`streams/${none}/clawback-rule`))).statusCode).toBe(404);
  });
});

describe("who may not", () => {
  const forms = () => ["pots/by-page/draw-order", "pots/by-page/year-rule", `streams/${old}/clawback-rule`];

  it("sees the rules without names and without a link, and is refused by every door", async () => {
    for (const [page, link] of [
      ["pots/by-page", "draw-order"],
      ["pots/by-page", "year-rule"],
      [`streams/${old}`, "clawback-rule"],
    ] as const) {
      const url = at(`${page}/${link}`);
      expect((await officer.get(at(page))).body, url).toContain(`href="${url}"`);
      const seen = await resident.get(at(page));
      expect([seen.statusCode, seen.body.includes(url)], url).toEqual([200, false]);
      expect(textOf(seen.body)).toContain("Since 15 January 2013");
      expect(textOf(seen.body)).not.toContain("Set by");
    }
    for (const form of forms()) {
      expect((await resident.get(at(form))).statusCode, form).toBe(403);
      expect((await resident.post(at(form), {})).statusCode, form).toBe(403);
      const stranger = await openVisitor(doors.app).get(at(form));
      expect([stranger.statusCode, String(stranger.headers["location"])]).toEqual([
        303,
        expect.stringContaining("/sign-in"),
      ]);
    }
    const rule = { rule: "both", reason: "Words", fromOn: DAY };
    // The town's own key may read money and not write it.
    expect((await byApi(`streams/${old}/clawback-rule`, rule, town.key)).statusCode).toBe(403);
    const ran = await byCommand("stream.set_clawback_rule", { streamId: old, ...rule }, town.people.auditor);
    expect(ran.code).not.toBe(0);
  });

  it("is asked in Welsh as well", async () => {
    for (const [form, words] of [
      ["pots/by-page/draw-order", "Gosod y drefn dynnu"],
      ["pots/by-page/year-rule", "Gosod rheol diwedd y flwyddyn"],
      [`streams/${old}/clawback-rule`, "Gosod y rheol adfachu"],
    ] as const)
      expect(await textAt(`${form}?lang=cy`)).toContain(words);
    const shown = await textAt("pots/by-page?lang=cy");
    for (const words of ["Rheolau&#39;r gronfa hon", "Ers 1 Chwefror 2013", "Gosodwyd gan Test Person", "i ddod"])
      expect(shown).toContain(words);
    await officer.get(at("pots?lang=en"));
  });
});

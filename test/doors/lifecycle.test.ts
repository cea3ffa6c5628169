/**
 * What happens to money after it was set aside, by page: each form carried out at once in a shadow pot and prepared in a
 * real one, sent twice and done once, refused by the name of its field; the lists, stages, steps and parts that show it.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPot } from "../../src/ledger/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { type Doors, type Fields, openDoors, type Visitor } from "../setup/doors.ts";
import { faultsIn, sendTwice, textOf } from "../setup/forms.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;
let signers: readonly Visitor[];
const SHADOW = "pots/irwell-shadow-pot";
const NOBODY = "0199c0de-0000-7000-8000-000000000009";

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const person = async (role: Role) => signIn(doors, (await makeSignIn(test, { role, placeId: town.placeId })).email);
  visitor = await person("finance_officer");
  signers = [await person("finance_officer"), await person("pool_manager")];
}, 120_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

const id = (name: string): string => town.ids[name] ?? "";
const at = (path: string) => `/places/salford/${path}`;
const day = (name: string, date = "15") => ({
  [`${name}-day`]: date,
  [`${name}-month`]: "3",
  [`${name}-year`]: "2013",
});
const textAt = async (path: string) => textOf((await visitor.get(at(path))).body);

const send = (path: string, fields: Fields) => sendTwice(visitor, { url: at(path), fields });

async function recorded(path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const done = await send(path, fields);
  expect(done.statusCode, textOf(done.body)).toBe(303);
  expect(String(done.headers["location"])).not.toContain("/approvals/");
  return String(done.headers["location"]);
}

async function prepared(path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  expect(await textAt(path)).toContain("This will be prepared. Someone else must authorise it.");
  const done = await send(path, fields);
  expect(String(done.headers["location"]), textOf(done.body)).toContain("/places/salford/approvals/");
  return textOf((await visitor.get(String(done.headers["location"]))).body);
}

/** As many sign as are asked for. */
async function authorise(approval: string): Promise<void> {
  for (const signer of signers) {
    const { body } = await signer.get(approval);
    const shownHash = /name="shownHash" value="([0-9a-f]{64})"/.exec(body)?.[1];
    if (shownHash !== undefined)
      expect((await signer.post(`${approval}/authorise`, { shownHash })).statusCode).toBe(303);
  }
}

/** The fields at fault, by the links of the error summary. */
async function faultsOf(path: string, fields: Fields): Promise<readonly string[]> {
  const answer = await send(path, fields);
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  return faultsIn(answer.body);
}

const moving = {
  amountPence: "12.50",
  ...day("movedOn"),
  decidedBy: "Officer",
  power: "Scheme",
  reason: "Fewer orders",
};

describe("a virement", () => {
  it("moves shadow money at once, seen in a column of its own, and is prepared for real money", async () => {
    const path = `${SHADOW}/virements/new?allocation=${id("shadowAllocation")}`;
    expect(await textAt(`${SHADOW}/virements/new`)).toContain("Which allocation gives?");
    expect(await recorded(path, { ...moving, toAllocationId: id("toAllocationId") })).toContain(SHADOW);
    // The town moved £1.00 before.
    expect(await textAt(SHADOW)).toMatch(/Moved by virement \(£\).*13\.50 .*−13\.50 /);
    const real = `pots/${id("potSlug")}`;
    expect(await textAt(real)).not.toContain("Moved by virement");
    const deciding = { name: "Real other work", amountPence: "1.00", decidedBy: "Board", power: "Clause 1" };
    const decided = await send(`${real}/allocations/new`, { ...deciding, ...day("decidedOn") });
    await authorise(String(decided.headers["location"]));
    const form = `${real}/virements/new?allocation=${id("allocationId")}`;
    expect(await faultsOf(form, { ...moving, toAllocationId: "" })).toEqual(["toAllocationId"]);
    expect(await faultsOf(form, { ...moving, toAllocationId: id("allocationId") })).toEqual(["toAllocationId"]);
    const [, toAllocationId = ""] =
      /value="([0-9a-f-]{36})">Real other work/.exec((await visitor.get(at(form))).body) ?? [];
    expect(await prepared(form, { ...moving, toAllocationId })).toContain("Money moves from one allocation to another");
  });

  it("is refused by the name of its field", async () => {
    const path = `${SHADOW}/virements/new?allocation=${id("shadowAllocation")}`;
    const fields = { ...moving, toAllocationId: id("toAllocationId") };
    expect(await faultsOf(path, { ...fields, amountPence: "many", reason: "" })).toEqual(["amountPence", "reason"]);
    expect(await faultsOf(path, { ...fields, amountPence: "99,999,999.00" })).toEqual(["amountPence"]);
    expect(await faultsOf(path, { ...fields, "movedOn-year": "2031" })).toEqual(["movedOn-day"]);
  });
});

describe("money set aside before an order", () => {
  const setting = { words: "Key workers for the summer", amountPence: "20.00", ...day("madeOn", "10") };

  it("is listed, drawn by a commitment in stages, and released by form", async () => {
    const form = `${SHADOW}/precommitments/new?allocation=${id("shadowAllocation")}`;
    expect(await recorded(form, { ...setting, ...day("endsOn", "12") })).toContain("/precommitments?pot=");
    const list = await visitor.get(at("precommitments?pot=irwell-shadow-pot&state=open"));
    expect(textOf(list.body)).toMatch(
      /Key workers for the summer Irwell shadow work .* 12 March 2013 open 20\.00 Release/,
    );
    const releases = [...list.body.matchAll(/precommitments\/([0-9a-f-]{36})\/release/g)].map(([, one = ""]) => one);
    const [newest = ""] = releases;
    const order = `${SHADOW}/commitments/new?allocation=${id("shadowAllocation")}`;
    expect((await visitor.get(at(order))).body).toContain(`value="${newest}"`);
    const ordering = {
      kind: "order",
      supplierId: id("partnerId"),
      serviceId: id("serviceId"),
      amountPence: "20.00",
      ...day("committedOn"),
      precommitmentId: newest,
    };
    const stages = {
      "stage1-words": "Start",
      ...day("stage1-due", "20"),
      "stage1-amount": "5.00",
      "stage2-words": "The rest",
      ...day("stage2-due", "21"),
    };
    expect(await faultsOf(order, { ...ordering, ...stages })).toEqual(["stage2-amount"]);
    expect(await faultsOf(order, { ...ordering, ...stages, "stage2-amount": "14.99" })).toEqual(["stage1-amount"]);
    const trace = await recorded(order, { ...ordering, ...stages, "stage2-amount": "15.00" });
    const shown = textOf((await visitor.get(trace)).body);
    expect(shown).toMatch(/1\. Start 20 March 2013 5\.00 0\.00 5\.00 2\. The rest 21 March 2013 15\.00 0\.00 15\.00/);
    expect(shown).toContain("Release what a commitment still holds");
    expect(await textAt("precommitments")).toContain("drawn by a commitment, 15 March 2013");
    expect((await visitor.get(at(`precommitments/${newest}/release`))).statusCode).toBe(409);
  });

  it("is let go with a reason, and needs one person in a real pot as well", async () => {
    const form = `pots/${id("potSlug")}/precommitments/new?allocation=${id("allocationId")}`;
    expect(await textAt(form)).not.toContain("Someone else must authorise it");
    const list = await visitor.get(String(await recorded(form, setting)));
    const [, newest = ""] = /precommitments\/([0-9a-f-]{36})\/release/.exec(list.body) ?? [];
    const release = `precommitments/${newest}/release`;
    expect(await faultsOf(release, { reason: "" })).toEqual(["reason"]);
    await recorded(release, { reason: "Not needed" });
    expect(await textAt(`precommitments?pot=${id("potSlug")}`)).toContain("released, ");
    expect(await textAt(`precommitments?pot=${id("potSlug")}&state=open`)).toContain("Nothing is set aside here");
    expect((await visitor.get(at(`precommitments/${NOBODY}/release`))).statusCode).toBe(404);
  });
});

describe("a release and a credit note", () => {
  it("give shadow money back at once, in part and whole", async () => {
    const form = `${SHADOW}/releases/new?commitment=${id("shadowCommitment")}`;
    const giving = { ...day("releasedOn"), reason: "Not ordered" };
    expect(await faultsOf(form, { ...giving, amountPence: "9,999,999.00" })).toEqual(["amountPence"]);
    await recorded(form, { ...giving, amountPence: "7.00" });
    expect(await textAt("commitments")).toMatch(/Released \(£\).* 7\.00/);
    await recorded(form, { ...giving, amountPence: "" });
    expect(await textAt(`${SHADOW}/releases/new`)).toContain("Which commitment gives it back?");
    const credit = `trace/${id("creditPaymentId")}/credit-note`;
    const crediting = { ...day("creditedOn"), reason: "Two visits were not made" };
    expect(await faultsOf(credit, { ...crediting, amountPence: "600,000.00" })).toEqual(["amountPence"]);
    expect(await faultsOf(credit, { ...crediting, amountPence: "1.00", "creditedOn-year": "2011" })).toEqual([
      "creditedOn-day",
    ]);
    expect(await recorded(credit, { ...crediting, amountPence: "5.00" })).toContain(id("creditPaymentId"));
    for (const none of [NOBODY, "nothing", id("shadowAllocation")])
      expect((await visitor.get(at(`trace/${none}/credit-note`))).statusCode).toBe(404);
  });

  it("are prepared for real money", async () => {
    const release = `pots/${id("potSlug")}/releases/new?commitment=${id("commitmentId")}`;
    const giving = { amountPence: "1.00", ...day("releasedOn"), reason: "Not ordered" };
    expect(await prepared(release, giving)).toContain("What a commitment still holds goes back to its allocation");
    const credit = `trace/${id("paymentId")}/credit-note`;
    const crediting = { amountPence: "1.00", ...day("creditedOn"), reason: "One visit was not made" };
    expect(await prepared(credit, crediting)).toContain("A supplier gives part of a payment back");
    expect(await textAt(`trace/${id("paymentId")}`)).toContain("Record a credit note");
  });
});

describe("what has expired", () => {
  it("is named before it is released, and then there is nothing", async () => {
    const shown = await textAt("commitments/expire");
    // The town's order in stages ended on 28 February 2013.
    expect(shown).toContain("ended on 28 February 2013: £");
    expect(await faultsOf("commitments/expire", { reason: "" })).toEqual(["reason"]);
    await recorded("commitments/expire", { reason: "Its last day has passed" });
    expect(await textAt("commitments/expire")).toContain("Nothing has expired");
  });
});

describe("a step", () => {
  const stepping = { ...day("fromOn"), power: "Section 75 agreement", words: "The partners agreed" };

  it("is taken at once among shadow modes, prepared towards real money, and refused by the name of its field", async () => {
    const path = "pots/irwell-to-step";
    expect(await textAt(`${path}/step`)).toContain("The shadow money of this pot stays as it was, as if");
    expect(await faultsOf(`${path}/step`, { ...stepping, mode: "" })).toEqual(["mode"]);
    expect(await faultsOf(`${path}/step`, { ...stepping, mode: "pooled", name: "" })).toEqual(["name"]);
    await recorded(`${path}/step`, { ...stepping, mode: "shadow" });
    const shown = await textAt(path);
    for (const words of ["Steps of this pot", "aligned (opened)", "Section 75 agreement", "14 March 2013"])
      expect(shown).toContain(words);
    expect(shown).toMatch(/Hash of the statement of 14 March 2013: [0-9a-f]{12}….*\(SHA-256\): [0-9a-f]{64}/);
    const real = await send(`${path}/step`, { ...stepping, mode: "pooled", name: "Irwell real" });
    expect(String(real.headers["location"])).toContain("/approvals/");
    const approval = textOf((await visitor.get(String(real.headers["location"]))).body);
    expect(approval).toContain("A pot takes its next step");
    const welsh = await textAt(`${path}?lang=cy`);
    expect(welsh).toContain("Camau&#39;r gronfa hon");
    await visitor.get(at(`${path}?lang=en`));
    expect((await visitor.get(at("pots/no-such-pot/step"))).statusCode).toBe(404);
  });

  it("to real money closes the shadow pot, and each leads to the other, when two people agree", async () => {
    const path = "pots/irwell-stepped";
    const form = await send(`${path}/step`, { ...stepping, mode: "pooled", name: "Irwell follows" });
    await authorise(String(form.headers["location"]));
    const closed = await textAt(path);
    // Who authorised it stands beside who prepared it, with the way to exactly what they agreed to.
    expect(closed).toMatch(/shadow to pooled 15 March 2013 .* Test Person Test Person, \d+ \w+ 20\d\d/);
    expect((await visitor.get(at(path))).body).toContain(`href="${form.headers["location"]}"`);
    expect(closed).toMatch(/aligned to shadow .* one person was enough/);
    expect(closed).toMatch(/This pot closed on 15 March 2013\. .* It goes on in Irwell follows/);
    expect(closed).not.toContain("Record a contribution");
    expect(await textAt("pots/irwell-follows")).toContain("This pot goes on from Irwell stepped");
    expect((await visitor.get(at(`${path}/step`))).statusCode).toBe(409);
    const pots = await textAt("pots");
    expect(pots).toContain("Irwell stepped closed");
    expect(pots.indexOf("Irwell stepped closed")).toBeGreaterThan(pots.indexOf("Irwell to step"));
  });
});

it("shows parts under the pot that they are part of, and beside its figures", async () => {
  const part = { purpose: "Part", hostId: id("partnerId"), openedOn: "2012-04-01", mode: "shadow" } as const;
  const input = { ...part, name: "A small part", parentId: id("shadowPot"), part: "project" } as const;
  test.value(await test.ask(openPot, { by: town.people.finance_officer, place: "salford", input }));
  expect(await textAt(SHADOW)).toMatch(/Parts of this pot .* A small part project shadow 0\.00/);
  expect(await textAt("pots/a-small-part")).toContain("This pot is part of Irwell shadow pot");
  const pots = await textAt("pots");
  expect(pots.indexOf("A small part (part of Irwell shadow pot)")).toBeGreaterThan(pots.indexOf("Irwell shadow pot"));
});

it("opens a part of a pot by its form, from that pot's page, and adds the two up apart", async () => {
  expect((await visitor.get(at(SHADOW))).body).toContain('href="/places/salford/pots/new?partOf=irwell-shadow-pot"');
  const path = "pots/new?partOf=irwell-shadow-pot";
  const form = (await visitor.get(at(path))).body;
  expect(form).toContain(`value="${id("shadowPot")}" selected`);
  const fields = {
    ...{ name: "By the weir", purpose: "Its own small works", mode: "shadow", hostId: id("partnerId") },
    ...{ parentId: id("shadowPot"), ...day("openedOn") },
  };
  expect(await faultsOf(path, { ...fields, part: "" })).toEqual(["part"]);
  expect(await faultsOf(path, { ...fields, part: "project", mode: "pooled" })).toEqual(["parentId"]);
  const made = await recorded(path, { ...fields, part: "neighbourhood" });
  expect(made).toContain("pots/by-the-weir");
  expect(await textAt("pots/by-the-weir")).toContain("This pot is part of Irwell shadow pot");
  const stream = { streamId: id("shadowStream"), amountPence: "7.00", ...day("madeOn") };
  await recorded("pots/by-the-weir/contributions/new", stream);
  const shown = await textAt(SHADOW);
  expect(shown).toMatch(/By the weir neighbourhood shadow 7\.00/);
  const together = /This pot alone ([\d,.]+) .*?Its parts ([\d,.]+) .*?With its parts ([\d,.]+) /.exec(shown) ?? [];
  const [alone = 0, parts = 0, both = 0] = together.slice(1).map((text) => Number(text.replaceAll(",", "")));
  // The town's own part has £1.00, the new one £7.00.
  expect([parts, both]).toEqual([8, alone + 8]);
  // A part has no parts: nothing there offers one, and the form does not have it to choose.
  expect((await visitor.get(at("pots/by-the-weir"))).body).not.toContain("pots/new?partOf");
  expect(await textAt("pots/new?lang=cy")).toContain("Rhan o gronfa arall");
  await visitor.get(at("pots/new?lang=en"));
});

it("hands money to a part and back: shadow money at once, real money prepared, in the figures of one pot at a time", async () => {
  const path = `${SHADOW}/handovers/new`;
  // Two parts by now, so the form asks which.
  const giving = { ...moving, toPotId: id("partPotId"), amountPence: "20.00", reason: "Benches" };
  expect(await faultsOf(path, { ...giving, toPotId: "" })).toEqual(["toPotId"]);
  expect(await faultsOf(path, { ...giving, amountPence: "99999999.00" })).toEqual(["amountPence"]);
  expect(await recorded(path, giving)).toContain(`${SHADOW}#handovers`);
  const shown = await textAt(SHADOW);
  expect(shown).toContain("was handed over to its parts and is not in it");
  expect(shown).toMatch(/15 March 2013 Irwell part Officer: Benches 20\.00/);
  expect(await textAt("pots/irwell-part")).toMatch(/£21\.00 of it was handed over by the pot that it is part of/);
  const back = { ...moving, amountPence: "1.00", toPotId: id("shadowPot") };
  expect(await recorded("pots/irwell-part/handovers/new", back)).toContain("pots/irwell-part#handovers");
  expect(await textAt("pots/irwell-part")).toMatch(/£1\.00 was handed back to the pot that it is part of/);
  expect(await textAt(SHADOW)).toMatch(/£1\.00 of it was handed back by its parts/);
  const real = `pots/${id("potSlug")}`;
  expect(await textAt(`${real}/handovers/new`)).toContain("Open a part of it first");
  const part = { purpose: "Part", hostId: id("partnerId"), openedOn: "2012-04-01", mode: "pooled" } as const;
  const input = { ...part, name: "A real part", parentId: id("potId"), part: "theme" } as const;
  const { potId } = test.value(await test.ask(openPot, { by: town.people.finance_officer, place: "salford", input }));
  const waiting = await prepared(`${real}/handovers/new`, { ...giving, toPotId: potId });
  expect(waiting).toMatch(/Pot that gives Irwell pot .*Pot that receives A real part .*£20\.00/);
  const listed = (await visitor.get(at("approvals"))).body;
  expect(listed).toContain("Handed between a pot and its part");
  // What expires first comes first: the newest is the last that waits.
  const addresses = [...listed.matchAll(/href="(\/places\/salford\/approvals\/[0-9a-f-]{36})"/g)];
  await authorise(addresses.at(-1)?.[1] ?? "");
  expect(await textAt("pots/a-real-part")).toMatch(/£20\.00 of it was handed over/);
  await visitor.get(at(`${path}?lang=cy`));
  expect(await textAt(path)).toContain("Rhoi arian rhwng y gronfa hon a&#39;i rhan");
  await visitor.get(at(`${path}?lang=en`));
});

it("is for those who may record: residents see what is public and no form", async () => {
  const resident = await signIn(doors, (await makeSignIn(test, { role: "resident", placeId: town.placeId })).email);
  const trace = await resident.get(at(`trace/${id("shadowCommitment")}`));
  expect([trace.statusCode, trace.body.includes("releases/new")]).toEqual([200, false]);
  const steps = textOf((await resident.get(at("pots/irwell-stepped"))).body);
  expect(["Steps of this pot", "Prepared by", "Authorised by"].map((words) => steps.includes(words))).toEqual([
    true,
    false,
    false,
  ]);
  for (const path of ["precommitments", `${SHADOW}/virements/new`, "pots/irwell-to-step/step", "commitments/expire"])
    expect((await resident.get(at(path))).statusCode, path).toBe(403);
});

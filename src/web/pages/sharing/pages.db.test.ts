/** The pages of agreements as people use them: the public register, a form that is filled in badly and well, signing, ending, the log. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, openDoors, openVisitor, type Visitor } from "../../../../test/setup/doors.ts";
import { openTestHouse, type TestHouse } from "../../../../test/setup/house.ts";
import { makeSignIn, TEST_PASSWORD } from "../../../../test/setup/people.ts";
import { openTown, type Town } from "../../../../test/setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let lead: Visitor;
let anyone: Visitor;
const at = (rest = "") => `/places/salford/sharing${rest}`;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  lead = await signedIn("information_governance_lead");
  anyone = openVisitor(doors.app);
});
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

async function signedIn(role: "information_governance_lead" | "key_worker"): Promise<Visitor> {
  const { email } = await makeSignIn(test, { role, placeId: town.placeId });
  const visitor = openVisitor(doors.app);
  await visitor.get("/sign-in");
  expect((await visitor.post("/sign-in", { email, password: TEST_PASSWORD })).statusCode).toBe(303);
  return visitor;
}

const FORM = {
  title: "Families of Irwell",
  purposes: "find_families",
  gateway: "Children Act 2004, section 10",
  basis: "UK GDPR article 6(1)(e)",
  fields: "surname",
  keepDays: "90",
  assessment: "Assessment 12",
  "assessedOn-day": "1",
  "assessedOn-month": "3",
  "assessedOn-year": "2013",
  privacyNotice: "https://www.example.org/privacy",
  "startsOn-day": "1",
  "startsOn-month": "4",
  "startsOn-year": "2013",
  "reviewOn-day": "31",
  "reviewOn-month": "3",
  "reviewOn-year": "2014",
  "endsOn-day": "31",
  "endsOn-month": "3",
  "endsOn-year": "2099",
};

describe("the register", () => {
  it("is public in both languages, with those in force alone, and leads to each", async () => {
    const page = await anyone.get(at("?state=all"));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Irwell sharing");
    expect(page.body).not.toContain("Irwell to sign");
    expect(page.body).toContain("Review overdue");
    const one = await anyone.get(at(`/${town.ids["agreementId"]}`));
    expect(one.body).toContain("Children Act 2004, section 10");
    expect(one.body).not.toContain("Test Person");
    expect(one.body).toContain("This agreement was to be reviewed by 31 March 2014.");
    const welsh = await anyone.get(at(`/${town.ids["agreementId"]}?lang=cy`));
    expect(welsh.body).toContain("Partneriaid a llofnodion");
    await anyone.get(at("?lang=en"));
    expect((await anyone.get(at("?format=csv"))).body).toContain("agreement_id");
  });

  it("shows what waits to people who work here, and its absence to others", async () => {
    const draft = at(`/${town.ids["agreementToSign"]}`);
    expect((await lead.get(at("?state=waiting"))).body).toContain("Irwell to sign");
    expect((await lead.get(draft)).statusCode).toBe(200);
    expect((await anyone.get(draft)).statusCode).toBe(404);
    expect((await anyone.get(at("/nonsense"))).statusCode).toBe(404);
  });
});

describe("preparing", () => {
  it("is for the lead, and keeps what was typed where something is wrong", async () => {
    expect((await anyone.get(at("/new"))).statusCode).toBe(303);
    expect((await (await signedIn("key_worker")).get(at("/new"))).statusCode).toBe(403);
    expect((await lead.get(at("/new"))).body).toContain("Legal gateway");
    const again = await lead.post(at("/new"), { ...FORM, title: "", "endsOn-day": "32" });
    expect(again.statusCode).toBe(400);
    for (const words of [
      "Fill in: Title",
      "Last day: enter a real date",
      "Partners: Choose at least one",
      'href="#endsOn-day"',
      'value="Children Act 2004, section 10"',
    ])
      expect(again.body).toContain(words);
  });

  it("makes an agreement that is signed, replaced and ended on its pages", async () => {
    const [sends = "", receives = ""] = [town.ids["partnerId"], town.ids["receivingPartnerId"]];
    const wrong = await lead.post(at("/new"), { ...FORM, sends });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("Choose at least one party that receives records.");
    const made = await lead.post(at("/new"), { ...FORM, sends, receives });
    expect(made.statusCode).toBe(303);
    const address = String(made.headers["location"]);
    expect((await lead.get(address)).body).toContain("Waiting for signatures");
    const unsaid = await lead.post(`${address}/sign`, { partnerId: sends, capacity: "signatory" });
    expect(unsaid.statusCode).toBe(422);
    expect(unsaid.body).toContain(`href="#signatory-${sends}-onPaper"`);
    const noDay = { partnerId: sends, onPaper: "File 12", "signedOn-day": "31", "signedOn-month": "2" };
    expect((await lead.post(`${address}/sign`, noDay)).body).toContain("must be a real date");
    for (const partnerId of [sends, receives])
      expect((await lead.post(`${address}/sign`, { partnerId, onPaper: "File 12" })).statusCode).toBe(303);
    const signed = await lead.get(address);
    expect(signed.body).toContain("It is signed by all its partners.");
    expect(signed.body).toContain("The paper: File 12");
    const form = await lead.get(at(`/new?replaces=${address.split("/").at(-1)}`));
    expect(form.body).toContain('value="Families of Irwell"');
    expect((await lead.post(`${address}/end`, {})).body).toContain('id="reason-error"');
    expect((await lead.post(`${address}/end`, { reason: "The work has ended" })).statusCode).toBe(303);
    expect((await lead.get(address)).body).toContain("The work has ended");
    expect((await anyone.get(address)).statusCode).toBe(404);
  });
});

describe("the log of views", () => {
  it("is read, narrowed and taken out by the lead, and by nobody else", async () => {
    const page = await lead.get(at("/views"));
    expect(page.body).toContain("Test Person");
    expect(page.body).toContain("Irwell sharing");
    expect((await lead.get(at("/views?seen=1"))).body).toContain("Irwell sharing");
    expect((await lead.get(at("/views?seen=2"))).body).toContain("No look is as the filters say.");
    expect((await lead.get(at("/views?from=yesterday"))).statusCode).toBe(400);
    const file = await lead.get(at("/views.csv?seen=1"));
    expect(file.headers["content-type"]).toContain("text/csv");
    expect(file.body.trim().split("\r\n")).toHaveLength(2);
    expect((await anyone.get(at("/views"))).statusCode).toBe(303);
    expect((await (await signedIn("key_worker")).get(at("/views"))).statusCode).toBe(403);
  });
});

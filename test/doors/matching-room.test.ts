/** The room of matching, opened and used as people do: who may, empty at each step and full, and what its forms do. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvOf, madeUpFiles } from "../../src/linkage/matching-house.fixture.ts";
import { openVisitor, type Visitor } from "../setup/doors.ts";
import { textOf } from "../setup/forms.ts";
import { at, BROKEN, type MatchingDoors, openMatchingDoors } from "../setup/matching-doors.ts";

let here: MatchingDoors;
let analyst: Visitor;
let lead: Visitor;

beforeAll(async () => {
  here = await openMatchingDoors();
  analyst = await here.as("analyst");
  lead = await here.as("information_governance_lead");
});
afterAll(() => here?.close());

const seen = async (visitor: Visitor, address = at("")): Promise<string> => {
  const page = await visitor.get(address);
  expect(page.statusCode, textOf(page.body)).toBe(200);
  expect(page.body).not.toMatch(BROKEN);
  return textOf(page.body).replaceAll("&#39;", "'");
};

describe("who may open it", () => {
  it.each(["finance_officer", "administrator", "committee_member"] as const)("not the %s", async (role) => {
    const visitor = await here.as(role);
    expect((await visitor.get(at(""))).statusCode).toBe(403);
    expect(await seen(visitor, "/places/salford")).not.toContain("Families");
  });

  it("nobody who has not signed in", async () => {
    const answer = await openVisitor(here.doors.app).get(at(""));
    expect([answer.statusCode, answer.headers["location"]]).toEqual([
      303,
      "/sign-in?return=%2Fplaces%2Fsalford%2Fmatching",
    ]);
  });

  it("an officer of a partner is led to the page that is theirs", async () => {
    const answer = await (await here.as("partner_officer")).get(at(""));
    expect([answer.statusCode, answer.headers["location"]]).toEqual([303, at("/files/new")]);
  });

  it.each(["analyst", "key_worker", "information_governance_lead", "auditor"] as const)(
    "the %s, by the navigation",
    async (role) => {
      const visitor = await here.as(role);
      expect((await visitor.get("/places/salford")).body).toContain(`href="${at("")}"`);
      expect(await seen(visitor)).toContain("Next, bring the agencies' files");
    },
  );
});

describe("from nothing to a run", () => {
  it("files first, then matching, and what stands afterwards", async () => {
    const { house } = here;
    for (const file of madeUpFiles(40, 11).files) house.test.value(await house.bring(file.agency, csvOf(file)));
    expect(await seen(analyst)).toContain("Next, match the records");
    const started = await analyst.post(at("/runs"), { agreementId: house.agreementId });
    expect(started.statusCode).toBe(303);
    const job = String(started.headers["location"]);
    expect(job).toMatch(/^\/places\/salford\/jobs\//);
    expect(await seen(analyst)).toContain("Matching is under way");
    const again = await analyst.post(at("/runs"), { agreementId: house.agreementId });
    expect([again.statusCode, textOf(again.body).includes("Records are being matched already")]).toEqual([409, true]);
    await house.carryOut(job.split("/").at(-1) ?? "");
    const room = await seen(analyst);
    expect(room).toMatch(/[\d,]+ records of 7 registers are [\d,]+ people in [\d,]+ households, as matched on/);
    expect(room).toContain("Pairs to read");
    expect(room).toContain("299 more pairs must be read by lot without a fault");
    const done = await analyst.get(job);
    const report = /href="([^"]*\/matching\/runs\/[^"]+)"/.exec(done.body)?.[1] ?? "";
    const shown = await seen(analyst, report);
    expect(shown).toContain("Finding families who may be helped");
    expect(shown).toContain("Test Person");
    expect(shown).toContain("Version 1");
    expect((await (await here.as("finance_officer")).get(report)).statusCode).toBe(403);
    expect((await (await here.as("finance_officer")).get(job)).body).not.toContain("/matching/runs/");
  });

  it("only who may is offered to match, to read, to lay down a threshold", async () => {
    const [auditor, worker] = [await seen(await here.as("auditor")), await seen(await here.as("key_worker"))];
    for (const words of ["Weights", "Bring a file", "Lay down a threshold", "Read pairs"])
      expect(auditor).not.toContain(words);
    expect(worker).toContain("Read pairs");
    expect(worker).not.toContain("Weights");
    expect(await seen(lead)).toContain("Lay down a threshold");
  });

  it("a threshold is refused in words until it is measured", async () => {
    await seen(lead);
    const none = await lead.post(at("/thresholds"), { probability: "0.99", reason: "" });
    expect([none.statusCode, /href="#reason"/.test(none.body)]).toEqual([400, true]);
    const set = await lead.post(at("/thresholds"), { probability: "0.99", reason: "Agreed by the partners" });
    expect(set.statusCode).toBe(422);
    expect(textOf(set.body)).toContain("At this threshold 0 pairs were read to measure");
    expect(set.body).toContain("Agreed by the partners</textarea>");
    expect((await analyst.post(at("/thresholds"), { probability: "0.99", reason: "Mine" })).statusCode).toBe(403);
  });

  it("a form without its token changes nothing", async () => {
    expect((await analyst.post(at("/runs"), {}, { token: null })).statusCode).toBe(403);
    expect((await lead.post(at("/thresholds"), {}, { token: null })).statusCode).toBe(403);
  });
});

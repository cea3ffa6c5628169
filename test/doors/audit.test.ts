/** The audit trail's own check by page: what was checked and when, the first block that does not fit, and for whom it is. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyAudit } from "../../src/ledger/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { type Doors, openDoors, openVisitor, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { sealAll } from "../setup/seal.ts";

const PAGE = "/places/salford/administration/audit";
const NOW = new Date("2026-11-22T09:15:00Z");

let test: TestHouse;
let doors: Doors;
let placeId: number;
let auditor: Visitor;

beforeAll(async () => {
  test = await openTestHouse({ now: () => NOW });
  placeId = await test.openPlace("salford");
  doors = await openDoors(test);
  auditor = await person("auditor");
}, 60_000);

afterAll(async () => {
  await doors?.close();
  await test?.close();
});

async function person(role: Role): Promise<Visitor> {
  return signIn(doors, (await makeSignIn(test, { role, placeId })).email);
}

/** What the page states, label by label. */
function factsOf(html: string): Readonly<Record<string, string>> {
  const rows = html.matchAll(/summary-list__key">([^<]*)<\/dt>\s*<dd[^>]*>([^<]*)</g);
  return Object.fromEntries([...rows].map(([, label = "", text = ""]) => [label, text]));
}

async function check(visitor: Visitor) {
  await visitor.get(PAGE);
  return visitor.post(PAGE);
}

describe("the check of the audit trail", () => {
  it("says how many blocks and entries were checked, how many wait, and when", async () => {
    const waiting = await check(auditor);
    expect(waiting.statusCode).toBe(200);
    expect(waiting.body).toContain("No block is sealed yet");
    const before = factsOf(waiting.body);
    expect(before).toMatchObject({ Checked: "22 November 2026, 09:15", "Blocks whose seal fits": "0" });
    await sealAll({ house: test, placeId });
    const sealed = await check(auditor);
    expect(sealed.body).toContain("Every sealed block of the audit trail fits");
    expect(factsOf(sealed.body)).toMatchObject({
      "Blocks whose seal fits": "1",
      "Entries in them": before["Entries that wait for the next seal, a few seconds away"],
      "Entries that wait for the next seal, a few seconds away": "0",
    });
  });

  it("is not made by looking at the page", async () => {
    const looked = await auditor.get(PAGE);
    expect(looked.body).toContain("Check the audit trail");
    expect(factsOf(looked.body)).toEqual({});
  });

  it.each([
    ["information_governance_lead", 200],
    ["administrator", 200],
    ["finance_officer", 403],
    ["resident", 403],
  ] as const)("for %s answers %i", async (role, status) => {
    const visitor = await person(role);
    await visitor.get("/account");
    expect((await visitor.post(PAGE)).statusCode).toBe(status);
  });

  it("is refused without the form's token, and for who is not signed in", async () => {
    expect((await auditor.post(PAGE, {}, { token: null })).statusCode).toBe(403);
    expect((await openVisitor(doors.app, "192.0.2.7").post(PAGE)).statusCode).toBe(403);
  });

  it("names the first block that does not fit, and shows the entries all the same", async () => {
    const admin = await test.admin();
    try {
      await test.personWith("analyst", { placeId });
      await admin.query("set session_replication_role = replica");
      await admin.query(
        `update audit_entry set actor = 'nobody' where place_id = $1 and transaction_number <
           (select below_number from audit_block where place_id = $1 and block_number = 1)`,
        [placeId],
      );
    } finally {
      await admin.end();
    }
    const answer = await check(auditor);
    expect(answer.body).toContain("The audit trail does not fit together");
    expect(answer.body).toContain(
      "The first fault is in audit block 1: its entries, its transfers or itself were changed after sealing.",
    );
    expect(factsOf(answer.body)).toEqual({ Checked: "22 November 2026, 09:15" });
    expect(answer.body).toContain("nobody");
    const asked = await test.ask(verifyAudit, { by: { kind: "operator" }, place: "salford", input: {} });
    expect(test.refusal(asked).code).toBe("not_verified");
  });
});

/** The pages of proof: the bundle for those who may verify, as a file that verifies; the head for anyone, in both languages. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, openDoors, openVisitor } from "../../../../test/setup/doors.ts";
import { openProofTown, type ProofTown } from "../../../../test/setup/proof-town.ts";
import { verifyBundleFile } from "../../../proof/index.ts";

let town: ProofTown;
let doors: Doors;
const place = "/places/greater-manchester";

beforeAll(async () => {
  town = await openProofTown();
  doors = await openDoors(town.house);
}, 60_000);
afterAll(async () => {
  await doors?.close();
  await town?.house.close();
});

describe("the head of the audit trail", () => {
  it.each([
    ["en", "Head of the audit trail", "What the accounts held: shadow money"],
    ["cy", "Pen y trywydd archwilio", "Yr hyn a ddaliai"],
  ])("is shown to anyone in %s", async (language, title, held) => {
    const visitor = openVisitor(doors.app, "10.3.0.1");
    const answer = await visitor.get(`${place}/audit-heads?lang=${language}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(title);
    expect(answer.body).toContain(held);
    expect(answer.body).toMatch(/<code>\d+:[0-9a-f]{64}<\/code>/);
  });
});

describe("the bundle", () => {
  it("is for those who may verify the ledger", async () => {
    const visitor = openVisitor(doors.app, "10.3.0.2");
    for (const path of [`${place}/ledger/bundle`, `${place}/ledger/bundle.zip`])
      expect((await visitor.get(path)).statusCode).toBe(303);
  });

  it("verifies as taken", async () => {
    expect(await verifyBundleFile({ bytes: await town.bundle() }, null)).toMatchObject({ ok: true });
  });
});

/** Agreements and the log of views on a real database: signed by all, in force, replaced, ended, and who may read who looked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import { addDays, type Day, londonDay } from "../lib/day.ts";
import { accept } from "../lib/result.ts";
import { addPartner } from "../places/index.ts";
import { asFamily, sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { type Credential, declarePlaceUseCase, type PlaceContext } from "../platform/use-case/index.ts";
import * as sharing from "./index.ts";

const place = "salford";
const PUBLIC: Credential = { kind: "public" };
const today = londonDay(new Date());

let test: TestHouse;
let placeId: number;
let lead: Credential & { kind: "person" };
let officer: Credential & { kind: "person" };
let auditor: Credential & { kind: "person" };
let worker: Credential & { kind: "person" };
let police: string;
let hospital: string;
let provider: string;

/** Does something in the context that other subjects get, as somebody. */
let inContext: (ctx: PlaceContext) => Promise<unknown> = async () => null;
const within = declarePlaceUseCase({
  name: "test.within",
  summary: "Does what a test wants",
  permission: "place.read",
  changes: false,
  notesViews: true,
  input: sharing.listAgreements.input.pick({}),
  output: sharing.listAgreements.output,
  example: {},
  refusals: {},
  handle: async (ctx) => accept(await inContext(ctx)),
});

async function as<T>(by: Credential, work: (ctx: PlaceContext) => Promise<T>): Promise<T> {
  inContext = work;
  return test.value(await test.ask(within, { by, place, input: {} })) as T;
}

beforeAll(async () => {
  test = await openTestHouse();
  placeId = await test.openPlace(place);
  lead = await test.personWith("information_governance_lead", { placeId });
  auditor = await test.personWith("auditor", { placeId });
  const add = async (name: string, kind: "police" | "nhs" | "charity") =>
    test.value(
      await test.ask(addPartner, { by: { kind: "operator" }, place, input: { name, kind, parts: ["provider"] } }),
    ).partnerId;
  [police, hospital, provider] = [
    await add("Police", "police"),
    await add("Hospital", "nhs"),
    await add("Help", "charity"),
  ];
  officer = await test.personWith("partner_officer", { placeId, partnerId: police });
  worker = await test.personWith("key_worker", { placeId, partnerId: provider });
});
afterAll(() => test?.close());

type Change = Partial<Parameters<typeof sharing.prepareAgreement.input.parse>[0] & object>;

const inputOf = (change: object = {}) => ({
  ...sharing.prepareAgreement.example,
  startsOn: addDays(today, -30),
  reviewOn: addDays(today, 335),
  parties: [
    { partnerId: police, sends: true },
    { partnerId: hospital, sends: true, health: true },
    { partnerId: provider, receives: true },
  ],
  ...change,
});

async function prepare(change: Change = {}): Promise<string> {
  return test.value(await test.ask(sharing.prepareAgreement, { by: lead, place, input: inputOf(change) })).agreementId;
}

type Signing = { readonly partnerId: string; readonly capacity?: "caldicott_guardian"; readonly onPaper?: string };
const sign = (by: Credential, agreementId: string, the: Signing) =>
  test.ask(sharing.signAgreement, { by, place, input: { agreementId, ...the } });

async function signAll(agreementId: string): Promise<number> {
  const onPaper = "Legal services, file 12";
  test.value(await sign(officer, agreementId, { partnerId: police }));
  test.value(await sign(lead, agreementId, { partnerId: hospital, onPaper }));
  test.value(await sign(lead, agreementId, { partnerId: hospital, onPaper, capacity: "caldicott_guardian" }));
  return test.value(await sign(lead, agreementId, { partnerId: provider, onPaper })).wanting;
}

async function inForce(change: Change = {}): Promise<string> {
  const agreementId = await prepare(change);
  expect(await signAll(agreementId)).toBe(0);
  return agreementId;
}

const show = async (agreementId: string, by: Credential = lead) =>
  test.ask(sharing.showAgreement, { by, place, input: { agreementId } });
const stateOf = async (agreementId: string) => test.value(await show(agreementId)).state;
const refused = async (asked: ReturnType<TestHouse["ask"]>) => test.refusal(await asked).code;
const purpose = "find_families" as const;

describe("an agreement", () => {
  it("is in force once all have signed, the guardian of health data among them", async () => {
    const agreementId = await prepare();
    expect(await stateOf(agreementId)).toBe("unsigned");
    const asked = () => as(worker, (ctx) => sharing.requireAgreement(ctx, { agreementId, purpose }));
    expect(await asked()).toMatchObject({ ok: false, refusal: { code: "agreement_unsigned" } });
    expect(await signAll(agreementId)).toBe(0);
    expect(await stateOf(agreementId)).toBe("in_force");
    const answer = await asked();
    expect(answer).toMatchObject({ ok: true, value: { agreementId, keepDays: 90, purposes: [purpose] } });
    expect((await as(worker, (ctx) => sharing.listInForce(ctx, purpose))).map((one) => one.agreementId)).toContain(
      agreementId,
    );
    expect(await as(worker, (ctx) => sharing.listInForce(ctx, "evaluation"))).toEqual([]);
    const sender = { agreementId, purpose, sender: provider };
    expect(await as(worker, (ctx) => sharing.requireAgreement(ctx, sender))).toMatchObject({
      refusal: { code: "sender_not_agreed" },
    });
  });

  it("is signed by those of the partner, each once", async () => {
    const agreementId = await prepare();
    expect(await refused(sign(worker, agreementId, { partnerId: provider }))).toBe("not_allowed");
    expect(await refused(sign(officer, newId(), { partnerId: police }))).toBe("agreement_not_found");
    expect(await refused(sign(officer, agreementId, { partnerId: hospital }))).toBe("not_your_partner");
    expect(await refused(sign(lead, agreementId, { partnerId: police, onPaper: "File" }))).toBe("partner_signs_itself");
    expect(await refused(sign(lead, agreementId, { partnerId: hospital }))).toBe("paper_wanting");
    test.value(await sign(officer, agreementId, { partnerId: police }));
    expect(await refused(sign(officer, agreementId, { partnerId: police }))).toBe("signed_already");
  });

  it("signed by many at once is signed once", async () => {
    const agreementId = await prepare();
    const all = await Promise.all(Array.from({ length: 8 }, () => sign(officer, agreementId, { partnerId: police })));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("counts from one without gaps, also where one was refused", async () => {
    const numberOf = async (agreementId: string) => test.value(await show(agreementId)).number;
    const first = await numberOf(await prepare());
    expect(
      await refused(
        test.ask(sharing.prepareAgreement, {
          by: lead,
          place,
          input: inputOf({ parties: [{ partnerId: newId(), sends: true }] }),
        }),
      ),
    ).toBe("partner_not_here");
    expect(await numberOf(await prepare())).toBe(first + 1);
  });

  it("that is prepared badly changes nothing", async () => {
    const ask = (change: object, by: Credential = lead) =>
      refused(test.ask(sharing.prepareAgreement, { by, place, input: inputOf(change) }));
    expect(await ask({ purposes: [] })).toBe("input_not_valid");
    expect(await ask({ fields: ["shoe_size"] })).toBe("input_not_valid");
    expect(await ask({ privacyNotice: "on the wall" })).toBe("input_not_valid");
    expect(await ask({ keepDays: 0 })).toBe("input_not_valid");
    expect(await ask({ replacesId: newId() })).toBe("agreement_not_found");
    expect(await ask({ endsOn: addDays(today, -1), reviewOn: addDays(today, -2) })).toBe("over_already");
    expect(await ask({}, officer)).toBe("not_allowed");
    expect(await ask({}, { kind: "operator" })).toBe("not_allowed");
  });
});

describe("an end", () => {
  it("is at once, with a reason, by the lead", async () => {
    const agreementId = await inForce();
    const end = (by: Credential) =>
      test.ask(sharing.endAgreement, { by, place, input: { agreementId, reason: "The work has ended" } });
    expect(await refused(end(officer))).toBe("not_allowed");
    test.value(await end(lead));
    expect(await refused(end(lead))).toBe("agreement_ended");
    expect(await refused(sign(officer, agreementId, { partnerId: police }))).toBe("agreement_ended");
    expect(await as(worker, (ctx) => sharing.requireAgreement(ctx, { agreementId, purpose }))).toMatchObject({
      refusal: { code: "agreement_ended", endedOn: today },
    });
    expect(test.value(await show(agreementId)).end).toMatchObject({ reason: "The work has ended", replacedBy: null });
  });

  it("by another agreement comes with its last signature, on its first day", async () => {
    const old = await inForce();
    const next = addDays(today, 10);
    const replacing = await prepare({ replacesId: old, startsOn: next });
    expect(await stateOf(old)).toBe("in_force");
    await signAll(replacing);
    expect(await stateOf(replacing)).toBe("to_start");
    expect(await stateOf(old)).toBe("in_force");
    expect(test.value(await show(old)).end).toMatchObject({ endedOn: next, replacedBy: replacing });
    const again = test.ask(sharing.prepareAgreement, { by: lead, place, input: inputOf({ replacesId: old }) });
    expect(await refused(again)).toBe("replaced_already");
  });

  it("of one that was never signed by all comes as another is prepared in its place", async () => {
    const draft = await prepare();
    const better = await prepare({ replacesId: draft });
    expect(test.value(await show(draft))).toMatchObject({ state: "ended", end: { replacedBy: better } });
    expect(await stateOf(better)).toBe("unsigned");
  });
});

describe("the audit trail", () => {
  it("has a row for each thing done to an agreement, by who did it, and none for what was refused", async () => {
    const agreementId = await inForce();
    await refused(sign(officer, agreementId, { partnerId: police }));
    test.value(await test.ask(sharing.endAgreement, { by: lead, place, input: { agreementId, reason: "Done" } }));
    const rows = await test.database.inPlace(placeId, (tx) =>
      tx.rows(sql<{ readonly row: string }>`
        select action || ' ' || actor as row from audit_entry
         where place_id = ${placeId} and record_id = ${agreementId} order by made_at`),
    );
    const [byLead, byOfficer] = [`person:${lead.userId}`, `person:${officer.userId}`];
    const recorded = Array(3).fill(`sharing.sign ${byLead}`);
    expect(rows.map(({ row }) => row)).toEqual([
      `sharing.prepare ${byLead}`,
      `sharing.sign ${byOfficer}`,
      ...recorded,
      `sharing.end ${byLead}`,
    ]);
  });
});

describe("the register", () => {
  it("shows the public what is in force, and nobody's mark", async () => {
    const open = await inForce({ title: "In force" });
    const draft = await prepare({ title: "Draft" });
    const list = async (by: Credential) =>
      test.value(await test.ask(sharing.listAgreements, { by, place, input: { state: "all" } }));
    expect((await list(PUBLIC)).agreements.every(({ state }) => state === "in_force")).toBe(true);
    expect((await list(worker)).agreements.map(({ agreementId }) => agreementId)).toContain(draft);
    expect(test.refusal(await show(draft, PUBLIC)).code).toBe("agreement_not_found");
    const shown = test.value(await show(open, PUBLIC));
    expect(shown.preparedBy).toBeNull();
    expect(shown.signatures.map(({ signedBy, onPaper }) => [signedBy, onPaper])).toEqual(Array(4).fill([null, null]));
    expect(test.value(await show(open, worker)).signatures[0]?.signedBy).toBe(`person:${officer.userId}`);
  });
});

describe("tasks", () => {
  type Task = { readonly title: string; readonly dueOn: Day };
  const tasksOf = async ({ userId }: { readonly userId: string }, agreementId: string) => {
    const tasks = await test.database.inPlace(placeId, (tx) =>
      tx.rows(sql<Task>`
        select title, due_on as "dueOn" from task
         where place_id = ${placeId} and record_id = ${agreementId} and for_user = ${userId} and done_at is null`),
    );
    return tasks.map(({ title, dueOn }) => [title.split(" ")[0], dueOn]);
  };

  it("ask for a signature, then for the review on its day, and end with the agreement", async () => {
    const agreementId = await prepare();
    expect(await tasksOf(officer, agreementId)).toEqual([["Sign", today]]);
    test.value(await sign(officer, agreementId, { partnerId: police }));
    expect(await tasksOf(officer, agreementId)).toEqual([]);
    expect(await tasksOf(lead, agreementId)).toEqual([["Sign", today]]);
    const onPaper = "File 12";
    test.value(await sign(lead, agreementId, { partnerId: hospital, onPaper }));
    test.value(await sign(lead, agreementId, { partnerId: hospital, onPaper, capacity: "caldicott_guardian" }));
    test.value(await sign(lead, agreementId, { partnerId: provider, onPaper }));
    expect(await tasksOf(lead, agreementId)).toEqual([["Review", addDays(today, 335)]]);
    test.value(await test.ask(sharing.endAgreement, { by: lead, place, input: { agreementId, reason: "Done" } }));
    expect(await tasksOf(lead, agreementId)).toEqual([]);
  });
});

describe("the log of views", () => {
  const views = async (input: object, by: Credential = lead) =>
    test.value(await test.ask(sharing.listViews, { by, place, input }));

  it("says who looked, for whom, at what, in the transaction that reads", async () => {
    const agreementId = await inForce();
    const seen = newId();
    await as(worker, (ctx) => sharing.noteViews(ctx, { agreementId, purpose, kind: "person", ids: [seen] }));
    await as(worker, (ctx) => sharing.noteViews(ctx, { agreementId, purpose, kind: "person", ids: [] }));
    const { views: found, total } = await views({ agreementId });
    expect(total).toBe(1);
    expect(found).toMatchObject([
      { viewer: `person:${worker.userId}`, partnerId: provider, purpose, kind: "person", ids: [seen], viewedOn: today },
    ]);
    const many = Array.from({ length: 2500 }, (_, index) => `record-${index}`);
    await as(lead, (ctx) => sharing.noteViews(ctx, { agreementId, purpose, kind: "record", ids: many }));
    const all = await views({ agreementId, viewer: `person:${lead.userId}` });
    expect(all.views.map(({ ids }) => ids.length).sort()).toEqual([1000, 1000, 500]);
    expect(all.views.every(({ partnerId }) => partnerId === null)).toBe(true);
  });

  it("is narrowed by who looked, agreement, purpose, day and id, and taken out as a file", async () => {
    const agreementId = await inForce();
    const seen = newId();
    await as(worker, (ctx) => sharing.noteViews(ctx, { agreementId, purpose, kind: "household", ids: [seen, "b"] }));
    const count = async (input: object) => (await views({ agreementId, ...input })).total;
    expect(await count({ seen })).toBe(1);
    expect(await count({ seen: "c" })).toBe(0);
    expect(await count({ viewer: `person:${lead.userId}` })).toBe(0);
    expect(await count({ purpose: "evaluation" })).toBe(0);
    expect(await count({ from: today, to: today })).toBe(1);
    expect(await count({ from: addDays(today, 1) })).toBe(0);
    expect(await count({ to: addDays(today as Day, -1) })).toBe(0);
    const pieces: string[] = [];
    const useCase = sharing.takeOutViews;
    await as(lead, (ctx) =>
      useCase.handle(
        { ...ctx, takePiece: async (piece) => void pieces.push(String(piece)) },
        useCase.input.parse({ agreementId }),
      ),
    );
    const [heading, row] = pieces.join("").split("\r\n");
    expect(heading).toBe("\ufeffviewed_at,day,viewer,partner_id,agreement_id,purpose,kind,ids");
    expect(row).toContain(
      `${today},person:${worker.userId},${provider},${agreementId},find_families,household,${seen} b`,
    );
  });

  it("is for the information governance lead and the auditor", async () => {
    expect((await views({}, auditor)).total).toBeGreaterThan(0);
    for (const by of [worker, officer, PUBLIC, { kind: "operator" } as const])
      expect(await refused(test.ask(sharing.listViews, { by, place, input: {} }))).toBe("not_allowed");
  });

  it("cannot be read by the application outside the family role, nor changed inside it", async () => {
    const inPlace = (statement: string) =>
      test.database
        .inPlace(placeId, (tx) => tx.rows(sql.raw(statement)))
        .then(
          () => "done",
          (error: unknown) => must((error as { code?: string }).code, "the database says why"),
        );
    const asFamilyTry = (statement: string) =>
      test.database
        .inPlace(placeId, (tx) => asFamily(tx, () => tx.rows(sql.raw(statement))))
        .then(
          () => "done",
          (error: unknown) => must((error as { code?: string }).code, "the database says why"),
        );
    expect(await inPlace("select 1 from view_log")).toBe("42501");
    expect(await inPlace("insert into view_log (place_id) values (1)")).toBe("42501");
    expect(await asFamilyTry("select 1 from view_log")).toBe("done");
    expect(await asFamilyTry("update view_log set viewer = 'x'")).toBe("42501");
    expect(await asFamilyTry("delete from view_log")).toBe("42501");
    expect(await asFamilyTry("select 1 from entry")).toBe("42501");
  });
});

describe("the database's own checks", () => {
  it("find a view that no agreement covers, and a guardian where no health data is sent", async () => {
    const agreementId = await inForce();
    await as(worker, (ctx) => sharing.noteViews(ctx, { agreementId, purpose, kind: "record", ids: ["a"] }));
    const admin = await test.admin();
    const faults = async () => {
      await admin.query("begin");
      await admin.query(`set local app.place_id = '${placeId}'`);
      const found = await admin.query("select fault from views_outside_agreements()");
      await admin.query("rollback");
      return found.rows.map(({ fault }: { fault: string }) => fault);
    };
    expect(await faults()).toEqual([]);
    await admin.query(`update view_log set viewed_on = '2001-01-01' where agreement_id = '${agreementId}'`);
    expect(await faults()).toEqual(["outside its days"]);
    await admin.query(
      `update view_log set viewed_on = '${today}', purpose = 'evaluation' where agreement_id = '${agreementId}'`,
    );
    expect(await faults()).toEqual(["for another purpose"]);
    await admin.query(`update view_log set purpose = 'find_families' where agreement_id = '${agreementId}'`);
    await admin.query(
      `delete from sharing_signature where agreement_id = '${agreementId}' and capacity = 'caldicott_guardian'`,
    );
    expect(await faults()).toEqual(["before it was signed by all"]);
    await admin.end();
  });
});

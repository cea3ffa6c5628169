/** Inviting people, giving and ending roles, the first administrator, and the demonstration's people. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { addPartner } from "../places/index.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import type { Credential } from "../platform/use-case/index.ts";
import {
  createAdmin,
  demonstrationAccounts,
  endRole,
  findActor,
  findCommandSession,
  findDemonstrationAccount,
  grantRole,
  hasDemonstrationAccounts,
  invite,
  listPeople,
  openCommandSession,
  openDemonstrationAccount,
  signIn,
  useLink,
} from "./index.ts";

const PASSWORD = "kettle gravel meadow";
const OPERATOR: Credential = { kind: "operator" };
let on: TestHouse;
let salford = 0;
let bolton = 0;
let admin: Credential & { kind: "person" };

beforeAll(async () => {
  on = await openTestHouse();
  const none = await on.ask(createAdmin, { by: OPERATOR, input: { email: "first@onepot.example", name: "First" } });
  expect(on.value(none)).toMatchObject({ place: null, link: expect.stringMatching(/^\/account\/link\/[\w-]{43}$/) });
  salford = await on.openPlace("salford");
  const one = await on.ask(createAdmin, { by: OPERATOR, input: { email: "First@onepot.example", name: "First" } });
  expect(on.value(one).place).toBe("salford");
  bolton = await on.openPlace("bolton");
  admin = await on.personWith("administrator", { placeId: salford });
});
afterAll(() => on.close());

const inSalford = { place: "salford" };
const emailOf = (person: { userId: string }) => `${person.userId}@onepot.example`;
const outbox = (placeId: number, to: string) =>
  on.database.inPlace(placeId, (tx) =>
    tx.rows(sql<{ kind: string; subject: string; body: string }>`
      select kind, subject, body from outbox_message where to_address = ${to} order by made_at limit 10`),
  );
const audited = (placeId: number, recordId: string) =>
  on.database.inPlace(placeId, (tx) =>
    tx.rows(
      sql<{
        actor: string;
        action: string;
      }>`select actor, action from audit_entry where record_id = ${recordId} limit 10`,
    ),
  );
const actorAt = (placeId: number, credential: Credential) =>
  on.database.inPlace(placeId, (tx) => findActor(tx, credential));
const holdingOf = async (person: { userId: string }) => {
  const people = on.value(await on.ask(listPeople, { by: admin, ...inSalford, input: {} })).people;
  return people.find(({ userId }) => userId === person.userId)?.holdingId ?? "";
};

describe("the first administrator", () => {
  test("is made by the operator, at a place that is named once there are several", async () => {
    const input = { email: "second@onepot.example", name: "Second" };
    const unnamed = await on.ask(createAdmin, { by: OPERATOR, input });
    expect(on.refusal(unnamed)).toEqual({ code: "place_needed", places: "bolton, salford" });
    const nowhere = await on.ask(createAdmin, { by: OPERATOR, input: { ...input, place: "atlantis" } });
    expect(on.refusal(nowhere)).toEqual({ code: "no_such_place", place: "atlantis" });
    const made = on.value(await on.ask(createAdmin, { by: OPERATOR, input: { ...input, place: "bolton" } }));
    const token = made.link?.split("/").at(-1) ?? "";
    expect(await useLink(on.database, { token, password: PASSWORD })).toMatchObject({ ok: true });
    const actor = await actorAt(bolton, { kind: "person", userId: made.userId });
    expect(actor).toMatchObject({ kind: "person", name: "Second", holdings: [{ role: "administrator" }] });
    const again = on.value(await on.ask(createAdmin, { by: OPERATOR, input: { ...input, place: "bolton" } }));
    expect(again).toMatchObject({ userId: made.userId, link: null });
    expect(await actorAt(bolton, { kind: "person", userId: made.userId })).toMatchObject({
      holdings: [{ role: "administrator" }],
    });
  });

  test.each([{ kind: "public" } as const, "admin"])("is not made by %s", async (who) => {
    const by = who === "admin" ? admin : (who as Credential);
    const input = { email: "intruder@onepot.example", name: "Intruder", place: "salford" };
    expect(on.refusal(await on.ask(createAdmin, { by, input })).code).toBe("not_allowed");
  });
});

describe("inviting", () => {
  test("someone new gets an account, a role and a link, without their name or role in the letter", async () => {
    const input = {
      email: "Pat.Hughes@onepot.example",
      name: "Pat Hughes",
      role: "finance_officer",
      language: "cy",
    } as const;
    const made = on.value(await on.ask(invite, { by: admin, ...inSalford, input, key: newId() }));
    const [letter] = await outbox(salford, "pat.hughes@onepot.example");
    expect(letter?.kind).toBe("invitation");
    expect(`${letter?.subject} ${letter?.body}`).not.toMatch(/Pat|Hughes|finance/i);
    const token = /\/account\/link\/(\S+)/.exec(letter?.body ?? "")?.[1] ?? "";
    expect(await useLink(on.database, { token, password: PASSWORD })).toEqual({
      ok: true,
      value: { userId: made.userId },
    });
    const inside = await signIn(on.database, {
      email: "pat.hughes@onepot.example",
      password: PASSWORD,
      address: "192.0.2.1",
    });
    expect(inside).toEqual({ ok: true, value: { userId: made.userId, name: "Pat Hughes", language: "cy" } });
    expect(await audited(salford, made.holdingId)).toEqual([
      { actor: `person:${admin.userId}`, action: "people.invite" },
    ]);
    expect(on.refusal(await on.ask(invite, { by: admin, ...inSalford, input })).code).toBe("role_held");
  });

  test("someone who signs in already gets no link: an invitation opens nobody's account", async () => {
    const input = { email: "pat.hughes@onepot.example", name: "Another Name", role: "analyst" } as const;
    const boltonAdmin = await on.personWith("administrator", { placeId: bolton });
    on.value(await on.ask(invite, { by: boltonAdmin, place: "bolton", input }));
    const letters = await outbox(bolton, "pat.hughes@onepot.example");
    expect(letters.map(({ kind }) => kind)).toEqual(["role_given"]);
    expect(letters[0]?.body).not.toContain("/account/link/");
  });

  test("is refused for oneself, for another place's partner, without a partner where one is needed, and to others", async () => {
    const boltonAdmin = await on.personWith("administrator", { placeId: bolton });
    const partner = { name: "Croal Housing", kind: "housing_association", parts: ["provider"] } as const;
    const elsewhere = on.value(
      await on.ask(addPartner, { by: boltonAdmin, place: "bolton", input: { ...partner, parts: [...partner.parts] } }),
    );
    const ask = async (the: object, by: Credential = admin) =>
      on.refusal(
        await on.ask(invite, {
          by,
          ...inSalford,
          input: { email: "new@onepot.example", name: "New", role: "partner_officer", ...the },
        }),
      ).code;
    expect(await ask({ email: emailOf(admin), role: "auditor" })).toBe("own_role");
    expect(await ask({})).toBe("partner_needed");
    expect(await ask({ partnerId: elsewhere.partnerId })).toBe("partner_not_here");
    expect(await ask({ role: "resident", areaId: newId() })).toBe("area_not_here");
    expect(await ask({ email: "not an address" })).toBe("input_not_valid");
    expect(await ask({ role: "auditor" }, boltonAdmin)).toBe("not_allowed");
    expect(await ask({ role: "auditor" }, { kind: "public" })).toBe("not_allowed");
    const left = await on.database.national((tx) =>
      tx.rows(sql`select user_id from user_account where email = 'new@onepot.example' limit 1`),
    );
    expect(left).toEqual([]);
  });
});

describe("roles", () => {
  test("a role is given to a person of the place, written down, and ends their sessions", async () => {
    const person = await on.personWith("analyst", { placeId: salford });
    const token = await openCommandSession(on.database, person.userId);
    const input = { email: emailOf(person), role: "auditor" } as const;
    const { holdingId } = on.value(await on.ask(grantRole, { by: admin, ...inSalford, input }));
    expect(await findCommandSession(on.database, token)).toBeNull();
    expect(await audited(salford, holdingId)).toEqual([{ actor: `person:${admin.userId}`, action: "role.grant" }]);
    expect(await actorAt(salford, person)).toMatchObject({ holdings: [{ role: "analyst" }, { role: "auditor" }] });
    expect(await actorAt(bolton, person)).toMatchObject({ holdings: [] });
    expect(on.refusal(await on.ask(grantRole, { by: admin, ...inSalford, input })).code).toBe("role_held");
  });

  test("an account of another place and no account at all get the same refusal; so does nobody oneself", async () => {
    const stranger = await on.personWith("analyst", { placeId: bolton });
    for (const email of [emailOf(stranger), "nobody@onepot.example"]) {
      const answer = await on.ask(grantRole, { by: admin, ...inSalford, input: { email, role: "auditor" } });
      expect(on.refusal(answer)).toEqual({ code: "person_not_here" });
    }
    const own = await on.ask(grantRole, {
      by: admin,
      ...inSalford,
      input: { email: emailOf(admin), role: "pool_manager" },
    });
    expect(on.refusal(own).code).toBe("own_role");
  });

  test("given 10 times at once, a role is held once", async () => {
    const person = await on.personWith("analyst", { placeId: salford });
    const input = { email: emailOf(person), role: "resident" } as const;
    // Links are opened first: otherwise the first request is done before the second has one.
    await Promise.all(
      Array.from({ length: 10 }, () => on.database.national((tx) => tx.one(sql`select pg_sleep(0.1)`))),
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => on.ask(grantRole, { by: admin, ...inSalford, input })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("an ended role is gone at once, with the person's sessions", async () => {
    const person = await on.personWith("finance_officer", { placeId: salford });
    const token = await openCommandSession(on.database, person.userId);
    const holdingId = await holdingOf(person);
    const ended = await on.ask(endRole, { by: admin, ...inSalford, input: { holdingId } });
    expect(on.value(ended)).toEqual({ holdingId, userId: person.userId });
    expect(await findCommandSession(on.database, token)).toBeNull();
    expect(await actorAt(salford, person)).toMatchObject({ kind: "person", holdings: [] });
    expect(await audited(salford, holdingId)).toEqual([{ actor: `person:${admin.userId}`, action: "role.end" }]);
    expect(on.refusal(await on.ask(endRole, { by: admin, ...inSalford, input: { holdingId } })).code).toBe(
      "role_not_found",
    );
  });

  test("a role of another place is not found from here", async () => {
    const person = await on.personWith("analyst", { placeId: bolton });
    const { id } = await on.database.inPlace(bolton, (tx) =>
      tx.one(sql<{ id: string }>`select holding_id as id from role_holding where user_id = ${person.userId}`),
    );
    expect(on.refusal(await on.ask(endRole, { by: admin, ...inSalford, input: { holdingId: id } })).code).toBe(
      "role_not_found",
    );
    expect(await actorAt(bolton, person)).toMatchObject({ holdings: [{ role: "analyst" }] });
  });

  test("the operator of the machine gives no roles: only the first administrator's", async () => {
    const input = { email: "anybody@example.com", name: "Anybody", role: "finance_officer" as const };
    expect(on.refusal(await on.ask(invite, { by: OPERATOR, ...inSalford, input }))).toMatchObject({
      code: "not_allowed",
    });
  });

  test("the last administrator stays, also when six are ended at once", async () => {
    const wigan = await on.openPlace("wigan");
    const administrators = [];
    for (let count = 1; count <= 6; count += 1)
      administrators.push(await on.personWith("administrator", { placeId: wigan }));
    const [first] = administrators;
    const { people } = on.value(await on.ask(listPeople, { by: first ?? OPERATOR, place: "wigan", input: {} }));
    const answers = await Promise.all(
      administrators.map((by) => {
        const holdingId = people.find(({ userId }) => userId === by.userId)?.holdingId ?? "";
        return on.ask(endRole, { by, place: "wigan", input: { holdingId } });
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    const refused = answers.findIndex(({ ok }) => !ok);
    expect(answers[refused]).toMatchObject({ refusal: { code: "last_administrator" } });
    const by = administrators[refused] ?? OPERATOR;
    const left = on.value(await on.ask(listPeople, { by, place: "wigan", input: {} })).people;
    expect(left).toHaveLength(1);
  });

  test("an administrator whose account is closed does not count, and acts as anyone may", async () => {
    const bury = await on.openPlace("bury");
    const [open, closed] = [
      await on.personWith("administrator", { placeId: bury }),
      await on.personWith("administrator", { placeId: bury }),
    ];
    await on.database.national((tx) =>
      tx.run(sql`update user_account set closed_at = now() where user_id = ${closed.userId}`, 1),
    );
    expect(await actorAt(bury, closed)).toEqual({ kind: "public" });
    const { people } = on.value(await on.ask(listPeople, { by: open, place: "bury", input: {} }));
    const holdingId = people.find(({ userId }) => userId === open.userId)?.holdingId ?? "";
    expect(on.refusal(await on.ask(endRole, { by: open, place: "bury", input: { holdingId } })).code).toBe(
      "last_administrator",
    );
    expect(on.refusal(await on.ask(listPeople, { by: closed, place: "bury", input: {} })).code).toBe("not_allowed");
  });
});

describe("the demonstration's people", () => {
  test("are listed with their roles, sign in by their password, and can be asked for by the start", async () => {
    expect(await on.database.national(hasDemonstrationAccounts)).toBe(false);
    const person = await on.personWith("analyst", { placeId: salford });
    await on.database.national((tx) =>
      tx.run(sql`update user_account set demonstration = true where user_id = ${person.userId}`, 1),
    );
    const userId = newId();
    const account = {
      userId,
      email: "officer@onepot.example",
      name: "Officer",
      language: "en",
      password: PASSWORD,
    } as const;
    expect(await on.database.national((tx) => openDemonstrationAccount(tx, account))).toBe(true);
    expect(await on.database.national((tx) => openDemonstrationAccount(tx, { ...account, userId: newId() }))).toBe(
      false,
    );
    expect(await on.database.national(hasDemonstrationAccounts)).toBe(true);
    const listed = await demonstrationAccounts(on.database);
    expect(listed.map(({ email, roles }) => ({ email, roles }))).toEqual([
      { email: emailOf(person), roles: [{ place: "salford", placeName: "Salford", role: "analyst", partner: null }] },
      { email: "officer@onepot.example", roles: [] },
    ]);
    expect(await findDemonstrationAccount(on.database, userId)).toEqual({ userId, name: "Officer", language: "en" });
    expect(await findDemonstrationAccount(on.database, admin.userId)).toBeNull();
    expect(await signIn(on.database, { email: account.email, password: PASSWORD, address: "::1" })).toMatchObject({
      ok: true,
    });
  });
});

/** Keys of partners' programs: made once, kept as a hash, good for their scopes at their own place until they end. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { addDays, londonDay } from "../lib/day.ts";
import { addPartner } from "../places/index.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { permits } from "../platform/policy.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { findActor, findKey, listKeys, makeKey, revokeKey } from "./index.ts";

let on: TestHouse;
let salford = 0;
let bolton = 0;
let admin: Credential & { kind: "person" };
let partnerId = "";
const today = londonDay(new Date());

beforeAll(async () => {
  on = await openTestHouse();
  salford = await on.openPlace("salford");
  bolton = await on.openPlace("bolton");
  admin = await on.personWith("administrator", { placeId: salford });
  const partner = {
    name: "Irwell Family Support CIC",
    kind: "social_enterprise" as const,
    parts: ["provider" as const],
  };
  partnerId = on.value(await on.ask(addPartner, { by: admin, place: "salford", input: partner })).partnerId;
});
afterAll(() => on.close());

const wanted = (the: object = {}) => ({
  by: admin,
  place: "salford",
  input: {
    partnerId,
    name: "Monthly file",
    scopes: ["spending:write" as const],
    expiresOn: addDays(today, 30) as string,
    ...the,
  },
});
const make = async (the: object = {}) => on.value(await on.ask(makeKey, wanted(the)));
const actorAt = (placeId: number, keyId: string) =>
  on.database.inPlace(placeId, (tx) => findActor(tx, { kind: "key", keyId }));

test("a key is shown once and kept only as a hash", async () => {
  const { key, keyId } = await make();
  expect(key).toMatch(/^op_[A-Za-z0-9_-]{40}$/);
  const row = await on.database.national((tx) =>
    tx.one(sql<{ words: string }>`select api_key::text as words from api_key where key_id = ${keyId}`),
  );
  expect(row.words).not.toContain(key.slice(3));
  const { keys } = on.value(await on.ask(listKeys, { by: admin, place: "salford", input: {} }));
  expect(keys.find((one) => one.keyId === keyId)).toMatchObject({
    name: "Monthly file",
    partner: "Irwell Family Support CIC",
    scopes: ["spending:write"],
    lastUsedAt: null,
    revokedAt: null,
  });
  expect(JSON.stringify(keys)).not.toContain(key.slice(3));
});

test("a key is never kept to be given again", async () => {
  const answer = await on.ask(makeKey, { ...wanted(), key: newId() });
  expect(on.refusal(answer)).toEqual({ code: "key_shown_once" });
});

test("a key may do what its scopes say, at its own place only", async () => {
  const { key, keyId } = await make({ scopes: ["money:read"] });
  expect(await findKey(on.database, key)).toEqual({ keyId, placeId: salford });
  const actor = await actorAt(salford, keyId);
  expect(actor).toEqual({ kind: "key", keyId, partnerId, scopes: ["money:read"] });
  expect(permits(actor, "ledger.read", null)).toBe(true);
  expect(permits(actor, "spending.import", null)).toBe(false);
  expect(permits(actor, "people.manage", null)).toBe(false);
  expect(await actorAt(bolton, keyId)).toEqual({ kind: "public" });
  expect(await on.database.national((tx) => findActor(tx, { kind: "key", keyId }))).toEqual({ kind: "public" });
});

test("what is not a key is not found", async () => {
  const { key } = await make();
  for (const presented of [
    "",
    "op_",
    `${key}x`,
    key.slice(0, -1),
    `op_${"A".repeat(40)}`,
    key.toLowerCase(),
    "op_'; --",
  ])
    expect(await findKey(on.database, presented)).toBeNull();
});

test("its use is written down, once a minute", async () => {
  const { key, keyId } = await make();
  const used = () =>
    on.database.national((tx) =>
      tx.one(sql<{ at: Date | null }>`select last_used_at as at from api_key where key_id = ${keyId}`),
    );
  await findKey(on.database, key);
  const first = (await used()).at;
  expect(first).toBeInstanceOf(Date);
  await findKey(on.database, key);
  expect((await used()).at).toEqual(first);
});

test("a revoked key ends at once; revoking again is no fault; another place cannot", async () => {
  const { key, keyId } = await make();
  const boltonAdmin = await on.personWith("administrator", { placeId: bolton });
  const elsewhere = await on.ask(revokeKey, { by: boltonAdmin, place: "bolton", input: { keyId } });
  expect(on.refusal(elsewhere).code).toBe("key_not_found");
  expect(await findKey(on.database, key)).not.toBeNull();
  for (let time = 1; time <= 2; time += 1)
    on.value(await on.ask(revokeKey, { by: admin, place: "salford", input: { keyId } }));
  expect(await findKey(on.database, key)).toBeNull();
  expect(await actorAt(salford, keyId)).toEqual({ kind: "public" });
});

test("a key works on its last day and not after", async () => {
  const { key, keyId } = await make();
  const endOn = (days: number) =>
    on.database.national((tx) =>
      tx.run(sql`update api_key set expires_on = ${addDays(today, days)} where key_id = ${keyId}`, 1),
    );
  await endOn(0);
  expect(await findKey(on.database, key)).not.toBeNull();
  await endOn(-1);
  expect(await findKey(on.database, key)).toBeNull();
  expect(await actorAt(salford, keyId)).toEqual({ kind: "public" });
});

test("a last day is between tomorrow and 366 days from now, the partner is of the place, the maker an administrator", async () => {
  const code = async (the: object, by: Credential = admin) => {
    const answer = await on.ask(makeKey, { ...wanted(the), by });
    return answer.ok ? "made" : answer.refusal.code;
  };
  expect(await code({ expiresOn: today })).toBe("expiry_not_valid");
  expect(await code({ expiresOn: addDays(today, 1) })).toBe("made");
  expect(await code({ expiresOn: addDays(today, 366) })).toBe("made");
  expect(await code({ expiresOn: addDays(today, 367) })).toBe("expiry_not_valid");
  expect(await code({ partnerId: newId() })).toBe("partner_not_here");
  expect(await code({ scopes: [] })).toBe("input_not_valid");
  expect(await code({}, { kind: "operator" })).toBe("not_allowed");
  expect(await code({}, await on.personWith("finance_officer", { placeId: salford }))).toBe("not_allowed");
});

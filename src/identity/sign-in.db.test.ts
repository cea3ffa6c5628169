/** Signing in, its limits at their exact edge, and sessions with their ends. */
import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import {
  changePassword,
  closeCommandSession,
  endSessionsOf,
  findCommandSession,
  findSessionSecret,
  openCommandSession,
  openRateLimitStore,
  openSessionStore,
  type SessionStore,
  signIn,
  sweepIdentity,
  takeFrom,
} from "./index.ts";
import { hashPassword } from "./passwords.ts";

const PASSWORD = "kettle gravel meadow";
let on: TestHouse;
let kept = "";
let sessions: SessionStore;

beforeAll(async () => {
  on = await openTestHouse();
  kept = await hashPassword(PASSWORD);
  sessions = openSessionStore(on.database);
});
afterAll(() => on.close());
beforeEach(() => on.database.national((tx) => tx.run(sql`delete from rate_limit`, "any")));

async function account(
  the: { readonly passwordHash?: string | null } = {},
): Promise<{ userId: string; email: string }> {
  const userId = newId();
  const email = `${userId}@onepot.example`;
  const passwordHash = the.passwordHash === undefined ? kept : the.passwordHash;
  await on.database.national((tx) =>
    tx.run(
      sql`insert into user_account (user_id, email, name, password_hash) values (${userId}, ${email}, 'Sam', ${passwordHash})`,
      1,
    ),
  );
  return { userId, email };
}

const change = (statement: ReturnType<typeof sql>) => on.database.national((tx) => tx.run(statement, "any"));
const tryIn = (email: string, password: string, address = "192.0.2.1") =>
  signIn(on.database, { email, password, address });
const codeOf = (result: Awaited<ReturnType<typeof tryIn>>) => (result.ok ? "in" : result.refusal.code);

describe("signing in", () => {
  test("the right password lets in, however the address is typed", async () => {
    const { userId, email } = await account();
    expect(await tryIn(` ${email.toUpperCase()} `, PASSWORD)).toEqual({
      ok: true,
      value: { userId, name: "Sam", language: "en" },
    });
  });

  test("an unknown address, a wrong password and an account without one get the same answer", async () => {
    const { email } = await account();
    const invited = await account({ passwordHash: null });
    const answers = [
      await tryIn(email, "wrong"),
      await tryIn("nobody@onepot.example", "wrong"),
      await tryIn(invited.email, ""),
    ];
    for (const answer of answers) expect(answer).toEqual({ ok: false, refusal: { code: "sign_in_failed" } });
  });

  test("five tries an account, then 429 with the seconds to wait, also for the right password and for nobody", async () => {
    const { email } = await account();
    for (const one of [email, "nobody@onepot.example"]) {
      for (let count = 1; count <= 5; count += 1) expect(codeOf(await tryIn(one, "wrong"))).toBe("sign_in_failed");
      const refused = await tryIn(one, PASSWORD);
      expect(refused).toMatchObject({ ok: false, refusal: { code: "too_many_tries" } });
      if (refused.ok || refused.refusal.code !== "too_many_tries") throw new Error("not refused");
      expect(refused.refusal.retryAfterSeconds).toBeGreaterThan(890);
      expect(refused.refusal.retryAfterSeconds).toBeLessThanOrEqual(900);
    }
    await change(sql`update rate_limit set window_starts_at = window_starts_at - interval '15 minutes'`);
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("in");
  });

  test("a right password empties the account's count", async () => {
    const { email } = await account();
    for (let count = 1; count <= 4; count += 1) await tryIn(email, "wrong");
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("in");
    expect(codeOf(await tryIn(email, "wrong"))).toBe("sign_in_failed");
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("in");
  });

  test("of 20 tries at once five are looked at", async () => {
    const { email } = await account();
    const codes = (await Promise.all(Array.from({ length: 20 }, () => tryIn(email, "wrong")))).map(codeOf);
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(5);
    expect(codes.filter((code) => code === "too_many_tries")).toHaveLength(15);
  });

  test("30 tries an address, whatever accounts they are for", async () => {
    const codes: string[] = [];
    for (let count = 1; count <= 31; count += 1)
      codes.push(codeOf(await tryIn(`n${count}@onepot.example`, "x", "2001:db8::1")));
    expect(codes.slice(0, 30).every((code) => code === "sign_in_failed")).toBe(true);
    expect(codes[30]).toBe("too_many_tries");
    expect(codeOf(await tryIn("n@onepot.example", "x", "2001:db8::ffff"))).toBe("too_many_tries");
    expect(codeOf(await tryIn("n@onepot.example", "x", "2001:db8:0:1::1"))).toBe("sign_in_failed");
  });

  test("a closed account is told so only with its right password", async () => {
    const { userId, email } = await account();
    await change(sql`update user_account set closed_at = now() where user_id = ${userId}`);
    expect(codeOf(await tryIn(email, "wrong"))).toBe("sign_in_failed");
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("account_closed");
  });

  test("a hash of older parameters is made again at the next sign-in", async () => {
    const old = await hash(PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const { userId, email } = await account({ passwordHash: old });
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("in");
    const now = await on.database.national((tx) =>
      tx.one(sql<{ hash: string }>`select password_hash as hash from user_account where user_id = ${userId}`),
    );
    expect(now.hash).toMatch(/m=19456,t=2,p=1/);
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("in");
  });

  test("no address of either kind is kept with the counts", async () => {
    await tryIn("private@onepot.example", "x", "198.51.100.77");
    const rows = await on.database.national((tx) =>
      tx.rows(sql<{ bucket: string }>`select bucket from rate_limit limit 10`),
    );
    expect(rows.map(({ bucket }) => /^[0-9a-f]{64}$/.test(bucket))).toEqual([true, true]);
  });
});

describe("limits", () => {
  test("the last try inside is allowed, the next is not, and a new window begins anew", async () => {
    const take = () => takeFrom(on.database, { bucket: "edge", limit: 3, windowSeconds: 60 });
    const answers = [await take(), await take(), await take(), await take()].map(({ allowed }) => allowed);
    expect(answers).toEqual([true, true, true, false]);
    await change(sql`update rate_limit set window_starts_at = clock_timestamp() - interval '59 seconds'`);
    expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 1 });
    await change(sql`update rate_limit set window_starts_at = clock_timestamp() - interval '60 seconds'`);
    expect(await take()).toEqual({ allowed: true, retryAfterSeconds: 0 });
  });

  test("a clock set back does not shut anyone out for longer than a window", async () => {
    const take = () => takeFrom(on.database, { bucket: "clock", limit: 1, windowSeconds: 60 });
    await take();
    await change(sql`update rate_limit set window_starts_at = clock_timestamp() + interval '1 day'`);
    expect((await take()).allowed).toBe(true);
  });

  test("50 at once take exactly what there is", async () => {
    const taken = await Promise.all(
      Array.from({ length: 50 }, () => takeFrom(on.database, { bucket: "race", limit: 7, windowSeconds: 60 })),
    );
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(7);
  });

  test("the store for requests counts each route alone, in milliseconds", async () => {
    const store = new (openRateLimitStore(on.database))({});
    const [upload, download] = ["/upload", "/export"].map((url) => store.child({ routeInfo: { method: "POST", url } }));
    const count = (one: typeof upload, how: "incr" | "read") =>
      new Promise<{ current: number; ttl: number } | undefined>((resolve, reject) =>
        one?.[how]("192.0.2.9", (error, result) => (error ? reject(error) : resolve(result)), 60_000),
      );
    expect(await count(upload, "read")).toEqual({ current: 0, ttl: 0 });
    expect((await count(upload, "incr"))?.current).toBe(1);
    const second = await count(upload, "incr");
    expect(second?.current).toBe(2);
    expect(second?.ttl).toBeGreaterThan(55_000);
    expect(second?.ttl).toBeLessThanOrEqual(60_000);
    expect((await count(download, "incr"))?.current).toBe(1);
    expect((await count(upload, "read"))?.current).toBe(2);
  });
});

describe("sessions", () => {
  const set = (id: string, session: object) =>
    new Promise<void>((resolve, reject) => sessions.set(id, session, (error) => (error ? reject(error) : resolve())));
  const get = (id: string) =>
    new Promise((resolve, reject) => sessions.get(id, (error, session) => (error ? reject(error) : resolve(session))));
  const destroy = (id: string) =>
    new Promise<void>((resolve, reject) => sessions.destroy(id, (error) => (error ? reject(error) : resolve())));
  const cookie = { originalMaxAge: null };
  const row = (userId: string) =>
    on.database.national((tx) =>
      tx.one(
        sql<{
          id: string;
          seen: Date;
        }>`select session_id as id, seen_at as seen from user_session where user_id = ${userId}`,
      ),
    );

  test("what is set is got, under a hash of the id", async () => {
    const { userId } = await account();
    await set("abc", { cookie, userId, note: "words" });
    expect(await get("abc")).toEqual({ cookie, userId, note: "words" });
    expect(await get("abd")).toBeNull();
    expect((await row(userId)).id).not.toContain("abc");
    await set("abc", { cookie, userId, note: "other" });
    expect(await get("abc")).toMatchObject({ note: "other" });
  });

  test.each([
    ["unused for 29 minutes", "seen_at", "29 minutes", true],
    ["unused for 30 minutes", "seen_at", "30 minutes", false],
    ["11 hours 59 minutes old", "created_at", "11 hours 59 minutes", true],
    ["12 hours old, though just used", "created_at", "12 hours", false],
  ])("a session %s", async (_, column, age, lives) => {
    const { userId } = await account();
    const id = `aged ${age}`;
    await set(id, { cookie, userId });
    await change(
      sql`update user_session set ${sql.ref(column)} = clock_timestamp() - ${age}::interval where user_id = ${userId}`,
    );
    if (lives) expect(await get(id)).toMatchObject({ userId });
    else {
      expect(await get(id)).toBeNull();
      await set(id, { cookie, userId, note: "back" });
      expect(await get(id)).toBeNull();
    }
  });

  test("use is written down once a minute, and keeps the session", async () => {
    const { userId } = await account();
    await set("used", { cookie, userId });
    const first = await row(userId);
    await get("used");
    expect((await row(userId)).seen).toEqual(first.seen);
    await change(sql`update user_session set seen_at = seen_at - interval '2 minutes' where user_id = ${userId}`);
    await get("used");
    expect((await row(userId)).seen.getTime()).toBeGreaterThanOrEqual(first.seen.getTime());
  });

  test("a session that ended is not brought back by a request still under way", async () => {
    const { userId } = await account();
    await set("gone", { cookie, userId });
    await destroy("gone");
    await set("gone", { cookie, userId });
    expect(await get("gone")).toBeNull();
    await set("everywhere", { cookie, userId });
    await on.database.national((tx) => endSessionsOf(tx, userId));
    await set("everywhere", { cookie, userId, note: "late" });
    expect(await get("everywhere")).toBeNull();
  });

  test("the command line's token lasts 12 hours, idle or not, and is no browser's session", async () => {
    const { userId } = await account();
    const token = await openCommandSession(on.database, userId);
    await change(sql`update user_session set seen_at = seen_at - interval '11 hours', created_at = created_at - interval '11 hours'
                      where user_id = ${userId}`);
    expect(await findCommandSession(on.database, token)).toBe(userId);
    expect(await get(token)).toBeNull();
    await change(sql`update user_session set created_at = created_at - interval '1 hour' where user_id = ${userId}`);
    expect(await findCommandSession(on.database, token)).toBeNull();
    const another = await openCommandSession(on.database, userId);
    await closeCommandSession(on.database, another);
    expect(await findCommandSession(on.database, another)).toBeNull();
  });

  test("a new password ends every session", async () => {
    const { userId, email } = await account();
    await set("before", { cookie, userId });
    const token = await openCommandSession(on.database, userId);
    const wrong = await changePassword(on.database, { userId, current: "wrong", password: "melin cwmwl ffenestr" });
    expect(wrong).toEqual({ ok: false, refusal: { code: "password_wrong" } });
    const weak = await changePassword(on.database, { userId, current: PASSWORD, password: "password1234" });
    expect(weak).toEqual({ ok: false, refusal: { code: "password_too_common" } });
    expect(await get("before")).toMatchObject({ userId });
    expect(
      await changePassword(on.database, { userId, current: PASSWORD, password: "melin cwmwl ffenestr" }),
    ).toMatchObject({ ok: true });
    expect(await get("before")).toBeNull();
    expect(await findCommandSession(on.database, token)).toBeNull();
    expect(codeOf(await tryIn(email, PASSWORD))).toBe("sign_in_failed");
    expect(codeOf(await tryIn(email, "melin cwmwl ffenestr"))).toBe("in");
  });

  test("the sweep removes what is over and nothing else", async () => {
    const { userId } = await account();
    const token = await openCommandSession(on.database, userId);
    await set("swept", { cookie });
    await change(sql`update user_session set created_at = created_at - interval '14 hours' where user_id is null`);
    expect((await sweepIdentity(on.database)).sessions).toBeGreaterThanOrEqual(1);
    expect(await findCommandSession(on.database, token)).toBe(userId);
  });

  test("the cookie's secret is made once for all processes", async () => {
    const secrets = await Promise.all(Array.from({ length: 5 }, () => findSessionSecret(on.database)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  });
});

/** The links that set a password: single use, short-lived, asked for without learning who has an account. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { findCommandSession, findLink, openCommandSession, requestReset, signIn, useLink } from "./index.ts";
import { makeLink } from "./links.ts";
import { insertAccount } from "./store/accounts.ts";

const PASSWORD = "kettle gravel meadow";
let on: TestHouse;

beforeAll(async () => {
  on = await openTestHouse();
});
afterAll(() => on.close());
beforeEach(() => on.database.national((tx) => tx.run(sql`delete from rate_limit`, "any")));

async function account(): Promise<{ userId: string; email: string }> {
  const made = { userId: newId(), email: `${newId()}@onepot.example` };
  const rest = { name: "Sam", passwordHash: null, language: "en", demonstration: false } as const;
  await on.database.national((tx) => insertAccount(tx, { ...made, ...rest }));
  return made;
}

const change = (statement: ReturnType<typeof sql>) => on.database.national((tx) => tx.run(statement, "any"));
const letIn = async (email: string, password: string) =>
  (await signIn(on.database, { email, password, address: "192.0.2.1" })).ok;

describe("links", () => {
  const link = (userId: string, kind: "invitation" | "reset" = "invitation") =>
    on.database.national(async (tx) => (await makeLink(tx, { kind, userId })).split("/").at(-1) ?? "");

  test("a link is used once, of 20 at once by exactly one", async () => {
    const { userId, email } = await account();
    const token = await link(userId);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const passwords = Array.from({ length: 20 }, (_, index) => `${PASSWORD} ${index}`);
    const answers = await Promise.all(passwords.map((password) => useLink(on.database, { token, password })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.code).toBe("link_not_valid");
    const winner = passwords[answers.findIndex((answer) => answer.ok)] ?? "";
    expect(await letIn(email, winner)).toBe(true);
  });

  test("looking at a link, or a refused password, uses nothing up", async () => {
    const { userId, email } = await account();
    const token = await link(userId);
    expect(await findLink(on.database, token)).toMatchObject({ kind: "invitation", email });
    expect(await useLink(on.database, { token, password: "short" })).toMatchObject({
      refusal: { code: "password_too_short" },
    });
    expect(await useLink(on.database, { token, password: email })).toMatchObject({
      refusal: { code: "password_is_email" },
    });
    expect(await useLink(on.database, { token, password: PASSWORD })).toMatchObject({ ok: true });
    expect(await findLink(on.database, token)).toBeNull();
  });

  test.each([
    ["invitation", "7 days"],
    ["reset", "1 hour"],
  ] as const)("a link of kind %s lives %s", async (kind, life) => {
    const { userId } = await account();
    const token = await link(userId, kind);
    const back = (interval: string) =>
      change(sql`update user_link set expires_at = expires_at - ${interval}::interval where user_id = ${userId}`);
    await back(life === "7 days" ? "6 days 23 hours 59 minutes" : "59 minutes");
    expect(await findLink(on.database, token)).not.toBeNull();
    await back("1 minute");
    expect(await findLink(on.database, token)).toBeNull();
    expect(await useLink(on.database, { token, password: PASSWORD })).toEqual({
      ok: false,
      refusal: { code: "link_not_valid" },
    });
  });

  test("a new password makes the account's other links worthless and ends its sessions", async () => {
    const { userId } = await account();
    const [one, two] = [await link(userId), await link(userId, "reset")];
    const token = await openCommandSession(on.database, userId);
    expect(await useLink(on.database, { token: one, password: "melin cwmwl ffenestr" })).toMatchObject({ ok: true });
    expect(await useLink(on.database, { token: two, password: PASSWORD })).toMatchObject({ ok: false });
    expect(await findCommandSession(on.database, token)).toBeNull();
  });

  test("asking for a reset says the same whoever asks, and sends a link only to an account of a place", async () => {
    const placeId = await on.openPlace("salford");
    const person = await on.personWith("analyst", { placeId });
    const email = `${person.userId}@onepot.example`;
    const ask = (to: string) => requestReset(on.database, { email: to, address: "192.0.2.5" });
    for (const to of [email, "nobody@onepot.example", "not an address"])
      expect(await ask(to)).toEqual({ ok: true, value: null });
    const sent = await on.database.inPlace(placeId, (tx) =>
      tx.rows(
        sql<{ to: string; body: string }>`select to_address as to, body from outbox_message order by made_at limit 10`,
      ),
    );
    expect(sent.map(({ to }) => to)).toEqual([email]);
    const token = /\/account\/link\/(\S+)/.exec(sent[0]?.body ?? "")?.[1] ?? "";
    expect(await useLink(on.database, { token, password: PASSWORD })).toMatchObject({
      ok: true,
      value: { userId: person.userId },
    });
  });

  test("three resets an account an hour are sent, and ten asked for from an address", async () => {
    const placeId = await on.openPlace("bolton");
    const person = await on.personWith("analyst", { placeId });
    const codes: string[] = [];
    for (let count = 1; count <= 11; count += 1) {
      const answer = await requestReset(on.database, {
        email: `${person.userId}@onepot.example`,
        address: "192.0.2.6",
      });
      codes.push(answer.ok ? "said" : answer.refusal.code);
    }
    expect(codes).toEqual([...Array.from({ length: 10 }, () => "said"), "too_many_tries"]);
    const { sent } = await on.database.inPlace(placeId, (tx) =>
      tx.one(sql<{ sent: bigint }>`select count(*) as sent from outbox_message`),
    );
    expect(sent).toBe(3n);
  });
});

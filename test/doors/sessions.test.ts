/**
 * Sessions and forms (R10), over every page of the route list: a new id at sign-in, nothing left after sign-out or a
 * change of role, the two time limits, a token on every form that is sent, a strict policy on every page.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endRole } from "../../src/identity/index.ts";
import { must } from "../../src/lib/assert.ts";
import { sql } from "../../src/platform/database/index.ts";
import { addressOf } from "../setup/addresses.ts";
import { type Doors, isPage, openDoors, openVisitor, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, type SignInPerson, signIn, TEST_PASSWORD } from "../setup/people.ts";
import { stateHash } from "../setup/state.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;
let person: SignInPerson;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  person = await makeSignIn(test, { role: "administrator", placeId: town.placeId });
}, 60_000);

afterAll(async () => {
  await doors?.close();
  await test?.close();
});

const COOKIE = "onepot_session";
const isSignedIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get("/account")).statusCode === 200;

/** Another browser that holds the same session cookie. */
function copyOf(visitor: Visitor): Visitor {
  const copy = openVisitor(doors.app);
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  return copy;
}

describe("sessions", () => {
  it("a session known before sign-in is worth nothing after it", async () => {
    const visitor = openVisitor(doors.app, "10.9.0.1");
    await visitor.get("/sign-in");
    const before = copyOf(visitor);
    expect(before.cookies.get(COOKIE)).toBeDefined();
    await visitor.post("/sign-in", { email: person.email, password: TEST_PASSWORD, return: "" });
    expect(await isSignedIn(visitor)).toBe(true);
    expect(visitor.cookies.get(COOKIE)).not.toBe(before.cookies.get(COOKIE));
    expect(await isSignedIn(before)).toBe(false);
  });

  it("an id that somebody makes up is not taken over", async () => {
    const visitor = openVisitor(doors.app, "10.9.0.2");
    visitor.cookies.set(COOKIE, "made-up-id.made-up-signature");
    await visitor.get("/sign-in");
    expect(visitor.cookies.get(COOKIE)).not.toContain("made-up-id");
  });

  it("after sign-out the old cookie is worth nothing", async () => {
    const visitor = await signIn(doors, person.email);
    const copy = copyOf(visitor);
    await visitor.get("/account");
    expect((await visitor.post("/sign-out")).statusCode).toBe(303);
    expect(await isSignedIn(copy)).toBe(false);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it("after a change of role the person signs in again", async () => {
    const changed = await makeSignIn(test, { role: "auditor", placeId: town.placeId });
    const visitor = await signIn(doors, changed.email);
    expect(await isSignedIn(visitor)).toBe(true);
    const input = { holdingId: must(changed.holdingId, "they hold a role") };
    test.value(await test.ask(endRole, { by: town.people.administrator, place: town.slug, input }));
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it("ends 30 minutes after its last use, and 12 hours after it began", async () => {
    for (const [column, kept, ended] of [
      ["seen_at", "29 minutes", "31 minutes"],
      ["created_at", "11 hours 59 minutes", "12 hours 1 minute"],
    ] as const) {
      const visitor = await signIn(doors, person.email);
      await moveBack(column, kept);
      expect({ column, kept: await isSignedIn(visitor) }).toEqual({ column, kept: true });
      await moveBack(column, ended);
      expect({ column, ended: await isSignedIn(visitor) }).toEqual({ column, ended: false });
    }
  });

  it("the cookie cannot be read by scripts, nor sent by other sites' forms", async () => {
    const answer = await doors.app.inject("/sign-in");
    const cookie = must(
      answer.cookies.find(({ name }) => name === COOKIE),
      "a session is kept for the form's token",
    );
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(answer.body).not.toContain(cookie.value);
  });
});

async function moveBack(column: "seen_at" | "created_at", by: string): Promise<void> {
  await test.database.national((tx) =>
    tx.run(
      sql`update user_session set ${sql.ref(column)} = clock_timestamp() - ${by}::interval where user_id = ${person.userId}`,
      "any",
    ),
  );
}

describe("forms", () => {
  it("no page takes a form without its token, or with another session's", async () => {
    const visitor = await signIn(doors, person.email);
    const stranger = openVisitor(doors.app, "10.9.0.3");
    await stranger.get("/sign-in");
    await visitor.get("/account");
    const client = await test.reader();
    const before = await stateHash(client);
    const taken: string[] = [];
    for (const route of doors.routes.filter((one) => isPage(one) && one.method === "POST")) {
      const url = addressOf(route, town);
      for (const token of [null, "", "wrong", stranger.token()]) {
        const answer = await visitor.post(url, { name: "x" }, { token });
        if (answer.statusCode !== 403 || !/<h1/.test(answer.body))
          taken.push(`${url} with the token ${token}: ${answer.statusCode}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await stateHash(client)).toBe(before);
    await client.end();
  });

  it("a page's address changes nothing by being read", async () => {
    const visitor = await signIn(doors, person.email);
    const client = await test.reader();
    const before = await stateHash(client);
    for (const route of doors.routes.filter((one) => isPage(one) && one.method === "GET"))
      await visitor.get(addressOf(route, town));
    expect(await stateHash(client)).toBe(before);
    await client.end();
  });
});

describe("every page", () => {
  it("comes with a policy that allows nothing inline and nothing from elsewhere, and is kept in no cache", async () => {
    const visitor = await signIn(doors, person.email);
    const pages = doors.routes.filter((one) => isPage(one) && one.method === "GET");
    expect(pages.length).toBeGreaterThan(5);
    const faults: string[] = [];
    for (const route of [...pages, { method: "GET" as const, path: "/nowhere" }]) {
      const url = addressOf(route, town);
      const answer = await visitor.get(url);
      const policy = String(answer.headers["content-security-policy"]);
      if (
        /unsafe|\*|data:|https?:|nonce/.test(policy) ||
        !policy.includes("default-src 'none'") ||
        !policy.includes("frame-ancestors 'none'")
      )
        faults.push(`${url}: ${policy}`);
      if (answer.headers["x-content-type-options"] !== "nosniff") faults.push(`${url}: no nosniff`);
      if (answer.statusCode !== 303 && !/no-store|private/.test(String(answer.headers["cache-control"] ?? "")))
        faults.push(`${url}: may be cached: ${answer.headers["cache-control"]}`);
      if (answer.statusCode >= 500) faults.push(`${url}: ${answer.statusCode}`);
      if (
        /<script(?![^>]*\bsrc=)|\son[a-z]+=|<style|\sstyle="/i.test(answer.body) &&
        String(answer.headers["content-type"]).startsWith("text/html")
      )
        faults.push(
          `${url}: ${/<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+="[^"]*"|<style|\sstyle="[^"]*"/i.exec(answer.body)?.[0]} stands inline`,
        );
    }
    expect(faults).toEqual([]);
  });
});

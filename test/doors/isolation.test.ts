/**
 * Every route, with every role of one place, on another place's address and ids (R6): what is answered is what a person
 * without any role is answered, no mark of the other place's closed records stands in it, and nothing is changed.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOf } from "../../src/api/index.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { ROLES } from "../../src/platform/actor.ts";
import { permits } from "../../src/platform/policy.ts";
import { toJson } from "../../src/platform/use-case/index.ts";
import { addressOf } from "../setup/addresses.ts";
import { type Doors, isPage, openDoors, type RouteFound, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { actorFor, performIn, realInput } from "../setup/real-input.ts";
import { stateHash } from "../setup/state.ts";
import { openTown, type Town } from "../setup/town.ts";

let test: TestHouse;
let doors: Doors;
let home: Town;
let victim: Town;
let reader: pg.Client;
let nobody: Visitor;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  home = await openTown(test, { slug: "trafford", mark: "Mersey" });
  victim = await openTown(test, { slug: "salford", mark: "Irwell" });
  reader = await test.reader();
  nobody = await signIn(doors, (await makeSignIn(test, null)).email);
}, 60_000);

afterAll(async () => {
  await reader?.end();
  await doors?.close();
  await test?.close();
});

/** What differs between two readers of the same page: tokens, and the address of the reader's own record. */
function plain(body: string): string {
  return body.replaceAll(/(name="_csrf"[^>]*value=|value=)"[^"]{20,}"/g, "$1").replaceAll(/[0-9a-f]{8}(?=<\/)/g, "");
}

const read = (route: RouteFound) => route.method === "GET" && isPage(route) && route.path.includes(":");

describe("pages of another place", () => {
  it("are shown to each role as to a person without any", async () => {
    const pages = doors.routes.filter(read);
    expect(pages.length).toBeGreaterThan(5);
    const expected = new Map<string, { status: number; body: string }>();
    for (const route of pages) {
      const answer = await nobody.get(addressOf(route, victim));
      expected.set(route.path, { status: answer.statusCode, body: plain(answer.body) });
    }
    const faults: string[] = [];
    for (const role of ROLES) {
      const visitor = await signIn(doors, (await makeSignIn(test, { role, placeId: home.placeId })).email);
      const look = async (route: RouteFound): Promise<void> => {
        const answer = await visitor.get(addressOf(route, victim));
        const wanted = expected.get(route.path);
        if (answer.statusCode !== wanted?.status || plain(answer.body) !== wanted.body)
          faults.push(`${role} ${route.path}: ${answer.statusCode}, a person without a role: ${wanted?.status}`);
      };
      await Promise.all(pages.map(look));
    }
    expect(faults).toEqual([]);
  }, 60_000);

  it("show no person's address to people without a role", async () => {
    const faults: string[] = [];
    for (const route of doors.routes.filter(read)) {
      const answer = await nobody.get(addressOf(route, victim));
      if (/@onepot\.example/.test(answer.body)) faults.push(route.path);
    }
    expect(faults).toEqual([]);
  });

  it("do not show the other place's records under one's own address", async () => {
    const visitor = await signIn(
      doors,
      (await makeSignIn(test, { role: "administrator", placeId: home.placeId })).email,
    );
    const mixed: Town = { ...victim, slug: home.slug, ids: { ...victim.ids, place: home.slug } };
    const faults: string[] = [];
    for (const route of doors.routes.filter(read)) {
      const answer = await visitor.get(addressOf(route, mixed));
      if (/Irwell/.test(answer.body)) faults.push(`${route.path}: ${answer.statusCode}`);
    }
    expect(faults).toEqual([]);
  });

  it("take no form from another place's people", async () => {
    const before = await stateHash(reader, victim.placeId);
    const faults: string[] = [];
    for (const role of ["administrator", "finance_officer", "auditor"] as const) {
      const visitor = await signIn(doors, (await makeSignIn(test, { role, placeId: home.placeId })).email);
      await visitor.get("/account");
      for (const route of doors.routes.filter(
        (one) => one.method === "POST" && isPage(one) && one.path.includes(":place"),
      )) {
        const answer = await visitor.post(addressOf(route, victim), {
          ...victim.ids,
          name: "Taken over",
          email: "taker@onepot.example",
          role: "administrator",
          amount: "1",
        });
        if (answer.statusCode < 400 && !/sign-in/.test(String(answer.headers["location"])))
          faults.push(`${role} ${route.path}: ${answer.statusCode}`);
      }
    }
    expect(await stateHash(reader, victim.placeId)).toBe(before);
    expect(faults).toEqual([]);
  });
});

const placed = useCases.filter((useCase) => useCase.scope === "place");

describe("use cases of another place", () => {
  // Every use case by every role: so many that the usual time is short on a busy machine.
  it("are refused to every role that the public may not stand in for", { timeout: 60_000 }, async () => {
    const before = await stateHash(reader, victim.placeId);
    const faults: string[] = [];
    for (const useCase of placed.filter((one) => !permits({ kind: "public" }, one.permission, null)))
      for (const role of ROLES) {
        const result = await performIn(test, useCase, {
          town: victim,
          by: home.people[role],
          input: realInput(useCase, victim),
        });
        if (result.ok || result.refusal.code !== "not_allowed")
          faults.push(`${role} ${useCase.name}: ${result.ok ? "done" : result.refusal.code}`);
      }
    expect(faults).toEqual([]);
    expect(await stateHash(reader, victim.placeId)).toBe(before);
  });

  it("do not reach another place's records by their ids from one's own place", async () => {
    const before = await stateHash(reader, victim.placeId);
    const faults: string[] = [];
    for (const useCase of placed) {
      const input = realInput(useCase, { ...victim, slug: home.slug });
      const strange = Object.keys(useCase.example as object).filter(
        (field) => field in victim.ids && field !== "place",
      );
      if (strange.length === 0) continue;
      const result = await performIn(test, useCase, { town: home, by: actorFor(useCase, home), input });
      if (!result.ok) continue;
      // A list about a record that is not here is empty; what a record of one's own is about is any id.
      if (JSON.stringify(toJson(result.value)).includes(victim.mark)) faults.push(`${useCase.name}: shows it`);
      if (strange.some((field) => field !== "record")) faults.push(useCase.name);
    }
    expect(faults).toEqual([]);
    expect(await stateHash(reader, victim.placeId)).toBe(before);
  });
});

describe("the API", () => {
  it("answers a key of another place as it answers anyone", async () => {
    const before = await stateHash(reader, victim.placeId);
    const faults: string[] = [];
    for (const useCase of placed.filter((one) => one.route)) {
      const url = addressOf({ path: `/api/v1${pathOf(useCase)}` }, victim);
      const post = useCase.route?.method === "post";
      const ask = (headers: Readonly<Record<string, string>>) =>
        post
          ? doors.app.inject({
              method: "POST",
              url,
              headers: { ...headers, "content-type": "application/json" },
              payload: JSON.stringify(realInput(useCase, victim)),
            })
          : doors.app.inject({ method: "GET", url, headers });
      const asAnyone = await ask({});
      const asStranger = await ask({ authorization: `Bearer ${home.key}` });
      if (asStranger.statusCode !== asAnyone.statusCode)
        faults.push(`${useCase.name}: ${asStranger.statusCode}, anyone: ${asAnyone.statusCode}`);
      if (!post && asStranger.body !== asAnyone.body) faults.push(`${useCase.name}: shows another answer`);
    }
    expect(faults).toEqual([]);
    expect(await stateHash(reader, victim.placeId)).toBe(before);
  });
});

/** What the doors guard before a use case is reached: bodies, rates, addresses and proxies. */
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerApi } from "../../src/api/index.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { type Doors, openDoors } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

let test: TestHouse;
let doors: Doors;

beforeAll(async () => {
  test = await openTestHouse();
  await test.openPlace("salford");
  doors = await openDoors(test);
}, 60_000);
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

describe("a body", () => {
  // Not JSON at all: whoever reads it answers 400, so 403 shows that it was not read.
  const payload = "x".repeat(1000);
  const send = (headers: Readonly<Record<string, string>>) =>
    doors.app.inject({
      method: "POST",
      url: "/api/v1/places/salford/spending/files",
      headers: { "content-type": "application/json", ...headers },
      payload,
    });

  it("is not read from someone who may not send it", async () => {
    const answer = await send({});
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "not_allowed" });
  });

  it("is not read with a key that is not in force", async () => {
    expect((await send({ authorization: "Bearer op_none" })).statusCode).toBe(401);
  });
});

describe("the API's rates", () => {
  it("refuse what is too much for a minute, and say how long to wait", async () => {
    const app = Fastify();
    await registerApi(app, {
      house: test.house,
      useCases,
      findKey: async () => null,
      limits: { reads: 3, changes: 1 },
    });
    const from = (remoteAddress: string, method: "GET" | "POST" = "GET") =>
      app.inject({ method, url: `/api/v1/places/salford${method === "POST" ? "/themes" : ""}`, remoteAddress });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await from("192.0.2.1")).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const late = await from("192.0.2.1");
    expect(late.json()).toMatchObject({ code: "too_many_requests" });
    expect(Number(late.headers["retry-after"])).toBeGreaterThan(0);
    expect((await from("192.0.2.2")).statusCode).toBe(200);
    expect((await from("192.0.2.1", "POST")).statusCode).toBe(403);
    expect((await from("192.0.2.1", "POST")).statusCode).toBe(429);
    await app.close();
  });
});

describe("an address that cannot be read", () => {
  it.each(["/places/%E0%A4%A", "/%", "/places/salford/%zz?lang=cy"])("%s has our own page", async (url) => {
    const answer = await doors.app.inject({ method: "GET", url });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toMatch(/^text\/html/);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.body).toContain("</html>");
  });

  it("is refused in JSON by the API", async () => {
    const answer = await doors.app.inject({ method: "GET", url: "/api/v1/places/%E0%A4%A" });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "request_not_valid" });
  });

  it.each(["/places/salford%00", "/api/v1/places/salford%00"])("%s leads nowhere, without a fault", async (url) => {
    expect((await doors.app.inject({ method: "GET", url })).statusCode).toBe(404);
  });
});

/** Partners, services and what they reach, on PostgreSQL: what does not fit is refused in words and changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { newId } from "../platform/ids.ts";
import { type Credential, toJson } from "../platform/use-case/index.ts";
import { addPartner, addService, listReach, openNeighbourhood, reportReach, showPlace } from "./index.ts";

let house: TestHouse;
let administrator: Credential;
let placeId: number;
const place = "salford";

beforeAll(async () => {
  house = await openTestHouse();
  placeId = await house.openPlace(place);
  administrator = await house.personWith("administrator", { placeId });
});
afterAll(() => house.close());

const add = (input: { readonly name: string; readonly areaId?: string; readonly schemes?: readonly string[] }) =>
  house.ask(addPartner, {
    by: administrator,
    place,
    input: {
      name: input.name,
      kind: "charity",
      parts: ["provider"],
      areaId: input.areaId ?? null,
      identifiers: (input.schemes ?? []).map((scheme) => ({ scheme, identifier: "12345678" })),
    },
  });

describe("a partner", () => {
  it("serves an area of its own place", async () => {
    expect(house.refusal(await add({ name: "Elsewhere", areaId: newId() })).code).toBe("area_not_found");
  });

  it("has one number of a scheme", async () => {
    const refusal = house.refusal(await add({ name: "Twice", schemes: ["GB-COH", "GB-COH"] }));
    expect(refusal).toEqual({ code: "identifier_twice", scheme: "GB-COH" });
  });

  it("has its own name", async () => {
    house.value(await add({ name: "Once", schemes: ["GB-COH"] }));
    expect(house.refusal(await add({ name: "Once" })).code).toBe("partner_exists");
  });
});

describe("an area", () => {
  it("lies inside one of its own place", async () => {
    const asked = { name: "Nowhere", parts: [{ code: null, name: "A street" }], insideAreaId: newId() };
    const opened = await house.ask(openNeighbourhood, { by: administrator, place, input: asked });
    expect(house.refusal(opened).code).toBe("area_not_found");
  });
});

describe("families reached", () => {
  it("are reported once for a period, and shown only suppressed", async () => {
    const { partnerId } = house.value(await add({ name: "Key workers" }));
    const asked = { name: "Family support", providerId: partnerId };
    const { serviceId } = house.value(await house.ask(addService, { by: administrator, place, input: asked }));
    const report = (families: number, startsOn: string) =>
      house.ask(reportReach, {
        by: administrator,
        place,
        input: { serviceId, startsOn, endsOn: "2013-03-31", families, source: "Return" },
      });
    house.value(await report(43, "2013-01-01"));
    house.value(await report(2, "2012-10-01"));
    expect(house.refusal(await report(44, "2013-01-01"))).toEqual({ code: "reach_exists", startsOn: "2013-01-01" });

    const shown = await house.database.inPlace(placeId, (tx) => listReach(tx, placeId, serviceId));
    expect(shown.map(({ startsOn, count }) => [startsOn, count])).toEqual([
      ["2013-01-01", { kind: "about", count: 45 }],
      ["2012-10-01", { kind: "fewer", than: 10 }],
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/families|43/);
  });
});

it("a place shows its partners and services, and no count of families", async () => {
  const answer = house.value(await house.ask(showPlace, { by: { kind: "public" }, place, input: {} }));
  const json = toJson(answer);
  expect(showPlace.output.parse(json)).toEqual(json);
  expect(JSON.stringify(json)).not.toContain('"families"');
  expect(answer.services.map(({ name }) => name)).toEqual(["Family support"]);
});

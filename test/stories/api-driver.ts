/**
 * The story by the API: a partner's key imports the file and follows the pound. No key may record money, so those steps
 * are sent to the API, must be refused there, and are then carried out by the finance officer.
 */
import { pathOf } from "../../src/api/index.ts";
import { makeKey } from "../../src/identity/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { listPartners } from "../../src/places/index.ts";
import { type AnyUseCase, type Credential, perform, toJson } from "../../src/platform/use-case/index.ts";
import type { Doors } from "../setup/doors.ts";
import type { TestHouse } from "../setup/house.ts";
import { type Driver, PLACE, type Sent } from "./salford-pound.ts";

export function useCaseNamed(name: string): AnyUseCase {
  return must(
    useCases.find((useCase) => useCase.name === name),
    `there is a use case ${name}`,
  );
}

export async function openApiDriver(the: {
  readonly test: TestHouse;
  readonly doors: Doors;
  readonly placeId: number;
}): Promise<Driver> {
  const { test, doors, placeId } = the;
  const finance = await test.personWith("finance_officer", { placeId });
  const administrator = await test.personWith("administrator", { placeId });
  const [council] = await test.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
  const { key } = test.value(
    await test.ask(makeKey, {
      by: administrator,
      place: PLACE,
      input: {
        partnerId: must(council, "the council is a partner of its place").partnerId,
        name: "Finance system",
        scopes: ["spending:write", "money:read"],
        expiresOn: addDays(londonDay(new Date()), 30),
      },
    }),
  );
  const headers = { authorization: `Bearer ${key}` };
  const post = (useCase: AnyUseCase, sent: Sent) =>
    doors.app.inject({
      method: "POST",
      url: `/api/v1${pathOf(useCase).replace(":place", PLACE)}`,
      headers: { ...headers, "content-type": "application/json" },
      payload: JSON.stringify(sent),
    });
  return {
    importSpending: async ({ name, bytes }) => {
      const answer = await post(useCaseNamed("spend.send_file"), { name, content: bytes.toString("base64") });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
    record: async (name, sent) => {
      const useCase = useCaseNamed(name);
      const refused = await post(useCase, sent);
      if (refused.statusCode !== 403) throw new Error(`a key may ${name}: ${refused.body}`);
      return carryOut(test, { useCase, by: finance, sent });
    },
    trace: async (record) => {
      const answer = await doors.app.inject({ method: "GET", url: `/api/v1/places/${PLACE}/trace/${record}`, headers });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
  };
}

async function carryOut(
  test: TestHouse,
  the: { readonly useCase: AnyUseCase; readonly by: Credential; readonly sent: Sent },
) {
  const result = await perform(test.house, the.useCase, {
    credential: the.by,
    place: PLACE,
    input: the.sent,
    language: "en",
  });
  return toJson(test.value(result)) as Readonly<Record<string, unknown>>;
}

/**
 * The story by the API: a key of the council's finance system imports the file, prepares what moves money and follows the
 * pound. A program never authorises: the finance officer does so on the page that the approval's id leads to.
 */
import { pathOf } from "../../src/api/index.ts";
import { makeKey } from "../../src/identity/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { listPartners } from "../../src/places/index.ts";
import type { AnyUseCase } from "../../src/platform/use-case/index.ts";
import type { Doors } from "../setup/doors.ts";
import type { TestHouse } from "../setup/house.ts";
import { openOfficer } from "./officer.ts";
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
  const administrator = await test.personWith("administrator", { placeId });
  const [council] = await test.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
  const { key } = test.value(
    await test.ask(makeKey, {
      by: administrator,
      place: PLACE,
      input: {
        partnerId: must(council, "the council is a partner of its place").partnerId,
        name: "Finance system",
        scopes: ["spending:write", "money:read", "money:write"],
        expiresOn: addDays(londonDay(new Date()), 30),
      },
    }),
  );
  const headers = { authorization: `Bearer ${key}` };
  const post = poster(doors, headers);
  const officer = await openOfficer(the);
  const record: Driver["record"] = async (name, sent) => {
    const answer = await post(useCaseNamed(name), sent);
    if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.body}`);
    return answer.json();
  };
  return {
    importSpending: async ({ name, bytes }) => {
      const answer = await post(useCaseNamed("spend.send_file"), { name, content: bytes.toString("base64") });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
    record,
    together: async (name, request) => {
      const alone = await post(useCaseNamed(name), request);
      if (alone.json().code !== "needs_two_people") throw new Error(`${name} was done by one: ${alone.body}`);
      const { approvalId } = await record("approval.prepare", { act: name, request });
      const own = await post(useCaseNamed("approval.authorise"), { approvalId, shownHash: "0".repeat(64) });
      if (own.statusCode !== 403) throw new Error(`a program authorised: ${own.body}`);
      await officer.authorise(String(approvalId));
      const url = `/api/v1/places/${PLACE}/approvals/${approvalId}`;
      return (await doors.app.inject({ method: "GET", url, headers })).json().answer;
    },
    trace: async (record) => {
      const answer = await doors.app.inject({ method: "GET", url: `/api/v1/places/${PLACE}/trace/${record}`, headers });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
  };
}

/** What stands in the address is left out of what is sent. */
function poster(doors: Doors, headers: Readonly<Record<string, string>>) {
  return (useCase: AnyUseCase, sent: Sent) => {
    const { path, rest } = addressed(pathOf(useCase).replace(":place", PLACE), sent);
    return doors.app.inject({
      method: "POST",
      url: `/api/v1${path}`,
      headers: { ...headers, "content-type": "application/json" },
      payload: JSON.stringify(rest),
    });
  };
}

function addressed(template: string, sent: Sent): { readonly path: string; readonly rest: Sent } {
  const inPath = new Set([...template.matchAll(/:(\w+)/g)].map(([, name]) => name ?? ""));
  return {
    path: template.replaceAll(/:(\w+)/g, (_, name: string) => String(sent[name])),
    rest: Object.fromEntries(Object.entries(sent).filter(([name]) => !inPath.has(name))),
  };
}

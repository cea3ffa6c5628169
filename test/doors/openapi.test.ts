/**
 * Requests drawn from our own OpenAPI (R9), valid and with one fault: no answer of 5xx, every answer fits the shape that
 * is declared for it, unknown fields are refused. The use cases that no key may carry out are drawn as their own people.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { pathOf } from "../../src/api/index.ts";
import { must } from "../../src/lib/assert.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { type AnyUseCase, toJson } from "../../src/platform/use-case/index.ts";
import { type Doors, openDoors } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { actorFor, performIn } from "../setup/real-input.ts";
import { faultyObject, type Known, type Schema, validValue } from "../setup/schema-values.ts";
import { drawSeed } from "../setup/seed.ts";
import { openTown, spendFileOf, type Town } from "../setup/town.ts";

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema };
type Content = { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};

const RUNS = 12;
const seed = drawSeed("openapi");
let test: TestHouse;
let doors: Doors;
let town: Town;
let known: Known;
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  paths = JSON.parse((await doors.app.inject("/api/openapi.json")).body).paths;
  known = {
    ...Object.fromEntries(Object.entries(town.ids).map(([field, id]) => [field, [id]])),
    place: [town.slug],
    row: ["2", 2],
    amountPence: ["1", "100"],
    content: [spendFileOf("Irwell").toString("base64"), spendFileOf("Drawn").toString("base64"), "AAAA", "UEsDBAAA"],
    asAt: ["2013-03-29", null],
    columns: [{ paidOn: 0, amount: 1, supplier: 2 }, {}],
    email: ["irwell@onepot.example", "new.person@onepot.example", "x@"],
  };
});

afterAll(async () => {
  await doors?.close();
  await test?.close();
});

const routed = useCases.filter((useCase) => useCase.route);

function operationOf(useCase: AnyUseCase): {
  readonly path: string;
  readonly method: "get" | "post";
  readonly operation: Operation;
} {
  const path = `/api/v1${pathOf(useCase).replaceAll(/:(\w+)/g, "{$1}")}`;
  const method = must(useCase.route, "it has a route").method;
  return { path, method, operation: must(paths[path]?.[method], `OpenAPI has no entry for ${method} ${path}`) };
}

function partsOf(operation: Operation, where: string): Schema {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === where);
  const required = parameters.filter((parameter) => parameter.required === true).map((parameter) => parameter.name);
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required,
  };
}

type Drawn = { readonly path: Record<string, unknown>; readonly sent: Record<string, unknown> };

async function send(useCase: AnyUseCase, drawn: Drawn, key: string | null) {
  const { path, method } = operationOf(useCase);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(drawn.path[name])));
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  if (method === "post")
    return doors.app.inject({
      method: "POST",
      url,
      payload: JSON.stringify(drawn.sent),
      headers: { ...headers, "content-type": "application/json" },
    });
  const query = Object.entries(drawn.sent).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, wellFormed(value)]],
  );
  return doors.app.inject({
    method: "GET",
    url: `${url}?${new URLSearchParams(query as [string, string][])}`,
    headers,
  });
}

function wellFormed(value: unknown): string {
  return (
    (typeof value === "string" ? value : (JSON.stringify(value) ?? ""))
      .replaceAll(/[\ud800-\udfff]/g, "?")
      .replaceAll("/", "-") || "-"
  );
}

/** The declared schema for the answer's status, as a checker. */
function expectDeclared(useCase: AnyUseCase, answer: { readonly statusCode: number; readonly body: string }): void {
  const { operation } = operationOf(useCase);
  const { statusCode } = answer;
  expect(statusCode, answer.body).toBeLessThan(500);
  const declared =
    operation.responses[String(statusCode)] ??
    operation.responses[`${Math.floor(statusCode / 100)}XX`] ??
    operation.responses["4xx"];
  if (useCase.makesFile && statusCode === 200) {
    expect(Object.keys(declared?.content ?? {})).toEqual(["application/octet-stream"]);
    return;
  }
  const schema = must(
    declared?.content?.["application/json"]?.schema,
    `${useCase.name} declares no answer of ${statusCode}`,
  );
  const checked = z.fromJSONSchema(schema as never).safeParse(JSON.parse(answer.body));
  expect(checked.success ? [] : checked.error.issues, `${useCase.name}: ${answer.body.slice(0, 300)}`).toEqual([]);
}

const settings = { numRuns: RUNS, seed, endOnFailure: true };

describe.each(routed.map((useCase) => ({ name: useCase.name, useCase })))("$name", ({ useCase }) => {
  it("answers what it declares, whatever is sent", async () => {
    const { operation } = operationOf(useCase);
    const body = operation.requestBody?.content?.["application/json"]?.schema ?? partsOf(operation, "query");
    const path = validValue(partsOf(operation, "path"), known) as fc.Arbitrary<Record<string, unknown>>;
    const valid = validValue(body, known) as fc.Arbitrary<Record<string, unknown>>;
    const sent = fc.oneof(valid, faultyObject(body, known));
    const key = fc.constantFrom(town.key, null);
    await fc.assert(
      fc.asyncProperty(path, sent, key, async (inPath, inBody, presented) => {
        expectDeclared(useCase, await send(useCase, { path: inPath, sent: inBody }, presented));
      }),
      settings,
    );
  });

  it("refuses a field that it does not know", async () => {
    const place = useCase.scope === "place" ? { place: town.slug } : {};
    const ids = Object.fromEntries(
      [...(useCase.route?.path ?? "").matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, town.ids[name] ?? "2"]),
    );
    const answer = await send(
      useCase,
      { path: { ...place, ...ids }, sent: { ...useCase.example, surprising_field: "1" } },
      town.key,
    );
    expectDeclared(useCase, answer);
    // A change that the key may not make is refused before its body is read: its own people are told of the field.
    if (useCase.route?.method === "post" && answer.statusCode === 403) {
      const input = { ...useCase.example, ...ids, surprising_field: "1" };
      const result = await performIn(test, useCase, { town, by: actorFor(useCase, town), input });
      expect(test.refusal(result)).toMatchObject({ code: "input_not_valid" });
      expect(JSON.stringify(test.refusal(result))).toContain("surprising_field");
      return;
    }
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("surprising_field");
  });

  it("carried out by its own people it answers what it declares, or refuses in words", async () => {
    const input = z.toJSONSchema(useCase.input, { io: "input", unrepresentable: "any" }) as Schema;
    const sent = fc.oneof(
      validValue(input, known) as fc.Arbitrary<Record<string, unknown>>,
      faultyObject(input, known),
    );
    await fc.assert(
      fc.asyncProperty(sent, async (drawn) => {
        const result = await performIn(test, useCase, { town, by: actorFor(useCase, town), input: drawn });
        if (result.ok) {
          const checked = useCase.output.safeParse(toJson(result.value));
          expect(checked.success ? [] : checked.error.issues).toEqual([]);
        }
      }),
      settings,
    );
  });
});

it("every use case with a route stands in the OpenAPI, and nothing else does", () => {
  const declared = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const expected = routed.map(
    (useCase) => `${useCase.route?.method} /api/v1${pathOf(useCase).replaceAll(/:(\w+)/g, "{$1}")}`,
  );
  expect([...declared].sort()).toEqual([...expected].sort());
});

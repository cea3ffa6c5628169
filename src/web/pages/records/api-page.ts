/** The API as people read it: made from its OpenAPI description, with the example of each use case. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { type AnyUseCase, toJson } from "../../../platform/use-case/index.ts";
import { sendPage } from "../../visit.ts";
import type { Web } from "../../web.ts";
import { apiWords } from "./api-words.ts";
import type { Exchange } from "./frame.ts";

type Schema = {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};
type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
};
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
};
type Description = { readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

type Route = {
  readonly tag: string;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
};

export function registerApiPage(app: FastifyInstance, web: Web): void {
  // The description is complete only once every route is registered, so it is asked for with the first page.
  app.get("/api", (request, reply) =>
    showApi({ request, reply }, { description: () => app.swagger() as Description, web }),
  );
}

async function showApi(
  the: Exchange,
  from: { readonly description: () => Description; readonly web: Web },
): Promise<FastifyReply> {
  const words = apiWords(the.request.visit.language);
  const byId = new Map(from.web.useCases.map((useCase) => [operationIdOf(useCase), useCase]));
  const routes = routesOf(from.description()).filter(({ path }) => path.startsWith("/api/"));
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  const where = { path: words("inPath"), query: words("inQuery"), body: words("inBody") };
  const needed = { yes: words("yes"), no: words("no") };
  return sendPage(the, "pages/records/api.njk", {
    top: { title: words("title"), breadcrumbs: [] },
    model: {
      w: words,
      groups: tags.map((tag) => ({
        id: `tag-${tag}`,
        title: capital(tag.replaceAll("_", " ")),
        routes: routes
          .filter((route) => route.tag === tag)
          .map((route) => presentRoute(route, { useCase: byId.get(route.id), where, needed })),
      })),
    },
  });
}

function operationIdOf(useCase: AnyUseCase): string {
  return useCase.name.replaceAll(".", "_");
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function routesOf({ paths = {} }: Description): readonly Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      tag: operation.tags?.[0] ?? "other",
      id: operation.operationId ?? `${method}_${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

type Presenting = {
  readonly useCase: AnyUseCase | undefined;
  readonly where: Readonly<Record<"path" | "query" | "body", string>>;
  readonly needed: Readonly<Record<"yes" | "no", string>>;
};

function presentRoute({ id, method, path, operation }: Route, { useCase, where, needed }: Presenting) {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const inBody = Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
    name,
    where: where.body,
    needed: body?.required?.includes(name) ? needed.yes : needed.no,
    about: schema.description ?? "",
  }));
  // The key for repeating a request is told of once, at the head of the page.
  const others = (operation.parameters ?? [])
    .filter((one) => one.in !== "header")
    .map((one) => ({
      name: one.name,
      where: one.in === "path" ? where.path : where.query,
      needed: one.required ? needed.yes : needed.no,
      about: one.description ?? one.schema?.description ?? "",
    }));
  return {
    id,
    method,
    path,
    summary: operation.summary ?? id,
    parameters: [...others, ...inBody],
    example: useCase === undefined ? null : exampleOf(useCase, { method, path }),
  };
}

/** As it would be sent: what stands in the address is in the address, the rest in the query or in the body. */
function exampleOf(useCase: AnyUseCase, { method, path }: { readonly method: string; readonly path: string }): string {
  const example = toJson(useCase.example);
  const fields = Object.entries(
    example !== null && typeof example === "object" && !Array.isArray(example) ? example : {},
  );
  const asText = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
  const inPath = (name: string): boolean => path.includes(`{${name}}`);
  const filled = fields
    .reduce((text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(asText(value))), path)
    .replace("{place}", "salford");
  const rest = fields.filter(([name]) => !inPath(name));
  if (method === "GET") {
    const query = new URLSearchParams(rest.map(([name, value]): [string, string] => [name, asText(value)])).toString();
    return `GET ${filled}${query === "" ? "" : `?${query}`}`;
  }
  return `${method} ${filled}\n\n${JSON.stringify(Object.fromEntries(rest), null, 2)}`;
}

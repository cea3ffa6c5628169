/**
 * The doors on a test's house, as `serve` opens them but without a port: the server, the list of its routes read from
 * the server itself, and visitors who keep cookies and fill in forms.
 */
import { fileURLToPath } from "node:url";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { openServer } from "../../src/main/serve.ts";
import type { TestHouse } from "./house.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type RouteFound = { readonly method: Method; readonly path: string };

export type Doors = {
  readonly app: FastifyInstance;
  readonly routes: readonly RouteFound[];
  readonly close: () => Promise<void>;
};

const root = fileURLToPath(new URL("../..", import.meta.url));

export async function openDoors(test: Pick<TestHouse, "house" | "database">): Promise<Doors> {
  process.env["ONEPOT_LOG"] ??= "silent";
  process.env["ONEPOT_API_LIMITS"] ??= "none";
  await buildTemplates();
  const config = {
    root,
    dataFolder: "",
    postgresPrograms: null,
    databaseUrl: null,
    databaseAppUrl: null,
    host: "127.0.0.1",
    port: 0,
    publicUrl: null,
  };
  const app = await openServer({ config, database: test.database, house: test.house });
  await app.ready();
  return { app, routes: routesOf(app), close: () => app.close() };
}

/** The templates and styles of today's sources, as `npm start` would have them. */
async function buildTemplates(): Promise<void> {
  const tools: { buildIfStale: (options: { quiet: boolean }) => Promise<boolean> } = await import(
    new URL("../../tools/build.mjs", import.meta.url).href
  );
  await tools.buildIfStale({ quiet: true });
}

/** Fastify prints its routes as a tree, one line a path with its methods. */
export function routesOf(app: FastifyInstance): readonly RouteFound[] {
  const found: RouteFound[] = [];
  const parents: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: true }).split("\n")) {
    const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) continue;
    const depth = (match[1] ?? "").length / 4;
    parents.splice(depth, parents.length, match[2] ?? "");
    const path = parents.join("");
    for (const method of (match[3] ?? "").split(", "))
      if (method !== "" && method !== "HEAD" && method !== "OPTIONS") found.push({ method: method as Method, path });
  }
  return found;
}

export function isApi(route: RouteFound): boolean {
  return route.path.startsWith("/api/");
}

/** Pages and what is downloaded beside them: not the API, the probes or the built files. */
export function isPage(route: RouteFound): boolean {
  return (
    !isApi(route) && !/^\/(public\/|livez|readyz|metrics|places\.css)/.test(route.path) && route.path !== "/public/*"
  );
}

export type Fields = Readonly<Record<string, string>>;
export type Visitor = {
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  /** Sends fields as a form, with the token that the visitor was last shown unless `token` says another. */
  readonly post: (
    url: string,
    fields?: Fields,
    options?: { readonly token?: string | null },
  ) => Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
  readonly token: () => string | null;
  readonly see: (html: string) => void;
};

export function openVisitor(app: FastifyInstance, remoteAddress = "127.0.0.1"): Visitor {
  const cookies = new Map<string, string>();
  let token: string | null = null;
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const see = (html: string): void => {
    token =
      /name="_csrf"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? /value="([^"]+)"[^>]*name="_csrf"/.exec(html)?.[1] ?? token;
  };
  const keep = (answer: LightMyRequestResponse): LightMyRequestResponse => {
    for (const cookie of answer.cookies) cookies.set(cookie.name, cookie.value);
    if (String(answer.headers["content-type"]).startsWith("text/html")) see(answer.body);
    return answer;
  };
  return {
    cookies,
    see,
    token: () => token,
    get: async (url, headers = {}) =>
      keep(await app.inject({ method: "GET", url, remoteAddress, headers: { cookie: cookieHeader(), ...headers } })),
    post: async (url, fields = {}, options = {}) => {
      const sent = options.token === null ? {} : { _csrf: options.token ?? token ?? "" };
      return keep(
        await app.inject({
          method: "POST",
          url,
          remoteAddress,
          headers: { cookie: cookieHeader(), "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams({ ...sent, ...fields }).toString(),
        }),
      );
    },
  };
}

/** The OpenAPI 3.1 description of the API, made from the routes, and the page that shows it. */
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

const KEY_WORDS = [
  "A partner's key, made by the place's administrator, with a last day, and written down in the audit trail under its own id.",
  "money:read reads the ledger.",
  "money:write is for a partner's finance system: it adds partners and services and records streams, pots, contributions, allocations, commitments, payments and reversals.",
  "spending:write imports files of payments that the key's own partner published.",
].join(" ");

export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Onepot",
        version: "1",
        description:
          "A Community Budget through its API: the same use cases as the pages and the command line. Money is whole pence in decimal text; days are YYYY-MM-DD in Europe/London. A key, or an address without one, may send 6,000 readings and 120 changes a minute, and ask for 20 files of the books; after that the answer is 429 and the header Retry-After says how many seconds to wait.",
        license: { name: "MIT", identifier: "MIT" },
      },
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: KEY_WORDS },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}

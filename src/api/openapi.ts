/** The OpenAPI 3.1 description of the API, made from the routes, and the page that shows it. */
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Onepot",
        version: "1",
        description:
          "A Community Budget through its API: the same use cases as the pages and the command line. Money is whole pence in decimal text; days are YYYY-MM-DD in Europe/London.",
        license: { name: "MIT", identifier: "MIT" },
      },
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "A partner's key, made by the place's administrator" },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}

export { registerOpenApi } from "./openapi.ts";
export type { ApiOptions } from "./routes.ts";
export { pathOf, registerApi } from "./routes.ts";

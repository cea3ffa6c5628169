export { openWebServer, type ServerOptions } from "./server.ts";
export { openTemplates } from "./shell/templates.ts";
export type { Web } from "./web.ts";

/** The embedded PostgreSQL: see README.md. */
export { type Embedded, linkTo, openEmbedded } from "./embedded.ts";
export { StartError } from "./start-error.ts";

export { readThrough } from "./cursor.ts";
export type { Database, DatabaseOptions, Fragment, Transaction, Work } from "./database.ts";
export { OutcomeUnknown, openDatabase, sql, undo } from "./database.ts";
export { asFamily } from "./family.ts";
export { openPool } from "./link.ts";
export type { Migration } from "./migrate.ts";
export {
  dropDatabase,
  fingerprint,
  linkOfDatabase,
  linkOfRole,
  makeDatabase,
  migrate,
  readMigrations,
} from "./migrate.ts";
export { isWritable, startupFaults } from "./startup-checks.ts";

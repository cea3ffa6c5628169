/** The sentence for the faults of a database's link that people meet; never the link itself, which holds a password. */
import type { Config } from "../platform/config.ts";

export type LinkName = "DATABASE_URL" | "DATABASE_APP_URL";

/** What can be told from the link alone, before anything is asked of a server. */
export function linkFault(config: Pick<Config, "databaseUrl" | "databaseAppUrl">): string | null {
  for (const [name, link] of [
    ["DATABASE_URL", config.databaseUrl],
    ["DATABASE_APP_URL", config.databaseAppUrl],
  ] as const) {
    // What follows the host up to the path: without a port, the password before the host must not be taken for one.
    const port = /^[a-z]+:\/\/(?:[^/?#]*@)?(?:\[[^\]]*\]|[^/?#:@]*):([^/?#@]*)(?:[/?#]|$)/.exec(link ?? "")?.[1];
    const fits = port === undefined || port === "" || (/^\d{1,5}$/.test(port) && +port >= 1 && +port <= 65_535);
    if (!fits) return `The port in ${name} must be a number from 1 to 65535.`;
  }
  return null;
}

export function linkWords(error: unknown, name: LinkName): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const sentences: Readonly<Record<string, string>> = {
    ECONNREFUSED: `No database answers at ${name}. Check the host and the port, and that PostgreSQL runs there.`,
    ENOTFOUND: `The host in ${name} is not known. Check its spelling.`,
    EAI_AGAIN: `The host in ${name} could not be looked up. Check its spelling and the network.`,
    ETIMEDOUT: `The database at ${name} did not answer in time. Check the host, the port and any firewall.`,
    ENOENT: `There is no database socket at the path in ${name}. Check the path, and that PostgreSQL runs.`,
    ERR_INVALID_URL: `${name} cannot be read. Write it like postgres://user:password@host:5432/database.`,
    "28P01": `The database refused the user or password in ${name}. Check both.`,
    "28000": `The database does not let the user in ${name} in. Check the user, and the server's pg_hba.conf.`,
    "3D000": `The database named in ${name} does not exist. Create it first, for example with createdb.`,
    "42501":
      name === "DATABASE_URL"
        ? "The user in DATABASE_URL may not make roles or tables. Give a user that may, for example the database's owner with CREATEROLE."
        : "The user in DATABASE_APP_URL may not read Onepot's tables. Give the user onepot_app.",
    "42P01": `The database named in ${name} has no tables of Onepot. Give the same database in both links.`,
    "53100": "The disk of the database is full. Free some room and start again.",
    "53300": `The database at ${name} has no connection free. Close some, or allow more with max_connections.`,
  };
  if (/timeout expired|timed out/i.test(error.message)) return sentences["ETIMEDOUT"] ?? null;
  return sentences[code] ?? null;
}

/** What the environment says. Everything has a default that works on one machine. */
import { join } from "node:path";

export type Config = {
  readonly root: string;
  readonly dataFolder: string;
  /** A folder of PostgreSQL's programs, instead of those that come with Onepot. */
  readonly postgresPrograms: string | null;
  /** A server's link instead of the embedded database; may be a superuser's, used to migrate and make roles. */
  readonly databaseUrl: string | null;
  /** The application's own link, where it is not to be derived. */
  readonly databaseAppUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** The address people type, behind a proxy; cookies are secure when it begins with https. */
  readonly publicUrl: string | null;
};

export type ConfigFault = { readonly fault: string };

export function readConfig(root: string, environment: NodeJS.ProcessEnv): Config | ConfigFault {
  const port = environment["PORT"] ?? "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return { fault: `PORT is "${port}". Give a number from 0 to 65535.` };
  for (const name of ["DATABASE_URL", "DATABASE_APP_URL"] as const) {
    const link = environment[name];
    if (link && !/^postgres(ql)?:\/\/[^\s]+$/.test(link))
      return {
        fault: `${name} is not a PostgreSQL address. Write it like postgres://user:password@host:5432/database.`,
      };
  }
  return {
    root,
    dataFolder: environment["ONEPOT_DATA"] || join(root, ".data"),
    postgresPrograms: environment["ONEPOT_POSTGRES_BIN"] || null,
    databaseUrl: environment["DATABASE_URL"] || null,
    databaseAppUrl: environment["DATABASE_APP_URL"] || null,
    host: environment["HOST"] ?? "127.0.0.1",
    port: Number(port),
    publicUrl: environment["ONEPOT_URL"] ?? null,
  };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

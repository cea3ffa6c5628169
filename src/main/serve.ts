/**
 * Serves the pages and the API: opens the house, refuses what is not safe, starts the worker and the sealer, loads the
 * demonstration on a first start, listens (on the next port where one is taken), and stops all of it on Ctrl-C.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { FastifyInstance } from "fastify";
import { registerApi, registerOpenApi } from "../api/index.ts";
import { demonstrationAccounts, findKey, findSessionSecret } from "../identity/index.ts";
import { listPlaces } from "../places/index.ts";
import { type Config, isLoopback } from "../platform/config.ts";
import { runJob, startWorker } from "../platform/jobs/index.ts";
import { openTemplates, openWebServer } from "../web/index.ts";
import { DEMONSTRATION_PASSWORD, startDemonstrationJob } from "./demonstration.ts";
import { jobKinds } from "./job-kinds.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";
import { registerProbes } from "./probes.ts";
import { startSealer } from "./sealer.ts";
import { useCases } from "./use-cases.ts";

type Output = { readonly out: (text: string) => void; readonly error: (text: string) => void };

const PORTS_TRIED = 20;
const STOP_WITHIN_MILLISECONDS = 25_000;

export async function serve(the: {
  readonly config: Config;
  readonly words: readonly string[];
  readonly output: Output;
}): Promise<number> {
  const options = readOptions(the.words);
  if ("misunderstood" in options) {
    the.output.error(options.misunderstood);
    return 2;
  }
  const config = { ...the.config, port: options.port ?? the.config.port };
  const say = the.output.out;
  const open = await openHouse({ config, log: the.output.error, name: "onepot server" });
  try {
    const fault = await demonstrationFault(open);
    if (fault !== null) {
      the.output.error(fault);
      await open.close();
      return 1;
    }
    const app = await openServer(open);
    const worker = await startWorker(open.jobsPool, {
      runJob: (jobId) =>
        runJob({
          house: open.house,
          kinds: jobKinds,
          jobId,
          logError: (error, errorId) => app.log.error({ err: error, errorId }, "a job failed"),
        }),
      logError: (error) => app.log.error({ err: error }, "the worker failed"),
    });
    const sealer = startSealer(open.database, (error) => app.log.error({ err: error }, "sealing failed"));
    const address = await listen(app, { config, say });
    const places = await open.database.national(listPlaces);
    if (places.length === 0 && !options.empty && isLoopback(config.host)) await startDemonstrationJob(open);
    await announce({ open, address, say, empty: options.empty });
    await untilAsked();
    say("Stopping.");
    const late = setTimeout(() => process.exit(1), STOP_WITHIN_MILLISECONDS);
    await app.close();
    await sealer.stop();
    await worker.stop();
    await open.close();
    clearTimeout(late);
    return 0;
  } catch (error) {
    await open.close().catch(() => undefined);
    throw error;
  }
}

type Options = { readonly port: number | null; readonly empty: boolean };

function readOptions(words: readonly string[]): Options | { readonly misunderstood: string } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { port: { type: "string" }, empty: { type: "boolean" }, json: { type: "boolean" } },
      strict: true,
    });
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536))
      return { misunderstood: `--port is "${values.port}". Give a number from 0 to 65535.` };
    return { port: values.port === undefined ? null : Number(values.port), empty: values.empty === true };
  } catch {
    return { misunderstood: "Use: bin/onepot serve [--port N] [--empty]" };
  }
}

/** Demonstration sign-ins have known passwords: they may exist only while nobody else can reach the server. */
async function demonstrationFault({ config, database }: OpenHouse): Promise<string | null> {
  if (isLoopback(config.host)) return null;
  const accounts = await demonstrationAccounts(database);
  if (accounts.length === 0) return null;
  return `The demonstration's sign-ins, whose password is known, are in this database, and HOST is ${config.host}. Serve on 127.0.0.1, or use a database without the demonstration.`;
}

/** Every door on one server, not yet listening; the tests of the doors open the same. */
export async function openServer(open: Pick<OpenHouse, "config" | "database" | "house">): Promise<FastifyInstance> {
  const { config, database, house } = open;
  const publicFolder = join(config.root, "dist/public");
  const manifest = JSON.parse(await readFile(join(publicFolder, "manifest.json"), "utf8")) as Readonly<
    Record<string, string>
  >;
  const templates = openTemplates({
    folders: [join(config.root, "dist/templates"), join(config.root, "node_modules/govuk-frontend/dist")],
    cache: true,
  });
  const app = await openWebServer({
    web: {
      house,
      templates,
      asset: (name) => `/public/${manifest[name] ?? name}`,
      useCases,
      demonstrationSignIns: isLoopback(config.host),
      secureCookies: config.publicUrl?.startsWith("https:") ?? false,
    },
    publicFolder,
    cookieSecret: await findSessionSecret(database),
    logger: { level: process.env["ONEPOT_LOG"] ?? "warn", redact: ["req.headers.authorization", "req.headers.cookie"] },
    trustProxy: config.publicUrl !== null,
  });
  await registerOpenApi(app);
  await registerApi(app, { house, useCases, findKey: (presented) => findKey(database, presented) });
  registerProbes(app, database);
  return app;
}

async function listen(
  app: FastifyInstance,
  the: { readonly config: Config; readonly say: (line: string) => void },
): Promise<string> {
  const { host, port } = the.config;
  for (let tried = port; ; tried += 1) {
    try {
      await app.listen({ host, port: tried });
      const first = app.addresses()[0];
      const used = typeof first === "object" ? first.port : tried;
      return (
        the.config.publicUrl ??
        `http://${host.includes(":") ? `[${host}]` : host === "127.0.0.1" ? "localhost" : host}:${used}`
      );
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code !== "EADDRINUSE" || tried >= port + PORTS_TRIED || tried >= 65_535) throw error;
      the.say(`Port ${tried} is taken: trying ${tried + 1}.`);
    }
  }
}

async function announce(the: {
  readonly open: OpenHouse;
  readonly address: string;
  readonly say: (line: string) => void;
  readonly empty: boolean;
}): Promise<void> {
  the.say(`\nOnepot is at ${the.address}\n`);
  if (the.empty) {
    the.say("It is empty. Make the first administrator with: bin/onepot admin create --email ADDRESS --name NAME");
  } else if (isLoopback(the.open.config.host)) {
    the.say(`Demonstration sign-ins (made-up people; the password of all is ${DEMONSTRATION_PASSWORD}):`);
    for (const line of [
      "finance@onepot.example      finance officer, Salford",
      "pool@onepot.example         pool manager, Greater Manchester",
      "resident@onepot.example     resident",
      "auditor@onepot.example      auditor",
      "administrator@onepot.example administrator",
    ])
      the.say(`  ${line}`);
  }
  the.say("\nCtrl-C stops it.");
}

function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

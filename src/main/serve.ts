/**
 * Serves the pages and the API: opens the house, refuses what is not safe, starts the worker and the sealer, loads the
 * demonstration on a first start, listens (on the next port where one is taken), and stops all of it on Ctrl-C.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { FastifyInstance } from "fastify";
import { registerApi, registerOpenApi } from "../api/index.ts";
import { findKey, findSessionSecret } from "../identity/index.ts";
import { forgetEverywhere } from "../linkage/index.ts";
import { listPlaces } from "../places/index.ts";
import type { Config } from "../platform/config.ts";
import { runJob, startWorker } from "../platform/jobs/index.ts";
import { StartError } from "../platform/postgres/index.ts";
import { queueProofs } from "../proof/index.ts";
import { openTemplates, openWebServer } from "../web/index.ts";
import { startDemonstrationJob } from "./demonstration.ts";
import {
  demonstrationFault,
  isThisMachineOnly,
  signInLines,
  withoutDemonstrationPeople,
} from "./demonstration-people.ts";
import { presentForLog } from "./faults.ts";
import { startForgetter } from "./forgetter.ts";
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
  const asked = whenAsked();
  const open = await openHouse({ config, log: the.output.error, name: "onepot server" });
  try {
    const fault = await demonstrationFault(config, open.database);
    if (fault !== null) throw new StartError(fault);
    const running = await start(open);
    try {
      const address = await listen(running.app, { config, say });
      const empty = (await open.database.national(listPlaces)).length === 0;
      const loading = empty && !options.empty && isThisMachineOnly(config);
      if (loading) await startDemonstrationJob(open);
      await announce({ open, address, say, loading, empty: empty && !loading });
      say(`Stopping, as ${await asked}.`);
      setTimeout(() => process.exit(1), STOP_WITHIN_MILLISECONDS).unref();
    } finally {
      await running.stop();
    }
    return 0;
  } finally {
    await open.close();
  }
}

/** The doors, the worker of the jobs and the sealer of the audit trail; stopped in this order. */
async function start(open: OpenHouse): Promise<{ readonly app: FastifyInstance; readonly stop: () => Promise<void> }> {
  const app = await openServer(open);
  const worker = await startWorker(open.jobsPool, {
    runJob: (jobId) =>
      runJob({
        house: open.house,
        kinds: jobKinds,
        jobId,
        logError: (error, errorId) => app.log.error({ err: error, errorId }, "a job failed"),
      }),
    nightly: async () => {
      await queueProofs(open.house);
      await forgetEverywhere(open.house, (error) =>
        app.log.error({ err: error }, "deleting records that are due failed"),
      );
    },
    logError: (error) => app.log.error({ err: error }, "the worker failed"),
  });
  const sealer = startSealer(open.database, (error) => app.log.error({ err: error }, "sealing failed"));
  const forgetter = startForgetter(open.database, {
    now: open.house.now,
    logError: (error) => app.log.error({ err: error }, "forgetting files of elections failed"),
  });
  return {
    app,
    stop: async () => {
      await app.close();
      await forgetter.stop();
      await sealer.stop();
      await worker.stop();
    },
  };
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

/** Every door on one server, not yet listening; the tests of the doors open the same. */
export async function openServer(open: Pick<OpenHouse, "config" | "database" | "house">): Promise<FastifyInstance> {
  const { config, database } = open;
  const thisMachineOnly = isThisMachineOnly(config);
  const house = thisMachineOnly ? open.house : withoutDemonstrationPeople(open.house);
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
      demonstrationSignIns: thisMachineOnly,
      secureCookies: config.publicUrl?.startsWith("https:") ?? false,
    },
    publicFolder,
    cookieSecret: await findSessionSecret(database),
    logger: {
      level: process.env["ONEPOT_LOG"] ?? "warn",
      redact: ["req.headers.authorization", "req.headers.cookie"],
      serializers: { err: presentForLog },
    },
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
      if (code !== "EADDRINUSE" || tried >= port + PORTS_TRIED || tried >= 65_535)
        throw cannotListen({ host, port: tried, code, error });
      the.say(`Port ${tried} is taken: trying ${tried + 1}.`);
    }
  }
}

function cannotListen(the: {
  readonly host: string;
  readonly port: number;
  readonly code: unknown;
  readonly error: unknown;
}): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: "the port is taken, and so are those after it. Choose another with PORT or --port",
    EADDRNOTAVAIL: "this machine has no such address. Check HOST",
    EACCES: "this user may not use that port. Choose one from 1024 up with PORT or --port",
    ENOTFOUND: "the name is not known. Check HOST",
    EAI_AGAIN: "the name could not be looked up. Check HOST",
  };
  const reason =
    reasons[String(the.code)] ?? (the.error instanceof Error ? the.error.message : "the reason is not known");
  return new StartError(`Onepot cannot listen on ${the.host}, port ${the.port}: ${reason}.`);
}

async function announce(the: {
  readonly open: OpenHouse;
  readonly address: string;
  readonly say: (line: string) => void;
  readonly loading: boolean;
  readonly empty: boolean;
}): Promise<void> {
  const { database, config } = the.open;
  the.say(`\nOnepot is at ${the.address}\n`);
  if (the.empty)
    the.say("It is empty. Make the first administrator with: bin/onepot admin create --email ADDRESS --name NAME");
  else if (isThisMachineOnly(config)) for (const line of await signInLines(database, the.loading)) the.say(line);
  if (the.loading)
    the.say(
      "\nThe demonstration is being loaded: its people can sign in after some seconds. What you add stands beside its made-up data.",
    );
  the.say("\nCtrl-C stops it.");
}

const STOPS = {
  SIGINT: "Ctrl-C was pressed (SIGINT)",
  SIGTERM: "the system asked (SIGTERM)",
  SIGHUP: "the terminal was closed (SIGHUP)",
} as const;

/** Listens from the first moment, so that a stop while still starting is carried out in order too. */
function whenAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of Object.keys(STOPS) as (keyof typeof STOPS)[])
      process.once(signal, () => resolve(STOPS[signal]));
  });
}

/** The commands written by hand: those that start a program, read a file, or ask for a password. */
import type { HandCommand } from "../cli/index.ts";
import type { Config } from "../platform/config.ts";
import type { House } from "../platform/use-case/index.ts";
import { ballotCommands } from "./ballot/commands.ts";
import { codeImport } from "./code-import.ts";
import { credentialFor } from "./credential.ts";
import { loadDemonstration } from "./demonstration.ts";
import { ledgerBundle } from "./ledger-bundle.ts";
import { ledgerSimulate } from "./ledger-simulate.ts";
import { login } from "./login.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";
import { personImport } from "./person-import.ts";
import { reconcileFile } from "./reconcile-file.ts";
import { recordsCommands } from "./records/commands.ts";
import { serve } from "./serve.ts";
import { spendImport } from "./spend-import.ts";
import { verifyBundleCommand } from "./verify-bundle.ts";

type Surroundings = { readonly config: Config; readonly log: (line: string) => void };

/** Opens the house for one command and closes it after. */
async function withOpenHouse(
  { config, log }: Surroundings,
  work: (open: OpenHouse) => Promise<number>,
): Promise<number> {
  const open = await openHouse({ config, log, name: "onepot command", poolSize: 4 });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

export function handCommands(surroundings: Surroundings): readonly HandCommand[] {
  const { config } = surroundings;
  const withOpen = (work: (open: OpenHouse) => Promise<number>) => withOpenHouse(surroundings, work);
  return [
    {
      words: "serve",
      summary: "Serve the pages and the API",
      use: "serve [--port N] [--empty]",
      takes: {
        port: { type: "integer", minimum: 0, maximum: 65_535, description: "The port to listen on, 3000 by default" },
        empty: { type: "boolean", description: "Do not load the demonstration on a first start" },
      },
      gives: {},
      example: { port: 3000, empty: true },
      run: (words, output) => serve({ config, words, output }),
    },
    {
      words: "migrate",
      summary: "Bring the database up to date",
      use: "migrate [--json]",
      takes: {},
      gives: { applied: { type: "integer", description: "How many steps were applied" } },
      example: {},
      run: (words, output) =>
        withOpen(async (open) => {
          output.out(
            words.includes("--json")
              ? JSON.stringify({ applied: open.applied })
              : open.applied === 0
                ? "The database is up to date."
                : `${open.applied} steps applied. The database is up to date.`,
          );
          return 0;
        }),
    },
    {
      words: "demo load",
      summary: "Load the demonstration: made-up data on Greater Manchester and the other places",
      use: "demo load [--json]",
      takes: {},
      gives: { places: { type: "integer" }, spendLines: { type: "integer" }, records: { type: "integer" } },
      example: {},
      run: (words, output) => withOpen((open) => loadDemonstration({ open, output, json: words.includes("--json") })),
    },
    {
      words: "login",
      summary: "Sign in on the command line (--out signs out)",
      use: "login [--email ADDRESS] [--out] [--json]",
      takes: {
        email: { type: "string", format: "email", description: "Whom to sign in; asked for when left out" },
        out: { type: "boolean", description: "Sign out" },
      },
      gives: { signedIn: { type: "boolean" }, name: { type: "string" } },
      example: { email: "sam@example.com" },
      run: (words, output) => withOpen((open) => login({ config, house: open.house, words, output })),
    },
    ...fileCommands(surroundings),
  ];
}

/** Those that read or write a file of this machine. */
function fileCommands(surroundings: Surroundings): readonly HandCommand[] {
  const the = {
    withOpen: (work: (open: OpenHouse) => Promise<number>) => withOpenHouse(surroundings, work),
    credential: (house: House, as: string | undefined) => credentialFor({ config: surroundings.config, house, as }),
  };
  return [
    spendImport(the),
    reconcileFile(the),
    codeImport(the),
    personImport(the),
    ledgerBundle(the),
    verifyBundleCommand,
    ledgerSimulate(surroundings),
    ...ballotCommands,
    ...recordsCommands,
  ];
}

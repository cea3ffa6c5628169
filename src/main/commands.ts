/** The commands written by hand: those that start a program, read a file, or ask for a password. */
import type { HandCommand } from "../cli/index.ts";
import type { Config } from "../platform/config.ts";
import { credentialFor } from "./credential.ts";
import { loadDemonstration } from "./demonstration.ts";
import { login } from "./login.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";
import { serve } from "./serve.ts";
import { spendImport } from "./spend-import.ts";

type Surroundings = { readonly config: Config; readonly log: (line: string) => void };

export function handCommands({ config, log }: Surroundings): readonly HandCommand[] {
  const withOpen = async (work: (open: OpenHouse) => Promise<number>): Promise<number> => {
    const open = await openHouse({ config, log, name: "onepot command", poolSize: 4 });
    try {
      return await work(open);
    } finally {
      await open.close();
    }
  };
  return [
    {
      words: "serve",
      summary: "Serve the pages and the API",
      use: "serve [--port N] [--empty]",
      run: (words, output) => serve({ config, words, output }),
    },
    {
      words: "migrate",
      summary: "Bring the database up to date",
      use: "migrate",
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
      use: "demo load",
      run: (words, output) => withOpen((open) => loadDemonstration({ open, output, json: words.includes("--json") })),
    },
    {
      words: "login",
      summary: "Sign in on the command line (--out signs out)",
      use: "login [--email ADDRESS] [--out]",
      run: (words, output) => withOpen((open) => login({ config, house: open.house, words, output })),
    },
    spendImport({ withOpen, credential: (house, as) => credentialFor({ config, house, as }) }),
  ];
}

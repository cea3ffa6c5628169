/** The program: `main(words)` is what bin/onepot and `npm start` call. Answers with the exit code. */
import { runCommandLine } from "../cli/index.ts";
import { listPlaces } from "../places/index.ts";
import { readConfig } from "../platform/config.ts";
import { StartError } from "../platform/postgres/index.ts";
import { handCommands } from "./commands.ts";
import { credentialFor } from "./credential.ts";
import { openHouse } from "./open-house.ts";
import { projectRoot } from "./root.ts";
import { useCases } from "./use-cases.ts";

const output = {
  out: (text: string) => process.stdout.write(`${text}\n`),
  error: (text: string) => process.stderr.write(`${text}\n`),
};

export async function main(words: readonly string[]): Promise<number> {
  const config = readConfig(projectRoot(), process.env);
  if ("fault" in config) {
    output.error(config.fault);
    return 2;
  }
  const log = (line: string) => output.error(line);
  try {
    return await runCommandLine(
      {
        useCases,
        output,
        commands: handCommands({ config, log }),
        withHouse: async (work) => {
          const open = await openHouse({ config, log, name: "onepot command", poolSize: 2 });
          try {
            return await work(open.house);
          } finally {
            await open.close();
          }
        },
        credential: (house, as) => credentialFor({ config, house, as }),
        listPlaces: async ({ database }) => (await database.national(listPlaces)).map((place) => place.slug),
      },
      words,
    );
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    output.error(error.message);
    return 1;
  }
}

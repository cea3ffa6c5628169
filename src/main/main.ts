/** The program: `main(words)` is what bin/onepot and `npm start` call. Answers with the exit code. */
import { runCommandLine } from "../cli/index.ts";
import { listPlaces } from "../places/index.ts";
import { readConfig } from "../platform/config.ts";
import { StartError } from "../platform/postgres/index.ts";
import { handCommands } from "./commands.ts";
import { credentialFor } from "./credential.ts";
import { explainUnexpected } from "./faults.ts";
import { linkFault } from "./link-words.ts";
import { openHouse } from "./open-house.ts";
import { letReadersGo } from "./reader-gone.ts";
import { projectRoot } from "./root.ts";
import { useCases } from "./use-cases.ts";

letReadersGo();

const output = {
  out: (text: string) => process.stdout.write(`${text}\n`),
  error: (text: string) => process.stderr.write(`${text}\n`),
  // It answers when the piece was handed over, or when there is nobody left to hand it to.
  piece: (piece: Uint8Array) =>
    new Promise<void>((resolve) => {
      process.stdout.write(piece, () => resolve());
    }),
};

export async function main(words: readonly string[]): Promise<number> {
  const config = readConfig(projectRoot(), process.env);
  const fault = "fault" in config ? config.fault : linkFault(config);
  if ("fault" in config || fault !== null) {
    output.error(fault ?? "");
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
    if (error instanceof StartError) output.error(error.message);
    else for (const line of explainUnexpected(error, process.env["ONEPOT_LOG"])) output.error(line);
    return 1;
  }
}

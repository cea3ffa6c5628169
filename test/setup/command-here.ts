/** A command as bin/onepot carries it out, on a test's own house and without a program of its own. */
import { runCommandLine } from "../../src/cli/index.ts";
import { useCases } from "../../src/main/use-cases.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import type { TestHouse } from "./house.ts";

export async function commandHere(
  test: TestHouse,
  the: { readonly by: Credential; readonly place: string; readonly words: readonly string[] },
) {
  const said: { out: string[]; error: string[]; pieces: Buffer[] } = { out: [], error: [], pieces: [] };
  const code = await runCommandLine(
    {
      useCases,
      commands: [],
      output: {
        out: (text) => said.out.push(text),
        error: (text) => said.error.push(text),
        piece: async (piece) => {
          said.pieces.push(Buffer.from(piece));
        },
      },
      withHouse: (work) => work(test.house),
      credential: async () => the.by,
      listPlaces: async () => [the.place],
    },
    the.words,
  );
  return { code, out: said.out.join("\n"), error: said.error.join("\n"), file: Buffer.concat(said.pieces).toString() };
}

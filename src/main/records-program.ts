/** The records commands as a program of their own: `main(words)`. Linking files needs no database, and starts without one. */
import { runHand } from "../cli/hand-command.ts";
import { letReadersGo } from "./reader-gone.ts";
import { recordsCommands } from "./records/commands.ts";

letReadersGo();

const output = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  error: (text: string) => void process.stderr.write(`${text}\n`),
};

const find = (words: readonly string[]) => recordsCommands.find((one) => one.words === words.slice(0, 2).join(" "));

/** Whether the words are a command of this program; where not, the whole of Onepot says what there is. */
export function knows(words: readonly string[]): boolean {
  return find(words) !== undefined;
}

export async function main(words: readonly string[]): Promise<number> {
  const command = find(words);
  return command === undefined ? 2 : runHand(output, command, words.slice(2));
}

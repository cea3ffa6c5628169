/**
 * The ballot commands as a program of their own: `main(words)`. A recount starts nothing but the counter, so it takes a tenth of
 * a second and not the second in which the whole of Onepot starts.
 */
import { setFlagsFromString } from "node:v8";
import { runHand } from "../cli/hand-command.ts";
import { ballotCommands } from "./ballot/commands.ts";
import { letReadersGo } from "./reader-gone.ts";

// A count is over before the optimizing compiler pays: it is called in later. Measured on Node 20, in CPU time of reading and counting:
// Toulouse 2024 83 ms to 58, Lodz 2022 155 to 190, Wieliczka's raises 209 to 190 (docs/performance.md).
setFlagsFromString("--interrupt-budget=1000000");

letReadersGo();

const output = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  error: (text: string) => void process.stderr.write(`${text}\n`),
};

const find = (words: readonly string[]) => ballotCommands.find((one) => one.words === words.slice(0, 2).join(" "));

/** Whether the words are a command of this program; where not, the whole of Onepot says what there is. */
export function knows(words: readonly string[]): boolean {
  return find(words) !== undefined;
}

export async function main(words: readonly string[]): Promise<number> {
  const command = find(words);
  return command === undefined ? 2 : runHand(output, command, words.slice(2));
}

/** A program of a few commands that need no database: it starts in a tenth of a second, and not with the whole of Onepot. */
import { type HandCommand, runHand } from "../cli/hand-command.ts";
import { letReadersGo } from "./reader-gone.ts";

export type LightProgram = {
  /** Whether the words are a command of this program; where not, the whole of Onepot says what there is. */
  readonly knows: (words: readonly string[]) => boolean;
  readonly main: (words: readonly string[]) => Promise<number>;
};

export function lightProgram(commands: readonly HandCommand[]): LightProgram {
  letReadersGo();
  const output = {
    out: (text: string) => void process.stdout.write(`${text}\n`),
    error: (text: string) => void process.stderr.write(`${text}\n`),
  };
  const find = (words: readonly string[]) => commands.find((one) => one.words === words.slice(0, 2).join(" "));
  return {
    knows: (words) => find(words) !== undefined,
    main: async (words) => {
      const command = find(words);
      return command === undefined ? 2 : runHand(output, command, words.slice(2));
    },
  };
}

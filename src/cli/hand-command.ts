/**
 * Commands written by hand: those that read a file, start a program or ask for a password. Each declares what it takes,
 * so that it is checked, and described to people and programs, without being carried out.
 */
import { parseArgs } from "node:util";
import { optionName, parseFault } from "./option-words.ts";

export type Output = {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** A piece of a file, as it is; answers when the next may come. */
  readonly piece?: (piece: Uint8Array) => Promise<void>;
};

/** JSON Schema of one option or positional word. */
export type OptionSchema = {
  readonly type: "string" | "boolean" | "integer" | "object";
  readonly description: string;
  readonly [rule: string]: unknown;
};

type Schema = Readonly<Record<string, unknown>>;

export type HandCommand = {
  readonly words: string;
  readonly summary: string;
  readonly use: string;
  /** The fields it takes; those named in `positional` are given as plain words in that order. */
  readonly takes: Readonly<Record<string, OptionSchema>>;
  readonly positional?: readonly string[];
  /** The last of `positional`, where more than one may be given. */
  readonly repeated?: string;
  readonly required?: readonly string[];
  /** The JSON that it answers with --json. */
  readonly gives: Readonly<Record<string, Schema>>;
  readonly example: Schema;
  /** An option: with it this is carried out instead of the derived command of the same words. */
  readonly onlyWith?: string;
  readonly run: (words: readonly string[], output: Output) => Promise<number>;
};

export async function runHand(output: Output, command: HandCommand, words: readonly string[]): Promise<number> {
  const plain = words.filter((word) => word !== "--json");
  const [what] = plain;
  if (plain.length === 1 && (what === "schema" || what === "example")) {
    output.out(JSON.stringify(what === "example" ? command.example : schemaOf(command), null, 2));
    return 0;
  }
  if (words.includes("--help")) {
    output.out(`${helpOf(command)}`);
    return 0;
  }
  const fault = faultOf(command, words);
  if (fault === null) return command.run(words, output);
  output.error(`${fault}\nUse: bin/onepot ${command.use}`);
  return 2;
}

function schemaOf(command: HandCommand): Schema {
  const object = (properties: Schema, required: readonly string[]) => ({
    type: "object",
    properties,
    required,
    additionalProperties: false,
  });
  return {
    input: object(command.takes, command.required ?? []),
    output: { type: "object", properties: command.gives },
  };
}

function faultOf(command: HandCommand, words: readonly string[]): string | null {
  const positional = command.positional ?? [];
  const options: Record<string, { readonly type: "string" | "boolean" }> = { json: { type: "boolean" } };
  for (const [name, { type }] of Object.entries(command.takes))
    if (!positional.includes(name)) options[optionName(name)] = { type: type === "boolean" ? "boolean" : "string" };
  try {
    const { positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const surprise = command.repeated === undefined ? positionals[positional.length] : undefined;
    return surprise === undefined ? null : `"${surprise}" was not expected after ${command.words}.`;
  } catch (error) {
    return `${parseFault(error)}.`;
  }
}

function helpOf(command: HandCommand): string {
  const rows = Object.entries({ ...command.takes, json: { description: "Answer in JSON" } }).map(
    ([name, { description }]) =>
      [command.positional?.includes(name) ? name.toUpperCase() : `--${optionName(name)}`, description] as const,
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    command.summary,
    `Use: bin/onepot ${command.use}`,
    ...rows.map(([name, description]) => `  ${name.padEnd(width)}  ${description}`),
  ].join("\n");
}

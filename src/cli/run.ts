/**
 * The command line: finds the command, reads its arguments, carries it out as the signed-in person or the operator, and
 * answers in words or, with --json, in JSON. Exit codes: 0 done, 1 refused, 2 not understood.
 */
import { readFile } from "node:fs/promises";
import type { Refusal } from "../lib/result.ts";
import {
  type AnyUseCase,
  type Credential,
  type House,
  perform,
  refusalWords,
  type TakePiece,
  toJson,
} from "../platform/use-case/index.ts";
import { type Given, inputSchema, type Misunderstood, outputSchema, readArguments } from "./arguments.ts";
import { type HandCommand, type Output, runHand } from "./hand-command.ts";
import { optionName } from "./option-words.ts";
import { presentFor } from "./present-for.ts";
import { openTaking } from "./take-file.ts";

export type CommandLine = {
  readonly useCases: readonly AnyUseCase[];
  readonly commands: readonly HandCommand[];
  readonly output: Output;
  /** Opens the house for one command, as a person or the operator. */
  readonly withHouse: (work: (house: House) => Promise<number>) => Promise<number>;
  readonly credential: (house: House, as: string | undefined) => Promise<Credential | { readonly refused: string }>;
  /** The addresses of all places, for a command that runs at every one. */
  readonly listPlaces: (house: House) => Promise<readonly string[]>;
};

export async function runCommandLine(line: CommandLine, words: readonly string[]): Promise<number> {
  if (words.length === 0 || words[0] === "help" || words[0] === "--help") {
    line.output.out(helpText(line));
    return words.length === 0 ? 2 : 0;
  }
  const chosen = line.commands.filter(({ onlyWith }) => onlyWith === undefined || hasOption(words, onlyWith));
  const hand = longest(chosen, words, (command) => command.words);
  const derived = longest(
    line.useCases.filter((useCase) => useCase.command),
    words,
    (useCase) => useCase.command?.words ?? "",
  );
  if (hand) return runHand(line.output, hand, words.slice(hand.words.split(" ").length));
  if (!derived) {
    line.output.error(`There is no command "${words.slice(0, 2).join(" ")}". Run bin/onepot help to see them all.`);
    return 2;
  }
  const rest = words.slice((derived.command?.words ?? "").split(" ").length);
  const plain = rest.filter((word) => word !== "--json");
  if (plain.length === 1 && (plain[0] === "schema" || plain[0] === "example"))
    return describe(line.output, derived, plain[0]);
  return runDerived(line, derived, rest);
}

function hasOption(words: readonly string[], name: string): boolean {
  return words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
}

function longest<T>(all: readonly T[], words: readonly string[], wordsOf: (one: T) => string): T | undefined {
  const fits = all.filter((one) =>
    wordsOf(one)
      .split(" ")
      .every((word, index) => words[index] === word),
  );
  return fits.sort((a, b) => wordsOf(b).length - wordsOf(a).length)[0];
}

function describe(output: Output, useCase: AnyUseCase, what: "schema" | "example"): number {
  const answer = what === "example" ? useCase.example : { input: inputSchema(useCase), output: outputSchema(useCase) };
  output.out(JSON.stringify(answer, null, 2));
  return 0;
}

async function runDerived(line: CommandLine, useCase: AnyUseCase, rest: readonly string[]): Promise<number> {
  const given = readArguments(useCase, rest);
  if ("misunderstood" in given) return misunderstood(line.output, useCase, given);
  if (given.help) {
    line.output.out(useText(useCase));
    return 0;
  }
  const everywhere = useCase.command?.everyPlace === true && given.place === undefined;
  if (useCase.scope === "place" && given.place === undefined && !everywhere)
    return misunderstood(line.output, useCase, {
      misunderstood: "Say which place with --place, for example --place salford",
    });
  const input = await readInput(given);
  if (input !== null && "misunderstood" in input) return misunderstood(line.output, useCase, input as Misunderstood);
  return line.withHouse(async (house) => {
    const credential = await line.credential(house, given.as);
    if ("refused" in credential)
      return refuseAll(line.output, given.json, { code: "not_allowed", message: credential.refused });
    const carrying = { line, useCase, given, credential, input: { ...input, ...given.input } };
    return everywhere ? carryOutEverywhere(house, carrying) : carryOut(house, carrying);
  });
}

type Carrying = {
  readonly line: CommandLine;
  readonly useCase: AnyUseCase;
  readonly given: Given;
  readonly credential: Credential;
  readonly input: Readonly<Record<string, unknown>>;
  readonly takePiece?: TakePiece;
};

function performFor(
  house: House,
  { useCase, given, credential, input, takePiece }: Carrying,
  place: string | undefined,
) {
  return perform(house, useCase, {
    credential,
    input,
    language: "en",
    ...(place !== undefined && { place }),
    ...(given.key !== undefined && { requestKey: given.key }),
    ...(takePiece !== undefined && { takePiece }),
  });
}

async function carryOut(house: House, carrying: Carrying): Promise<number> {
  const { line, useCase, given } = carrying;
  if (useCase.makesFile) return carryOutFile(house, carrying);
  const result = await performFor(house, carrying, given.place);
  if (!result.ok) return answerRefusal(line.output, { useCase, refusal: result.refusal, json: given.json });
  const answer = toJson(result.value);
  line.output.out(given.json ? JSON.stringify(answer) : presentFor(useCase, answer));
  return 0;
}

/** Nothing of the file is seen before it is whole. */
async function carryOutFile(house: House, carrying: Carrying): Promise<number> {
  const { line, useCase, given } = carrying;
  const taking = await openTaking(line.output, given);
  if ("misunderstood" in taking) return misunderstood(line.output, useCase, taking);
  try {
    const result = await performFor(house, { ...carrying, takePiece: taking.takePiece }, given.place);
    if (!result.ok) {
      await taking.drop();
      return answerRefusal(line.output, { useCase, refusal: result.refusal, json: given.json });
    }
    await taking.keep();
    const answer = toJson(result.value);
    if (given.json) line.output.out(JSON.stringify(answer));
    else if (given.out !== undefined) line.output.out(presentFor(useCase, answer));
    return 0;
  } catch (error) {
    await taking.drop();
    throw error;
  }
}

/** Every place, one after another; the first refusal names its place and ends it. */
async function carryOutEverywhere(house: House, carrying: Carrying): Promise<number> {
  const { line, useCase, given } = carrying;
  const places: { readonly place: string }[] = [];
  for (const place of await line.listPlaces(house)) {
    const result = await performFor(house, carrying, place);
    if (!result.ok) {
      if (!given.json) line.output.error(`${place}:`);
      return answerRefusal(line.output, { useCase, refusal: { ...result.refusal, place }, json: given.json });
    }
    places.push({ place, ...(toJson(result.value) as object) });
    if (!given.json) line.output.out(`${place}\n${presentFor(useCase, toJson(result.value))}`);
  }
  if (given.json) line.output.out(JSON.stringify({ places }));
  else if (places.length === 0) line.output.out("No place is open here. Open one with: bin/onepot place open SLUG");
  return 0;
}

async function readInput(given: Given): Promise<Readonly<Record<string, unknown>> | Misunderstood | null> {
  if (given.inputFile === undefined) return null;
  try {
    const read: unknown = JSON.parse(await readFile(given.inputFile, "utf8"));
    if (read === null || typeof read !== "object" || Array.isArray(read))
      return { misunderstood: `${given.inputFile} must hold one JSON object` };
    return read as Readonly<Record<string, unknown>>;
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "could not be read";
    return { misunderstood: `${given.inputFile} ${reason}. Check the file and try again` };
  }
}

/** A refusal in words or JSON; exit code 1, or 2 where the arguments themselves were wrong. */
export function answerRefusal(
  output: Output,
  the: { readonly useCase: AnyUseCase; readonly refusal: Refusal; readonly json: boolean },
): number {
  const { inWords: _, ...refusal } = the.refusal;
  const { code } = the.refusal;
  const message = refusalWords(the.useCase, the.refusal)?.en(the.refusal as never) ?? code;
  refuseAll(output, the.json, { ...(toJson(refusal) as object), code, message });
  return code === "input_not_valid" ? 2 : 1;
}

function refuseAll(
  output: Output,
  json: boolean,
  refused: { readonly code: string; readonly message: string },
): number {
  if (json) output.out(JSON.stringify(refused));
  else output.error(refused.message);
  return 1;
}

function misunderstood(output: Output, useCase: AnyUseCase, the: Misunderstood): number {
  output.error(`${the.misunderstood}.\n${useText(useCase)}`);
  return 2;
}

function useText(useCase: AnyUseCase): string {
  const words = useCase.command?.file === true ? ["file"] : (useCase.command?.positional ?? []);
  const positional = words.map((name) => name.toUpperCase()).join(" ");
  const properties = Object.keys((inputSchema(useCase)["properties"] ?? {}) as object);
  const options = properties
    .filter((name) => !useCase.command?.positional?.includes(name))
    .map((name) => `[--${optionName(name)} …]`);
  const place = useCase.scope !== "place" ? "" : useCase.command?.everyPlace ? "[--place SLUG]" : "--place SLUG";
  const parts = [
    `bin/onepot ${useCase.command?.words}`,
    positional,
    place,
    ...options,
    ...(useCase.makesFile ? ["[--out FILE]"] : []),
    "[--input FILE] [--json]",
  ].filter((part) => part !== "");
  return `${useCase.summary}\nUse: ${parts.join(" ")}`;
}

function helpText(line: CommandLine): string {
  const rows = [
    ...line.commands.map((command) => [command.use, command.summary] as const),
    ...line.useCases
      .filter((useCase) => useCase.command)
      .map((useCase) => [useCase.command?.words ?? "", useCase.summary] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.min(56, Math.max(...rows.map(([use]) => use.length)));
  return [
    "Onepot: one pot for a place, every pound followed.",
    "",
    ...rows.map(([use, summary]) => `  ${use.padEnd(width)}  ${summary}`),
    "",
    "Each command takes --json; `COMMAND schema` and `COMMAND example` describe its JSON. Exit codes: 0 done, 1 refused, 2 not understood.",
  ].join("\n");
}

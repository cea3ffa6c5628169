/**
 * A use case's command, derived from its declaration: positional words, then an option for each field of its input.
 * `--input FILE` gives the whole input as JSON; `COMMAND schema` and `COMMAND example` say what it takes.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import type { AnyUseCase } from "../platform/use-case/index.ts";
import { optionName, parseFault } from "./option-words.ts";

const REQUEST_KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Given = {
  readonly place: string | undefined;
  readonly json: boolean;
  readonly as: string | undefined;
  readonly key: string | undefined;
  readonly help: boolean;
  readonly inputFile: string | undefined;
  /** Where the file goes that the command makes; left out, to where answers go. */
  readonly out: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
};

export type Misunderstood = { readonly misunderstood: string };

type Property = {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Property[];
  readonly enum?: readonly unknown[];
};

/** The JSON Schema of what the command takes. */
export function inputSchema(useCase: AnyUseCase): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(useCase.input, { io: "input", unrepresentable: "any" }) as Readonly<Record<string, unknown>>;
}

export function outputSchema(useCase: AnyUseCase): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(useCase.output, { io: "output", unrepresentable: "any" }) as Readonly<Record<string, unknown>>;
}

function propertiesOf(useCase: AnyUseCase): Readonly<Record<string, Property>> {
  return (inputSchema(useCase)["properties"] ?? {}) as Readonly<Record<string, Property>>;
}

export function readArguments(useCase: AnyUseCase, words: readonly string[]): Given | Misunderstood {
  const properties = propertiesOf(useCase);
  const options: Record<string, { readonly type: "string" | "boolean" }> = {
    place: { type: "string" },
    json: { type: "boolean" },
    as: { type: "string" },
    key: { type: "string" },
    input: { type: "string" },
    help: { type: "boolean" },
    ...(useCase.makesFile && { out: { type: "string" } }),
  };
  for (const [name, property] of Object.entries(properties))
    options[optionName(name)] ??= { type: isFlag(property) ? "boolean" : "string" };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    return { misunderstood: parseFault(error) };
  }
  const fromFile = useCase.command?.file === true;
  const positional = fromFile ? ["FILE"] : (useCase.command?.positional ?? []);
  if (parsed.positionals.length > positional.length)
    return {
      misunderstood: `"${parsed.positionals[positional.length]}" was not expected after ${useCase.command?.words}`,
    };
  const input: Record<string, unknown> = {};
  if (!fromFile) for (const [index, value] of parsed.positionals.entries()) input[positional[index] ?? ""] = value;
  for (const [name, property] of Object.entries(properties)) {
    const value = parsed.values[optionName(name)];
    if (value !== undefined && !(name in input))
      input[name] = typeof value === "string" ? givenValue(property, value) : value;
  }
  const {
    place,
    json,
    as,
    key,
    help,
    input: inputFile,
    out,
  } = parsed.values as Readonly<Record<string, string | boolean | undefined>>;
  if (key !== undefined && !REQUEST_KEY.test(String(key)))
    return { misunderstood: `--key is "${key}". Give a UUID in lower case, for example one that uuidgen makes` };
  return {
    place: textOf(place),
    json: json === true,
    as: textOf(as),
    key: textOf(key),
    help: help === true,
    inputFile:
      (fromFile ? parsed.positionals[0] : undefined) ?? ("input" in properties ? undefined : textOf(inputFile)),
    out: "out" in properties ? undefined : textOf(out),
    input,
  };
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isFlag(property: Property): boolean {
  return property.type === "boolean";
}

/** Numbers, lists and objects are written as JSON on the command line; words as they are. */
function givenValue(property: Property, text: string): unknown {
  const kinds = [property, ...(property.anyOf ?? [])].flatMap((one) =>
    typeof one.type === "string" ? [one.type] : (one.type ?? []),
  );
  if (kinds.includes("string") || kinds.length === 0) return text;
  if (kinds.includes("null") && text === "null") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

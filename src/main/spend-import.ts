/** `onepot spend import FILE --place SLUG`: reads a file of this machine; the same use case as the page and the API. */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { answerRefusal, type HandCommand } from "../cli/index.ts";
import { formatPounds } from "../lib/pence.ts";
import { perform, toJson } from "../platform/use-case/index.ts";
import { hashOfFile, type ImportAnswer, importSpendFile } from "../spending/index.ts";
import {
  type Carrying,
  faultOfWords,
  isFile,
  refuseFile,
  refuseWords,
  runAsAsked,
  type Surroundings,
} from "./file-command.ts";

const USE =
  "spend import FILE --place SLUG [--preview] [--accept-refused] [--publisher NAME] [--columns JSON] [--json]";

export function spendImport(the: Surroundings): HandCommand {
  return {
    words: "spend import",
    summary: "Import a published file of payments (CSV or XLSX)",
    use: USE,
    positional: ["file"],
    required: ["file", "place"],
    takes: {
      file: { type: "string", description: "The path of a CSV or XLSX file" },
      place: { type: "string", description: "The address of the place, for example salford" },
      preview: { type: "boolean", description: "Read and count, store nothing" },
      acceptRefused: { type: "boolean", description: "Store the rows that can be read, without those that cannot" },
      publisher: { type: "string", description: "Who published it: a partner's id or name" },
      columns: {
        type: "object",
        additionalProperties: { type: "integer", minimum: 0 },
        description: "Which column is which, as JSON, where the headings do not say",
      },
      as: { type: "string", description: "A person of the demonstration, or operator" },
    },
    gives: {
      lines: { type: "integer" },
      totalPence: { type: "string" },
      from: { type: ["string", "null"] },
      to: { type: ["string", "null"] },
      refused: {
        type: "array",
        items: {
          type: "object",
          properties: { row: { type: "integer" }, column: {}, value: {}, reason: { type: "string" } },
        },
      },
      stored: { type: "boolean" },
      already: { type: "boolean" },
    },
    example: { file: "payments-2013-03.csv", place: "salford", preview: true },
    run: async (words, output) => {
      const asked = readWords(words);
      if (typeof asked === "string") return refuseWords(output, { fault: asked, use: USE });
      if (!(await isFile(asked.path))) return refuseFile(output, asked);
      return runAsAsked(the, { asked, output, carryOut });
    },
  };
}

type Asked = {
  readonly path: string;
  readonly place: string;
  readonly preview: boolean;
  readonly acceptRefused: boolean;
  readonly publisher: string | undefined;
  readonly columns: Readonly<Record<string, number>> | undefined;
  readonly as: string | undefined;
  readonly json: boolean;
};

function readWords(words: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        place: { type: "string" },
        preview: { type: "boolean" },
        "accept-refused": { type: "boolean" },
        publisher: { type: "string" },
        columns: { type: "string" },
        as: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [path, more] = positionals;
    if (path === undefined) return "Say which file to import.";
    if (more !== undefined) return `"${more}" was not expected: import one file at a time.`;
    if (values.place === undefined) return "Say which place with --place, for example --place salford.";
    return {
      path,
      place: values.place,
      preview: values.preview === true,
      acceptRefused: values["accept-refused"] === true,
      publisher: values.publisher,
      columns:
        values.columns === undefined ? undefined : (JSON.parse(values.columns) as Readonly<Record<string, number>>),
      as: values.as,
      json: values.json === true,
    };
  } catch (error) {
    if (error instanceof SyntaxError)
      return 'Write --columns as JSON, for example {"paidOn":0,"amount":1,"supplier":3}.';
    return faultOfWords(error);
  }
}

async function carryOut({ house, credential, asked, output }: Carrying<Asked>): Promise<number> {
  const result = await perform(house, importSpendFile, {
    credential,
    place: asked.place,
    language: "en",
    input: {
      name: basename(asked.path),
      file: { input: { path: asked.path }, sha256: await hashOfFile(asked.path) },
      preview: asked.preview,
      acceptRefused: asked.acceptRefused,
      ...(asked.publisher !== undefined && { publisher: asked.publisher }),
      ...(asked.columns !== undefined && { columns: asked.columns }),
    },
  });
  if (!result.ok) {
    if (result.refusal.code === "lines_refused" && !asked.json)
      for (const fault of faultsOf(result.refusal)) output.error(fault);
    return answerRefusal(output, { useCase: importSpendFile as never, refusal: result.refusal, json: asked.json });
  }
  output.out(asked.json ? JSON.stringify(toJson(result.value)) : wordsFor(result.value));
  if (!asked.json) for (const fault of result.value.refused) output.out(`  ${fault.reason}`);
  return 0;
}

function faultsOf(refusal: Readonly<Record<string, unknown>>): readonly string[] {
  return ((refusal["refused"] ?? []) as ImportAnswer["refused"]).map((fault) => `  ${fault.reason}`);
}

function wordsFor(answer: ImportAnswer): string {
  const counted = `${answer.lines} lines, ${formatPounds(answer.totalPence)}, ${answer.from ?? ""} to ${answer.to ?? ""}, published by ${answer.publisher}`;
  const rows = answer.refusedCount === 1 ? "1 row" : `${answer.refusedCount} rows`;
  const left = answer.refusedCount > 0 ? ` ${rows} cannot be read:` : "";
  if (answer.already) return `This file is stored already: ${counted}.${left && ` ${rows} left out:`}`;
  return answer.stored ? `Stored ${counted}.${left}` : `Preview, nothing stored: ${counted}.${left}`;
}

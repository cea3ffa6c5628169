/** `onepot code import FILE --place SLUG`: codes from a file of this machine; the same use case as the page and the API. */
import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { answerRefusal, type HandCommand } from "../cli/index.ts";
import { perform, toJson } from "../platform/use-case/index.ts";
import { importCodes, type RefusedRow } from "../reconciliation/index.ts";
import {
  type Carrying,
  faultOfWords,
  isFile,
  refuseAs,
  refuseFile,
  refuseWords,
  runAsAsked,
  type Surroundings,
} from "./file-command.ts";

const USE = "code import FILE --place SLUG [--json]";
/** As much as the page takes. */
const MOST_BYTES = 2_000_000;
const TOO_LARGE = "The file is larger than 2 MB. Split it into smaller files.";

export function codeImport(the: Surroundings): HandCommand {
  return {
    words: "code import",
    summary: importCodes.summary,
    use: USE,
    positional: ["file"],
    required: ["file", "place"],
    takes: {
      file: { type: "string", description: "The path of a CSV or XLSX file with the columns that code list gives" },
      place: { type: "string", description: "The address of the place, for example salford" },
      as: { type: "string", description: "A person of the demonstration" },
    },
    gives: {
      codes: { type: "integer" },
      ended: { type: "integer" },
      already: { type: "integer" },
      firstMappingId: { type: ["string", "null"] },
    },
    example: { file: "codes-2013-14.csv", place: "salford" },
    run: async (words, output) => {
      const asked = readWords(words);
      if (typeof asked === "string") return refuseWords(output, { fault: asked, use: USE });
      if (!(await isFile(asked.path))) return refuseFile(output, asked);
      if ((await stat(asked.path)).size > MOST_BYTES)
        return refuseAs(output, { code: "file_too_large", message: TOO_LARGE, json: asked.json });
      return runAsAsked(the, { asked, output, carryOut });
    },
  };
}

type Asked = {
  readonly path: string;
  readonly place: string;
  readonly as: string | undefined;
  readonly json: boolean;
};

function readWords(words: readonly string[]): Asked | string {
  try {
    const text = { type: "string" } as const;
    const options = { place: text, as: text, json: { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) return "Say which file of codes to take in, one at a time.";
    if (values.place === undefined) return "Say which place with --place, for example --place salford.";
    return { path, place: values.place, as: values.as, json: values.json === true };
  } catch (error) {
    return faultOfWords(error);
  }
}

async function carryOut({ house, credential, asked, output }: Carrying<Asked>): Promise<number> {
  const { place, json } = asked;
  const content = (await readFile(asked.path)).toString("base64");
  const result = await perform(house, importCodes, { credential, place, language: "en", input: { content } });
  if (!result.ok) {
    const { refusal } = result;
    if (!json) for (const fault of (refusal["refused"] ?? []) as readonly RefusedRow[]) output.error(faultWords(fault));
    return answerRefusal(output, { useCase: importCodes as never, refusal, json });
  }
  const { codes, ended, already } = result.value;
  const words = `${codes} new codes, ${ended} ended, ${already} there already.`;
  output.out(json ? JSON.stringify(toJson(result.value)) : words);
  return 0;
}

function faultWords({ row, column, reason }: RefusedRow): string {
  return `  Row ${row}${column === "" ? "" : `, ${column}`}: ${reason}`;
}

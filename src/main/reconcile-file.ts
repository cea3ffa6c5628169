/** `onepot ledger reconcile FILE --place SLUG --body NAME`: takes in a listing of this machine; the same use case as the page and the API. */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { answerRefusal, type HandCommand } from "../cli/index.ts";
import { formatPounds } from "../lib/pence.ts";
import { perform, toJson } from "../platform/use-case/index.ts";
import { type TakenIn, takeInListing } from "../reconciliation/index.ts";
import { hashOfFile } from "../spending/index.ts";
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
  "ledger reconcile FILE --place SLUG --body NAME [--bank --pot SLUG] [--preview] [--accept-changed] [--columns JSON] [--json]";

export function reconcileFile(the: Surroundings): HandCommand {
  return {
    words: "ledger reconcile",
    summary: "Take in a listing of a body's own ledger (CSV, XLSX) or a bank statement (CSV, OFX, camt.053)",
    use: USE,
    positional: ["file"],
    required: ["file", "place", "body"],
    takes: {
      file: { type: "string", description: "The path of the file" },
      place: { type: "string", description: "The address of the place, for example salford" },
      body: { type: "string", description: "Whose ledger or bank it is: a partner's id or name" },
      bank: { type: "boolean", description: "A statement of a pot's own bank account" },
      pot: { type: "string", description: "With --bank: the pot's id, address or name" },
      preview: { type: "boolean", description: "Read and count, keep nothing" },
      acceptChanged: { type: "boolean", description: "Keep lines changed in the host's ledger as new versions" },
      columns: {
        type: "object",
        additionalProperties: { type: "integer", minimum: 0 },
        description: "Which column is which, as JSON, where the headings do not say",
      },
      as: { type: "string", description: "A person of the demonstration" },
    },
    gives: {
      lines: { type: "integer" },
      skipped: { type: "integer" },
      changed: { type: "integer" },
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
    example: { file: "gl-listing-2013-02.csv", place: "salford", body: "Salford City Council", preview: true },
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
  readonly body: string;
  readonly bank: boolean;
  readonly pot: string | undefined;
  readonly preview: boolean;
  readonly acceptChanged: boolean;
  readonly columns: Readonly<Record<string, number>> | undefined;
  readonly as: string | undefined;
  readonly json: boolean;
};

const OPTIONS = {
  place: { type: "string" },
  body: { type: "string" },
  bank: { type: "boolean" },
  pot: { type: "string" },
  preview: { type: "boolean" },
  "accept-changed": { type: "boolean" },
  columns: { type: "string" },
  as: { type: "string" },
  json: { type: "boolean" },
} as const;

function readWords(words: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
    const [path, more] = positionals;
    if (path === undefined) return "Say which file to take in.";
    if (more !== undefined) return `"${more}" was not expected: take in one file at a time.`;
    if (values.place === undefined) return "Say which place with --place, for example --place salford.";
    if (values.body === undefined)
      return 'Say whose ledger it is with --body, for example --body "Salford City Council".';
    const { place, body, pot, as } = values;
    const flags = { bank: values.bank === true, preview: values.preview === true, json: values.json === true };
    const columns = values.columns === undefined ? undefined : JSON.parse(values.columns);
    return { path, place, body, pot, as, ...flags, acceptChanged: values["accept-changed"] === true, columns };
  } catch (error) {
    if (error instanceof SyntaxError)
      return 'Write --columns as JSON, for example {"document":0,"postedOn":1,"amount":2}.';
    return faultOfWords(error);
  }
}

async function carryOut({ house, credential, asked, output }: Carrying<Asked>): Promise<number> {
  const { body, preview, acceptChanged, columns, pot } = asked;
  const result = await perform(house, takeInListing, {
    credential,
    place: asked.place,
    language: "en",
    input: {
      name: basename(asked.path),
      file: { input: { path: asked.path }, sha256: await hashOfFile(asked.path) },
      source: asked.bank ? "bank" : "ledger",
      ...{ body, preview, acceptChanged },
      ...(pot !== undefined && { pot }),
      ...(columns !== undefined && { columns }),
    },
  });
  if (!result.ok) {
    const faults = (result.refusal["refused"] ?? []) as TakenIn["refused"];
    if (!asked.json) for (const { reason } of faults) output.error(`  ${reason}`);
    return answerRefusal(output, { useCase: takeInListing as never, refusal: result.refusal, json: asked.json });
  }
  output.out(asked.json ? JSON.stringify(toJson(result.value)) : wordsFor(result.value));
  if (!asked.json) for (const { reason } of result.value.refused) output.out(`  ${reason}`);
  return 0;
}

function wordsFor(answer: TakenIn): string {
  const period = answer.from === null ? "" : `, ${answer.from} to ${answer.to}`;
  const counted = `${answer.lines} new lines, ${formatPounds(answer.totalPence)}${period}, of ${answer.body}`;
  const there = answer.skipped === 0 ? "" : ` ${answer.skipped} were there already.`;
  const changed =
    answer.changed === 0 ? "" : ` ${answer.changed} were changed in the host's ledger: both versions are kept.`;
  if (answer.already) return `This file was taken in before, so nothing changed: ${counted}.`;
  return `${answer.stored ? "Taken in" : "Preview, nothing kept"}: ${counted}.${there}${changed}`;
}

/**
 * `onepot matching import FILE --place SLUG --agreement ID --partner NAME --source WORDS`: an agency's file of people from this machine; the
 * same use case as the page and the API, and like them only under an information-sharing agreement that is in force.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { answerRefusal, type HandCommand } from "../cli/index.ts";
import { bringRecords } from "../linkage/index.ts";
import { listPartners } from "../places/index.ts";
import { perform, toJson } from "../platform/use-case/index.ts";
import { hashOfFile } from "../spending/index.ts";
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

const USE =
  "matching import FILE --place SLUG --agreement ID --partner NAME --source WORDS [--preview] [--accept-refused] [--json]";

export function personImport(the: Surroundings): HandCommand {
  return {
    words: "matching import",
    summary: bringRecords.summary,
    use: USE,
    positional: ["file"],
    required: ["file", "place", "agreement", "partner", "source"],
    takes: {
      file: { type: "string", description: "The path of a CSV or XLSX file, one row for each record" },
      place: { type: "string", description: "The address of the place, for example salford" },
      agreement: { type: "string", description: "The id of the agreement, as `onepot sharing list` gives it" },
      partner: { type: "string", description: "Whose records they are: a partner's id or name" },
      source: { type: "string", description: "Which register they are of: the same words each time" },
      preview: { type: "boolean", description: "Read and count, keep nothing" },
      acceptRefused: { type: "boolean", description: "Keep the rows that can be read, without those that cannot" },
      as: { type: "string", description: "A person of the demonstration" },
    },
    gives: {
      records: { type: "integer" },
      refusedCount: { type: "integer" },
      leftOut: { type: "array", items: { type: "string" } },
      noLongerSent: { type: "integer" },
      deleteOn: { type: "string" },
      stored: { type: "boolean" },
      already: { type: "boolean" },
      personFileId: { type: ["string", "null"] },
    },
    example: {
      file: "custody.csv",
      place: "greater-manchester",
      agreement: "018f3a52-0000-7000-8000-0000000000a1",
      partner: "Greater Manchester Police",
      source: "Custody",
    },
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
  readonly agreementId: string;
  readonly partner: string;
  readonly source: string;
  readonly preview: boolean;
  readonly acceptRefused: boolean;
  readonly as: string | undefined;
  readonly json: boolean;
};

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

function readWords(words: readonly string[]): Asked | string {
  try {
    const options = { place: text, agreement: text, partner: text, source: text, as: text } as const;
    const flags = { preview: flag, "accept-refused": flag, json: flag } as const;
    const parsed = parseArgs({ args: [...words], allowPositionals: true, options: { ...options, ...flags } });
    const [path, ...more] = parsed.positionals;
    if (path === undefined || more.length > 0) return "Say which file of people to bring, one at a time.";
    const { place, agreement, partner, source, as } = parsed.values;
    if (place === undefined) return "Say which place with --place, for example --place salford.";
    if (agreement === undefined) return "Say under which agreement with --agreement and its id.";
    if (partner === undefined) return "Say whose records they are with --partner and a name.";
    if (source === undefined)
      return 'Say which register they are of with --source, for example --source "Custody records".';
    const { preview = false, json = false } = parsed.values;
    const acceptRefused = parsed.values["accept-refused"] === true;
    return { path, place, agreementId: agreement, partner, source, preview, acceptRefused, as, json };
  } catch (error) {
    return faultOfWords(error);
  }
}

async function carryOut({ house, credential, asked, output }: Carrying<Asked>): Promise<number> {
  const { place, json, path, partner, as: _, ...input } = asked;
  const found = await house.findPlace(place);
  const partners =
    found === null ? [] : await house.database.inPlace(found.placeId, (tx) => listPartners(tx, found.placeId));
  const whose = partners.find(({ partnerId, name }) => partnerId === partner || name === partner);
  if (found !== null && whose === undefined) {
    const message = `There is no partner ${partner} here. Write its name as the list of partners has it.`;
    return refuseAs(output, { code: "partner_not_found", message, json });
  }
  const file = { input: { path }, sha256: await hashOfFile(path) };
  const result = await perform(house, bringRecords, {
    credential,
    place,
    language: "en",
    input: { ...input, name: basename(path), partnerId: whose?.partnerId ?? partner, file },
  });
  if (!result.ok) {
    const { refusal } = result;
    const faults = (refusal["refused"] ?? []) as readonly { readonly reason: string }[];
    if (!json) for (const { reason } of faults) output.error(`  ${reason}`);
    return answerRefusal(output, { useCase: bringRecords as never, refusal, json });
  }
  output.out(json ? JSON.stringify(toJson(result.value)) : wordsFor(result.value));
  if (!json) for (const { reason } of result.value.refused) output.out(`  ${reason}`);
  return 0;
}

type Brought = Extract<Awaited<ReturnType<typeof bringRecords.handle>>, { readonly ok: true }>["value"];

function wordsFor({ records, refusedCount, leftOut, noLongerSent, deleteOn, stored, already }: Brought): string {
  const of = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const counted = `${of(records, "record")}, to be deleted on ${deleteOn} unless needed`;
  const left = leftOut.length === 0 ? "" : ` Left out, for the agreement does not allow it: ${leftOut.join(", ")}.`;
  const gone = noLongerSent === 0 ? "" : ` No longer sent: ${of(noLongerSent, "record")} of before.`;
  const faults = refusedCount === 0 ? "" : ` ${of(refusedCount, "row")} cannot be read:`;
  if (already) return `This file was brought before: ${counted}.`;
  return `${stored ? "Brought" : "Preview, nothing kept:"} ${counted}.${left}${gone}${faults}`;
}

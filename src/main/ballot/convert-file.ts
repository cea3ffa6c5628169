/**
 * `ballot convert`: a Pabulib file written clean (counted anew, quotes and spaces only where they belong), as two CSV files for a
 * spreadsheet, or two CSV files as a Pabulib file. Nothing is written before all of it was read, and no file is written over.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  type Fault,
  type Faults,
  partedId,
  readCsvWritten,
  readWritten,
  VOTE_TYPES,
  type VoteType,
  type WrittenElection,
  writeElection,
} from "../../allocation/index.ts";
import type { Output } from "../../cli/index.ts";
import { type Column, neutralText, writeCsv } from "../../platform/tables/index.ts";
import { faultOfWords, refuseAs, refuseWords } from "../file-command.ts";
import { readBytes, refuseFileOf } from "./read-file.ts";
import { refuseFaults } from "./validate-file.ts";

export const CONVERT_USE =
  "ballot convert FILE.pb --out NEW.pb | FILE.pb --to csv --out NAME | --projects FILE.csv --ballots FILE.csv --budget N --vote-type TYPE --out NEW.pb [--json]";

/** What parts the choices of a ballot in a CSV file. */
const BAR = "|";

const text = { type: "string" } as const;
const OPTIONS = {
  out: text,
  to: text,
  projects: text,
  ballots: text,
  budget: text,
  "vote-type": text,
  json: { type: "boolean" },
} as const;

type Asked = {
  readonly from:
    | { readonly path: string }
    | { readonly projects: string; readonly ballots: string; readonly budget: string; readonly voteType: VoteType };
  readonly to: "pb" | "csv";
  readonly out: string;
  readonly json: boolean;
};

export async function convertFile(words: readonly string[], output: Output): Promise<number> {
  const asked = understood(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: CONVERT_USE });
  const { json, out } = asked;
  const read = await readFrom(asked);
  if (typeof read === "string") return refuseFileOf(output, { message: read, json });
  if ("faults" in read) {
    const pathOf = ({ section }: Fault) => pathIn(asked.from, section);
    return refuseFaults(output, { message: "It cannot be converted", faults: read.faults, json, pathOf });
  }
  const hindrance = asked.to === "csv" ? unfitForCsv(read) : unfitForPabulib(read);
  if (hindrance !== null) return refuseAs(output, { code: "not_written", message: hindrance, json });
  const files = asked.to === "pb" ? [{ path: out, content: writeElection(read) }] : await asCsv(out, read);
  for (const { path, content } of files) {
    const failed = await writeFile(path, content, { flag: "wx" }).then(
      () => false,
      () => true,
    );
    if (!failed) continue;
    const message = `${path} is there already or cannot be written. Choose another name with --out.`;
    return refuseAs(output, { code: "not_written", message, json });
  }
  const paths = files.map(({ path }) => path);
  const counted = { projects: read.projects.length, ballots: read.voters.length };
  if (json) output.out(JSON.stringify({ files: paths, ...counted }));
  else output.out(`${counted.projects} projects and ${counted.ballots} ballots are written to ${paths.join(" and ")}.`);
  return 0;
}

function understood(words: readonly string[]): Asked | string {
  try {
    return readAsked(words);
  } catch (error) {
    return `${faultOfWords(error)}.`;
  }
}

function readAsked(words: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  const { out, to = "pb", projects, ballots, budget, json = false } = values;
  const [path] = positionals;
  if (out === undefined || out === "") return "Say where to write with --out.";
  if (to !== "pb" && to !== "csv") return `--to is "${to}". It is pb or csv.`;
  if (path !== undefined && (projects ?? ballots) !== undefined)
    return "Give a Pabulib file or two CSV files, not both.";
  if (path !== undefined) return { from: { path }, to, out, json };
  if (projects === undefined || ballots === undefined || budget === undefined)
    return "Two CSV files are given with --projects, --ballots, --budget and --vote-type.";
  const voteType = VOTE_TYPES.find((one) => one === values["vote-type"]);
  if (voteType === undefined) return `--vote-type is one of ${VOTE_TYPES.join(", ")}.`;
  return { from: { projects, ballots, budget, voteType }, to, out, json };
}

type Read = WrittenElection | { readonly faults: Faults } | string;

async function readFrom({ from }: Asked): Promise<Read> {
  if ("path" in from) {
    const bytes = await readBytes(from.path);
    if (typeof bytes === "string") return bytes;
    const read = readWritten(bytes);
    return read.ok ? read.value : { faults: read.refusal.faults };
  }
  const [projects, ballots] = [await readBytes(from.projects), await readBytes(from.ballots)];
  if (typeof projects === "string") return projects;
  if (typeof ballots === "string") return ballots;
  const read = readCsvWritten({ ...from, projects, ballots, meta: new Map() });
  return read.ok ? read.value.written : { faults: read.refusal.faults };
}

/** Why a Pabulib file would not be read as the same election, in a sentence; null where it would. */
function unfitForPabulib(written: WrittenElection): string | null {
  const parted = partedId(written);
  return parted === null
    ? null
    : `The id ${parted} has a comma in it, and commas part the lists of a Pabulib file. Give the project another id.`;
}

/** Why a CSV file would not be read as the same election, in a sentence; null where it would. */
function unfitForCsv({ projects, voters }: WrittenElection): string | null {
  const instead = "Write a Pabulib file instead.";
  const barred = projects.find(({ id }) => id.includes(BAR));
  if (barred !== undefined)
    return `The id ${barred.id} has a bar in it, and bars part the lists of a CSV file. ${instead}`;
  // What a spreadsheet would run as a formula gets an apostrophe, which would then be part of the first id or number of a list.
  const isFormula = (text: string) => neutralText(text) !== text;
  const unsafe =
    projects.find(({ id }) => isFormula(id))?.id ??
    voters.find(({ points }) => isFormula(points?.[0] ?? ""))?.points?.[0];
  return unsafe === undefined ? null : `A spreadsheet would take ${unsafe} for a formula. ${instead}`;
}

/** NAME-projects.csv and NAME-ballots.csv, lists parted by bars as the CSV reader has them. */
async function asCsv(name: string, { projects, voters }: WrittenElection) {
  const columnsOf = (all: readonly { readonly columns?: ReadonlyMap<string, string> }[]) => [
    ...new Set(all.flatMap(({ columns }) => [...(columns?.keys() ?? [])])),
  ];
  const table = async (names: readonly string[], rows: readonly (readonly string[])[]) => {
    const columns = names.map((column): Column => ({ name: column, type: "text" }));
    let content = "";
    for await (const piece of writeCsv(columns, rows)) content += piece;
    return content;
  };
  const [ofProjects, ofVoters] = [columnsOf(projects), columnsOf(voters)];
  const pointed = voters.some(({ points }) => points !== undefined);
  return [
    {
      path: `${name}-projects.csv`,
      content: await table(
        ["project_id", "cost", ...ofProjects],
        projects.map(({ id, cost, columns }) => [id, cost, ...ofProjects.map((one) => columns?.get(one) ?? "")]),
      ),
    },
    {
      path: `${name}-ballots.csv`,
      content: await table(
        ["voter_id", "vote", ...(pointed ? ["points"] : []), ...ofVoters],
        voters.map(({ id, choices, points, columns }) => [
          ...[id, choices.join(BAR), ...(pointed ? [(points ?? []).join(BAR)] : [])],
          ...ofVoters.map((one) => columns?.get(one) ?? ""),
        ]),
      ),
    },
  ];
}

/** Of two CSV files a fault's section says which. */
function pathIn(from: Asked["from"], section: Fault["section"]): string {
  if ("path" in from) return from.path;
  return section === "PROJECTS" ? from.projects : from.ballots;
}

/** An election as two CSV files, as a spreadsheet saves them, and what neither says; read once, and kept as one file from then on. */
import { z } from "zod";
import {
  type Fault,
  partedId,
  readCsvWritten,
  readElection,
  VOTE_TYPES,
  validateElection,
  writeElection,
} from "../allocation/index.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { said } from "../platform/use-case/index.ts";
import { electionShown, type FaultShown, type FileRead, faultShown } from "./file-read.ts";
import { MOST_FILE_BYTES } from "./messages.ts";

const enter = {
  title: said({
    en: "Enter what is being voted on, in 200 characters at most",
    cy: "Rhowch yr hyn y pleidleisir arno, mewn 200 nod ar y mwyaf",
  }),
  budget: said({
    en: "Enter the budget as a number, such as 60000 or 1250.50",
    cy: "Rhowch y gyllideb fel rhif, megis 60000 neu 1250.50",
  }),
  voteType: said({ en: "Choose how people voted", cy: "Dewiswch sut y pleidleisiodd pobl" }),
  currency: said({
    en: "Enter the three letters of the currency, such as GBP, or leave it empty",
    cy: "Rhowch dair llythyren yr arian cyfred, megis GBP, neu gadewch ef yn wag",
  }),
} as const;

/** What the two files do not say. */
export const tablesShape = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1, enter.title)
    .max(200, enter.title)
    .regex(/^[^\p{Cc}]*$/u, enter.title)
    .describe("What is being voted on"),
  budget: z
    .string()
    .trim()
    .transform((text) => text.replaceAll(/[£,\s]/g, ""))
    .pipe(z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, enter.budget))
    .describe("In the unit in which the projects' costs are written"),
  voteType: z.enum(VOTE_TYPES, enter.voteType),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{3})?$/, enter.currency)
    .default("")
    .describe("Three letters, as ISO 4217 has them; empty where none is to be named"),
});
export type Tables = z.output<typeof tablesShape> & {
  /** Where the ballots begin in the bytes of both. */
  readonly projectsBytes: number;
};

export type TablesRead = {
  readonly read: FileRead;
  /** The text of the one file that takes their place; null where a fault hinders it. */
  readonly file: string | null;
};

/** Faults name the file that they are in; what only shows in the whole is of the file that takes their place. */
export function readTables(bytes: Uint8Array, tables: Tables): Result<TablesRead> {
  const { title, budget, voteType, currency, projectsBytes } = tables;
  const meta = new Map([["description", title], ...(currency === "" ? [] : [["currency", currency] as const])]);
  const [projects, ballots] = [bytes.subarray(0, projectsBytes), bytes.subarray(projectsBytes)];
  const done = readCsvWritten({ projects, ballots, budget, voteType, meta });
  if (!done.ok) {
    const { kept, total, errors } = done.refusal.faults;
    return accept({
      read: { errors, warnings: total - errors, faults: kept.map(inItsFile), election: null },
      file: null,
    });
  }
  const { written, faults } = done.value;
  const parted = partedId(written);
  if (parted !== null) return refuse({ code: "id_has_comma", id: parted });
  const file = writeElection(written);
  if (file.length > MOST_FILE_BYTES) return refuse({ code: "file_too_large" });
  const { election, meta: settings } = readElection(file);
  if (election === null) return refuse({ code: "file_not_countable", errors: 1 });
  const also = alsoFound(file, new Set(faults.byCode.keys()));
  return accept({
    read: {
      ...{ errors: 0, warnings: faults.total + also.length },
      faults: [...faults.kept.map(inItsFile), ...also].slice(0, 100),
      election: electionShown(election, settings),
    },
    file: new TextDecoder().decode(file),
  });
}

/** Voters and choices that stand twice, costs over the budget: what the format of one file is checked for, and a table is not. */
function alsoFound(file: Uint8Array, known: ReadonlySet<string>): readonly FaultShown[] {
  const { kept } = validateElection(file);
  return kept.filter(({ code }) => !known.has(code) && code !== "meta_key_missing").map(faultShown);
}

function inItsFile(fault: Fault): FaultShown {
  const file = fault.section === "PROJECTS" ? "projects" : fault.section === "VOTES" ? "ballots" : null;
  return { ...faultShown(fault), file };
}

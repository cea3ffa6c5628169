/**
 * A file that anyone brings, or two tables: kept for an hour after the last look, and a day at most, at an address that nobody can guess, and read at
 * once. It belongs to no place, so no place's audit trail names it, and nothing of it is written to a log.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { type Context, declareNationalUseCase, field, said } from "../platform/use-case/index.ts";
import { type ElectionRefusal, electionRefusals, MOST_FILE_BYTES } from "./messages.ts";
import { deleteForgotten, drawAddress, insertBrought } from "./store/files.ts";
import { type Tables, tablesShape } from "./tables.ts";
import { beginWork, READ_KEY } from "./work.ts";

/** Brought files at once, of all visitors together: small ones take no room from large ones. */
export const MOST_FILES = 2000;
const MOST_BYTES = 3 * 1024 ** 3;

type Brought = { readonly address: string };

type ToBring = { readonly name: string; readonly bytes: Uint8Array; readonly csv: Tables | null };

async function bring(ctx: Context, { name, bytes, csv }: ToBring): Promise<Result<Brought, ElectionRefusal>> {
  if (bytes.length === 0) return refuse({ code: "file_empty" });
  if (bytes.length > MOST_FILE_BYTES) return refuse({ code: "file_too_large" });
  const { tx, now } = ctx;
  await deleteForgotten(tx, now);
  const address = await drawAddress(tx);
  const fileId = ctx.newId();
  const kept = await insertBrought(tx, {
    fileId,
    address,
    name,
    content: bytes,
    csv,
    now,
    mostFiles: MOST_FILES,
    mostBytes: MOST_BYTES,
  });
  if (!kept) return refuse({ code: "too_many_files" });
  await beginWork(ctx, { fileId, workKey: READ_KEY, asked: { kind: "read" } });
  return accept({ address });
}

/** Given by a door as a function. */
const given = z
  .custom<() => Uint8Array>((value) => typeof value === "function")
  .transform((give): Uint8Array => give());

const output = z.object({ address: z.string().describe("Where the file is, for whoever has this address") });

export const bringElection = declareNationalUseCase({
  name: "election.bring",
  summary: "Keep a file of an election for an hour, to check and count it",
  permission: "election.count",
  changes: true,
  input: z.strictObject({
    name: field.words(200),
    content: given,
  }),
  output,
  example: { name: "election.pb", content: () => new Uint8Array([77]) },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { name, content }) => bring(ctx, { name, bytes: content, csv: null }),
});

const tooLarge = said({ en: "The file is larger than 16 MB", cy: "Mae'r ffeil yn fwy nag 16 MB" });

const sent = z
  .base64(said({ en: "Send the file's bytes as base64", cy: "Anfonwch feitiau'r ffeil fel base64" }))
  .min(4, said({ en: "The file is empty", cy: "Mae'r ffeil yn wag" }))
  .max(Math.ceil(MOST_FILE_BYTES / 3) * 4, tooLarge);

/** The same for programs: the bytes as base64 in JSON. */
export const sendElection = declareNationalUseCase({
  name: "election.send",
  summary:
    "Bring a file of an election (Pabulib's format), sent as base64, to check and count it; forgotten in an hour",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections", bodyLimitBytes: 23_000_000, timesAMinute: 10 },
  input: z.strictObject({
    name: field.words(200),
    content: sent,
  }),
  output,
  example: { name: "election.pb", content: "TUVUQQ==" },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { name, content }) => bring(ctx, { name, bytes: Buffer.from(content, "base64"), csv: null }),
});

/** One after the other; which is empty is said by name, since both are needed. */
function bringTables(
  ctx: Context,
  {
    projects,
    ballots,
    ...said
  }: z.output<typeof tablesShape> & { readonly projects: Uint8Array; readonly ballots: Uint8Array },
): Promise<Result<Brought, ElectionRefusal>> | Result<never, ElectionRefusal> {
  if (projects.length === 0) return refuse({ code: "projects_empty" });
  if (ballots.length === 0) return refuse({ code: "ballots_empty" });
  const csv = { ...said, projectsBytes: projects.length };
  return bring(ctx, { name: `${said.title}.pb`, bytes: Buffer.concat([projects, ballots]), csv });
}

export const bringTablesOfElection = declareNationalUseCase({
  name: "election.bring_tables",
  summary: "Keep two CSV files of an election for an hour as one file, to check and count it",
  permission: "election.count",
  changes: true,
  input: z.strictObject({ ...tablesShape.shape, projects: given, ballots: given }),
  output,
  example: {
    ...{ title: "Town pot", budget: "60000", voteType: "approval", currency: "GBP" },
    ...{ projects: () => new Uint8Array([77]), ballots: () => new Uint8Array([77]) },
  },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, input) => bringTables(ctx, input),
});

export const sendTablesOfElection = declareNationalUseCase({
  name: "election.send_tables",
  summary: "Bring an election as two CSV files, sent as base64, to check and count it; forgotten in an hour",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/tables", bodyLimitBytes: 23_000_000, timesAMinute: 10 },
  input: z.strictObject({ ...tablesShape.shape, projects: sent, ballots: sent }),
  output,
  example: {
    ...{ title: "Town pot", budget: "60000", voteType: "approval", currency: "GBP" },
    ...{ projects: "cHJvamVjdF9pZCxjb3N0CkEsNjA=", ballots: "dm90ZXJfaWQsdm90ZQoxLEE=" },
  },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { projects, ballots, ...input }) =>
    bringTables(ctx, {
      ...input,
      projects: Buffer.from(projects, "base64"),
      ballots: Buffer.from(ballots, "base64"),
    }),
});

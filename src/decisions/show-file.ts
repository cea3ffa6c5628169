/** Looking at a file: what it is, its faults line by line, and which rules its ballots allow. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declareNationalUseCase, declarePlaceUseCase } from "../platform/use-case/index.ts";
import type { FileRead } from "./file-read.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { type ElectionFile, findContent, listPublished } from "./store/files.ts";
import { addressShape, lookAt, READ_KEY, seeWork, shownOf, type WorkShown, workShape } from "./work.ts";

/** Of a file, what its reader may know: never the id by which jobs name it. */
export type FileShown = Omit<ElectionFile, "fileId"> & { readonly address: string };

export function fileShown(address: string, { fileId: _, ...file }: ElectionFile): FileShown {
  return { ...file, address };
}

const nullableText = z.string().nullable();
export const fileShape = z.object({
  address: z.string(),
  name: z.string().describe("The file's own name"),
  sha256: z.string(),
  bytes: z.number(),
  broughtAt: z.string(),
  forgetAt: nullableText.describe("When it is forgotten, if nobody looks before; null for a published file"),
  slug: nullableText,
  title: nullableText,
  titleWelsh: nullableText,
  madeUp: z.boolean(),
  isTables: z.boolean().describe("Whether it is still two CSV files, because they are not read or cannot be"),
  rule: z.record(z.string(), z.unknown()).nullable().describe("The rule that its place decided on"),
  place: z.object({ slug: z.string(), name: z.string(), nameWelsh: nullableText }).nullable(),
});

export const listElections = declareNationalUseCase({
  name: "election.list",
  summary: "List the published elections that anyone may count",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections" },
  input: z.strictObject({}),
  output: z.object({ elections: z.array(fileShape) }),
  example: {},
  refusals: electionRefusals,
  handle: async (ctx): Promise<Result<{ readonly elections: readonly FileShown[] }, ElectionRefusal>> => {
    const files = await listPublished(ctx.tx);
    return accept({ elections: files.map((file) => fileShown(file.slug ?? "", file)) });
  },
});

/** For the page of a place, which reads all that it shows at one moment. */
export const listElectionsHere = declarePlaceUseCase({
  name: "election.list_here",
  summary: "List the elections that a place, council or neighbourhood has published",
  permission: "election.count",
  changes: false,
  input: z.strictObject({}),
  output: z.object({ elections: z.array(fileShape) }),
  example: {},
  refusals: electionRefusals,
  handle: async (ctx): Promise<Result<{ readonly elections: readonly FileShown[] }, ElectionRefusal>> => {
    const files = await listPublished(ctx.tx);
    const here = ctx.place.area?.slug ?? ctx.place.slug;
    const published = files.filter(({ place }) => place?.slug === here);
    return accept({ elections: published.map((file) => fileShown(file.slug ?? "", file)) });
  },
});

export type ElectionSeen = {
  readonly file: FileShown;
  readonly work: WorkShown;
  /** Null until the file is read. */
  readonly read: FileRead | null;
};

const faultShape = z.object({
  file: z.enum(["projects", "ballots"]).nullable().describe("Which of two CSV files it is in"),
  code: z.string(),
  grade: z.enum(["error", "warning"]).describe("An error hinders the count"),
  line: z.number(),
  column: z.number(),
  found: z.string(),
  expected: z.string(),
  en: z.string(),
  cy: z.string(),
});

const readShape = z.object({
  errors: z.number(),
  warnings: z.number(),
  faults: z.array(faultShape).describe("A hundred at most, in order of line"),
  election: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe("What the file says; null where an error hinders the count"),
});

export const showElection = declareNationalUseCase({
  name: "election.show",
  summary: "Show a file of an election: what it is, its faults line by line, and which rules its ballots allow",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections/{address}" },
  input: z.strictObject({ address: addressShape }),
  output: z.object({ file: fileShape, work: workShape, read: readShape.nullable() }),
  example: { address: "town-2013" },
  refusals: electionRefusals,
  handle: async (ctx, { address }): Promise<Result<ElectionSeen, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    const work = file === null ? null : await seeWork(ctx, { fileId: file.fileId, workKey: READ_KEY });
    if (file === null || work === null) return refuse({ code: "election_not_found" });
    const read = work.answer === null ? null : (JSON.parse(work.answer) as FileRead);
    return accept({ file: fileShown(address, file), work: shownOf(work), read });
  },
});

/** The bytes as they came. */
export const giveElection = declareNationalUseCase({
  name: "election.give",
  summary: "Give the file of an election back, as it was brought",
  permission: "election.count",
  changes: false,
  makesFile: true,
  route: { method: "get", path: "elections/{address}/file" },
  input: z.strictObject({ address: addressShape }),
  output: z.object({ fileName: z.string(), mediaType: z.string() }),
  example: { address: "town-2013" },
  refusals: electionRefusals,
  handle: async (
    ctx,
    { address },
  ): Promise<Result<{ readonly fileName: string; readonly mediaType: string }, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    const content = file === null ? null : await findContent(ctx.tx, file.fileId);
    if (file === null || content === null) return refuse({ code: "election_not_found" });
    const work = await seeWork(ctx, { fileId: file.fileId, workKey: READ_KEY });
    const read = work?.answer ? (JSON.parse(work.answer) as FileRead) : null;
    if (read === null) return refuse({ code: "not_read_yet" });
    if (read.election === null) return refuse({ code: "file_not_countable", errors: read.errors });
    await ctx.takePiece(content);
    // Whatever was brought, it goes out as what this server keeps: never as a program of somebody's naming.
    const name = `${file.name.replace(/\.[a-z0-9]{1,8}$/i, "")}.pb`;
    return accept({ fileName: name, mediaType: "text/csv; charset=utf-8" });
  },
});

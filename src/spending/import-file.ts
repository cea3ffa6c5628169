/**
 * Imports a published file of payments for a publisher of the place. With `preview` it counts and stores nothing; without
 * it stores the file, its lines and its refused rows in one transaction, or nothing: where rows are refused they must be
 * accepted as left out, and the same file is known again.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { findAreaPartner, listPartners, type Partner } from "../places/index.ts";
import { mayPublishFor } from "../platform/policy.ts";
import type { TableInput } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext } from "../platform/use-case/index.ts";
import { copyLine, openPieces } from "./copy-text.ts";
import type { GuessReason } from "./domain/guess-columns.ts";
import { checkMapping, type Mapping } from "./domain/mapping.ts";
import { explainFault } from "./domain/messages.ts";
import type { Preview } from "./domain/preview.ts";
import { ROLES } from "./domain/roles.ts";
import type { DayOrderFound } from "./domain/spend-date.ts";
import type { LineFault } from "./domain/spend-line.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import { type OpenSpendFile, openSpendFile, type ReadProgress, readSpendFile } from "./read-file.ts";
import {
  allowLongWork,
  copyToStaging,
  discardBatch,
  findColumns,
  findFileByHash,
  insertFile,
  insertRefused,
  listRefused,
  type RefusedRowKept,
  type SpendFile,
  saveColumns,
  storeBatch,
} from "./store/files.ts";

const PIECE_CHARACTERS = 256 * 1024;
const REFUSED_ROWS_KEPT = 20_000;
const FAULTS_SHOWN = 1000;

export const columnsShape = z
  .partialRecord(z.enum(ROLES), z.number().int().min(0).max(999))
  .describe("The column of each role, counted from 0");

export type ImportAnswer = {
  readonly lines: number;
  readonly refused: readonly (Pick<LineFault, "row" | "column" | "value"> & { readonly reason: string })[];
  readonly refusedCount: number;
  readonly totalPence: bigint;
  readonly from: string | null;
  readonly to: string | null;
  readonly stored: boolean;
  readonly already?: true;
  readonly fileId: string | null;
  readonly publisher: string;
};

export type Looked = {
  readonly mapping: Mapping;
  readonly reasons: readonly GuessReason[];
  readonly preview: Preview;
  readonly dates: DayOrderFound;
};

export const importOutput = z.object({
  lines: z.number().describe("Readable lines"),
  refused: z.array(z.object({ row: z.number(), column: z.string(), value: z.string(), reason: z.string() })),
  refusedCount: z.number(),
  totalPence: z.string().describe("Of the readable lines, in whole pence"),
  from: z.string().nullable(),
  to: z.string().nullable(),
  stored: z.boolean(),
  already: z.literal(true).optional(),
  fileId: z.string().nullable(),
  publisher: z.string(),
});

type FileInput = { readonly input: TableInput; readonly sha256: string };

export type FileToImport = {
  readonly name: string;
  readonly file: FileInput;
  readonly publisher?: string | undefined;
  readonly columns?: Mapping["columns"] | undefined;
  readonly acceptRefused: boolean;
  readonly preview: boolean;
  readonly madeUp: boolean;
  readonly progress?: ReadProgress | undefined;
};

export const importSpendFile = declarePlaceUseCase({
  name: "spend.import",
  summary: "Import a published file of payments",
  permission: "spending.import",
  changes: true,
  input: z.strictObject({
    name: field.words(200),
    /** The bytes, or where they are on this machine: given by a door, never by a caller of the API. */
    file: z.custom<FileInput>((value) => typeof value === "object" && value !== null),
    publisher: field.words(200).optional(),
    columns: columnsShape.optional(),
    acceptRefused: z.boolean().default(false),
    preview: z.boolean().default(false),
    madeUp: z.boolean().default(false),
  }),
  output: importOutput,
  example: {
    name: "salford-2013-q4.csv",
    file: { input: { path: "salford-2013-q4.csv" }, sha256: "" },
    acceptRefused: true,
  },
  refusals: spendingRefusals,
  audited: (value: ImportAnswer) => (value.stored ? value.fileId : null),
  handle: (ctx, input) => importFile(ctx, input),
});

/** The import itself, for the use cases that come by the file's bytes in other ways. */
export async function importFile(
  ctx: PlaceContext,
  input: FileToImport,
): Promise<Result<ImportAnswer, SpendingRefusal>> {
  const publisher = await findPublisher(ctx, input.publisher);
  if (publisher === null) return refuse({ code: "publisher_not_known" });
  if (!mayPublishFor(ctx.actor, publisher.partnerId)) return refuse({ code: "publisher_not_yours" });
  const sha256 = Buffer.from(input.file.sha256, "hex");
  const file = await openSpendFile(input.file.input, columnsFor(ctx, { publisher, chosen: input.columns }));
  if (!file.ok) return file;
  try {
    const known = await findFileByHash(ctx.tx, {
      placeId: ctx.place.placeId,
      publisherId: publisher.partnerId,
      sha256,
    });
    if (known !== null) return await alreadyStored(ctx, known);
    await allowLongWork(ctx.tx);
    const reading = { file: file.value, publisher, progress: input.progress };
    return input.preview ? await previewOnly(ctx, reading) : await store(ctx, { ...input, ...reading, sha256 });
  } finally {
    await file.value.table.close();
  }
}

/** With the rows that were left out when the file was stored, as they were told then. */
async function alreadyStored(ctx: PlaceContext, file: SpendFile): Promise<Result<ImportAnswer, never>> {
  const { lines, totalPence, from, to, fileId, publisher } = file;
  const rows = file.refused === 0 ? [] : await listRefused(ctx.tx, ctx.place.placeId, fileId);
  const refused = tell(
    ctx,
    rows.flatMap(({ faults }) => faults),
  );
  const counts = { lines, refused, refusedCount: file.refused, totalPence, from, to };
  return accept({ ...counts, stored: false, already: true, fileId, publisher });
}

/** The partner named, the council the place is narrowed to, a program's own partner, or the place's only council. */
export async function findPublisher(ctx: PlaceContext, name: string | undefined): Promise<Partner | null> {
  const { placeId, area } = ctx.place;
  if (name === undefined && area !== null) return findAreaPartner(ctx.tx, placeId, area.areaId);
  const partners = await listPartners(ctx.tx, placeId);
  if (name !== undefined)
    return partners.find((partner) => partner.name === name || partner.partnerId === name) ?? null;
  const { actor } = ctx;
  if (actor.kind === "key") return partners.find(({ partnerId }) => partnerId === actor.partnerId) ?? null;
  const councils = partners.filter((partner) => partner.kind === "council");
  return councils.length === 1 ? (councils[0] ?? null) : null;
}

function columnsFor(
  ctx: PlaceContext,
  the: { readonly publisher: Partner; readonly chosen: Mapping["columns"] | undefined },
) {
  return async (guessed: Mapping): Promise<Mapping | null> => {
    if (the.chosen !== undefined) return { ...guessed, columns: the.chosen };
    const saved = await findColumns(ctx.tx, {
      placeId: ctx.place.placeId,
      publisherId: the.publisher.partnerId,
      headingHash: headingHash(guessed),
    });
    return saved === null ? null : { ...guessed, columns: saved };
  };
}

/** Columns are saved for a publisher's layout: a new layout is guessed anew. */
export function headingHash(mapping: Mapping): Buffer {
  return hashJson({ headings: mapping.headings, headed: mapping.headerRow !== null });
}

type Reading = {
  readonly file: OpenSpendFile;
  readonly publisher: Partner;
  readonly progress: ReadProgress | undefined;
};

async function previewOnly(
  ctx: PlaceContext,
  { file, publisher, progress }: Reading,
): Promise<Result<ImportAnswer, SpendingRefusal>> {
  const read = await readSpendFile(file, { line: () => undefined, progress });
  return read.ok
    ? accept({ ...answerOf(ctx, read.value.preview), stored: false, fileId: null, publisher: publisher.name })
    : read;
}

function answerOf(ctx: PlaceContext, preview: Preview) {
  const { lines, totalPence, from, to, refusedCount } = preview;
  return { lines, refused: tell(ctx, preview.refused), refusedCount, totalPence, from, to };
}

function tell(ctx: PlaceContext, faults: readonly LineFault[]): ImportAnswer["refused"] {
  return faults.slice(0, FAULTS_SHOWN).map((fault) => ({
    row: fault.row,
    column: fault.column,
    value: fault.value,
    reason: explainFault(ctx.language, fault),
  }));
}

type Storing = Reading & {
  readonly sha256: Buffer;
  readonly name: string;
  readonly acceptRefused: boolean;
  readonly madeUp: boolean;
};

async function store(ctx: PlaceContext, the: Storing): Promise<Result<ImportAnswer, SpendingRefusal>> {
  const { placeId } = ctx.place;
  const fileId = ctx.newId();
  const staged = await stage(ctx, { ...the, batchId: fileId });
  if (!staged.ok) return staged;
  const { preview, rows } = staged.value;
  if (preview.lines === 0) return refuse({ code: "no_lines" });
  const answer = answerOf(ctx, preview);
  if (preview.refusedCount > 0 && !the.acceptRefused)
    return refuse({ ...answer, code: "lines_refused", refusedCount: preview.refusedCount, stored: false });
  const publisherId = the.publisher.partnerId;
  const kept = await insertFile(ctx.tx, placeId, {
    fileId,
    publisherId,
    name: the.name,
    sha256: the.sha256,
    mapping: the.file.mapping,
    lines: preview.lines,
    refused: preview.refusedCount,
    totalPence: preview.totalPence,
    from: preview.from,
    to: preview.to,
    importedBy: ctx.mark,
    madeUp: the.madeUp,
  });
  // Another transaction stored the same file while this one read it.
  if (!kept) return storedMeanwhile(ctx, { ...the, batchId: fileId });
  await storeBatch(ctx.tx, { placeId, fileId, publisherId, batchId: fileId });
  if (rows.length > 0) await insertRefused(ctx.tx, { placeId, fileId, rows });
  await saveColumns(ctx.tx, {
    placeId,
    publisherId,
    headingHash: headingHash(the.file.mapping),
    columns: the.file.mapping.columns,
    savedBy: ctx.mark,
  });
  return accept({ ...answer, stored: true, fileId, publisher: the.publisher.name });
}

async function storedMeanwhile(
  ctx: PlaceContext,
  the: Storing & { readonly batchId: string },
): Promise<Result<ImportAnswer, SpendingRefusal>> {
  await discardBatch(ctx.tx, the.batchId);
  const known = await findFileByHash(ctx.tx, {
    placeId: ctx.place.placeId,
    publisherId: the.publisher.partnerId,
    sha256: the.sha256,
  });
  return alreadyStored(ctx, must(known, "a file that could not be stored twice is there"));
}

type Staged = { readonly preview: Preview; readonly rows: readonly RefusedRowKept[] };
type Staging = Pick<Storing, "file" | "acceptRefused" | "progress"> & { readonly batchId: string };

/** Reads the file and fills the staging table at the same time, a bounded piece at a time. */
async function stage(ctx: PlaceContext, the: Staging): Promise<Result<Staged, SpendingRefusal>> {
  const checked = checkMapping(the.file.mapping);
  if (!checked.ok) return refuse({ code: "columns_not_known", mapping: checked.refusal });
  const hand = openPieces();
  const rows: RefusedRowKept[] = [];
  let piece = "";
  let willStore = true;
  const copied = copyToStaging(ctx.tx, hand.pieces);
  // A COPY that fails before anyone waits for it is heard below, where the reading waits for it.
  copied.catch(() => undefined);
  const reading = readSpendFile(the.file, {
    orderOnly: true,
    progress: the.progress,
    line: (line) => {
      if (willStore) piece += copyLine(the.batchId, line);
    },
    refusedRow: ({ row, cells, read }) => {
      // From here on the file is read only to tell all of its refused rows.
      willStore = the.acceptRefused;
      if (rows.length < REFUSED_ROWS_KEPT)
        rows.push({
          row,
          faults: read.refusal.faults,
          cells: cells.map((cell) => cell.slice(0, 1000).replaceAll("\0", "")),
        });
    },
    batch: async () => {
      if (piece.length < PIECE_CHARACTERS) return;
      const full = piece;
      piece = "";
      await Promise.race([hand.push(full), copied]);
    },
  });
  const read = await reading.finally(async () => {
    if (piece !== "") await Promise.race([hand.push(piece), copied]);
    hand.end();
    await copied;
  });
  return read.ok ? accept({ preview: read.value.preview, rows }) : read;
}

/** SHA-256 of a file on this machine, in hexadecimal. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

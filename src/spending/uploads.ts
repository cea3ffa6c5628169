/** A file uploaded by page: kept for a day while its columns are shown, corrected and its lines previewed, then confirmed. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { listPartners, type Partner } from "../places/index.ts";
import { mayPublishFor } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import type { GuessReason } from "./domain/guess-columns.ts";
import { checkMapping, columnLetters, type Mapping } from "./domain/mapping.ts";
import type { Preview } from "./domain/preview.ts";
import { ROLES, type Role } from "./domain/roles.ts";
import type { DayOrderFound } from "./domain/spend-date.ts";
import { findPublisher, headingHash, type ImportAnswer, importFile, importOutput } from "./import-file.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import { openSpendFile, type ReadProgress, readSpendFile } from "./read-file.ts";
import {
  allowLongWork,
  deleteUpload,
  findColumns,
  findFileByHash,
  findUpload,
  insertUpload,
  type RefusedRowKept,
  type SpendFile,
  setUploadColumns,
  type Upload,
} from "./store/files.ts";

const SAMPLE_ROWS = 200;
const REFUSED_ROWS_KEPT = 20_000;

/** Who may have published a file here: councils first. */
export const describeImport = declarePlaceUseCase({
  name: "spend.describe_import",
  summary: "Who may have published a file of payments here",
  permission: "spending.import",
  changes: false,
  input: z.strictObject({}),
  output: z.object({ publishers: z.array(z.object({ partnerId: z.string(), name: z.string() })) }),
  example: {},
  refusals: spendingRefusals,
  handle: async (ctx) => {
    const partners = await listPartners(ctx.tx, ctx.place.placeId);
    const rank = (partner: Partner): number => (partner.kind === "council" ? 0 : 1);
    const chosen = await findPublisher(ctx, undefined);
    return accept({ publishers: partners.toSorted((a, b) => rank(a) - rank(b)), chosenId: chosen?.partnerId ?? null });
  },
});

export const keepUpload = declarePlaceUseCase({
  name: "spend.upload",
  summary: "Keep an uploaded file of payments until it is confirmed",
  permission: "spending.import",
  changes: true,
  input: z.strictObject({
    name: field.words(200),
    /** Given by a door as a function; the request's own hash holds the hash of its bytes. */
    content: z.custom<() => Uint8Array>((value) => typeof value === "function").transform((give): Uint8Array => give()),
    publisher: field.words(200).optional(),
  }),
  output: z.object({ uploadId: field.id }),
  example: { name: "payments.csv", content: () => new Uint8Array([65]) },
  refusals: spendingRefusals,
  audited: (value: { readonly uploadId: string }) => value.uploadId,
  handle: async (ctx, input): Promise<Result<{ readonly uploadId: string }, SpendingRefusal>> => {
    const publisher = await findPublisher(ctx, input.publisher);
    if (publisher === null) return refuse({ code: "publisher_not_known" });
    if (!mayPublishFor(ctx.actor, publisher.partnerId)) return refuse({ code: "publisher_not_yours" });
    const bytes = input.content;
    // Opened once now, so that what is no table is refused at once and not kept.
    const opened = await openSpendFile({ bytes }, async () => null);
    if (!opened.ok) return opened;
    await opened.value.table.close();
    const uploadId = ctx.newId();
    await insertUpload(ctx.tx, ctx.place.placeId, {
      upload: {
        uploadId,
        publisherId: publisher.partnerId,
        name: input.name,
        content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      },
      sha256: createHash("sha256").update(bytes).digest(),
      madeBy: ctx.mark,
    });
    return accept({ uploadId });
  },
});

export type UploadShown = {
  readonly uploadId: string;
  readonly name: string;
  readonly publisher: string;
  readonly mapping: Mapping;
  readonly reasons: readonly GuessReason[];
  /** The first rows below the headings. */
  readonly sample: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly columnsAre: "chosen" | "saved" | "guessed";
  /** The file where it is stored already. */
  readonly already: SpendFile | null;
  readonly bytes: number;
  /** What it would bring, or why it cannot be read so. */
  readonly read:
    | {
        readonly ok: true;
        readonly preview: Preview;
        readonly dates: DayOrderFound;
        readonly refused: readonly RefusedRowKept[];
      }
    | { readonly ok: false; readonly refusal: SpendingRefusal };
};

export const showUpload = declarePlaceUseCase({
  name: "spend.show_upload",
  summary: "Show an uploaded file: its columns and what it would bring",
  permission: "spending.import",
  changes: false,
  input: z.strictObject({ uploadId: field.id }),
  output: z.object({ uploadId: z.string() }),
  example: { uploadId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: spendingRefusals,
  handle: async (ctx, { uploadId }): Promise<Result<UploadShown, SpendingRefusal>> => {
    const upload = await findUpload(ctx.tx, ctx.place.placeId, uploadId);
    if (upload === null) return refuse({ code: "upload_not_found" });
    await allowLongWork(ctx.tx);
    const publisher = await findPublisher(ctx, upload.publisherId);
    let columnsAre: UploadShown["columnsAre"] = "guessed";
    const opened = await openSpendFile({ bytes: upload.content }, async (guessed) => {
      const found = await columnsOf(ctx, { upload, guessed });
      if (found !== null) columnsAre = found.are;
      return found === null ? null : { ...guessed, columns: found.columns };
    });
    if (!opened.ok) return opened;
    const { table, mapping, reasons } = opened.value;
    try {
      const sample = table.sample.filter(({ row }) => row > (mapping.headerRow ?? 0)).slice(0, SAMPLE_ROWS);
      const sha256 = createHash("sha256").update(upload.content).digest();
      const already = await findFileByHash(ctx.tx, {
        placeId: ctx.place.placeId,
        publisherId: upload.publisherId,
        sha256,
      });
      const refused: RefusedRowKept[] = [];
      const read = await readSpendFile(opened.value, {
        line: () => undefined,
        refusedRow: (row) => {
          if (refused.length < REFUSED_ROWS_KEPT)
            refused.push({ row: row.row, cells: row.cells, faults: row.read.refusal.faults });
        },
      });
      const shown = {
        uploadId,
        name: upload.name,
        publisher: publisher?.name ?? "",
        mapping,
        reasons,
        sample,
        columnsAre,
        already,
        bytes: upload.content.length,
      };
      return accept({ ...shown, read: read.ok ? { ok: true, ...read.value, refused } : read });
    } finally {
      await table.close();
    }
  },
});

/** A person's choice first, then what was saved for files that look the same; null where neither is there. */
async function columnsOf(
  ctx: PlaceContext,
  { upload, guessed }: { readonly upload: Upload; readonly guessed: Mapping },
): Promise<{ readonly are: "chosen" | "saved"; readonly columns: Mapping["columns"] } | null> {
  if (upload.columns !== null) return { are: "chosen", columns: upload.columns };
  const { placeId } = ctx.place;
  const saved = await findColumns(ctx.tx, {
    placeId,
    publisherId: upload.publisherId,
    headingHash: headingHash(guessed),
  });
  return saved === null ? null : { are: "saved", columns: saved };
}

export const chooseColumns = declarePlaceUseCase({
  name: "spend.choose_columns",
  summary: "Correct which column of an uploaded file holds what",
  permission: "spending.import",
  changes: true,
  input: z.strictObject({
    uploadId: field.id,
    roles: z
      .array(z.enum(ROLES).nullable())
      .max(1000)
      .describe("What each column holds, from the first; null for nothing that is kept"),
  }),
  output: z.object({ uploadId: z.string() }),
  example: { uploadId: "018f3a52-0000-7000-8000-000000000001", roles: ["paidOn", "amount", null, "supplier"] },
  refusals: spendingRefusals,
  audited: (value: { readonly uploadId: string }) => value.uploadId,
  handle: async (ctx, { uploadId, roles }): Promise<Result<{ readonly uploadId: string }, SpendingRefusal>> => {
    const { placeId } = ctx.place;
    const upload = await findUpload(ctx.tx, placeId, uploadId);
    if (upload === null) return refuse({ code: "upload_not_found" });
    const columns: Partial<Record<Role, number>> = {};
    for (const [column, role] of roles.entries()) {
      if (role === null) continue;
      const before = columns[role];
      if (before !== undefined)
        return refuse({ code: "role_twice", role, columns: [columnLetters(before), columnLetters(column)] });
      columns[role] = column;
    }
    const checked = checkMapping({ headerRow: null, headings: [], columns });
    if (!checked.ok) return refuse({ code: "columns_not_known", mapping: checked.refusal });
    await setUploadColumns(ctx.tx, { placeId, uploadId, columns });
    return accept({ uploadId });
  },
});

export const confirmUpload = declarePlaceUseCase({
  name: "spend.confirm_upload",
  summary: "Store the lines of an uploaded file",
  permission: "spending.import",
  changes: true,
  input: z.strictObject({
    uploadId: field.id,
    acceptRefused: z.boolean().default(false),
    /** Given by a job, never by a caller. */
    progress: z.custom<ReadProgress>((value) => typeof value === "function").optional(),
  }),
  output: importOutput,
  example: { uploadId: "018f3a52-0000-7000-8000-000000000001", acceptRefused: true },
  refusals: spendingRefusals,
  // A file that was stored before leaves no other trace than that its upload is gone.
  audited: (value: ImportAnswer, { uploadId }) => (value.stored ? value.fileId : uploadId),
  handle: async (ctx, { uploadId, acceptRefused, progress }): Promise<Result<ImportAnswer, SpendingRefusal>> => {
    const { placeId } = ctx.place;
    const upload = await findUpload(ctx.tx, placeId, uploadId);
    if (upload === null) return refuse({ code: "upload_not_found" });
    const { name, content, publisherId, columns } = upload;
    const file = { input: { bytes: content }, sha256: createHash("sha256").update(content).digest("hex") };
    const imported = await importFile(ctx, {
      name,
      file,
      publisher: publisherId,
      columns: columns ?? undefined,
      acceptRefused,
      preview: false,
      madeUp: false,
      progress,
    });
    if (imported.ok) await deleteUpload(ctx.tx, placeId, uploadId);
    return imported;
  },
});

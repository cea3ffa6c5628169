/** A listing uploaded by page: kept for a day while its columns and what it would bring are shown, then confirmed. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { COLUMN_ROLES, type Columns, checkColumns } from "./domain/columns.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import type { ListingRead } from "./read-listing.ts";
import { deleteUpload, findUpload, insertUpload, setUploadColumns, type Upload } from "./store/files.ts";
import { findWhose, listingShape, lookAt, type TakenIn, takeIn, takenInShape } from "./take-in.ts";

const EXAMPLE = "018f3a52-0000-7000-8000-000000000001";

export const keepListingUpload = declarePlaceUseCase({
  name: "reconciliation.upload",
  summary: "Keep an uploaded listing until it is confirmed",
  permission: "reconciliation.keep",
  changes: true,
  input: z.strictObject({
    name: listingShape.name,
    body: listingShape.body,
    source: listingShape.source,
    pot: listingShape.pot,
    /** Given by a door as a function; the request's own hash holds the hash of its bytes. */
    content: z.custom<() => Uint8Array>((value) => typeof value === "function").transform((give): Uint8Array => give()),
  }),
  output: z.object({ listingUploadId: field.id }),
  example: { name: "gl-listing.csv", body: "Host Council", content: () => new Uint8Array([65]) },
  refusals: reconciliationRefusals,
  audited: (value: { readonly listingUploadId: string }) => value.listingUploadId,
  handle: async (ctx, input): Promise<Result<{ readonly listingUploadId: string }, ReconciliationRefusal>> => {
    const whose = await findWhose(ctx, input);
    if (!whose.ok) return whose;
    const bytes = input.content;
    // Read once now, so that what is no listing at all is refused at once and not kept.
    const read = await lookAt(ctx, { whose: whose.value, input: { bytes }, columns: undefined });
    if (!read.ok) return read;
    const uploadId = ctx.newId();
    const { bodyId, source, potId } = whose.value;
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const upload = { uploadId, bodyId, source, potId, name: input.name, content, madeBy: ctx.mark };
    await insertUpload(ctx.tx, ctx.place.placeId, upload);
    return accept({ listingUploadId: uploadId });
  },
});

export type ListingUploadShown = {
  readonly name: string;
  readonly source: Upload["source"];
  readonly read: Pick<ListingRead, "headings" | "headerRow" | "sample" | "columns" | "missing" | "format">;
  /** What it would bring; null where columns are missing. */
  readonly preview: TakenIn | null;
};

export const showListingUpload = declarePlaceUseCase({
  name: "reconciliation.show_upload",
  summary: "Show an uploaded listing: its columns and what it would bring",
  permission: "reconciliation.keep",
  changes: false,
  input: z.strictObject({ listingUploadId: field.id }),
  output: z.object({ name: z.string() }),
  example: { listingUploadId: EXAMPLE },
  refusals: reconciliationRefusals,
  handle: async (ctx, { listingUploadId }): Promise<Result<ListingUploadShown, ReconciliationRefusal>> => {
    const found = await open(ctx, listingUploadId);
    if (!found.ok) return found;
    const { upload, whose } = found.value;
    const input = { bytes: upload.content };
    const read = await lookAt(ctx, { whose, input, columns: upload.columns ?? undefined });
    if (!read.ok) return read;
    const { headings, headerRow, sample, columns, missing, format } = read.value;
    const shown = {
      name: upload.name,
      source: upload.source,
      read: { headings, headerRow, sample, columns, missing, format },
    };
    if (missing.length > 0) return accept({ ...shown, preview: null });
    const preview = await takeIn(ctx, { ...askedOf(upload), acceptChanged: false, preview: true });
    return preview.ok ? accept({ ...shown, preview: preview.value }) : preview;
  },
});

async function open(ctx: PlaceContext, uploadId: string) {
  const upload = await findUpload(ctx.tx, ctx.place.placeId, uploadId);
  if (upload === null) return refuse({ code: "upload_not_found" } satisfies ReconciliationRefusal);
  const whose = await findWhose(ctx, askedOf(upload));
  return whose.ok ? accept({ upload, whose: whose.value }) : whose;
}

function askedOf(upload: Upload) {
  const { name, bodyId, source, potId, content, columns } = upload;
  const file = { input: { bytes: content }, sha256: createHash("sha256").update(content).digest("hex") };
  return { name, body: bodyId, source, pot: potId, columns: columns ?? undefined, file };
}

export const chooseListingColumns = declarePlaceUseCase({
  name: "reconciliation.choose_columns",
  summary: "Say which column of an uploaded listing holds what",
  permission: "reconciliation.keep",
  changes: true,
  input: z.strictObject({
    listingUploadId: field.id,
    roles: z
      .array(z.enum(COLUMN_ROLES).nullable())
      .max(1000)
      .describe("What each column holds, from the first; null for nothing"),
  }),
  output: z.object({ listingUploadId: z.string() }),
  example: { listingUploadId: EXAMPLE, roles: ["document", "postedOn", "amount", "supplier"] },
  refusals: reconciliationRefusals,
  audited: (value: { readonly listingUploadId: string }) => value.listingUploadId,
  handle: async (ctx, { listingUploadId, roles }) => {
    const found = await open(ctx, listingUploadId);
    if (!found.ok) return found;
    const columns: Columns = Object.fromEntries(roles.flatMap((role, at) => (role === null ? [] : [[role, at]])));
    const checked = checkColumns(columns, found.value.upload.source);
    if (!checked.ok) return refuse({ code: "columns_not_known", missing: checked.refusal.missing });
    await setUploadColumns(ctx.tx, { placeId: ctx.place.placeId, uploadId: listingUploadId, columns });
    return accept({ listingUploadId });
  },
});

export const confirmListingUpload = declarePlaceUseCase({
  name: "reconciliation.confirm_upload",
  summary: "Take in an uploaded listing",
  permission: "reconciliation.keep",
  changes: true,
  input: z.strictObject({ listingUploadId: field.id, acceptChanged: z.boolean().default(false) }),
  output: takenInShape,
  example: { listingUploadId: EXAMPLE },
  refusals: reconciliationRefusals,
  audited: (value: TakenIn, { listingUploadId }) => (value.stored ? value.listingFileId : listingUploadId),
  handle: async (ctx, { listingUploadId, acceptChanged }): Promise<Result<TakenIn, ReconciliationRefusal>> => {
    const found = await open(ctx, listingUploadId);
    if (!found.ok) return found;
    const taken = await takeIn(ctx, { ...askedOf(found.value.upload), acceptChanged, preview: false });
    if (taken.ok) await deleteUpload(ctx.tx, ctx.place.placeId, listingUploadId);
    return taken;
  },
});

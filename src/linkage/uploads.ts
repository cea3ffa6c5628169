/** A file of people uploaded by page: kept for a day while its columns and what it would bring are shown, then confirmed. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { mayPublishFor } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { noteViews, requireAgreement } from "../sharing/index.ts";
import { type Brought, bring, broughtOutput, broughtShape, lookAt, roleName } from "./bring-records.ts";
import { COLUMN_ROLES, type Columns, missingRoles } from "./import/columns.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import type { PersonFileRead } from "./read-person-file.ts";
import { deleteUpload, findUpload, insertUpload, setUploadColumns, type Upload } from "./store/uploads.ts";

const EXAMPLE = "018f3a52-0000-7000-8000-000000000001";

export const keepPersonUpload = declarePlaceUseCase({
  name: "matching.upload",
  summary: "Keep an uploaded file of people until it is confirmed",
  permission: "matching.bring",
  changes: true,
  input: z.strictObject({
    ...broughtShape,
    /** Given by a door as a function; the request's own hash holds the hash of its bytes. */
    content: z.custom<() => Uint8Array>((value) => typeof value === "function").transform((give): Uint8Array => give()),
  }),
  output: z.object({ personUploadId: field.id }),
  example: {
    name: "custody.csv",
    agreementId: "018f3a52-0000-7000-8000-0000000000a1",
    partnerId: EXAMPLE,
    source: "Custody records",
    content: () => new Uint8Array([65]),
  },
  refusals: matchingRefusals,
  audited: (value: { readonly personUploadId: string }) => value.personUploadId,
  handle: async (ctx, { content, ...about }): Promise<Result<{ readonly personUploadId: string }, MatchingRefusal>> => {
    if (!mayPublishFor(ctx.actor, about.partnerId)) return refuse({ code: "partner_not_yours" });
    const { agreementId, partnerId } = about;
    const agreement = await requireAgreement(ctx, { agreementId, purpose: "find_families", sender: partnerId });
    if (!agreement.ok) return agreement;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    // Read once now, so that what is no table at all is refused at once and not kept.
    const file = { input: { bytes }, sha256: "" };
    const read = await lookAt(ctx, { asked: { file, partnerId }, agreement: agreement.value });
    if (!read.ok) return read;
    const personUploadId = ctx.newId();
    const upload = { ...about, uploadId: personUploadId, content: bytes, madeBy: ctx.mark, now: ctx.now };
    await asFamily(ctx.tx, () => insertUpload(ctx.tx, ctx.place.placeId, upload));
    return accept({ personUploadId });
  },
});

export type PersonUploadShown = {
  readonly name: string;
  readonly source: string;
  readonly read: Pick<PersonFileRead, "headings" | "columns" | "sample"> & {
    readonly missing: readonly string[];
    readonly leftOut: readonly string[];
  };
  /** What it would bring; null where columns are missing. */
  readonly preview: Brought | null;
};

export const showPersonUpload = declarePlaceUseCase({
  name: "matching.show_upload",
  summary: "Show an uploaded file of people: its columns and what it would bring",
  permission: "matching.bring",
  changes: false,
  notesViews: true,
  input: z.strictObject({ personUploadId: field.id }),
  output: z.object({ name: z.string() }),
  example: { personUploadId: EXAMPLE },
  refusals: matchingRefusals,
  handle: async (ctx, { personUploadId }): Promise<Result<PersonUploadShown, MatchingRefusal>> => {
    const found = await open(ctx, personUploadId);
    if (!found.ok) return found;
    const { upload, agreement } = found.value;
    const read = await lookAt(ctx, { asked: askedOf(upload), agreement });
    if (!read.ok) return read;
    const { agreementId } = upload;
    await noteViews(ctx, { agreementId, purpose: "find_families", kind: "file", ids: [personUploadId] });
    const { headings, columns, sample, missing, leftOut } = read.value;
    const shown = {
      name: upload.name,
      source: upload.source,
      read: { headings, columns, sample, missing: missing.map(roleName), leftOut: leftOut.map(roleName) },
    };
    if (missing.length > 0) return accept({ ...shown, preview: null });
    const preview = await bring(ctx, { ...askedOf(upload), acceptRefused: true, preview: true, madeUp: false });
    return preview.ok ? accept({ ...shown, preview: preview.value }) : preview;
  },
});

async function open(ctx: PlaceContext, uploadId: string) {
  const upload = await asFamily(ctx.tx, () => findUpload(ctx.tx, ctx.place.placeId, uploadId));
  if (upload === null || !mayPublishFor(ctx.actor, upload.partnerId))
    return refuse({ code: "upload_not_found" } satisfies MatchingRefusal);
  const { agreementId, partnerId } = upload;
  const agreement = await requireAgreement(ctx, { agreementId, purpose: "find_families", sender: partnerId });
  return agreement.ok ? accept({ upload, agreement: agreement.value }) : agreement;
}

function askedOf({ name, agreementId, partnerId, source, content, columns }: Upload) {
  const file = { input: { bytes: content }, sha256: createHash("sha256").update(content).digest("hex") };
  return { name, agreementId, partnerId, source, columns: columns ?? undefined, file };
}

export const choosePersonColumns = declarePlaceUseCase({
  name: "matching.choose_columns",
  summary: "Say which column of an uploaded file of people holds what",
  permission: "matching.bring",
  changes: true,
  input: z.strictObject({
    personUploadId: field.id,
    roles: z
      .array(z.enum(COLUMN_ROLES).nullable())
      .max(1000)
      .describe("What each column holds, from the first; null for nothing"),
  }),
  output: z.object({ personUploadId: z.string() }),
  example: { personUploadId: EXAMPLE, roles: ["reference", "forename", "surname"] },
  refusals: matchingRefusals,
  audited: (value: { readonly personUploadId: string }) => value.personUploadId,
  handle: async (
    ctx,
    { personUploadId, roles },
  ): Promise<Result<{ readonly personUploadId: string }, MatchingRefusal>> => {
    const found = await open(ctx, personUploadId);
    if (!found.ok) return found;
    const twice = roles.find((role, at) => role !== null && roles.indexOf(role) !== at);
    if (twice) return refuse({ code: "role_twice", role: roleName(twice) });
    const columns: Columns = Object.fromEntries(roles.flatMap((role, at) => (role === null ? [] : [[role, at]])));
    const missing = missingRoles(columns);
    if (missing.length > 0) return refuse({ code: "columns_not_known", missing: missing.map(roleName).join(", ") });
    const { placeId } = ctx.place;
    await asFamily(ctx.tx, () => setUploadColumns(ctx.tx, { placeId, uploadId: personUploadId, columns }));
    return accept({ personUploadId });
  },
});

export const confirmPersonUpload = declarePlaceUseCase({
  name: "matching.confirm_upload",
  summary: "Bring an uploaded file of people",
  permission: "matching.bring",
  changes: true,
  input: z.strictObject({ personUploadId: field.id, acceptRefused: z.boolean().default(false) }),
  output: broughtOutput,
  example: { personUploadId: EXAMPLE },
  refusals: matchingRefusals,
  audited: (value: Brought, { personUploadId }) => (value.stored ? value.personFileId : personUploadId),
  handle: async (ctx, { personUploadId, acceptRefused }): Promise<Result<Brought, MatchingRefusal>> => {
    const found = await open(ctx, personUploadId);
    if (!found.ok) return found;
    const asked = { ...askedOf(found.value.upload), acceptRefused, preview: false, madeUp: false };
    const brought = await bring(ctx, asked);
    if (brought.ok) await asFamily(ctx.tx, () => deleteUpload(ctx.tx, ctx.place.placeId, personUploadId));
    return brought;
  },
});

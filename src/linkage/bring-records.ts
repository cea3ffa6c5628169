/**
 * Brings an agency's file of people under an information-sharing agreement: each file once, each record by the reference of its source. Only
 * the columns that the agreement allows are kept; a row that cannot be read is told by row and column, and nothing is kept until it is
 * mended or left out on purpose. The records are deleted on the day that the agreement says, unless somebody says that they are needed.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { addDays } from "../lib/day.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { mayPublishFor } from "../platform/policy.ts";
import type { TableInput } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext, said } from "../platform/use-case/index.ts";
import { type Agreement, noteViews, personFieldName, requireAgreement } from "../sharing/index.ts";
import { COLUMN_ROLES, type ColumnRole, type Columns } from "./import/columns.ts";
import { explainRowFault, type MatchingRefusal, matchingRefusals, type ShownFault } from "./messages.ts";
import { type PersonFileRead, readPersonFile } from "./read-person-file.ts";
import { countGone, findFileByHash, insertFile, keepRecords } from "./store/records.ts";
import { findColumns, saveColumns } from "./store/uploads.ts";

const FAULTS_SHOWN = 200;
const BATCH = 5000;

export const columnsShape = z
  .partialRecord(z.enum(COLUMN_ROLES), z.number().int().min(0).max(999))
  .describe("The column of each role, counted from 0");

export const broughtShape = {
  name: field.words(200).describe("The file's name"),
  agreementId: field.id.describe("The information-sharing agreement that the records come under"),
  partnerId: field.id.describe("Whose records they are"),
  source: field.words(80).describe("Which register they are of, for example custody records: the same words each time"),
};

export const broughtOutput = z.object({
  records: z.number(),
  refusedCount: z.number(),
  refused: z.array(z.object({ row: z.number(), column: z.string(), reason: z.string() })),
  leftOut: z.array(z.string()).describe("Columns that the agreement does not allow, which were not kept"),
  noLongerSent: z.number().describe("Records of the source that its newest file does not have"),
  deleteOn: z.string(),
  stored: z.boolean(),
  already: z.boolean(),
  personFileId: z.string().nullable(),
});

export type Brought = {
  readonly records: number;
  readonly refusedCount: number;
  readonly refused: readonly ShownFault[];
  readonly leftOut: readonly string[];
  readonly noLongerSent: number;
  readonly deleteOn: string;
  readonly stored: boolean;
  readonly already: boolean;
  readonly personFileId: string | null;
};

export type FileInput = { readonly input: TableInput; readonly sha256: string };

export const bringRecords = declarePlaceUseCase({
  name: "matching.bring",
  summary: "Bring an agency's file of people under an information-sharing agreement",
  permission: "matching.bring",
  changes: true,
  input: z.strictObject({
    ...broughtShape,
    columns: columnsShape.optional(),
    acceptRefused: z.boolean().default(false),
    preview: z.boolean().default(false),
    madeUp: z.boolean().default(false),
    /** The bytes, or where they are on this machine: given by a door, never by a caller of the API. */
    file: z.custom<FileInput>((value) => typeof value === "object" && value !== null),
  }),
  output: broughtOutput,
  example: {
    name: "custody.csv",
    agreementId: "018f3a52-0000-7000-8000-0000000000a1",
    partnerId: "018f3a52-0000-7000-8000-000000000001",
    source: "Custody records",
    file: { input: { path: "custody.csv" }, sha256: "" },
  },
  refusals: matchingRefusals,
  audited: (value: Brought) => (value.stored ? value.personFileId : null),
  handle: (ctx, input) => bring(ctx, input),
});

export const sendRecords = declarePlaceUseCase({
  name: "matching.send_file",
  summary: "Bring an agency's file of people, sent as base64",
  permission: "matching.bring",
  changes: true,
  route: { method: "post", path: "matching/files", bodyLimitBytes: 92_000_000 },
  input: z.strictObject({
    ...broughtShape,
    columns: columnsShape.optional(),
    acceptRefused: z.boolean().default(false),
    preview: z.boolean().default(false),
    content: z
      .base64(said({ en: "Send the file's bytes as base64", cy: "Anfonwch feitiau'r ffeil fel base64" }))
      .describe("The file's bytes, as base64"),
  }),
  output: broughtOutput,
  example: {
    name: "custody.csv",
    agreementId: "018f3a52-0000-7000-8000-0000000000a1",
    partnerId: "018f3a52-0000-7000-8000-000000000001",
    source: "Custody records",
    content: Buffer.from("reference,surname\nC1,Hallsworth\n").toString("base64"),
  },
  refusals: matchingRefusals,
  audited: (value: Brought) => (value.stored ? value.personFileId : null),
  handle: (ctx, { content, ...input }) => {
    const bytes = Buffer.from(content, "base64");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return bring(ctx, { ...input, madeUp: false, file: { input: { bytes }, sha256 } });
  },
});

export type ToBring = {
  readonly name: string;
  readonly agreementId: string;
  readonly partnerId: string;
  readonly source: string;
  readonly columns?: Columns | undefined;
  readonly acceptRefused: boolean;
  readonly preview: boolean;
  readonly madeUp: boolean;
  readonly file: FileInput;
};

export async function bring(ctx: PlaceContext, asked: ToBring): Promise<Result<Brought, MatchingRefusal>> {
  const allowed = await mayBring(ctx, asked);
  if (!allowed.ok) return allowed;
  const agreement = allowed.value;
  const { placeId } = ctx.place;
  const sha256 = Buffer.from(asked.file.sha256, "hex");
  const { partnerId, source, agreementId } = asked;
  const known = await asFamily(ctx.tx, () =>
    findFileByHash(ctx.tx, { placeId, partnerId, source, agreementId, sha256 }),
  );
  if (known !== null) {
    const { records, refused, leftOut, deleteOn, fileId } = known;
    const counts = { records, refusedCount: refused, refused: [], leftOut, noLongerSent: 0, deleteOn };
    return accept({ ...counts, stored: false, already: true, personFileId: fileId });
  }
  const read = await lookAt(ctx, { asked, agreement });
  if (!read.ok) return read;
  const { rows, faults, faultCount, missing, leftOut } = read.value;
  const words = (role: ColumnRole) => roleName(role);
  if (missing.length > 0) return refuse({ code: "columns_not_known", missing: missing.map(words).join(", ") });
  if (rows.length === 0 && faultCount === 0) return refuse({ code: "no_records" });
  const refused = faults.slice(0, FAULTS_SHOWN).map((fault) => ({ ...fault, reason: explainRowFault(fault) }));
  const deleteOn = addDays(ctx.today, agreement.keepDays);
  const answer: Brought = {
    records: rows.length,
    refusedCount: faultCount,
    refused,
    leftOut: leftOut.map(words),
    noLongerSent: 0,
    deleteOn,
    stored: false,
    already: false,
    personFileId: null,
  };
  if (asked.preview) return accept(answer);
  if (rows.length === 0 || (faultCount > 0 && !asked.acceptRefused))
    return refuse({ code: "rows_refused", refusedCount: faultCount, refused });
  const kept = await keep(ctx, { asked, read: read.value, sha256, deleteOn });
  // Somebody else brought the same file in the same moment: it is there.
  if (kept === null) return bring(ctx, asked);
  // What was left out is told by row and column alone: this answer may be kept with the request's key, outside the family role.
  return accept({ ...answer, ...kept, stored: true });
}

async function mayBring(ctx: PlaceContext, asked: ToBring): Promise<Result<Agreement, MatchingRefusal>> {
  if (!mayPublishFor(ctx.actor, asked.partnerId)) return refuse({ code: "partner_not_yours" });
  const { agreementId, partnerId } = asked;
  return requireAgreement(ctx, { agreementId, purpose: "find_families", sender: partnerId });
}

type Looking = { readonly asked: Pick<ToBring, "file" | "columns" | "partnerId">; readonly agreement: Agreement };

/** Columns that a person chose for a heading hold for the partner's next files with the same heading. */
export function lookAt(
  ctx: PlaceContext,
  { asked, agreement }: Looking,
): Promise<Result<PersonFileRead, MatchingRefusal>> {
  const { placeId } = ctx.place;
  const { partnerId } = asked;
  return readPersonFile(asked.file.input, {
    fields: agreement.fields,
    chosen: async (headings) =>
      asked.columns ??
      asFamily(ctx.tx, () => findColumns(ctx.tx, { placeId, partnerId, headingHash: hashJson([...headings]) })),
  });
}

type Keeping = {
  readonly asked: ToBring;
  readonly read: PersonFileRead;
  readonly sha256: Buffer;
  readonly deleteOn: string;
};

async function keep(ctx: PlaceContext, { asked, read, sha256, deleteOn }: Keeping) {
  const { placeId } = ctx.place;
  const { partnerId, source, agreementId, name, madeUp } = asked;
  const fileId = ctx.newId();
  const file = { fileId, partnerId, agreementId, source, name, sha256, columns: read.columns, madeUp, deleteOn };
  const counts = { records: read.rows.length, refused: read.faultCount, leftOut: read.leftOut.map(roleName) };
  const noLongerSent = await asFamily(ctx.tx, async () => {
    const made = await insertFile(ctx.tx, placeId, { ...file, ...counts, broughtBy: ctx.mark, now: ctx.now });
    if (!made) return null;
    for (let from = 0; from < read.rows.length; from += BATCH) {
      const records = read.rows.slice(from, from + BATCH).map((row) => ({ ...row, recordId: ctx.newId() }));
      await keepRecords(ctx.tx, { placeId, partnerId, source, fileId, deleteOn, records });
    }
    if (asked.columns !== undefined) {
      const headingHash = hashJson([...read.headings]);
      await saveColumns(ctx.tx, { placeId, partnerId, headingHash, columns: asked.columns });
    }
    return countGone(ctx.tx, { placeId, partnerId, source, fileId });
  });
  if (noLongerSent === null) return null;
  await noteViews(ctx, { agreementId, purpose: "find_families", kind: "file", ids: [fileId] });
  return { personFileId: fileId, noLongerSent };
}

/** Staff desks are in English. */
export function roleName(role: ColumnRole): string {
  return role === "reference" ? "reference" : personFieldName(role, "en");
}

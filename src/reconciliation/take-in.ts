/**
 * Takes in a listing of a body's own ledger, or a statement of a pot's own bank account: each file once, each line once. A
 * line that comes again is skipped; one that comes with other content was changed in the host's ledger, is told by row, and
 * is kept as a new version when a person accepts that. One broken row, and nothing is kept.
 */
import { z } from "zod";
import { assert } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { mayPublishFor, permits } from "../platform/policy.ts";
import type { TableInput } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext } from "../platform/use-case/index.ts";
import { COLUMN_ROLES, type Columns, type Source } from "./domain/columns.ts";
import type { ListingLine, RowFault } from "./domain/listing-line.ts";
import { explainFault } from "./domain/words.ts";
import { type ReconciliationRefusal, type RefusedRow, reconciliationRefusals } from "./messages.ts";
import { type ListingRead, readListing } from "./read-listing.ts";
import { findBodyNamed, findPot, findPotNamed, nextNumber } from "./store/books.ts";
import { findColumns, findFileByHash, insertFile, saveColumns } from "./store/files.ts";
import { findKnown, hashOfLine, insertLines, keyOfLine, type LineToKeep } from "./store/lines.ts";

export const columnsShape = z
  .partialRecord(z.enum(COLUMN_ROLES), z.number().int().min(0).max(999))
  .describe("The column of each role, counted from 0");

export const listingShape = {
  name: field.words(200).describe("The file's name"),
  body: field.words(200).describe("Whose ledger or bank it is: a partner's id or name"),
  source: z.enum(["ledger", "bank"]).default("ledger"),
  pot: field.words(200).nullable().default(null).describe("For a bank statement: the pot's id, address or name"),
  columns: columnsShape.optional(),
  acceptChanged: z
    .boolean()
    .default(false)
    .describe("Keep lines that were changed in the host's ledger as new versions"),
  preview: z.boolean().default(false).describe("Count and keep nothing"),
};

export const takenInShape = z.object({
  lines: z.number().describe("New lines"),
  skipped: z.number().describe("Lines that were there already"),
  changed: z.number().describe("Lines kept as a new version"),
  refused: z.array(z.object({ row: z.number(), column: z.string(), value: z.string(), reason: z.string() })),
  refusedCount: z.number(),
  totalPence: z.string().describe("Of the new lines, in whole pence; a cost is positive"),
  from: z.string().nullable(),
  to: z.string().nullable(),
  stored: z.boolean(),
  already: z.boolean(),
  listingFileId: z.string().nullable(),
  body: z.string(),
  format: z.string(),
});

export type TakenIn = {
  readonly lines: number;
  readonly skipped: number;
  readonly changed: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  readonly totalPence: bigint;
  readonly from: string | null;
  readonly to: string | null;
  readonly stored: boolean;
  readonly already: boolean;
  readonly listingFileId: string | null;
  readonly body: string;
  readonly format: string;
};

export type FileInput = { readonly input: TableInput; readonly sha256: string };

export const takeInListing = declarePlaceUseCase({
  name: "reconciliation.take_in",
  summary: "Take in a listing of a body's own ledger, or a bank statement",
  permission: "reconciliation.keep",
  changes: true,
  input: z.strictObject({
    ...listingShape,
    /** The bytes, or where they are on this machine: given by a door, never by a caller of the API. */
    file: z.custom<FileInput>((value) => typeof value === "object" && value !== null),
  }),
  output: takenInShape,
  example: {
    name: "gl-listing.csv",
    body: "Host Council",
    file: { input: { path: "gl-listing.csv" }, sha256: "" },
    preview: true,
  },
  refusals: reconciliationRefusals,
  audited: (value: TakenIn) => (value.stored ? value.listingFileId : null),
  handle: (ctx, input) => takeIn(ctx, input),
});

export type ToTakeIn = {
  readonly name: string;
  readonly body: string;
  readonly source: Source;
  readonly pot: string | null;
  readonly columns?: Columns | undefined;
  readonly acceptChanged: boolean;
  readonly preview: boolean;
  readonly file: FileInput;
};

export type Whose = {
  readonly bodyId: string;
  readonly body: string;
  readonly source: Source;
  readonly potId: string | null;
  readonly lastFour: string | null;
};

/** The body whose listing it is, and the pot whose bank account. */
export async function findWhose(
  ctx: PlaceContext,
  the: Pick<ToTakeIn, "body" | "source" | "pot">,
): Promise<Result<Whose, ReconciliationRefusal>> {
  const { placeId } = ctx.place;
  const body = await findBodyNamed(ctx.tx, placeId, the.body);
  if (body === null) return refuse({ code: "partner_not_found" });
  if (!mayPublishFor(ctx.actor, body.bodyId)) return refuse({ code: "body_not_yours" });
  if (the.source === "ledger") return accept({ ...body, source: the.source, potId: null, lastFour: null });
  if (the.pot === null) return refuse({ code: "pot_missing" });
  const potId = await findPotNamed(ctx.tx, placeId, the.pot);
  const pot = potId === null ? null : await findPot(ctx.tx, placeId, potId);
  if (pot === null) return refuse({ code: "pot_not_found", pot: the.pot });
  if (!permits(ctx.actor, "reconciliation.keep", pot.areaId)) return refuse({ code: "another_area" });
  if (!pot.hasBank) return refuse({ code: "bank_not_opened" });
  return accept({ ...body, source: the.source, potId: pot.potId, lastFour: pot.lastFour });
}

export async function takeIn(ctx: PlaceContext, asked: ToTakeIn): Promise<Result<TakenIn, ReconciliationRefusal>> {
  const found = await findWhose(ctx, asked);
  if (!found.ok) return found;
  const whose = found.value;
  const { placeId } = ctx.place;
  const sha256 = Buffer.from(asked.file.sha256, "hex");
  // One body's files one after another: two of them may hold the same lines.
  if (!asked.preview) await nextNumber(ctx.tx, placeId, `listing:${whose.bodyId}`);
  const known = await findFileByHash(ctx.tx, { placeId, bodyId: whose.bodyId, sha256 });
  if (known !== null) {
    const { lines, skipped, changed, totalPence, from, to, format, body, fileId } = known;
    const counts = { lines, skipped, changed, refused: [], refusedCount: 0, totalPence, from, to };
    return accept({ ...counts, stored: false, already: true, listingFileId: fileId, body, format });
  }
  const read = await openListing(ctx, { whose, asked });
  if (!read.ok) return read;
  const sorted = await sortLines(ctx, { whose, read: read.value, acceptChanged: asked.acceptChanged });
  const refused = sorted.faults.map((fault) => ({ ...fault, reason: explainFault(ctx.language, fault) }));
  const refusedCount = read.value.faultCount + sorted.faults.length - read.value.faults.length;
  const counts = { ...countsOf(sorted), refused, refusedCount, body: whose.body, format: read.value.format };
  const answer = { ...counts, stored: false, already: false, listingFileId: null };
  if (asked.preview) return accept(answer);
  if (refusedCount > 0) return refuse({ code: "rows_refused", refusedCount, refused });
  const listingFileId = await keep(ctx, { whose, asked, sha256, read: read.value, sorted });
  return accept({ ...answer, stored: true, listingFileId });
}

type Opening = { readonly whose: Whose; readonly asked: Pick<ToTakeIn, "file" | "columns"> };

/** Read, with the columns that were chosen or saved; what gives no line at all is refused. */
async function openListing(
  ctx: PlaceContext,
  { whose, asked }: Opening,
): Promise<Result<ListingRead, ReconciliationRefusal>> {
  const read = await lookAt(ctx, { whose, input: asked.file.input, columns: asked.columns });
  if (!read.ok) return read;
  const { missing, lines, faultCount, bank } = read.value;
  if (missing.length > 0) return refuse({ code: "columns_not_known", missing });
  if (lines.length === 0 && faultCount === 0 && bank === null) return refuse({ code: "no_lines" });
  if (bank !== null && bank.lastFour !== null && bank.lastFour !== whose.lastFour)
    return refuse({ code: "account_differs", lastFour: bank.lastFour });
  return read;
}

type Looking = { readonly whose: Whose; readonly input: TableInput; readonly columns: Columns | undefined };

/** Columns that a person chose for a heading hold for the body's next files with the same heading. */
export function lookAt(
  ctx: PlaceContext,
  { whose, input, columns }: Looking,
): Promise<Result<ListingRead, ReconciliationRefusal>> {
  const { placeId } = ctx.place;
  return readListing(input, {
    source: whose.source,
    chosen: async ({ headings }) =>
      columns ?? findColumns(ctx.tx, { placeId, bodyId: whose.bodyId, headingHash: hashJson(headings) }),
  });
}

type Sorted = {
  readonly toKeep: readonly LineToKeep[];
  readonly skipped: number;
  readonly changed: number;
  readonly faults: readonly RowFault[];
};

/** Which lines are new, which are there, which were changed. */
async function sortLines(
  ctx: PlaceContext,
  the: { readonly whose: Whose; readonly read: ListingRead; readonly acceptChanged: boolean },
): Promise<Sorted> {
  const { whose, read } = the;
  const there = await findKnown(ctx.tx, { placeId: ctx.place.placeId, ...whose, lines: read.lines });
  const toKeep: LineToKeep[] = [];
  const faults: RowFault[] = [...read.faults];
  let skipped = 0;
  let changed = 0;
  for (const line of read.lines) {
    const known = there.get(keyOfLine(line));
    if (known?.contentHash.equals(hashOfLine(line))) skipped += 1;
    else if (known === undefined) toKeep.push({ ...line, lineId: ctx.newId(), version: 1 });
    else if (known.matched) faults.push(faultOf(line, "changed_and_matched"));
    else if (!the.acceptChanged) faults.push(faultOf(line, "changed"));
    else {
      changed += 1;
      toKeep.push({ ...line, lineId: ctx.newId(), version: known.version + 1 });
    }
  }
  return { toKeep, skipped, changed, faults: faults.sort((a, b) => a.row - b.row) };
}

function faultOf({ row, document, documentLine }: ListingLine, reason: "changed" | "changed_and_matched"): RowFault {
  return { row, column: "document", value: `${document} ${documentLine}`.slice(0, 100), reason };
}

function countsOf({ toKeep, skipped, changed }: Sorted) {
  const days = toKeep.map(({ postedOn }) => postedOn).sort();
  const totalPence = toKeep.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  return {
    lines: toKeep.length - changed,
    skipped,
    changed,
    totalPence,
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
  };
}

type Keeping = {
  readonly whose: Whose;
  readonly asked: ToTakeIn;
  readonly sha256: Buffer;
  readonly read: ListingRead;
  readonly sorted: Sorted;
};

async function keep(ctx: PlaceContext, { whose, asked, sha256, read, sorted }: Keeping): Promise<string> {
  const { placeId } = ctx.place;
  const fileId = ctx.newId();
  const { bodyId, source, potId } = whose;
  const counts = countsOf(sorted);
  const bank = { openingPence: read.bank?.openingPence ?? null, closingPence: read.bank?.closingPence ?? null };
  const file = { fileId, bodyId, source, potId, format: read.format, name: asked.name, ...counts, ...bank };
  const made = await insertFile(ctx.tx, placeId, { ...file, sha256, columns: read.columns, takenBy: ctx.mark });
  assert(made, "a body's files are taken in one after another");
  const kept = await insertLines(ctx.tx, { placeId, bodyId, source, potId, fileId, lines: sorted.toKeep });
  assert(kept, "a body's lines are taken in one after another");
  if (asked.columns !== undefined) {
    const headingHash = hashJson(read.headings);
    await saveColumns(ctx.tx, { placeId, bodyId, headingHash, columns: asked.columns, savedBy: ctx.mark });
  }
  return fileId;
}

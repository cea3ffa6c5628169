/** Looking at published spending: sums, lines, files and the rows that were left out. Payments over GBP 500; no pay or benefits. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import type { Mapping } from "./domain/mapping.ts";
import { ROLES } from "./domain/roles.ts";
import { creditsOnly, filterOf, filterShape } from "./filter.ts";
import { openKeptSums } from "./kept-sums.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import { findFile, headingsOf, listFiles, listRefused, type RefusedRowKept, type SpendFile } from "./store/files.ts";
import { countLines, findLine, type LineRow, listLines, type SumRow, type Totals } from "./store/lines.ts";

const LINES_A_PAGE = 50;

const sumShape = z.array(z.object({ name: z.string(), lines: z.number(), amountPence: field.penceText }));

export type SpendSummary = Totals & {
  readonly label: string;
  readonly byServiceArea: readonly SumRow[];
  readonly byMonth: readonly SumRow[];
  readonly bySupplier: readonly SumRow[];
};

export const summariseSpending = declarePlaceUseCase({
  name: "spend.summary",
  summary: "Sum published spending by service area, month and supplier",
  permission: "spending.read",
  changes: false,
  route: { method: "get", path: "spending" },
  command: { words: "spend summary" },
  input: z.strictObject(filterShape),
  output: z.object({
    label: z.string(),
    lines: z.number(),
    totalPence: field.penceText,
    creditLines: z.number(),
    creditsPence: field.penceText,
    fromMonth: z.string().nullable(),
    toMonth: z.string().nullable(),
    suppliers: z.number(),
    byServiceArea: sumShape,
    byMonth: sumShape,
    bySupplier: sumShape,
  }),
  example: { from: "2012-04", to: "2013-03" },
  refusals: spendingRefusals,
  handle: async (ctx, input): Promise<Result<SpendSummary, SpendingRefusal>> => {
    const filter = await filterOf(ctx, input);
    const kept = await openKeptSums(ctx.tx, filter);
    const { totals, ...sums } = await kept.sums({ serviceAreas: 200, months: 600, suppliers: 100 });
    return accept({ label: "Payments over GBP 500; no pay or benefits", ...totals, ...sums });
  },
});

const lineShape = z.object({
  fileId: field.id,
  row: z.number(),
  publisher: z.string(),
  paidOn: z.string(),
  amountPence: field.penceText,
  supplier: z.string(),
  serviceArea: z.string(),
  description: z.string(),
  reference: z.string(),
  companyNumber: z.string(),
  charityNumber: z.string(),
});

const fileShape = z.object({
  fileId: field.id,
  publisherId: field.id,
  publisher: z.string(),
  name: z.string(),
  lines: z.number(),
  refused: z.number(),
  totalPence: field.penceText,
  from: z.string().nullable(),
  to: z.string().nullable(),
  importedAt: z.string(),
  madeUp: z.boolean(),
});

const mappingShape = z.object({
  headerRow: z.number().nullable(),
  headings: z.array(z.string()),
  columns: z.partialRecord(z.enum(ROLES), z.number()),
});

const refusedShape = z.object({
  row: z.number(),
  faults: z.array(z.object({ row: z.number(), column: z.string(), value: z.string(), reason: z.string() })),
  cells: z.array(z.string()),
});

export const listSpendLines = declarePlaceUseCase({
  name: "spend.lines",
  summary: "List published payments, the newest first",
  permission: "spending.read",
  changes: false,
  route: { method: "get", path: "spending/lines" },
  command: { words: "spend lines" },
  input: z.strictObject({
    ...filterShape,
    fileId: field.id.optional(),
    credits: creditsOnly,
    page: field.page,
    perPage: z.coerce.number().int().min(1).max(1000).default(LINES_A_PAGE),
  }),
  output: z.object({
    count: z.number(),
    totalPence: field.penceText,
    page: z.number(),
    perPage: z.number(),
    lines: z.array(lineShape),
  }),
  example: { supplier: "Irwell Family Support CIC (made up)" },
  refusals: spendingRefusals,
  handle: async (ctx, input) => {
    const asked = {
      ...(await filterOf(ctx, input)),
      fileId: input.fileId ?? null,
      creditsOnly: input.credits === "only",
    };
    const lines = await listLines(ctx.tx, { ...asked, limit: input.perPage, offset: (input.page - 1) * input.perPage });
    return accept({ ...(await countLines(ctx.tx, asked)), page: input.page, perPage: input.perPage, lines });
  },
});

export const showSpendLine = declarePlaceUseCase({
  name: "spend.line",
  summary: "Show one published payment with its file and row",
  permission: "spending.read",
  changes: false,
  route: { method: "get", path: "spending/files/{fileId}/lines/{row}" },
  command: { words: "spend line", positional: ["fileId", "row"] },
  input: z.strictObject({ fileId: field.id, row: z.coerce.number().int().min(1).max(2_000_000_000) }),
  output: z.object({ line: lineShape, file: fileShape }),
  example: { fileId: "018f3a52-0000-7000-8000-000000000001", row: 14 },
  refusals: spendingRefusals,
  handle: async (
    ctx,
    { fileId, row },
  ): Promise<Result<{ readonly line: LineRow; readonly file: SpendFile }, SpendingRefusal>> => {
    const where = { placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null, fileId };
    const line = await findLine(ctx.tx, { ...where, row });
    const file = line === null ? null : await findFile(ctx.tx, { ...where, areaId: null });
    return line === null || file === null ? refuse({ code: "spend_line_not_found" }) : accept({ line, file });
  },
});

export const listSpendFiles = declarePlaceUseCase({
  name: "spend.files",
  summary: "List the files of published spending",
  permission: "spending.read",
  changes: false,
  route: { method: "get", path: "spending/files" },
  command: { words: "spend files" },
  input: z.strictObject({}),
  output: z.object({ files: z.array(fileShape) }),
  example: {},
  refusals: spendingRefusals,
  handle: async (ctx) =>
    accept({ files: await listFiles(ctx.tx, { placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null }) }),
});

export type SpendFileShown = {
  readonly file: SpendFile;
  readonly mapping: Mapping;
  readonly refused: readonly RefusedRowKept[];
  /** True for a reader who may not import: what stood in the rows left out is not published. */
  readonly cellsWithheld: boolean;
};

/** A row left out was never read as a payment, so nobody has looked at what it may hold: a name, a personal number. */
function withoutCells({ row, faults }: RefusedRowKept): RefusedRowKept {
  return { row, cells: [], faults: faults.map((fault) => ({ ...fault, value: fault.value === "" ? "" : "…" })) };
}

export const showSpendFile = declarePlaceUseCase({
  name: "spend.file",
  summary: "Show a file of published spending and the rows that were left out",
  permission: "spending.read",
  changes: false,
  route: { method: "get", path: "spending/files/{fileId}" },
  command: { words: "spend file", positional: ["fileId"] },
  input: z.strictObject({ fileId: field.id }),
  output: z.object({
    file: fileShape,
    mapping: mappingShape,
    refused: z.array(refusedShape),
    cellsWithheld: z.boolean(),
  }),
  example: { fileId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: spendingRefusals,
  handle: async (ctx, { fileId }): Promise<Result<SpendFileShown, SpendingRefusal>> => {
    const { placeId } = ctx.place;
    const file = await findFile(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null, fileId });
    if (file === null) return refuse({ code: "spend_file_not_found" });
    const refused = await listRefused(ctx.tx, placeId, fileId);
    const cellsWithheld = !permits(ctx.actor, "spending.import", ctx.place.area?.areaId ?? null);
    return accept({
      file,
      mapping: await headingsOf(ctx.tx, placeId, fileId),
      refused: cellsWithheld ? refused.map(withoutCells) : refused,
      cellsWithheld,
    });
  },
});

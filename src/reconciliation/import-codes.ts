/** Codes from a file, in the columns in which the list of codes goes out. All rows or none; each fault by row and column. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { plainText, readTable } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { parseListingDay } from "./domain/cells.ts";
import type { Mapping } from "./domain/codes.ts";
import { plainHeading } from "./domain/columns.ts";
import { keepCodes } from "./map-code.ts";
import { type ReconciliationRefusal, type RefusedRow, reconciliationRefusals } from "./messages.ts";
import { findBodyNamed, findPotNamed } from "./store/books.ts";

/** As they go out and come in. */
export const CODE_COLUMNS = [
  "body",
  "pot",
  "allocation_id",
  "service_id",
  "cost_centre",
  "subjective",
  "project",
  "subjective_group",
  "starts_on",
  "ends_on",
] as const;
type CodeColumn = (typeof CODE_COLUMNS)[number];
type Cells = Readonly<Record<CodeColumn, string>>;

const MOST_ROWS = 2000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Imported = { readonly codes: number; readonly firstMappingId: string | null };

export const importCodes = declarePlaceUseCase({
  name: "code.import",
  summary: "Take in codes from a CSV or XLSX file with the columns of the list",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "codes/import", bodyLimitBytes: 4_000_000 },
  input: z.strictObject({
    content: z
      .base64(said({ en: "Send the file's bytes as base64", cy: "Anfonwch feitiau'r ffeil fel base64" }))
      .max(3_000_000, said({ en: "The file is larger than 2 MB", cy: "Mae'r ffeil yn fwy na 2 MB" })),
  }),
  output: z.object({ codes: z.number(), firstMappingId: field.id.nullable() }),
  example: {
    content:
      "Ym9keSxwb3QsY29zdF9jZW50cmUsc3ViamVjdGl2ZV9ncm91cCxzdGFydHNfb24KSG9zdCBDb3VuY2lsLGZhbWlsaWVzLDQ0NzEsNCwyMDEyLTA0LTI2Cg==",
  },
  refusals: reconciliationRefusals,
  audited: (value: Imported) => value.firstMappingId,
  handle: async (ctx, { content }): Promise<Result<Imported, ReconciliationRefusal>> => {
    const rows = await readRows(Buffer.from(content, "base64"));
    if (!rows.ok) return rows;
    if (rows.value.length === 0) return refuse({ code: "no_lines" });
    const codes: Omit<Mapping, "mappingId">[] = [];
    const refused: RefusedRow[] = [];
    for (const { row, cells } of rows.value) {
      const read = await readCode(ctx, cells);
      if ("column" in read)
        refused.push({
          row,
          column: read.column,
          value: cells[read.column].slice(0, 100),
          reason: told(ctx, { row, ...read }),
        });
      else codes.push(read);
    }
    if (refused.length > 0) return refuse({ code: "rows_refused", refusedCount: refused.length, refused });
    const made = await keepCodes(ctx, codes);
    if (made.ok) return accept({ codes: made.value.length, firstMappingId: made.value[0]?.mappingId ?? null });
    const row = rows.value[made.refusal.at ?? 0]?.row ?? 1;
    const words = reconciliationRefusals[made.refusal.code][ctx.language] as (detail: unknown) => string;
    return refuse({
      code: "rows_refused",
      refusedCount: 1,
      refused: [{ row, column: "", value: "", reason: words(made.refusal) }],
    });
  },
});

type Row = { readonly row: number; readonly cells: Cells };

async function readRows(bytes: Buffer): Promise<Result<readonly Row[], ReconciliationRefusal>> {
  const opened = await readTable({ bytes, limits: { rows: MOST_ROWS } });
  if (!opened.ok) return refuse({ code: "file_not_read", table: opened.refusal });
  const rows: Row[] = [];
  let headings: readonly string[] | null = null;
  const ended = await opened.value.eachBatch((batch) => {
    for (const { row, cells } of batch) {
      if (headings === null) headings = cells.map((cell) => plainHeading(cell).replaceAll(" ", "_"));
      else if (cells.some((cell) => cell.trim() !== "")) rows.push({ row, cells: named(headings, cells) });
    }
  });
  await opened.value.close();
  return ended.ok ? accept(rows) : refuse({ code: "file_not_read", table: ended.refusal });
}

function named(headings: readonly string[], cells: readonly string[]): Cells {
  const of = (column: CodeColumn): string => plainText(cells[headings.indexOf(column)] ?? "").trim();
  return Object.fromEntries(CODE_COLUMNS.map((column) => [column, of(column)])) as Cells;
}

async function readCode(
  ctx: PlaceContext,
  cells: Cells,
): Promise<Omit<Mapping, "mappingId"> | { readonly column: CodeColumn }> {
  const { placeId } = ctx.place;
  const body = await findBodyNamed(ctx.tx, placeId, cells.body);
  if (body === null) return { column: "body" };
  const potId = await findPotNamed(ctx.tx, placeId, cells.pot);
  if (potId === null) return { column: "pot" };
  for (const column of ["allocation_id", "service_id"] as const)
    if (cells[column] !== "" && !ID.test(cells[column])) return { column };
  for (const column of ["cost_centre", "subjective", "project"] as const)
    if (cells[column].length > 60) return { column };
  const subjectiveGroup = Number(cells.subjective_group);
  if (!Number.isInteger(subjectiveGroup) || subjectiveGroup < 1 || subjectiveGroup > 10)
    return { column: "subjective_group" };
  const startsOn = parseListingDay(cells.starts_on);
  if (startsOn === null) return { column: "starts_on" };
  const endsOn = cells.ends_on === "" ? null : parseListingDay(cells.ends_on);
  if (endsOn === null && cells.ends_on !== "") return { column: "ends_on" };
  const only = { allocationId: cells.allocation_id || null, serviceId: cells.service_id || null };
  const codes = {
    costCentre: cells.cost_centre,
    subjective: cells.subjective,
    project: cells.project,
    subjectiveGroup,
  };
  return { bodyId: body.bodyId, potId, ...only, ...codes, startsOn, endsOn };
}

function told(ctx: PlaceContext, { row, column }: { readonly row: number; readonly column: CodeColumn }): string {
  return ctx.language === "cy"
    ? `Rhes ${row}: nid yw ${column} yn un y gellir ei ddefnyddio yma. Gwiriwch ef yn erbyn y rhestr codau.`
    : `Row ${row}: ${column} is not one that can be used here. Check it against the list of codes.`;
}

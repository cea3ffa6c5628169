/**
 * Codes from a file, in the columns in which the list of codes goes out, so that the list can be taken out, edited and sent
 * back: a row that is there already changes nothing, one that only gained a last day ends its code, the others are new.
 * All rows or none; each fault by row and column.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { plainText, readTable } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { parseListingDay } from "./domain/cells.ts";
import type { Mapping } from "./domain/codes.ts";
import { plainHeading } from "./domain/columns.ts";
import { endMappingOn } from "./end-code.ts";
import { keepCodes } from "./map-code.ts";
import { type ReconciliationRefusal, type RefusedRow, reconciliationRefusals } from "./messages.ts";
import { findBodyNamed, findPotNamed } from "./store/books.ts";
import { listMappings } from "./store/codes.ts";

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

const NEEDED = ["body", "pot", "subjective_group", "starts_on"] as const satisfies readonly CodeColumn[];

const MOST_ROWS = 2000;
const LONGEST_CODE = 60;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type CodesImported = {
  /** New ones. */
  readonly codes: number;
  readonly ended: number;
  readonly already: number;
  readonly firstMappingId: string | null;
};
type NewCode = Omit<Mapping, "mappingId">;
/** A code with the row that it stands in, counted from 1 with the headings. */
type RowCode = Row & { readonly code: NewCode };

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
  output: z.object({
    codes: z.number().describe("How many are new"),
    ended: z.number().describe("How many were there and now have a last day"),
    already: z.number().describe("How many were there as they are in the file"),
    firstMappingId: field.id.nullable(),
  }),
  example: {
    content:
      "Ym9keSxwb3QsY29zdF9jZW50cmUsc3ViamVjdGl2ZV9ncm91cCxzdGFydHNfb24KSG9zdCBDb3VuY2lsLGZhbWlsaWVzLDQ0NzEsNCwyMDEyLTA0LTI2Cg==",
  },
  refusals: reconciliationRefusals,
  audited: (value: CodesImported) => value.firstMappingId,
  handle: async (ctx, { content }): Promise<Result<CodesImported, ReconciliationRefusal>> => {
    const rows = await readRows(Buffer.from(content, "base64"));
    if (!rows.ok) return rows;
    const { missing } = rows.value;
    if (missing.length > 0)
      return refuseRows(missing.map((column) => fault({ row: 1, column, value: "", reason: noColumn(ctx, column) })));
    if (rows.value.rows.length === 0) return refuse({ code: "no_lines" });
    const read: RowCode[] = [];
    const refused: RefusedRow[] = [];
    for (const { row, cells } of rows.value.rows) {
      const code = await readCode(ctx, cells);
      if ("columns" in code)
        for (const column of code.columns)
          refused.push(fault({ row, column, value: cells[column], reason: told(ctx, { column }) }));
      else read.push({ row, cells, code });
    }
    // The rows that can be read are held against the rules even so, so that all that is wrong is said at once.
    return keepRows(ctx, { rows: read, refused });
  },
});

/** All of them or, with what could not be read, none. Ends what is to end before what is new is held against it, so that one file can end a code and start the next. */
async function keepRows(
  ctx: PlaceContext,
  { rows, refused: unread }: { readonly rows: readonly RowCode[]; readonly refused: readonly RefusedRow[] },
): Promise<Result<CodesImported, ReconciliationRefusal>> {
  const there = await listMappings(ctx.tx, { placeId: ctx.place.placeId, bodyId: null, potId: null });
  const byKey = new Map(there.map((one) => [keyOf(one), one]));
  const fresh: RowCode[] = [];
  const refused = [...unread];
  let [ended, already] = [0, 0];
  for (const one of rows) {
    const { code } = one;
    const found = byKey.get(keyOf(code));
    if (found !== undefined && code.endsOn === found.endsOn) already += 1;
    else if (found === undefined || found.endsOn !== null || code.endsOn === null) fresh.push(one);
    else {
      const refusal = await endMappingOn(ctx, { mapping: found, endsOn: code.endsOn });
      if (refusal === null) ended += 1;
      else refused.push(refusedRow(ctx, { ...one, refusal }));
    }
  }
  const kept = await keepCodes(
    ctx,
    fresh.map(({ code }) => code),
  );
  for (const { at, refusal } of kept.refused) {
    const from = fresh[at];
    if (from !== undefined) refused.push(refusedRow(ctx, { ...from, refusal }));
  }
  if (refused.length > 0) return refuseRows(refused.sort((a, b) => a.row - b.row));
  return accept({ codes: kept.made.length, ended, already, firstMappingId: kept.made[0]?.mappingId ?? null });
}

/** What makes two rows the same code but for its last day. */
function keyOf(code: NewCode): string {
  const { bodyId, potId, allocationId, serviceId, costCentre, subjective, project, subjectiveGroup, startsOn } = code;
  return JSON.stringify([
    ...[bodyId, potId, allocationId, serviceId],
    ...[costCentre, subjective, project, subjectiveGroup, startsOn],
  ]);
}

function refuseRows(refused: readonly RefusedRow[]) {
  return refuse({ code: "rows_refused", refusedCount: refused.length, refused } as const);
}

function fault({ row, column, value, reason }: RefusedRow): RefusedRow {
  return { row, column, value: value.slice(0, 100), reason };
}

const COLUMN_OF: Readonly<Record<string, CodeColumn>> = {
  bodyId: "body",
  potId: "pot",
  allocationId: "allocation_id",
  serviceId: "service_id",
  costCentre: "cost_centre",
  startsOn: "starts_on",
  endsOn: "ends_on",
};

/** A refusal of the use case for one code, at the column of the field that it names. */
function refusedRow(
  ctx: PlaceContext,
  { row, cells, refusal }: Row & { readonly refusal: ReconciliationRefusal },
): RefusedRow {
  const words = reconciliationRefusals[refusal.code];
  const column = COLUMN_OF[words.field ?? ""];
  const value = column === undefined ? "" : cells[column];
  return fault({ row, column: column ?? "", value, reason: words[ctx.language](refusal as never) });
}

type Row = { readonly row: number; readonly cells: Cells };

type Rows = { readonly rows: readonly Row[]; readonly missing: readonly CodeColumn[] };

async function readRows(bytes: Buffer): Promise<Result<Rows, ReconciliationRefusal>> {
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
  if (!ended.ok) return refuse({ code: "file_not_read", table: ended.refusal });
  const found: readonly string[] = headings ?? [];
  return accept({ rows, missing: found.length === 0 ? [] : NEEDED.filter((column) => !found.includes(column)) });
}

function named(headings: readonly string[], cells: readonly string[]): Cells {
  const of = (column: CodeColumn): string => plainText(cells[headings.indexOf(column)] ?? "").trim();
  return Object.fromEntries(CODE_COLUMNS.map((column) => [column, of(column)])) as Cells;
}

/** The code of a row, or every column of it that cannot be read. */
async function readCode(
  ctx: PlaceContext,
  cells: Cells,
): Promise<NewCode | { readonly columns: readonly CodeColumn[] }> {
  const { placeId } = ctx.place;
  const body = await findBodyNamed(ctx.tx, placeId, cells.body);
  const potId = await findPotNamed(ctx.tx, placeId, cells.pot);
  const subjectiveGroup = Number(cells.subjective_group);
  const startsOn = parseListingDay(cells.starts_on);
  const endsOn = cells.ends_on === "" ? null : parseListingDay(cells.ends_on);
  const wrong: Readonly<Partial<Record<CodeColumn, boolean>>> = {
    body: body === null,
    pot: potId === null,
    allocation_id: cells.allocation_id !== "" && !ID.test(cells.allocation_id),
    service_id: cells.service_id !== "" && !ID.test(cells.service_id),
    cost_centre: cells.cost_centre.length > LONGEST_CODE,
    subjective: cells.subjective.length > LONGEST_CODE,
    project: cells.project.length > LONGEST_CODE,
    subjective_group: !Number.isInteger(subjectiveGroup) || subjectiveGroup < 1 || subjectiveGroup > 10,
    starts_on: startsOn === null,
    ends_on: endsOn === null && cells.ends_on !== "",
  };
  const columns = CODE_COLUMNS.filter((column) => wrong[column]);
  if (columns.length > 0 || body === null || potId === null || startsOn === null) return { columns };
  const only = { allocationId: cells.allocation_id || null, serviceId: cells.service_id || null };
  const { cost_centre: costCentre, subjective, project } = cells;
  return { bodyId: body.bodyId, potId, ...only, costCentre, subjective, project, subjectiveGroup, startsOn, endsOn };
}

function told(ctx: PlaceContext, { column }: { readonly column: CodeColumn }): string {
  const hint = HINTS[column]?.[ctx.language];
  const [what, look] =
    ctx.language === "cy"
      ? [`Nid yw ${column} yn un y gellir ei ddefnyddio yma.`, "Gwiriwch ef yn erbyn y rhestr codau."]
      : [`This ${column} cannot be used here.`, "Check it against the list of codes."];
  return `${what} ${hint ?? look}`;
}

/** What each column holds, said where a cell is wrong. */
const HINTS: Readonly<Partial<Record<CodeColumn, { readonly en: string; readonly cy: string }>>> = {
  body: {
    en: "Give the name of a partner of this place, as it stands in the list of partners.",
    cy: "Rhowch enw partner yn y lle hwn, fel y mae yn y rhestr partneriaid.",
  },
  pot: {
    en: "Give the name or the address of a pot, as it stands in the list of pots.",
    cy: "Rhowch enw neu gyfeiriad cronfa, fel y mae yn y rhestr cronfeydd.",
  },
  subjective_group: {
    en: "Give CIPFA's subjective group as a number from 1 to 10.",
    cy: "Rhowch grŵp goddrychol CIPFA fel rhif o 1 i 10.",
  },
  starts_on: { en: "Give a day, for example 2013-04-01.", cy: "Rhowch ddiwrnod, er enghraifft 2013-04-01." },
  ends_on: {
    en: "Give a day, for example 2014-03-31, or leave it empty.",
    cy: "Rhowch ddiwrnod, er enghraifft 2014-03-31, neu gadewch ef yn wag.",
  },
};

function noColumn(ctx: PlaceContext, column: CodeColumn): string {
  return ctx.language === "cy"
    ? `Nid oes colofn o'r enw ${column}. Defnyddiwch benawdau'r rhestr codau.`
    : `There is no column named ${column}. Use the headings of the list of codes.`;
}

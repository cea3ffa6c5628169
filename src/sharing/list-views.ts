/**
 * The log of who looked at whom, for the information governance lead and the auditor: by who looked, agreement, purpose, day or the id
 * looked at, as a list by pages or as a file. Ids and marks only; what the ids are of is behind the family role.
 */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { type CellValue, type Column, writeCsv } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { VIEW_KINDS } from "./domain/words.ts";
import { purpose } from "./input.ts";
import { agreementRefusals } from "./messages.ts";
import { countViews, findViews, MOST_VIEWS_COUNTED, VIEW_ROWS, type ViewRow, type ViewsAsked } from "./store/views.ts";

const filter = {
  viewer: field.words(80).nullable().default(null).describe("The mark of who looked, for example person: and their id"),
  agreementId: field.id.nullable().default(null),
  purpose: purpose.nullable().default(null),
  seen: field.words(100).nullable().default(null).describe("The id of what was looked at"),
  from: field.day.nullable().default(null),
  to: field.day.nullable().default(null),
};

const view = z.object({
  viewId: field.id,
  viewer: z.string(),
  partnerId: field.id.nullable().describe("The partner they looked for; none for the host"),
  agreementId: field.id,
  purpose,
  kind: z.enum(VIEW_KINDS),
  ids: z.array(z.string()),
  viewedOn: z.string(),
  viewedAt: z.string(),
});

export const listViews = declarePlaceUseCase({
  name: "sharing.views",
  summary: "List who looked at families' records, the latest first",
  permission: "sharing.views",
  changes: false,
  route: { method: "get", path: "sharing-views" },
  command: { words: "sharing views" },
  input: z.strictObject({ ...filter, page: field.page }),
  output: z.object({
    views: z.array(view),
    page: z.number(),
    pages: z.number(),
    total: z.number(),
    countedAll: z.boolean(),
  }),
  example: { purpose: "find_families" },
  refusals: agreementRefusals,
  handle: async (ctx, { page, ...asked }) => {
    const wanted: ViewsAsked = { placeId: ctx.place.placeId, ...asked };
    const { total, views } = await asFamily(ctx.tx, async () => ({
      total: await countViews(ctx.tx, wanted),
      views: await findViews(ctx.tx, { ...wanted, rows: VIEW_ROWS, skip: (page - 1) * VIEW_ROWS }),
    }));
    const pages = Math.max(1, Math.ceil(total / VIEW_ROWS));
    return accept({ views, page, pages, total, countedAll: total < MOST_VIEWS_COUNTED });
  },
});

const COLUMNS: readonly Column[] = [
  { name: "viewed_at", type: "text" },
  { name: "day", type: "day" },
  { name: "viewer", type: "text" },
  { name: "partner_id", type: "text" },
  { name: "agreement_id", type: "text" },
  { name: "purpose", type: "text" },
  { name: "kind", type: "text" },
  { name: "ids", type: "text" },
];
const ROWS_AT_ONCE = 2000;
/** A file that is cut there says so by its name. */
const MOST_ROWS = 500_000;

export const takeOutViews = declarePlaceUseCase({
  name: "sharing.views_file",
  summary: "Take out who looked at families' records, as a CSV file",
  permission: "sharing.views",
  changes: false,
  makesFile: true,
  route: { method: "get", path: "sharing-views/file" },
  command: { words: "sharing views-file" },
  input: z.strictObject(filter),
  output: z.object({ fileName: z.string(), mediaType: z.string() }),
  example: {},
  refusals: agreementRefusals,
  handle: async (ctx, asked) => {
    const wanted: ViewsAsked = { placeId: ctx.place.placeId, ...asked };
    let rows = 0;
    const counted = async function* (): AsyncGenerator<readonly CellValue[]> {
      for await (const one of everyView(ctx, wanted)) {
        rows += 1;
        yield cellsOf(one);
      }
    };
    for await (const piece of writeCsv(COLUMNS, counted())) await ctx.takePiece(piece);
    const cut = rows === MOST_ROWS ? `-first-${MOST_ROWS}` : "";
    return accept({ fileName: `views-${ctx.place.slug}${cut}.csv`, mediaType: "text/csv; charset=utf-8" });
  },
});

/** In the family role only while it reads, so that whoever takes the pieces is not in it. */
async function* everyView(ctx: PlaceContext, wanted: ViewsAsked): AsyncGenerator<ViewRow> {
  for (let skip = 0; skip < MOST_ROWS; skip += ROWS_AT_ONCE) {
    const rows = await asFamily(ctx.tx, () => findViews(ctx.tx, { ...wanted, rows: ROWS_AT_ONCE, skip }));
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

const cellsOf = (one: ViewRow): readonly CellValue[] => [
  one.viewedAt.toISOString(),
  one.viewedOn,
  one.viewer,
  one.partnerId,
  one.agreementId,
  one.purpose,
  one.kind,
  one.ids.join(" "),
];

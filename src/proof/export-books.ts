/**
 * Takes one book of a place out as a file, in the form of another program or of a published standard. It is read page
 * after page within one reading of the place, so that the file is of one moment however long it is, and never in memory.
 */
import { z } from "zod";
import { type Day, parseDay } from "../lib/day.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type MadeFile, type PlaceContext, said } from "../platform/use-case/index.ts";
import { BOOKS, type Book, type BooksHead } from "./domain/books.ts";
import { FORMATS, FORMS, type Format, piecesOf, type ToWrite } from "./file-forms.ts";
import { type ProofRefusal, proofRefusals } from "./messages.ts";
import { type BookDays, type BookScope, potExists, readAccounts, readBalances, readTransfers } from "./store/books.ts";
import { readGrants } from "./store/grants.ts";

/** Transfers or grants of one file. */
const MOST_WRITTEN = 2_000_000;
const MOST_ASSERTED = 24;
const PIECE_CHARACTERS = 65_536;

const wrongDays = said({
  en: `Write up to ${MOST_ASSERTED} days with commas between them, for example 2012-12-31,2013-03-31`,
  cy: `Ysgrifennwch hyd at ${MOST_ASSERTED} o ddyddiau gyda chomas rhyngddynt, er enghraifft 2012-12-31,2013-03-31`,
});

const days = z
  .string()
  .max(11 * MOST_ASSERTED, wrongDays)
  .transform((text, ctx): readonly Day[] => {
    const read = text.split(",").map((one) => parseDay(one.trim()));
    const known = read.filter((one) => one !== null);
    if (known.length < read.length) ctx.addIssue({ code: "custom", message: wrongDays });
    return [...new Set(known)].sort();
  });

export type BooksExported = MadeFile & {
  readonly format: Format;
  readonly book: Book;
  readonly from: Day | null;
  readonly asAt: Day;
  readonly assertAt: readonly Day[];
  /** Transfers, or grants, in the file. */
  readonly written: number;
};

export const exportBooks = declarePlaceUseCase({
  name: "ledger.export",
  summary: "Take one book out as a file: CSV, XLSX, hledger, beancount, Fiscal Data Package, journal or 360Giving",
  permission: "ledger.read",
  changes: false,
  makesFile: true,
  route: { method: "get", path: "ledger/export" },
  command: { words: "ledger export" },
  input: z.strictObject({
    format: z.enum(FORMATS),
    book: z.enum(BOOKS).describe("One book a file, never both"),
    from: field.day.nullable().default(null).describe("The first day; left out, from the first entry"),
    asAt: field.day.nullable().default(null).describe("The last day by which money counts; left out, today"),
    assertAt: days
      .nullable()
      .default(null)
      .describe("For hledger and beancount: days at whose end balances are stated; left out, the last"),
    potId: field.id.nullable().default(null).describe("Only transfers that touch this pot"),
  }),
  output: z.object({
    fileName: z.string(),
    mediaType: z.string(),
    format: z.enum(FORMATS),
    book: z.enum(BOOKS),
    from: z.string().nullable(),
    asAt: z.string(),
    assertAt: z.array(z.string()),
    written: z.number().describe("Transfers, or grants, in the file"),
  }),
  example: { format: "hledger", book: "real", asAt: "2013-03-29" },
  refusals: proofRefusals,
  handle: async (ctx, input): Promise<Result<BooksExported, ProofRefusal>> => {
    const { placeId, area } = ctx.place;
    const { format, book, from, potId } = input;
    const asAt = input.asAt ?? ctx.today;
    const assertAt = input.assertAt ?? [asAt];
    if (potId !== null && !(await potExists(ctx.tx, { placeId, potId })))
      return refuse({ code: "pot_not_found", pot: potId });
    if (from !== null && from > asAt) return refuse({ code: "ends_before_start" });
    const outside = assertAt.find((day) => day > asAt || (from !== null && day < from));
    if (outside !== undefined) return refuse({ code: "assertion_outside", day: outside, from, to: asAt });
    const scope = { placeId, areaId: area?.areaId ?? null, potId, book, from, asAt };
    const head = { place: area?.name ?? ctx.place.name, book, from, asAt };
    const written = await writePieces(ctx, { scope, head, format, assertAt });
    if (written > MOST_WRITTEN) return refuse({ code: "export_too_long", most: MOST_WRITTEN });
    const fileName = `${area?.slug ?? ctx.place.slug}-${book}-${asAt}-${FORMS[format].ending}`;
    const { mediaType } = FORMS[format];
    return accept({ fileName, mediaType, format, book, from, asAt, assertAt, written });
  },
});

type Writing = {
  readonly scope: BookScope & BookDays;
  readonly head: BooksHead;
  readonly format: Format;
  readonly assertAt: readonly Day[];
};

/** How many were written; one more than may be where there were too many, and the file is not to be kept. */
async function writePieces(ctx: PlaceContext, the: Writing): Promise<number> {
  const { scope, head, format, assertAt } = the;
  let written = 0;
  async function* counted<T>(all: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const one of all) {
      written += 1;
      if (written > MOST_WRITTEN) return;
      yield one;
    }
  }
  const toWrite: ToWrite = {
    slug: ctx.place.slug,
    assertAt,
    books: {
      head,
      accounts: readAccounts(ctx.tx, scope),
      transfers: counted(readTransfers(ctx.tx, scope)),
      balances: (day, all) => readBalances(ctx.tx, { ...scope, day, all }),
    },
    grants: counted(readGrants(ctx.tx, scope)),
  };
  for await (const piece of gathered(piecesOf(format, toWrite))) await ctx.takePiece(piece);
  return written;
}

/** Small texts put together, so that a file is not written line by line. */
async function* gathered(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let text = "";
  for await (const piece of pieces) {
    if (typeof piece !== "string") yield piece;
    else text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

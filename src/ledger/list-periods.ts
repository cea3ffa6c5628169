/** The periods of a financial year, book by book, with who closed each and the hash of what stood in it. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { periodOn, periodsOf, yearNamed } from "./domain/periods.ts";
import { book, year } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { periodOut, viewPeriods } from "./period-view.ts";
import { listBooks } from "./store/periods.ts";

export const listPeriods = declarePlaceUseCase({
  name: "period.list",
  summary: "The periods of a financial year and how each stands, in each book",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/periods" },
  command: { words: "period list", positional: ["year"] },
  input: z.strictObject({
    year: year.nullable().default(null).describe("A financial year, 2012-13; left out, this one"),
    book: book.nullable().default(null).describe("One book; left out, each that the place keeps, apart"),
  }),
  output: z.object({ year: z.string(), periods: z.array(z.object(periodOut)) }),
  example: { year: "2012-13" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const asked = input.year ?? yearNamed(periodOn(ctx.today).year);
    const books = input.book === null ? await listBooks(ctx.tx, ctx.place.placeId) : [input.book];
    return accept({ year: asked.name, periods: await viewPeriods(ctx, { books, periods: periodsOf(asked) }) });
  },
});

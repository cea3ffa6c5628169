/** What a year end has to decide: what is left in each pot by stream, under which rule, and each open commitment. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { realBook, year } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { findYearEnd, listOpenCommitments, listYearStandings, YEAR_RULES } from "./store/year-end.ts";

export const showYear = declarePlaceUseCase({
  name: "year.show",
  summary: "What is left at a year end, and what is to be decided",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/year" },
  command: { words: "year show", positional: ["year"] },
  input: z.strictObject({ year, book: realBook }),
  output: z.object({
    year: z.string(),
    ended: z.object({ hash: z.string(), entries: field.penceText, madeBy: z.string(), madeAt: z.string() }).nullable(),
    pots: z.array(
      z.object({
        potId: field.id,
        pot: z.string(),
        potSlug: z.string(),
        rule: z.enum(YEAR_RULES),
        ruleSource: z.string().nullable(),
        streamId: field.id,
        stream: z.string(),
        potPence: field.penceText.describe("Not allocated"),
        allocationPence: field.penceText.describe("Allocated and not committed"),
        commitmentPence: field.penceText.describe("Committed and not paid"),
        paidPence: field.penceText,
      }),
    ),
    commitments: z.array(
      z.object({
        commitmentId: field.id,
        potSlug: z.string(),
        words: z.string(),
        reference: z.string(),
        leftPence: field.penceText,
      }),
    ),
  }),
  example: { year: "2012-13", book: "real" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const at = { book: input.book, to: input.year.to };
    const ended = await findYearEnd(ctx.tx, placeId, { book: input.book, year: input.year.name });
    return accept({
      year: input.year.name,
      ended: ended && { ...ended, madeAt: ended.madeAt.toISOString() },
      pots: await listYearStandings(ctx.tx, placeId, at),
      commitments: await listOpenCommitments(ctx.tx, placeId, at),
    });
  },
});

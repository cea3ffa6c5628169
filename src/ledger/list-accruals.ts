/**
 * The accruals, prepayments, debtors and receipts in advance of a period end one by one, each with the transfer that takes
 * it back and with what would take it back sooner.
 */
import { z } from "zod";
import type { Day } from "../lib/day.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { takesBack } from "./domain/accruals.ts";
import { endBefore, periodOn } from "./domain/periods.ts";
import { asAt, book } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { ACCRUAL_KINDS, listAccruals as findAccruals } from "./store/accruals.ts";
import { listClosed } from "./store/periods.ts";

const ACCRUALS_A_PAGE = 100;

export const listAccruals = declarePlaceUseCase({
  name: "accrual.list",
  summary: "List the accruals, prepayments, debtors and receipts in advance of a period end, newest first",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "accruals" },
  command: { words: "accrual list" },
  input: z.strictObject({
    asAt,
    book: book.nullable().default(null).describe("Left out, both, apart"),
    accrualId: field.id.nullable().default(null).describe("That one alone, whatever its day"),
    page: field.page,
  }),
  output: z.object({
    asAt: z.string().describe("The last period end at or before the day asked for: accruals stand at period ends"),
    accruals: z.array(
      z.object({
        accrualId: field.id,
        kind: z.enum(ACCRUAL_KINDS),
        book,
        potId: field.id,
        pot: z.string(),
        potWelsh: z.string().nullable(),
        potSlug: z.string(),
        streamId: field.id,
        stream: z.string(),
        streamWelsh: z.string().nullable(),
        counterpartyId: field.id,
        counterparty: z.string(),
        counterpartyWelsh: z.string().nullable(),
        serviceId: field.id.nullable(),
        amountPence: field.penceText,
        on: z.string(),
        backOn: z.string().describe("The day on which it comes back by itself"),
        words: z.string(),
        reference: z.string(),
        transferId: field.id,
        backTransferId: field.id,
        takesBackId: field.id.nullable().describe("The accrual that it takes back"),
        takenBackById: field.id.nullable().describe("The accrual that takes it back"),
        standsPence: field.penceText.describe(
          "All of one reference together: of one kind, pot, stream and partner; without a reference, it alone",
        ),
        takesBackPence: field.penceText
          .nullable()
          .describe(
            "The amount that, recorded with takesBackId and all else the same, takes it back; null where that is done, or its period is closed for good",
          ),
      }),
    ),
    page: z.number(),
    more: z.boolean(),
  }),
  example: { asAt: "2013-03-31" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const { accrualId, page } = input;
    const day = endBefore(input.asAt ?? ctx.today);
    const found = await findAccruals(ctx.tx, ctx.place.placeId, {
      day,
      accrualId,
      book: input.book,
      areaId: ctx.place.area?.areaId ?? null,
      limit: ACCRUALS_A_PAGE + 1,
      skip: (page - 1) * ACCRUALS_A_PAGE,
    });
    const closed = await closedBooks(ctx, found[0]?.on ?? day);
    const accruals = found.slice(0, ACCRUALS_A_PAGE).map((one) => ({
      ...one,
      takesBackPence: closed.includes(one.book) ? null : takesBack(one),
    }));
    return accept({ asAt: day, accruals, page, more: found.length > ACCRUALS_A_PAGE });
  },
});

/** In which books the month of a day is closed for good: nothing can be recorded there, and so nothing taken back. */
async function closedBooks(ctx: PlaceContext, on: Day) {
  const { from, to } = periodOn(on);
  const found = await listClosed(ctx.tx, ctx.place.placeId, { from, to });
  return found
    .filter(({ state, startsOn, endsOn }) => state === "hard" && startsOn <= on && endsOn >= on)
    .map(({ book: closed }) => closed);
}

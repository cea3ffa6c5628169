/** Debtors and creditors by counterparty at a period end, with their age. */
import { z } from "zod";
import type { Day } from "../lib/day.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addToBands, NO_BANDS } from "./domain/ageing.ts";
import { endBefore } from "./domain/periods.ts";
import { asAt, book } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { ACCRUAL_KINDS, listOutstanding, type Outstanding } from "./store/accruals.ts";

export const listDebtors = declarePlaceUseCase({
  name: "debtor.list",
  summary: "Debtors and creditors by counterparty at a period end, with their age",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "debtors" },
  command: { words: "debtor list" },
  input: z.strictObject({ asAt, book: book.nullable().default(null).describe("Left out, both, apart") }),
  output: z.object({
    asAt: z.string().describe("The last period end at or before the day asked for: accruals stand at period ends"),
    counterparties: z.array(
      z.object({
        book,
        counterpartyId: field.id,
        counterparty: z.string(),
        counterpartyWelsh: z.string().nullable(),
        kind: z.enum(ACCRUAL_KINDS),
        amountPence: field.penceText,
        to30: field.penceText,
        to60: field.penceText,
        to90: field.penceText,
        over90: field.penceText,
        items: z.array(
          z.object({
            potId: field.id,
            pot: z.string(),
            potSlug: z.string(),
            stream: z.string(),
            reference: z.string(),
            words: z.string(),
            amountPence: field.penceText,
            since: z.string(),
          }),
        ),
      }),
    ),
  }),
  example: { asAt: "2013-03-31" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const day = endBefore(input.asAt ?? ctx.today);
    const areaId = ctx.place.area?.areaId ?? null;
    const all = await listOutstanding(ctx.tx, ctx.place.placeId, { day, book: input.book, areaId });
    const groups = new Map<string, Outstanding[]>();
    for (const one of all) {
      const key = [one.book, one.counterpartyId, one.kind].join(" ");
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return accept({ asAt: day, counterparties: [...groups.values()].map((items) => sumOf(items, day)) });
  },
});

function sumOf(items: readonly Outstanding[], day: Day) {
  const [first] = items as readonly [Outstanding, ...Outstanding[]];
  const { book: of, counterpartyId, counterparty, counterpartyWelsh, kind } = first;
  const bands = items.reduce(
    (sum, { since, amountPence }) => addToBands(sum, { since, day, pence: amountPence }),
    NO_BANDS,
  );
  const amountPence = items.reduce((sum, one) => sum + one.amountPence, 0n);
  return { book: of, counterpartyId, counterparty, counterpartyWelsh, kind, amountPence, ...bands, items };
}

/**
 * The lines of a payment: net, VAT, and what of it is recovered; what the pot bears is the rest; and what credit notes have left of
 * each. The amounts are public like the payment. What a line says it is for was typed by whoever recorded it, and is for readers of the pot's ledger alone.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { leftOfLines } from "./domain/credit-lines.ts";
import { addLines, bear } from "./domain/payment-lines.ts";
import { lineAmountsOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { findCredited, listCreditNotesOf } from "./store/credit-lines.ts";
import { findStandingPayment } from "./store/lifecycle.ts";
import { listPaymentLines as findLines } from "./store/records.ts";

export const listPaymentLines = declarePlaceUseCase({
  name: "payment.lines",
  summary: "List the lines of a payment, with their VAT and what of it is recovered",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "payments/{paymentId}/lines" },
  command: { words: "payment lines", positional: ["paymentId"] },
  input: z.strictObject({ paymentId: field.id }),
  output: z.object({
    lines: z.array(
      z.object({
        line: z.number(),
        words: z.string().describe("What it is for; empty for who may not read the ledger of the pot"),
        subjectiveGroup: z.string().nullable(),
        ...lineAmountsOut,
        left: z
          .object(lineAmountsOut)
          .describe("What credit notes have not given back of it, as far as they name lines"),
      }),
    ),
    total: z.object(lineAmountsOut),
    creditedPence: field.penceText.describe("What credit notes that stand gave back to the pot"),
    unsharedPence: field.penceText.describe("Of that, what no credit note shares out by line"),
    leftPence: field.penceText.describe("What can still be credited, of all lines together"),
    creditNotes: z
      .array(
        z.object({
          creditNoteId: field.id,
          amountPence: field.penceText,
          creditedOn: z.string(),
          reference: z.string(),
          byLines: z.boolean().describe("It names lines; otherwise it is of one amount"),
        }),
      )
      .describe("Those that stand, at most 200"),
  }),
  example: { paymentId: "0199c0de-0000-7000-8000-000000000008" },
  refusals: ledgerRefusals,
  handle: async (ctx, { paymentId }) => {
    const { placeId } = ctx.place;
    const payment = await findStandingPayment(ctx.tx, placeId, paymentId);
    if (payment === null) return refuse({ code: "payment_not_found" });
    const found = await findLines(ctx.tx, placeId, paymentId);
    const reads = permits(ctx.actor, "ledger.read", payment.areaId);
    const lines = reads ? found : found.map((line) => ({ ...line, words: "" }));
    const total = addLines(lines);
    if (!total.ok) return total;
    const left = leftOfLines(lines, await findCredited(ctx.tx, placeId, paymentId));
    const { creditedPence, amountPence } = payment;
    return accept({
      lines: left.lines.map(bear),
      total: total.value,
      creditedPence,
      unsharedPence: left.unsharedPence,
      leftPence: amountPence - creditedPence,
      creditNotes: creditedPence === 0n ? [] : await listCreditNotesOf(ctx.tx, placeId, paymentId),
    });
  },
});

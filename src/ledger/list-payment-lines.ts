/**
 * The lines of a payment: net, VAT, and what of it is recovered; what the pot bears is the rest. Public like the payment:
 * whoever records them is told so.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addLines, bear } from "./domain/payment-lines.ts";
import { ledgerRefusals } from "./messages.ts";
import { listPaymentLines as findLines } from "./store/records.ts";

const amounts = {
  netPence: field.penceText,
  vatPence: field.penceText,
  grossPence: field.penceText,
  recoverablePence: field.penceText.describe("VAT that is recovered"),
  bornePence: field.penceText.describe("What the pot bears: net, and the VAT that nobody recovers"),
};

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
      z.object({ line: z.number(), words: z.string(), subjectiveGroup: z.string().nullable(), ...amounts }),
    ),
    total: z.object(amounts),
  }),
  example: { paymentId: "0199c0de-0000-7000-8000-000000000008" },
  refusals: ledgerRefusals,
  handle: async (ctx, { paymentId }) => {
    const lines = await findLines(ctx.tx, ctx.place.placeId, paymentId);
    // Every payment has its lines: without any there is no such payment.
    if (lines.length === 0) return refuse({ code: "payment_not_found" });
    const total = addLines(lines);
    return total.ok ? accept({ lines: lines.map(bear), total: total.value }) : total;
  },
});

/**
 * The lines of a payment: net, VAT, and what of it is recovered; what the pot bears is the rest. The amounts are public like
 * the payment. What a line says it is for was typed by whoever recorded it, and is for readers of the pot's ledger alone.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addLines, bear } from "./domain/payment-lines.ts";
import { ledgerRefusals } from "./messages.ts";
import { findStandingPayment } from "./store/lifecycle.ts";
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
      z.object({
        line: z.number(),
        words: z.string().describe("What it is for; empty for who may not read the ledger of the pot"),
        subjectiveGroup: z.string().nullable(),
        ...amounts,
      }),
    ),
    total: z.object(amounts),
  }),
  example: { paymentId: "0199c0de-0000-7000-8000-000000000008" },
  refusals: ledgerRefusals,
  handle: async (ctx, { paymentId }) => {
    const { placeId } = ctx.place;
    const payment = await findStandingPayment(ctx.tx, placeId, paymentId);
    if (payment === null) return refuse({ code: "payment_not_found" });
    const found = await findLines(ctx.tx, placeId, paymentId);
    const lines = permits(ctx.actor, "ledger.read", payment.areaId)
      ? found
      : found.map((line) => ({ ...line, words: "" }));
    const total = addLines(lines);
    return total.ok ? accept({ lines: lines.map(bear), total: total.value }) : total;
  },
});

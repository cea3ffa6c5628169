/**
 * The lines of a credit note: which line of its payment each gives back, with the VAT and what of it had been recovered. The amounts
 * are public like the payment's; what a line was for is for readers of the pot's ledger alone.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { addCredited, saysAll } from "./domain/credit-lines.ts";
import { bear } from "./domain/payment-lines.ts";
import { lineAmountsOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { findCreditNote, listCreditLines as findLines } from "./store/credit-lines.ts";
import { listPaymentLines } from "./store/records.ts";

export const listCreditLines = declarePlaceUseCase({
  name: "credit_note.lines",
  summary: "List the lines of a credit note, with their VAT and what of it had been recovered",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "credit-notes/{creditNoteId}/lines" },
  command: { words: "credit-note lines", positional: ["creditNoteId"] },
  input: z.strictObject({ creditNoteId: field.id }),
  output: z.object({
    paymentId: field.id,
    amountPence: field.penceText.describe("What came back to the pot"),
    reversed: z.boolean(),
    shared: z
      .boolean()
      .describe("Whether it is known which lines it was of; not of one amount on lines with VAT, or on several"),
    lines: z.array(
      z.object({
        line: z.number().describe("The number of the payment's line"),
        words: z.string().describe("What it was for; empty for who may not read the ledger of the pot"),
        subjectiveGroup: z.string().nullable(),
        ...lineAmountsOut,
      }),
    ),
    total: z.object(lineAmountsOut).nullable().describe("None where it has no lines"),
  }),
  example: { creditNoteId: "0199c0de-0000-7000-8000-000000000010" },
  refusals: ledgerRefusals,
  handle: async (ctx, { creditNoteId }) => {
    const { placeId } = ctx.place;
    const note = await findCreditNote(ctx.tx, placeId, creditNoteId);
    if (note === null) return refuse({ code: "credit_note_not_found" });
    const { paymentId, amountPence, reversed } = note;
    const found = await findLines(ctx.tx, placeId, creditNoteId);
    const reads = permits(ctx.actor, "ledger.read", note.areaId);
    const lines = found.map((line) => bear(reads ? line : { ...line, words: "" }));
    const total = addCredited(lines);
    if (!total.ok) return total;
    const shared = lines.length > 0 || saysAll(await listPaymentLines(ctx.tx, placeId, paymentId));
    return accept({ paymentId, amountPence, reversed, shared, lines, total: lines.length === 0 ? null : total.value });
  },
});

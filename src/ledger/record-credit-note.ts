/**
 * Records a supplier's credit note on a payment: the money goes back to the commitment, to the streams that paid, what was
 * drawn last first. Credits never come to more than the payment, and none of its lines gives back more than it was: its commitment's
 * accounts are locked by the posting, so what stands is counted after that. A note of one amount on several lines, or on VAT, stays
 * as it was given: no line is made up for it.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { creditNoteAct } from "./acts/lifecycle.ts";
import { type CreditLine, decideCreditLines, fitCredit, leftOfLines } from "./domain/credit-lines.ts";
import { decideGiveBack } from "./domain/give-back.ts";
import { creditLines, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { post, refuseRecord } from "./posting.ts";
import { findCredited, insertCreditLines } from "./store/credit-lines.ts";
import { findLegs, findStandingPayment, insertCreditNote } from "./store/lifecycle.ts";
import { listPaymentLines } from "./store/records.ts";

export const recordCreditNote = declarePlaceUseCase({
  name: "credit_note.record",
  summary: "Record a credit note on a payment",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "credit-notes" },
  command: { words: "credit-note record" },
  input: z.strictObject({
    paymentId: field.id,
    amountPence: field.positivePence.describe("What comes back to the pot, without tax that was recovered"),
    creditedOn: field.day,
    reference: field.text(100).default(""),
    reason: field.words(400),
    lines: creditLines,
  }),
  output: z.object({ creditNoteId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    paymentId: "0199c0de-0000-7000-8000-000000000008",
    amountPence: "10000",
    creditedOn: "2013-03-20",
    reference: "CN-0042",
    reason: "Two visits were not made",
    lines: [{ line: 1, netPence: "10000", vatPence: "0", recoverablePence: "0" }],
  },
  refusals: ledgerRefusals,
  twoPeople: creditNoteAct,
  audited: "ledger",
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const lines = input.lines ?? [];
    const given = lines.length === 0 ? accept(null) : decideCreditLines(input.amountPence, lines);
    if (!given.ok) return given;
    const payment = await findStandingPayment(ctx.tx, placeId, input.paymentId);
    if (payment === null) return refuse({ code: "payment_not_found" });
    const refused = refuseRecord(ctx, { day: input.creditedOn, pot: payment });
    if (refused) return refused;
    if (input.creditedOn < payment.paidOn) return refuse({ code: "before_transfer", effectiveOn: payment.paidOn });
    const legs = await findLegs(ctx.tx, placeId, payment.transferId);
    const decided = decideGiveBack(input.amountPence, legs);
    if (!decided.ok) return refuse({ code: "credit_over_payment", leftPence: decided.refusal.availablePence });
    const creditNoteId = ctx.newId();
    const posted = await post(ctx, {
      useCase: "credit_note.record",
      input,
      kind: "credit_note",
      book: payment.book,
      effectiveOn: input.creditedOn,
      recordId: creditNoteId,
      words: `${payment.supplier}: ${input.reason}`,
      lines: decided.value.flatMap(({ streamId, amountPence }) =>
        legs
          .filter((leg) => leg.streamId === streamId)
          .flatMap((leg) => [
            { accountId: leg.toAccountId, amountPence: -amountPence },
            { accountId: leg.fromAccountId, amountPence },
          ]),
      ),
    });
    if (!posted.ok) return posted;
    const { transferId, recordId, fresh } = posted.value;
    if (!fresh) return accept({ creditNoteId: recordId, transferId, shares: posted.value.shares });
    const { commitmentId, potId, paymentId } = payment;
    const fit = await fitLines(ctx, { paymentId, lines });
    if (!fit.ok) return fit;
    await insertCreditNote(ctx.tx, placeId, { ...input, creditNoteId, commitmentId, potId, transferId });
    await insertCreditLines(ctx.tx, placeId, { creditNoteId, paymentId, lines });
    const standing = await findStandingPayment(ctx.tx, placeId, input.paymentId);
    if (standing === null || standing.reversed) return refuse({ code: "already_reversed" });
    if (standing.creditedPence > payment.amountPence)
      return refuse({
        code: "credit_over_payment",
        leftPence: payment.amountPence - (standing.creditedPence - input.amountPence),
      });
    return accept({ creditNoteId, transferId, shares: decided.value });
  },
});

/** Whether the lines fit into what is left of the payment's, now that nobody else can credit it. */
async function fitLines(
  ctx: PlaceContext,
  { paymentId, lines }: { readonly paymentId: string; readonly lines: readonly CreditLine[] },
) {
  if (lines.length === 0) return accept(null);
  const { placeId } = ctx.place;
  const paid = await listPaymentLines(ctx.tx, placeId, paymentId);
  return fitCredit(lines, leftOfLines(paid, await findCredited(ctx.tx, placeId, paymentId)).lines);
}

/**
 * Records a payment on a commitment, net of the tax that the host recovers. It can name the published line in which the
 * payment was printed, so that the two lead to each other.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { paymentAct } from "./acts/recordings.ts";
import { decideLines } from "./domain/payment-lines.ts";
import { capital, costGroup, late, paymentLines, shares, sharesOut, spendLine, vatRecovered } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { move, refuseRecord } from "./posting.ts";
import { findCommitment, findNamed, insertPayment, insertPaymentLines } from "./store/records.ts";

export const recordPayment = declarePlaceUseCase({
  name: "payment.record",
  summary: "Record a payment on a commitment",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "payments" },
  command: { words: "payment record" },
  input: z.strictObject({
    commitmentId: field.id,
    amountPence: field.positivePence.describe("What the pot bears, without tax that is recovered"),
    vatRecoveredPence: vatRecovered,
    paidOn: field.day,
    reference: field.text(100).default(""),
    supplierId: field.id.nullable().default(null).describe("Left out, the supplier of the commitment"),
    serviceId: field.id.nullable().default(null).describe("Left out, the service of the commitment"),
    spendLine,
    capital,
    subjectiveGroup: costGroup.describe("Left out, as the commitment"),
    shares,
    late,
    lines: paymentLines,
  }),
  output: z.object({ paymentId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    commitmentId: "0199c0de-0000-7000-8000-000000000006",
    amountPence: "624000",
    vatRecoveredPence: "124800",
    paidOn: "2013-03-15",
    reference: "IFS-LW-1302",
  },
  refusals: ledgerRefusals,
  audited: "ledger",
  twoPeople: paymentAct,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    // No tax is more than what it is charged on: the two amounts were mistaken for each other.
    if (input.vatRecoveredPence > input.amountPence)
      return refuse({ code: "vat_over_amount", amountPence: input.amountPence });
    const lines = decideLines(input, input.lines ?? null);
    if (!lines.ok) return lines;
    const commitment = await findCommitment(ctx.tx, placeId, input.commitmentId);
    if (commitment === null) return refuse({ code: "commitment_not_found" });
    const supplierId = input.supplierId ?? commitment.supplierId;
    const serviceId = input.serviceId ?? commitment.serviceId;
    const named = await findNamed(ctx.tx, placeId, { partnerId: supplierId, serviceId, spendLine: input.spendLine });
    if (named.partner === null) return refuse({ code: "partner_not_found" });
    if (named.service === null) return refuse({ code: "service_not_found" });
    if (input.spendLine !== null && !named.spendLine)
      return refuse({ code: "spend_line_not_found", row: input.spendLine.row });
    const refused = refuseRecord(ctx, { day: input.paidOn, pot: commitment });
    if (refused) return refused;
    const paymentId = ctx.newId();
    const isCapital = input.capital ?? commitment.capital;
    const subjectiveGroup = input.subjectiveGroup ?? commitment.subjectiveGroup;
    const moved = await move(ctx, {
      useCase: "payment.record",
      input,
      kind: "payment",
      book: commitment.book,
      effectiveOn: input.paidOn,
      recordId: paymentId,
      words: `${named.partner}: ${named.service}`,
      late: input.late,
      amountPence: input.amountPence,
      shares: input.shares,
      from: { kind: "commitment", recordId: commitment.commitmentId },
      to: { kind: "paid", recordId: serviceId },
      potId: commitment.potId,
      spending: {
        stage: "spending",
        day: input.paidOn,
        themeIds: [commitment.themeId, named.serviceTheme].filter((theme) => theme !== null),
        partnerId: supplierId,
        capital: isCapital,
        subjectiveGroup,
      },
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    const { potId } = commitment;
    if (fresh) {
      const kind = { capital: isCapital, subjectiveGroup, elsewhere: false, outsidePence: 0n };
      const ids = { paymentId, potId, supplierId, serviceId, transferId };
      await insertPayment(ctx.tx, placeId, { ...input, ...kind, ...ids });
      await insertPaymentLines(ctx.tx, placeId, { paymentId, lines: lines.value });
    }
    return accept({ paymentId: recordId, transferId, shares: moved.value.shares });
  },
});

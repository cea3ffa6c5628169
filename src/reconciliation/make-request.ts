/**
 * Asks the host to pay a supplier from a commitment. Requests that are still to be paid count against what may still be
 * requested: a request waits for the commitment's counter row, then reads what is left.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { nextNumber } from "./store/books.ts";
import { findCommitment, findRequestable, insertEvent, insertRequest, type RequestLine } from "./store/requests.ts";

const notNegative = field.pence.default(0n);

type Made = { readonly requestId: string; readonly reference: string; readonly bornePence: bigint };

export const makeRequest = declarePlaceUseCase({
  name: "payment_request.make",
  summary: "Request a payment on a commitment",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "payment-requests" },
  command: { words: "payment-request make" },
  input: z.strictObject({
    commitmentId: field.id,
    dueOn: field.day.describe("When the supplier is to be paid"),
    lines: z
      .array(
        z.strictObject({
          words: field.words(200),
          netPence: field.positivePence,
          vatPence: notNegative,
          vatRecoverablePence: notNegative.describe("The part of the VAT that the host gets back"),
        }),
      )
      .min(1)
      .max(50),
  }),
  output: z.object({
    requestId: field.id,
    reference: z.string().describe("What the host gives back in its listing"),
    bornePence: field.penceText.describe("What the pot bears: net and VAT that is not recovered"),
  }),
  example: {
    commitmentId: "0199c0de-0000-7000-8000-000000000006",
    dueOn: "2013-03-28",
    lines: [{ words: "Key workers, March", netPence: "5000", vatPence: "1000", vatRecoverablePence: "1000" }],
  },
  refusals: reconciliationRefusals,
  audited: (value: Made) => value.requestId,
  handle: async (ctx, { commitmentId, dueOn, lines }): Promise<Result<Made, ReconciliationRefusal>> => {
    const { placeId } = ctx.place;
    const commitment = await findCommitment(ctx.tx, placeId, commitmentId);
    if (commitment === null) return refuse({ code: "commitment_not_found" });
    if (!permits(ctx.actor, "reconciliation.keep", commitment.areaId)) return refuse({ code: "another_area" });
    if (commitment.book === "shadow") return refuse({ code: "shadow_pot" });
    if (lines.some((line) => !vatFits(line))) return refuse({ code: "vat_parts" });
    await nextNumber(ctx.tx, placeId, `commitment:${commitmentId}`);
    const sum = (key: "netPence" | "vatPence" | "vatRecoverablePence") =>
      lines.reduce((total, line) => total + line[key], 0n);
    const amounts = {
      netPence: sum("netPence"),
      vatPence: sum("vatPence"),
      vatRecoverablePence: sum("vatRecoverablePence"),
    };
    const bornePence = amounts.netPence + amounts.vatPence - amounts.vatRecoverablePence;
    const availablePence = await findRequestable(ctx.tx, placeId, commitmentId);
    if (bornePence > availablePence)
      return refuse({ code: "over_commitment", availablePence: availablePence > 0n ? availablePence : 0n });
    const requestNumber = await nextNumber(ctx.tx, placeId, "payment_request");
    const requestId = ctx.newId();
    // The number of the place is in it, so that one host can tell the requests of two places apart.
    const reference = `OP${placeId}-${ctx.today.slice(0, 4)}-${String(requestNumber).padStart(5, "0")}`;
    const { potId, supplierId } = commitment;
    const request = {
      requestId,
      requestNumber,
      commitmentId,
      potId,
      supplierId,
      ...amounts,
      reference,
      dueOn,
      madeBy: ctx.mark,
    };
    await insertRequest(ctx.tx, placeId, { request, lines });
    await insertEvent(ctx.tx, placeId, { requestId, number: 1, state: "requested", on: ctx.today, by: ctx.mark });
    return accept({ requestId, reference, bornePence });
  },
});

/** VAT is never more than what it is charged on, and what is recovered never more than the VAT. */
function vatFits({ netPence, vatPence, vatRecoverablePence }: RequestLine): boolean {
  return vatPence >= 0n && vatRecoverablePence >= 0n && vatPence <= netPence && vatRecoverablePence <= vatPence;
}

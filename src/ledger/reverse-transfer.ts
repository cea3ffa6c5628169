/**
 * Undoes a contribution, an allocation, a commitment or a payment by a transfer of the opposite lines. What has been
 * used further on cannot be taken back: the floors of the accounts decide.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reversalAct } from "./acts/recordings.ts";
import { late } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { post, refuseArea } from "./posting.ts";
import { findTransfer } from "./store/accounts.ts";
import { findStandingPayment } from "./store/lifecycle.ts";
import { findBorne, lockPayment } from "./store/resolve.ts";

export const reverseTransfer = declarePlaceUseCase({
  name: "transfer.reverse",
  summary: "Reverse a transfer, with the reason",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "transfers/{transferId}/reverse" },
  command: { words: "transfer reverse", positional: ["transferId"] },
  input: z.strictObject({
    transferId: field.id,
    reason: field.words(400),
    reversedOn: field.day.nullable().default(null).describe("Left out, today"),
    late,
  }),
  output: z.object({ transferId: field.id, reversesId: field.id }),
  example: { transferId: "0199c0de-0000-7000-8000-000000000007", reason: "Entered twice" },
  refusals: periodRefusals,
  audited: "ledger",
  twoPeople: reversalAct,
  handle: async (ctx, input) => {
    const original = await findTransfer(ctx.tx, ctx.place.placeId, input.transferId);
    if (original === null) return refuse({ code: "transfer_not_found" });
    // Between two pots it takes from the one and changes the other: whoever records it may record for both.
    for (const areaId of original.areaIds) {
      const refused = refuseArea(ctx, areaId);
      if (refused) return refused;
    }
    if (original.kind === "reversal") return refuse({ code: "reversal_not_reversible" });
    if (original.kind === "accrual") return refuse({ code: "accrual_comes_back" });
    const effectiveOn = input.reversedOn ?? ctx.today;
    if (effectiveOn < original.effectiveOn)
      return refuse({ code: "before_transfer", effectiveOn: original.effectiveOn });
    if (effectiveOn > ctx.today) return refuse({ code: "after_today", today: ctx.today });
    // What somebody bore since is given back first, or it would be left paying for what was not paid.
    if (original.kind === "paid_elsewhere") {
      await lockPayment(ctx.tx, ctx.place.placeId, original.transferId);
      const bornePence = await findBorne(ctx.tx, ctx.place.placeId, original.transferId);
      if (bornePence > 0n) return refuse({ code: "borne_since", bornePence });
    }
    const posted = await post(ctx, {
      useCase: "transfer.reverse",
      input,
      kind: "reversal",
      book: original.book,
      effectiveOn,
      recordId: original.recordId,
      words: input.reason,
      late: input.late,
      lines: [],
      reversesId: original.transferId,
    });
    if (posted.ok) {
      // The posting holds the commitment's accounts: a credit note either stands by now, or waits and finds this reversal.
      const payment =
        original.kind === "payment" ? await findStandingPayment(ctx.tx, ctx.place.placeId, original.recordId) : null;
      const creditedPence = payment?.creditedPence ?? 0n;
      if (creditedPence > 0n) return refuse({ code: "credited_already", creditedPence });
      return accept({ transferId: posted.value.transferId, reversesId: original.transferId });
    }
    if (posted.refusal.code !== "insufficient_funds") return posted;
    const { availablePence } = posted.refusal;
    return refuse({ code: "used_further_on", amountPence: original.amountPence, availablePence });
  },
});

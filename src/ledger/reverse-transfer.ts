/**
 * Undoes a contribution, an allocation, a commitment or a payment by a transfer of the opposite lines. What has been
 * used further on cannot be taken back: the floors of the accounts decide.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { late } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { post, refuseArea } from "./posting.ts";
import { findTransfer } from "./store/accounts.ts";

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
  handle: async (ctx, input) => {
    const original = await findTransfer(ctx.tx, ctx.place.placeId, input.transferId);
    if (original === null) return refuse({ code: "transfer_not_found" });
    const refused = refuseArea(ctx, original.areaId);
    if (refused) return refused;
    if (original.kind === "reversal") return refuse({ code: "reversal_not_reversible" });
    if (original.kind === "accrual") return refuse({ code: "accrual_comes_back" });
    const effectiveOn = input.reversedOn ?? ctx.today;
    if (effectiveOn < original.effectiveOn)
      return refuse({ code: "before_transfer", effectiveOn: original.effectiveOn });
    if (effectiveOn > ctx.today) return refuse({ code: "after_today", today: ctx.today });
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
    if (posted.ok) return accept({ transferId: posted.value.transferId, reversesId: original.transferId });
    if (posted.refusal.code !== "insufficient_funds") return posted;
    const { availablePence } = posted.refusal;
    return refuse({ code: "used_further_on", amountPence: original.amountPence, availablePence });
  },
});

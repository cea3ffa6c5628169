/** Moves money from one allocation of a pot to another: a virement. Each pound keeps its stream. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { virementAct } from "./acts/lifecycle.ts";
import { shares, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { move, refuseRecord } from "./posting.ts";
import { insertVirement } from "./store/lifecycle.ts";
import { findAllocation } from "./store/records.ts";

export const recordVirement = declarePlaceUseCase({
  name: "virement.record",
  summary: "Move money from one allocation of a pot to another",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "virements" },
  command: { words: "virement record" },
  input: z.strictObject({
    allocationId: field.id.describe("The allocation that gives"),
    toAllocationId: field.id.describe("The allocation of the same pot that receives"),
    amountPence: field.positivePence,
    movedOn: field.day,
    decidedBy: field.words(200),
    power: field.words(400).describe("The scheme and step under which it was decided"),
    reason: field.words(400),
    shares,
  }),
  output: z.object({ virementId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    allocationId: "0199c0de-0000-7000-8000-000000000003",
    toAllocationId: "0199c0de-0000-7000-8000-000000000013",
    amountPence: "1000000",
    movedOn: "2013-03-15",
    decidedBy: "Chief officer with the section 151 officer",
    power: "Virement scheme, up to £50,000",
    reason: "Fewer orders than planned",
  },
  refusals: ledgerRefusals,
  twoPeople: virementAct,
  audited: "ledger",
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const from = await findAllocation(ctx.tx, placeId, input.allocationId);
    const to = await findAllocation(ctx.tx, placeId, input.toAllocationId);
    if (from === null || to === null) return refuse({ code: "allocation_not_found" });
    if (from.allocationId === to.allocationId) return refuse({ code: "same_allocation" });
    if (from.potId !== to.potId) return refuse({ code: "another_pot" });
    const refused = refuseRecord(ctx, { day: input.movedOn, pot: from });
    if (refused) return refused;
    const virementId = ctx.newId();
    const moved = await move(ctx, {
      useCase: "virement.record",
      input,
      kind: "virement",
      book: from.book,
      effectiveOn: input.movedOn,
      recordId: virementId,
      words: `${from.name}: ${to.name}`,
      amountPence: input.amountPence,
      shares: input.shares,
      from: { kind: "allocation", recordId: from.allocationId },
      to: { kind: "allocation", recordId: to.allocationId },
      potId: from.potId,
      spending: {
        stage: "allocation",
        day: input.movedOn,
        themeIds: to.themeId === null ? [] : [to.themeId],
        partnerId: null,
        capital: to.capital,
        subjectiveGroup: null,
      },
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    const { allocationId: fromAllocationId, ...rest } = input;
    if (fresh)
      await insertVirement(ctx.tx, placeId, { ...rest, fromAllocationId, virementId, potId: from.potId, transferId });
    return accept({ virementId: recordId, transferId, shares: moved.value.shares });
  },
});

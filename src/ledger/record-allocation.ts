/** Records a decision to use part of a pot: who decided, when, under what power, for which theme. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { allocationAct } from "./acts/recordings.ts";
import { late, shares, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { move, refuseRecord } from "./posting.ts";
import { findPot } from "./store/pots.ts";
import { findNamed, insertAllocation } from "./store/records.ts";

export const recordAllocation = declarePlaceUseCase({
  name: "allocation.record",
  summary: "Record an allocation from a pot: who decided, when and under what power",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "allocations" },
  command: { words: "allocation record" },
  input: z.strictObject({
    potId: field.id,
    name: field.words(200),
    nameWelsh: field.words(200).nullable().default(null),
    purpose: field.text(1000).default(""),
    themeId: field.id.nullable().default(null),
    amountPence: field.positivePence,
    decidedBy: field.words(200),
    decidedOn: field.day,
    power: field.words(400),
    capital: z.boolean().default(false).describe("Capital money; left out, revenue"),
    shares,
    late,
  }),
  output: z.object({ allocationId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    name: "Intensive family key workers in Salford",
    amountPence: "31200000",
    decidedBy: "Greater Manchester troubled families board",
    decidedOn: "2012-05-17",
    power: "Pooled fund agreement of 26 April 2012, clause 7",
  },
  refusals: ledgerRefusals,
  audited: "ledger",
  twoPeople: allocationAct,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const pot = await findPot(ctx.tx, placeId, input.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const refused = refuseRecord(ctx, { day: input.decidedOn, pot });
    if (refused) return refused;
    const named = await findNamed(ctx.tx, placeId, { themeId: input.themeId });
    if (input.themeId !== null && !named.theme) return refuse({ code: "theme_not_found" });
    const allocationId = ctx.newId();
    const moved = await move(ctx, {
      useCase: "allocation.record",
      input,
      kind: "allocation",
      book: pot.book,
      effectiveOn: input.decidedOn,
      recordId: allocationId,
      words: input.name,
      late: input.late,
      amountPence: input.amountPence,
      shares: input.shares,
      from: { kind: "pot", recordId: pot.potId },
      to: { kind: "allocation", recordId: allocationId },
      potId: pot.potId,
      spending: {
        stage: "allocation",
        day: input.decidedOn,
        themeIds: input.themeId === null ? [] : [input.themeId],
        partnerId: null,
        capital: input.capital,
        subjectiveGroup: null,
      },
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    if (fresh) await insertAllocation(ctx.tx, placeId, { ...input, allocationId, transferId });
    return accept({ allocationId: recordId, transferId, shares: moved.value.shares });
  },
});

/** Records money set aside from an allocation for an award, an order or a grant to a supplier, for a service. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { commitmentAct } from "./acts/recordings.ts";
import { capital, costGroup, late, shares, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { takePlan } from "./plan-commitment.ts";
import { move, refuseRecord } from "./posting.ts";
import { insertStages } from "./store/lifecycle.ts";
import { COMMITMENT_KINDS, findAllocation, findNamed, insertCommitment } from "./store/records.ts";

export const recordCommitment = declarePlaceUseCase({
  name: "commitment.record",
  summary: "Record a commitment: an award, an order or a grant to a supplier for a service",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "commitments" },
  command: { words: "commitment record" },
  input: z.strictObject({
    allocationId: field.id,
    kind: z.enum(COMMITMENT_KINDS),
    supplierId: field.id,
    serviceId: field.id,
    amountPence: field.positivePence,
    committedOn: field.day,
    endsOn: field.day.nullable().default(null),
    reference: field.text(100).default(""),
    words: field.text(1000).default(""),
    precommitmentId: field.id.nullable().default(null).describe("Money set aside before, which this draws"),
    stages: z
      .array(z.strictObject({ words: field.words(200), dueOn: field.day, amountPence: field.positivePence }))
      .max(60)
      .default([])
      .describe("When it is to be paid, summing to the amount; left out, in one or as it comes"),
    capital,
    subjectiveGroup: costGroup,
    shares,
    late,
  }),
  output: z.object({ commitmentId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    allocationId: "0199c0de-0000-7000-8000-000000000003",
    kind: "order",
    supplierId: "0199c0de-0000-7000-8000-000000000004",
    serviceId: "0199c0de-0000-7000-8000-000000000005",
    amountPence: "6240000",
    committedOn: "2012-05-24",
    reference: "PO-1232325",
  },
  refusals: ledgerRefusals,
  audited: "ledger",
  twoPeople: commitmentAct,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    if (input.endsOn !== null && input.endsOn < input.committedOn) return refuse({ code: "ends_before_start" });
    const allocation = await findAllocation(ctx.tx, placeId, input.allocationId);
    if (allocation === null) return refuse({ code: "allocation_not_found" });
    const named = await findNamed(ctx.tx, placeId, { partnerId: input.supplierId, serviceId: input.serviceId });
    if (named.partner === null) return refuse({ code: "partner_not_found" });
    if (named.service === null) return refuse({ code: "service_not_found" });
    const refused = refuseRecord(ctx, { day: input.committedOn, pot: allocation });
    if (refused) return refused;
    const unplanned = await takePlan(ctx, input);
    if (unplanned) return unplanned;
    const commitmentId = ctx.newId();
    const isCapital = input.capital ?? allocation.capital;
    const moved = await move(ctx, {
      useCase: "commitment.record",
      input,
      kind: "commitment",
      book: allocation.book,
      effectiveOn: input.committedOn,
      recordId: commitmentId,
      words: `${named.partner}: ${named.service}`,
      late: input.late,
      amountPence: input.amountPence,
      shares: input.shares,
      from: { kind: "allocation", recordId: allocation.allocationId },
      to: { kind: "commitment", recordId: commitmentId },
      potId: allocation.potId,
      spending: {
        stage: "spending",
        day: input.committedOn,
        themeIds: [allocation.themeId, named.serviceTheme].filter((theme) => theme !== null),
        partnerId: input.supplierId,
        capital: isCapital,
        subjectiveGroup: input.subjectiveGroup,
      },
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    if (fresh) {
      const { potId } = allocation;
      await insertCommitment(ctx.tx, placeId, { ...input, commitmentId, potId, transferId, capital: isCapital });
      await insertStages(ctx.tx, placeId, { commitmentId, stages: input.stages });
    }
    return accept({ commitmentId: recordId, transferId, shares: moved.value.shares });
  },
});

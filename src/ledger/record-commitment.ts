/** Records money set aside from an allocation for an award, an order or a grant to a supplier, for a service. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { late, shares, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { move, refuseRecord } from "./posting.ts";
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
    const commitmentId = ctx.newId();
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
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    if (fresh) await insertCommitment(ctx.tx, placeId, { ...input, commitmentId, potId: allocation.potId, transferId });
    return accept({ commitmentId: recordId, transferId, shares: moved.value.shares });
  },
});

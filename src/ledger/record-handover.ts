/**
 * Hands part of what a pot has not allocated to one of its parts, or what a part has not allocated back to its pot. Each
 * pound keeps its stream: it leaves the one pot's account of the stream and reaches the other's (docs/decisions.md).
 */
import { z } from "zod";
import { accept, type Refused, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { handoverAct } from "./acts/handover.ts";
import { shares, sharesOut } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { move, refuseRecord } from "./posting.ts";
import { insertHandover } from "./store/handovers.ts";
import { findPot, type PotRow } from "./store/pots.ts";

export const recordHandover = declarePlaceUseCase({
  name: "handover.record",
  summary: "Hand money that is not allocated to a part of the pot, or back to the pot that it is part of",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "handovers" },
  command: { words: "handover record" },
  input: z.strictObject({
    potId: field.id.describe("The pot that gives"),
    toPotId: field.id.describe("The pot that receives: a part of it, or the pot that it is part of"),
    amountPence: field.positivePence,
    movedOn: field.day,
    decidedBy: field.words(200),
    power: field.words(400),
    reason: field.words(400),
    shares,
  }),
  output: z.object({ handoverId: field.id, transferId: field.id, shares: sharesOut }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    toPotId: "0199c0de-0000-7000-8000-000000000012",
    amountPence: "2500000",
    movedOn: "2013-03-15",
    decidedBy: "Greater Manchester troubled families board",
    power: "Pooled fund agreement of 26 April 2012, clause 9",
    reason: "The neighbourhood board decides on its own small works",
  },
  refusals: ledgerRefusals,
  twoPeople: handoverAct,
  audited: "ledger",
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const from = await findPot(ctx.tx, placeId, input.potId);
    if (from === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const to = await findPot(ctx.tx, placeId, input.toPotId);
    if (to === null) return refuse({ code: "pot_not_found", pot: input.toPotId });
    const day = input.movedOn;
    const refused =
      refusePair(from, to) ?? refuseRecord(ctx, { day, pot: from }) ?? refuseRecord(ctx, { day, pot: to });
    if (refused) return refused;
    const handoverId = ctx.newId();
    const moved = await move(ctx, {
      useCase: "handover.record",
      input,
      kind: "handover",
      book: from.book,
      effectiveOn: input.movedOn,
      recordId: handoverId,
      words: `${from.name}: ${to.name}`,
      amountPence: input.amountPence,
      shares: input.shares,
      from: { kind: "pot", recordId: from.potId },
      to: { kind: "pot", recordId: to.potId },
      potId: from.potId,
      toPotId: to.potId,
      // What it is for is decided when the part allocates it; its conditions go with it and are asked there.
      spending: null,
    });
    if (!moved.ok) return moved;
    const { transferId, recordId, fresh } = moved.value;
    if (fresh) await insertHandover(ctx.tx, placeId, { ...input, handoverId, transferId });
    return accept({ handoverId: recordId, transferId, shares: moved.value.shares });
  },
});

/** A pot and its own part, both open, held by one body: money that goes to another body's account is paid, not handed. */
function refusePair(from: PotRow, to: PotRow): Refused<LedgerRefusal> | null {
  if (from.parentId !== to.potId && to.parentId !== from.potId) return refuse({ code: "not_its_part" });
  for (const { closedOn } of [from, to]) if (closedOn !== null) return refuse({ code: "pot_closed", closedOn });
  return from.book === "real" && from.hostId !== to.hostId ? refuse({ code: "another_host", host: to.host }) : null;
}

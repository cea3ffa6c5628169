/**
 * Sets money of an allocation aside before there is an order: it counts in the limit at once. A commitment that names the
 * pre-commitment draws it; it can be released, and expires after its last day.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import type { Day } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import type { Spending } from "./domain/conditions.ts";
import { decideDraw, type Share } from "./domain/draw.ts";
import { sharesOut } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { orderOf, refuseRecord } from "./posting.ts";
import { findSources, markDraw, undoDraw } from "./store/accounts.ts";
import { insertPrecommitment } from "./store/lifecycle.ts";
import { findAllocation, findNamed } from "./store/records.ts";
import { reservePence } from "./store/reservations.ts";

export const makePrecommitment = declarePlaceUseCase({
  name: "precommitment.make",
  summary: "Set money of an allocation aside before there is an order",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "precommitments" },
  command: { words: "precommitment make" },
  input: z.strictObject({
    allocationId: field.id,
    amountPence: field.positivePence,
    madeOn: field.day,
    endsOn: field.day.nullable().default(null),
    serviceId: field.id.nullable().default(null),
    supplierId: field.id.nullable().default(null),
    words: field.words(400).describe("What it is for"),
  }),
  output: z.object({ precommitmentId: field.id, shares: sharesOut }),
  example: {
    allocationId: "0199c0de-0000-7000-8000-000000000003",
    amountPence: "10000",
    madeOn: "2013-03-15",
    endsOn: "2013-03-31",
    words: "Key workers for the summer, to be ordered",
  },
  refusals: ledgerRefusals,
  audited: (value: { readonly precommitmentId: string; readonly shares: readonly Share[] }) => value.precommitmentId,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    if (input.endsOn !== null && input.endsOn < input.madeOn) return refuse({ code: "ends_before_start" });
    const allocation = await findAllocation(ctx.tx, placeId, input.allocationId);
    if (allocation === null) return refuse({ code: "allocation_not_found" });
    const named = await findNamed(ctx.tx, placeId, { partnerId: input.supplierId, serviceId: input.serviceId });
    if (input.supplierId !== null && named.partner === null) return refuse({ code: "partner_not_found" });
    if (input.serviceId !== null && named.service === null) return refuse({ code: "service_not_found" });
    const refused = refuseRecord(ctx, { day: input.madeOn, pot: allocation });
    if (refused) return refused;
    const precommitmentId = ctx.newId();
    const { potId } = allocation;
    const spending: Spending = {
      stage: "allocation",
      day: input.madeOn,
      themeIds: [allocation.themeId, named.serviceTheme].filter((theme) => theme !== null),
      partnerId: input.supplierId,
      capital: allocation.capital,
      subjectiveGroup: null,
    };
    const reserved = await reserveDrawn(ctx, { ...input, recordId: precommitmentId, potId, spending });
    if (!reserved.ok) return reserved;
    await insertPrecommitment(ctx.tx, placeId, { ...input, precommitmentId, potId, madeBy: ctx.mark });
    return accept({ precommitmentId, shares: reserved.value });
  },
});

type Reserving = {
  readonly allocationId: string;
  readonly amountPence: Pence;
  readonly madeOn: Day;
  readonly endsOn: Day | null;
  readonly recordId: string;
  readonly potId: string;
  readonly spending: Spending;
};

/** What another request takes in between is drawn again from what is left. */
async function reserveDrawn(ctx: PlaceContext, the: Reserving): Promise<Result<readonly Share[], LedgerRefusal>> {
  const placeId = ctx.place.placeId;
  const from = { kind: "allocation" as const, recordId: the.allocationId };
  for (;;) {
    const sources = await findSources(ctx.tx, { placeId, ...from, day: the.madeOn });
    const order = await orderOf(ctx, { potId: the.potId, day: the.madeOn, sources });
    const decided = decideDraw({ amountPence: the.amountPence, order, spending: the.spending }, sources);
    if (!decided.ok) return decided;
    const accountOf = new Map(sources.map(({ streamId, accountId }) => [streamId, accountId]));
    // In the order of the accounts, as every lock is taken.
    const parts = decided.value
      .map((share) => ({ ...share, accountId: must(accountOf.get(share.streamId), "a share is drawn on a source") }))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    await markDraw(ctx.tx);
    if (await reserveAll(ctx, { ...the, parts })) return accept(decided.value);
    await undoDraw(ctx.tx);
  }
}

async function reserveAll(
  ctx: PlaceContext,
  the: Reserving & { readonly parts: readonly { readonly accountId: string; readonly amountPence: Pence }[] },
): Promise<boolean> {
  for (const { accountId, amountPence } of the.parts) {
    const { outcome } = await reservePence(ctx.tx, ctx.place.placeId, {
      reservationId: ctx.newId(),
      accountId,
      recordId: the.recordId,
      amountPence,
      madeOn: the.madeOn,
      endsOn: the.endsOn,
      madeBy: ctx.mark,
    });
    if (outcome !== "reserved") return false;
  }
  return true;
}

/**
 * Says who bears an item to resolve, or part of it: an allocation of its pot, or a stream of the partner that bears it,
 * which gives straight to it. The money must be allowed to pay for what was paid: its conditions are asked as at the day
 * of the payment. One journal: the item's account comes back towards nought, and the payment becomes that stream's.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { clearingAct } from "./acts/elsewhere.ts";
import { unmetConditions } from "./domain/conditions.ts";
import { decideDraw, type Share } from "./domain/draw.ts";
import { sharesOut } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { asThen, findRepeated, type Order, orderOf, post, refuseArea } from "./posting.ts";
import { findSources, openAccounts } from "./store/accounts.ts";
import { findAllocation } from "./store/records.ts";
import { CLEARINGS, findClearing, type ItemFound, insertClearing, lockItem } from "./store/resolve.ts";
import { findRestrictions, findStream } from "./store/streams.ts";

const whoBears = said({
  en: "Name the allocation or the stream that bears it, whichever was chosen",
  cy: "Enwch y dyraniad neu'r ffrwd sy'n ei ddwyn, pa un bynnag a ddewiswyd",
});

const input = z
  .strictObject({
    itemId: field.id,
    how: z.enum(CLEARINGS),
    allocationId: field.id.nullable().default(null),
    streamId: field.id.nullable().default(null),
    amountPence: field.positivePence.nullable().default(null).describe("Left out, all that is left of the item"),
    clearedOn: field.day.nullable().default(null).describe("Left out, today"),
    reason: field.words(400),
  })
  .refine(
    ({ how, allocationId, streamId }) =>
      (how === "from_allocation") === (allocationId !== null) && (how === "from_stream") === (streamId !== null),
    {
      path: ["how"],
      message: whoBears,
    },
  );
type Input = z.output<typeof input>;

export const clearResolve = declarePlaceUseCase({
  name: "resolve.clear",
  summary: "Clear an item to resolve: say who bears it, and why",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "resolve/{itemId}/clear" },
  command: { words: "resolve clear", positional: ["itemId"] },
  input,
  output: z.object({ clearingId: field.id, transferId: field.id, leftPence: field.penceText, shares: sharesOut }),
  example: {
    itemId: "0199c0de-0000-7000-8000-000000000008",
    how: "from_allocation",
    allocationId: "0199c0de-0000-7000-8000-000000000003",
    amountPence: "10000",
    reason: "The board of 28 March 2013 agreed that the pot bears it",
  },
  refusals: ledgerRefusals,
  twoPeople: clearingAct,
  audited: "ledger",
  handle: async (ctx, asked) => {
    const placeId = ctx.place.placeId;
    const item = await lockItem(ctx.tx, placeId, asked.itemId);
    if (item === null) return refuse({ code: "item_not_found" });
    const order = orderFor(asked, { item, day: asked.clearedOn ?? ctx.today });
    const repeated = await findRepeated(ctx, order);
    if (repeated !== null) {
      if (!repeated.ok) return repeated;
      const { transferId, shares } = repeated.value;
      const clearingId = must(await findClearing(ctx.tx, placeId, transferId), "a clearing has its journal");
      return accept({ clearingId, transferId, leftPence: item.leftPence, shares });
    }
    const refused = refuseClearing(ctx, { item, asked, day: order.effectiveOn });
    if (refused) return refused;
    const amountPence = asked.amountPence ?? item.leftPence;
    const borne = await findBearers(ctx, asked, { item, amountPence, day: order.effectiveOn });
    if (!borne.ok) return borne;
    const posted = await post(ctx, { ...order, lines: await linesOf(ctx, item, borne.value) });
    if (!posted.ok) return posted;
    const clearingId = ctx.newId();
    const { transferId } = posted.value;
    const clearedOn = order.effectiveOn;
    await insertClearing(ctx.tx, placeId, { ...asked, clearingId, amountPence, clearedOn, transferId });
    const shares = borne.value.map(({ streamId, amountPence: pence }) => ({ streamId, amountPence: pence }));
    return accept({ clearingId, transferId, leftPence: item.leftPence - amountPence, shares });
  },
});

function orderFor(
  asked: Input,
  { item, day }: { readonly item: ItemFound; readonly day: Order["effectiveOn"] },
): Order {
  return {
    useCase: "resolve.clear",
    input: asked,
    kind: "clearing",
    book: item.book,
    effectiveOn: day,
    recordId: item.itemId,
    words: `${item.words}: ${asked.reason}`.slice(0, 400),
  };
}

function refuseClearing(
  ctx: PlaceContext,
  { item, asked, day }: { readonly item: ItemFound; readonly asked: Input; readonly day: Order["effectiveOn"] },
) {
  const refused = refuseArea(ctx, item.areaId);
  if (refused) return refused;
  if (day < item.arisenOn) return refuse({ code: "before_item", arisenOn: item.arisenOn });
  if (day > ctx.today) return refuse({ code: "after_today", today: ctx.today });
  if (item.leftPence === 0n) return refuse({ code: "item_cleared" });
  if (asked.amountPence !== null && asked.amountPence > item.leftPence)
    return refuse({ code: "over_item", leftPence: item.leftPence });
  return null;
}

type Bearer = Share & { readonly accountId: string };
type Bearing = { readonly item: ItemFound; readonly amountPence: bigint; readonly day: Order["effectiveOn"] };

async function findBearers(
  ctx: PlaceContext,
  asked: Input,
  the: Bearing,
): Promise<Result<readonly Bearer[], LedgerRefusal>> {
  const placeId = ctx.place.placeId;
  const { item, amountPence, day } = the;
  if (asked.streamId !== null) return bearByStream(ctx, asked.streamId, the);
  const allocation = await findAllocation(ctx.tx, placeId, asked.allocationId ?? "");
  if (allocation === null) return refuse({ code: "allocation_not_found" });
  if (allocation.potId !== item.potId) return refuse({ code: "another_pot" });
  const sources = await findSources(ctx.tx, {
    placeId,
    kind: "allocation",
    recordId: allocation.allocationId,
    day,
  });
  const order = await orderOf(ctx, { potId: item.potId, day, sources });
  const drawn = decideDraw({ amountPence, order, spending: item.spending }, asThen(sources));
  if (!drawn.ok) return drawn;
  const accountOf = new Map(sources.map(({ streamId, accountId }) => [streamId, accountId]));
  return accept(
    drawn.value.map((share) => ({
      ...share,
      accountId: must(accountOf.get(share.streamId), "a share is drawn on a source"),
    })),
  );
}

/** A further contribution, straight to the item: a stream cannot give more than it has. */
async function bearByStream(
  ctx: PlaceContext,
  streamId: string,
  { item, amountPence }: Bearing,
): Promise<Result<readonly Bearer[], LedgerRefusal>> {
  const placeId = ctx.place.placeId;
  const stream = await findStream(ctx.tx, placeId, streamId);
  const restrictions = await findRestrictions(ctx.tx, placeId, streamId);
  if (stream === null || restrictions === null) return refuse({ code: "stream_not_found" });
  const refused = refuseArea(ctx, stream.payerAreaId);
  if (refused) return refused;
  const unmet = unmetConditions(restrictions, item.spending);
  if (unmet.length > 0) {
    const kept = [{ streamId, stream: stream.name, capital: stream.capital, keptPence: amountPence, unmet }];
    return refuse({ code: "condition_not_met", kept, availablePence: 0n });
  }
  const [accountId] = await openAccounts(ctx.tx, placeId, [
    {
      accountId: ctx.newId(),
      book: item.book,
      kind: "stream",
      recordId: streamId,
      streamId,
      potId: null,
      floorPence: -stream.amountPence,
    },
  ]);
  return accept([{ streamId, amountPence, accountId: must(accountId, "the stream has an account") }]);
}

/** Each stream's lines sum to nought, and so do those that are no stream's. */
async function linesOf(ctx: PlaceContext, item: ItemFound, bearers: readonly Bearer[]) {
  const open = { book: item.book, potId: item.potId, floorPence: null };
  const opened = await openAccounts(ctx.tx, ctx.place.placeId, [
    { ...open, accountId: ctx.newId(), kind: "resolve", recordId: item.itemId, streamId: null },
    ...[null, ...bearers.map(({ streamId }) => streamId)].map((streamId) => ({
      ...open,
      accountId: ctx.newId(),
      kind: "paid" as const,
      recordId: item.serviceId,
      streamId,
    })),
  ]);
  const [resolve, unborne, ...paid] = opened;
  const total = bearers.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  return [
    { accountId: must(resolve, "the item has an account"), amountPence: total },
    { accountId: must(unborne, "what nobody bore has an account"), amountPence: -total },
    ...bearers.flatMap(({ accountId, amountPence }, index) => [
      { accountId, amountPence: -amountPence },
      { accountId: must(paid[index], "each bearer has an account"), amountPence },
    ]),
  ];
}

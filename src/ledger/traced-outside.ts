/**
 * What was paid elsewhere, as steps of "follow the pound". Until somebody bears it, it is no stream's money and stands on
 * no stretch of any: a payment leads up to its items to resolve, and an item down to its payment. Once it is borne, the
 * journal that cleared it carries pence of a stream, which are followed like all others.
 */
import type { TracedKind, TracedPart, TracedShare, TracedStep, TraceScope } from "../platform/traced.ts";
import { findNobodys, findOutside, findWholeTransfer, type OutsideItem } from "./store/lineage.ts";
import { unborneStop } from "./trace-words.ts";

type Follow = TracedKind["up"];

/** The shares and stops of two ways to follow the same parts. */
export function besides(one: Follow, other: Follow): Follow {
  return async (scope, parts) => {
    const first = await one(scope, parts);
    const second = await other(scope, parts);
    return first.map(({ shares, stops }, index) => ({
      shares: [...shares, ...(second[index]?.shares ?? [])],
      stops: [...stops, ...(second[index]?.stops ?? [])],
    }));
  };
}

const idsOf = (parts: readonly TracedPart[]) => parts.map(({ id }) => id);

/** The stretches of a part that are no stream's. */
async function nobodysOf(scope: TraceScope, parts: readonly TracedPart[]) {
  const accounts = parts.flatMap(({ slices }) => slices.map(({ accountId }) => accountId));
  const nobodys = await findNobodys(scope.tx, scope.placeId, accounts);
  return (part: TracedPart) => part.slices.filter(({ accountId }) => nobodys.has(accountId));
}

const itemShare = (item: OutsideItem, amountPence: bigint): TracedShare => ({
  kind: "resolve_item",
  id: item.itemId,
  book: item.book,
  amountPence,
  slices: [],
});

export const itemsOfPayments: Follow = async (scope, parts) => {
  const nobodys = await nobodysOf(scope, parts);
  const items = await findOutside(scope.tx, scope.placeId, idsOf(parts));
  return parts.map((part): TracedStep => {
    const own = nobodys(part).length === 0 ? [] : items.filter(({ paymentId }) => paymentId === part.id);
    return { shares: own.map((item) => itemShare(item, item.amountPence)), stops: [] };
  });
};

/** Of a service: what nobody has borne; what somebody bore is among its streams' money. */
export const itemsOfServices: Follow = async (scope, parts) => {
  const items = await findOutside(scope.tx, scope.placeId, idsOf(parts));
  return parts.map((part): TracedStep => {
    const own = items.filter(({ serviceId, leftPence }) => serviceId === part.id && leftPence > 0n);
    return { shares: own.map((item) => itemShare(item, item.leftPence)), stops: [] };
  });
};

export const nobodyYet: Follow = async (scope, parts) => {
  const items = await findOutside(scope.tx, scope.placeId, idsOf(parts));
  return parts.map(({ id }): TracedStep => {
    const item = items.find(({ itemId }) => itemId === id);
    const left = item?.leftPence ?? 0n;
    return { shares: [], stops: item === undefined || left === 0n ? [] : [{ ...unborneStop(left), book: item.book }] };
  });
};

export const servicesOfOutside: Follow = async (scope, parts) => {
  const nobodys = await nobodysOf(scope, parts);
  const items = await findOutside(scope.tx, scope.placeId, idsOf(parts));
  return parts.map((part): TracedStep => {
    const slices = nobodys(part);
    const item = items.find(({ paymentId }) => paymentId === part.id);
    if (slices.length === 0 || item === undefined) return { shares: [], stops: [] };
    const amountPence = slices.reduce((sum, { fromPence, toPence }) => sum + toPence - fromPence, 0n);
    return { shares: [{ kind: "service", id: item.serviceId, book: item.book, amountPence, slices }], stops: [] };
  });
};

/** All of the item, or what of it one stream's money bore. */
export const paymentsOfItems: Follow = async (scope, parts) => {
  const nobodys = await nobodysOf(scope, parts);
  const items = await findOutside(scope.tx, scope.placeId, idsOf(parts));
  const steps: TracedStep[] = [];
  for (const part of parts) {
    const item = items.find(({ itemId }) => itemId === part.id);
    const whole = part.slices.length === 0 || nobodys(part).length > 0;
    if (item === undefined) steps.push({ shares: [], stops: [] });
    else steps.push({ shares: [await paymentShare(scope, item, whole ? null : part)], stops: [] });
  }
  return steps;
};

async function paymentShare(scope: TraceScope, item: OutsideItem, borne: TracedPart | null): Promise<TracedShare> {
  const share = { kind: "payment", id: item.paymentId, book: item.book };
  if (borne !== null) {
    const amountPence = borne.slices.reduce((sum, { fromPence, toPence }) => sum + toPence - fromPence, 0n);
    return { ...share, amountPence, slices: borne.slices };
  }
  const own = { id: item.paymentId, slices: await findWholeTransfer(scope.tx, scope.placeId, item.paymentId) };
  const [first] = (await nobodysOf(scope, [own]))(own);
  const slices = first === undefined ? [] : [{ ...first, toPence: first.fromPence + item.amountPence }];
  return { ...share, amountPence: item.amountPence, slices };
}

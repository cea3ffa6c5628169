/**
 * Which pence went where. Every account but a stream's holds one stream's money for one record, so a pound is followed
 * by its stream without sharing out. Inside one account the first pound in is the first out (FIFO: International
 * Accounting Standard 2, Inventories, paragraph 27, used here for money): each entry occupies a stretch of the account's
 * line of pence, and a stretch that came in leaves by the entries that occupy the same stretch of what went out.
 */
import type { Pence } from "../../lib/pence.ts";

/** A stretch of what came into an account, in order: from so many pence to so many. */
export type Slice = { readonly accountId: string; readonly fromPence: Pence; readonly toPence: Pence };

/** One entry of an account, with the stretch it occupies there and at the account at its other end. */
export type Flow = {
  readonly accountId: string;
  /** The record that the account belongs to. */
  readonly accountRecordId: string;
  readonly book: "real" | "shadow";
  readonly fromPence: Pence;
  readonly toPence: Pence;
  /** The record that the transfer carries out; of a journal that clears an item to resolve: the item. */
  readonly recordId: string;
  readonly transferKind: string;
  readonly otherAccountId: string;
  readonly otherKind: string;
  readonly otherRecordId: string;
  readonly otherFromPence: Pence;
};

export type Branch = { readonly flow: Flow; readonly amountPence: Pence; readonly here: Slice; readonly there: Slice };

/** The branches of some slices, in the order of the flows, and how much of the slices no flow takes. */
export function followSlices(
  slices: readonly Slice[],
  flows: readonly Flow[],
): { readonly branches: readonly Branch[]; readonly restPence: Pence } {
  const branches: Branch[] = [];
  let rest = slices.reduce((sum, slice) => sum + slice.toPence - slice.fromPence, 0n);
  for (const flow of flows) {
    for (const slice of slices) {
      if (slice.accountId !== flow.accountId) continue;
      const from = slice.fromPence > flow.fromPence ? slice.fromPence : flow.fromPence;
      const to = slice.toPence < flow.toPence ? slice.toPence : flow.toPence;
      if (from >= to) continue;
      const shift = flow.otherFromPence - flow.fromPence;
      const there = { accountId: flow.otherAccountId, fromPence: from + shift, toPence: to + shift };
      branches.push({
        flow,
        amountPence: to - from,
        here: { accountId: slice.accountId, fromPence: from, toPence: to },
        there,
      });
      rest -= to - from;
    }
  }
  return { branches, restPence: rest };
}

/** Slices of one account that touch, as one. */
export function joinSlices(slices: readonly Slice[]): readonly Slice[] {
  const sorted = [...slices].sort((a, b) =>
    a.accountId === b.accountId ? (a.fromPence < b.fromPence ? -1 : 1) : a.accountId < b.accountId ? -1 : 1,
  );
  const joined: Slice[] = [];
  for (const slice of sorted) {
    const last = joined.at(-1);
    if (last && last.accountId === slice.accountId && last.toPence === slice.fromPence)
      joined[joined.length - 1] = { ...last, toPence: slice.toPence };
    else joined.push(slice);
  }
  return joined;
}

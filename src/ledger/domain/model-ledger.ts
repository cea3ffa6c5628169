/**
 * A plain ledger in memory, to hold the real one against: accounts with and without floors, two books, reservations, closed
 * periods, reversals and repeated keys. Written from what the posting functions promise (the outcomes named above each in
 * db/migrations, docs/decisions.md), not from how they do it: no locks, no running totals by step, no folding. It keeps what
 * each account holds by day and adds up. Method: model-based testing, Koen Claessen and John Hughes, "QuickCheck", ICFP 2000.
 */
import { must } from "../../lib/assert.ts";
import type { Day } from "../../lib/day.ts";
import { type BatchAnswer, findBatchFault } from "./model-ledger-batch.ts";
import { findFault, negated, type PostAnswer } from "./model-ledger-post.ts";
import type { ModelAccount, ModelPeriod, ModelReservation, ModelTransfer, State } from "./model-ledger-state.ts";

export type ModelLedger = ReturnType<typeof openModel>;

export function openModel(accounts: readonly ModelAccount[]) {
  const state: State = {
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    made: new Map(),
    reversed: new Set(),
    counted: new Map(),
    reservations: new Map(),
    open: new Map(),
    periods: [],
  };
  return {
    /** What posting must answer. `unsure` are accounts that others use at this moment: their floors are not judged here. */
    post: (transfer: ModelTransfer, unsure: ReadonlySet<string> = NOBODY): PostAnswer =>
      findFault(state, { transfer, unsure }),
    batch: (transfers: readonly ModelTransfer[], soft: boolean): BatchAnswer =>
      findBatchFault(state, { transfers, soft }),
    /** Writes down a transfer that was posted. */
    keep: (transfer: ModelTransfer) => keep(state, transfer),
    /** Whether a transfer, or what it reverses, has a line on an account. */
    touches: ({ lines, reverses }: ModelTransfer, accountId: string): boolean =>
      [...lines, ...(state.made.get(reverses ?? "")?.lines ?? [])].some(({ account }) => account === accountId),
    canReserve: (one: ModelReservation) => judgeReservation(state, one),
    reserve: (one: ModelReservation) => reserve(state, one),
    reservedFor: (record: string) => openOf(state, record).reduce((sum, { pence }) => sum + pence, 0n),
    end: (record: string) => end(state, record),
    canClose: (period: ModelPeriod) => judgeClose(state, period),
    close: (period: ModelPeriod) => {
      state.periods = [...state.periods.filter((one) => !isAt(one, period)), period];
    },
    canReopen: (the: At) => findSoft(state, the) !== undefined,
    reopen: (the: At) => {
      const found = findSoft(state, the);
      state.periods = state.periods.filter((one) => one !== found);
    },
    balanceAt: (accountId: string, day: Day) =>
      heldAt(must(state.accounts.get(accountId), "an account of the model"), day),
    has: (transferId: string) => state.made.has(transferId),
  };
}

const NOBODY: ReadonlySet<string> = new Set();

function heldAt(account: ModelAccount, day: Day): bigint {
  let held = 0n;
  for (const [on, pence] of account.days) if (on <= day) held += pence;
  return held;
}

function keep(state: State, transfer: ModelTransfer): void {
  const { reverses } = transfer;
  const lines =
    reverses === null ? transfer.lines : negated(must(state.made.get(reverses), "what is reversed is there"));
  for (const { account, pence } of lines) {
    const one = must(state.accounts.get(account), "what is posted to is there");
    one.days.set(transfer.day, (one.days.get(transfer.day) ?? 0n) + pence);
    one.held += pence;
  }
  state.made.set(transfer.transferId, { ...transfer, lines });
  if (reverses !== null) state.reversed.add(reverses);
  const counted = state.counted.get(transfer.book) ?? new Set();
  state.counted.set(transfer.book, counted.add(transfer.bookedOn ?? transfer.day));
}

function judgeReservation(
  state: State,
  one: ModelReservation,
): { readonly outcome: string; readonly availablePence?: bigint } {
  const account = state.accounts.get(one.account);
  if (account === undefined) return { outcome: "unknown_account" };
  if (state.reservations.has(one.reservationId)) return { outcome: "already" };
  if (account.floor === null) return { outcome: "no_floor" };
  const free = account.held - account.reserved - account.floor;
  if (free < one.pence) return { outcome: "insufficient_funds", availablePence: free > 0n ? free : 0n };
  return { outcome: "reserved" };
}

function reserve(state: State, one: ModelReservation): void {
  must(state.accounts.get(one.account), "its account is there").reserved += one.pence;
  state.reservations.set(one.reservationId, one);
  state.open.set(one.record, (state.open.get(one.record) ?? new Set()).add(one.reservationId));
}

function openOf(state: State, record: string): readonly ModelReservation[] {
  return [...(state.open.get(record) ?? [])].map((id) => must(state.reservations.get(id), "an open reservation"));
}

function end(state: State, record: string): void {
  for (const { account, pence } of openOf(state, record))
    must(state.accounts.get(account), "its account is there").reserved -= pence;
  state.open.delete(record);
}

type At = { readonly book: string; readonly from: Day };

function isAt(one: At, other: At): boolean {
  return one.book === other.book && one.from === other.from;
}

function findSoft(state: State, the: At): ModelPeriod | undefined {
  return state.periods.find((one) => isAt(one, the) && one.state === "soft");
}

/** Closed for good is for ever; periods do not overlap; none closes for good while something counts in an open day before it. */
function judgeClose(state: State, period: ModelPeriod): string {
  const { book, from, to } = period;
  const same = state.periods.find((one) => isAt(one, period));
  if (same?.state === "hard") return "already_hard";
  if (same !== undefined && same.to !== to) return "overlaps";
  const others = state.periods.filter((one) => one.book === book && one !== same);
  if (others.some((one) => one.from <= to && one.to >= from)) return "overlaps";
  const isHard = (day: Day) => others.some((one) => one.state === "hard" && one.from <= day && one.to >= day);
  const isOpenBefore = [...(state.counted.get(book) ?? [])].some((day) => day < from && !isHard(day));
  return period.state === "hard" && isOpenBefore ? "gap" : period.state;
}

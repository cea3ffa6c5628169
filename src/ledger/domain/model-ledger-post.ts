/** One transfer against the plain ledger in memory: what posting it must answer, by the order that the ledger promises. */
import type { Day } from "../../lib/day.ts";
import {
  closedTo,
  isClosed,
  type ModelAccount,
  type ModelLine,
  type ModelTransfer,
  type State,
} from "./model-ledger-state.ts";

export type PostAnswer = {
  readonly outcome: string;
  /** Of what lacks: which account, and what it has. */
  readonly account?: string;
  readonly availablePence?: bigint;
  readonly lowestOn?: Day;
};

/** Ten million million pounds: more than one entry may be. */
export const LARGEST = 1_000_000_000_000_000n;

export function negated(transfer: ModelTransfer): readonly ModelLine[] {
  return transfer.lines.map(({ account, pence }) => ({ account, pence: -pence }));
}

type Asked = { readonly transfer: ModelTransfer; readonly unsure: ReadonlySet<string> };

export function findFault(state: State, { transfer, unsure }: Asked): PostAnswer {
  const lines = linesOf(state, transfer);
  if (lines === null) return { outcome: "not_found" };
  if (lines.length < 2 || lines.some(({ pence }) => pence === 0n)) return { outcome: "lines_missing" };
  if (lines.reduce((sum, { pence }) => sum + pence, 0n) !== 0n) return { outcome: "unbalanced" };
  const known = state.made.get(transfer.transferId);
  if (known !== undefined) return { outcome: known.request === transfer.request ? "already" : "key_reused" };
  if (transfer.reverses !== null && state.reversed.has(transfer.reverses)) return { outcome: "already_reversed" };
  const accounts = lines.map(({ account }) => state.accounts.get(account));
  if (accounts.includes(undefined)) return { outcome: "unknown_account" };
  if (accounts.some((one) => one?.book !== transfer.book)) return { outcome: "wrong_book" };
  if (accounts.some((one) => isClosed(one, transfer.day))) return { outcome: "account_closed" };
  const { book, soft } = transfer;
  const lowestOn = closedTo(state, { book, day: transfer.bookedOn ?? transfer.day, soft });
  if (lowestOn !== null) return { outcome: "period_closed", lowestOn };
  const judged = lines.filter(({ account }) => !unsure.has(account));
  return (
    findLack(state, judged) ??
    (lines.some(({ pence }) => size(pence) > LARGEST) ? { outcome: "too_large" } : null) ??
    findLackThen(state, { lines: judged, day: transfer.day }) ?? { outcome: "posted" }
  );
}

function linesOf(state: State, transfer: ModelTransfer): readonly ModelLine[] | null {
  if (transfer.reverses === null) return transfer.lines;
  const of = state.made.get(transfer.reverses);
  return of === undefined || of.reverses !== null || of.book !== transfer.book ? null : negated(of);
}

export function size(pence: bigint): bigint {
  return pence < 0n ? -pence : pence;
}

/** The first line, in the order given, that takes an account below its floor. */
function findLack(state: State, lines: readonly ModelLine[]): PostAnswer | null {
  const moved = new Map<string, bigint>();
  for (const { account, pence } of lines) {
    const one = state.accounts.get(account);
    const now = (moved.get(account) ?? 0n) + pence;
    moved.set(account, now);
    if (one === undefined || one.floor === null || pence > 0n) continue;
    const free = one.held - one.reserved - one.floor;
    if (free + now < 0n) return { outcome: "insufficient_funds", account, availablePence: free > 0n ? free : 0n };
  }
  return null;
}

/** The first account, in order of id, that did not have what is taken on the day or on a day since. */
function findLackThen(
  state: State,
  the: { readonly lines: readonly ModelLine[]; readonly day: Day },
): PostAnswer | null {
  const nets = new Map<string, bigint>();
  for (const { account, pence } of the.lines) nets.set(account, (nets.get(account) ?? 0n) + pence);
  for (const account of [...nets.keys()].sort()) {
    const one = state.accounts.get(account);
    const net = nets.get(account) ?? 0n;
    if (one === undefined || one.floor === null || net >= 0n) continue;
    const lowest = lowestFrom(one, the.day);
    if (lowest === null || lowest.pence + net >= one.floor) continue;
    const free = lowest.pence - one.floor;
    return {
      outcome: "insufficient_funds_then",
      account,
      availablePence: free > 0n ? free : 0n,
      lowestOn: lowest.on,
    };
  }
  return null;
}

/** The least at the end of a day, from one on but before the last with an entry, and the first such day; null where no later day has one. */
function lowestFrom(account: ModelAccount, day: Day): { readonly pence: bigint; readonly on: Day } | null {
  const ends = endsFrom(account, day).slice(0, -1);
  return ends.reduce<{ readonly pence: bigint; readonly on: Day } | null>(
    (least, one) => (least === null || one.pence < least.pence ? one : least),
    null,
  );
}

/** What an account held at the end of a day, and of each later day with an entry. */
export function endsFrom(
  account: Pick<ModelAccount, "days">,
  day: Day,
): readonly { readonly on: Day; readonly pence: bigint }[] {
  let held = 0n;
  const later: Day[] = [];
  for (const [on, pence] of account.days) {
    if (on <= day) held += pence;
    else later.push(on);
  }
  const ends = [{ on: day, pence: held }];
  for (const on of later.sort()) {
    held += account.days.get(on) ?? 0n;
    ends.push({ on, pence: held });
  }
  return ends;
}

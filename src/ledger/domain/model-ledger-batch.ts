/** A batch against the plain ledger in memory: all or none, each step of it as if the transfers had come one after another. */
import { must } from "../../lib/assert.ts";
import type { Day } from "../../lib/day.ts";
import { endsFrom, LARGEST, size } from "./model-ledger-post.ts";
import { closedTo, isClosed, type ModelTransfer, type State } from "./model-ledger-state.ts";

export type BatchAnswer = {
  readonly outcome: string;
  /** The first transfer at fault, counted from one. */
  readonly atFault?: number;
  readonly availablePence?: bigint;
  readonly lowestOn?: Day;
  /** The first day below its floor, of each account of the transfer that has one: any may be named. */
  readonly lackingOn?: readonly Day[];
  /** Which of them are new: those are posted. */
  readonly fresh?: readonly ModelTransfer[];
};

type Batch = { readonly transfers: readonly ModelTransfer[]; readonly soft: boolean };
type Line = {
  readonly at: number;
  readonly transfer: ModelTransfer;
  readonly account: string;
  readonly pence: bigint;
  /** What the batch moved in this account before this line. */
  readonly before: bigint;
};

export function findBatchFault(state: State, { transfers, soft }: Batch): BatchAnswer {
  const first = (isAtFault: (transfer: ModelTransfer, index: number) => boolean) => transfers.findIndex(isAtFault) + 1;
  const missing = first(({ lines }) => lines.length < 2 || lines.some(({ pence }) => pence === 0n));
  if (missing > 0) return { outcome: "lines_missing", atFault: missing };
  const unbalanced = first(({ lines }) => lines.reduce((sum, { pence }) => sum + pence, 0n) !== 0n);
  if (unbalanced > 0) return { outcome: "unbalanced", atFault: unbalanced };
  const reused = first(({ transferId, request }, index) => {
    const known = state.made.get(transferId);
    const twice = transfers.slice(0, index).some((one) => one.transferId === transferId);
    return twice || (known !== undefined && known.request !== request);
  });
  if (reused > 0) return { outcome: "key_reused", atFault: reused };
  const lines = freshLines(state, transfers);
  return (
    findGravest(state, { lines, soft }) ??
    findLackThen(state, lines) ?? {
      outcome: "posted",
      fresh: transfers.filter((one) => !state.made.has(one.transferId)),
    }
  );
}

function freshLines(state: State, transfers: readonly ModelTransfer[]): readonly Line[] {
  const moved = new Map<string, bigint>();
  return transfers.flatMap((transfer, index) =>
    state.made.has(transfer.transferId)
      ? []
      : transfer.lines.map(({ account, pence }) => {
          const before = moved.get(account) ?? 0n;
          moved.set(account, before + pence);
          return { at: index + 1, transfer, account, pence, before };
        }),
  );
}

/** The gravest kind of fault anywhere in the batch, and the first line that has it. */
function findGravest(
  state: State,
  { lines, soft }: { readonly lines: readonly Line[]; readonly soft: boolean },
): BatchAnswer | null {
  const accountOf = ({ account }: Line) => state.accounts.get(account);
  const free = (line: Line) => {
    const { held, reserved, floor } = must(accountOf(line), "the account is known");
    return floor === null ? null : held - reserved - floor + line.before;
  };
  const closedFrom = ({ transfer }: Line) => closedTo(state, { book: transfer.book, day: transfer.day, soft });
  const kinds: readonly (readonly [string, (line: Line) => boolean])[] = [
    ["unknown_account", (line) => accountOf(line) === undefined],
    ["wrong_book", (line) => accountOf(line)?.book !== line.transfer.book],
    ["account_closed", (line) => isClosed(accountOf(line), line.transfer.day)],
    ["period_closed", (line) => closedFrom(line) !== null],
    ["too_large", ({ pence }) => size(pence) > LARGEST],
    ["insufficient_funds", (line) => line.pence < 0n && (free(line) ?? -line.pence) + line.pence < 0n],
  ];
  for (const [outcome, isSo] of kinds) {
    const line = lines.find(isSo);
    if (line === undefined) continue;
    if (outcome === "period_closed")
      return { outcome, atFault: line.at, lowestOn: must(closedFrom(line), "it is closed") };
    if (outcome !== "insufficient_funds") return { outcome, atFault: line.at };
    const left = free(line) ?? 0n;
    return { outcome, atFault: line.at, availablePence: left > 0n ? left : 0n };
  }
  return null;
}

/** The first transfer whose day, or one since, did not have what it takes when its turn came. */
function findLackThen(state: State, lines: readonly Line[]): BatchAnswer | null {
  const days = new Map<string, Map<Day, bigint>>();
  for (const transfer of new Set(lines.map((line) => line.transfer))) {
    const own = lines.filter((line) => line.transfer === transfer);
    const nets = new Map<string, bigint>();
    for (const { account, pence } of own) {
      const held = days.get(account) ?? new Map(state.accounts.get(account)?.days);
      days.set(account, held.set(transfer.day, (held.get(transfer.day) ?? 0n) + pence));
      nets.set(account, (nets.get(account) ?? 0n) + pence);
    }
    const lackingOn = [...nets].flatMap(([account, net]) => {
      const floor = state.accounts.get(account)?.floor ?? null;
      if (floor === null || net >= 0n) return [];
      const ends = endsFrom({ days: must(days.get(account), "its days are counted") }, transfer.day);
      const first = ends.find(({ pence }) => pence < floor);
      return first === undefined ? [] : [first.on];
    });
    if (lackingOn.length > 0)
      return {
        outcome: "insufficient_funds_then",
        atFault: must(own[0], "it has lines").at,
        availablePence: 0n,
        lackingOn,
      };
  }
  return null;
}

/** What the plain ledger in memory keeps: accounts by day, transfers by key, what is set aside, and closed periods. */
import { must } from "../../lib/assert.ts";
import { addDays, type Day } from "../../lib/day.ts";

export type ModelAccount = {
  readonly accountId: string;
  readonly book: string;
  readonly floor: bigint | null;
  readonly closedOn: Day | null;
  /** What came and went on each day. */
  readonly days: Map<Day, bigint>;
  held: bigint;
  reserved: bigint;
};

export type ModelLine = { readonly account: string; readonly pence: bigint };

export type ModelTransfer = {
  readonly transferId: string;
  readonly book: string;
  readonly day: Day;
  readonly bookedOn: Day | null;
  readonly lines: readonly ModelLine[];
  readonly reverses: string | null;
  /** What was asked: the same key with another is refused. */
  readonly request: string;
  readonly soft: boolean;
};

export type ModelPeriod = {
  readonly book: string;
  readonly from: Day;
  readonly to: Day;
  readonly state: "soft" | "hard";
};

export type ModelReservation = {
  readonly reservationId: string;
  readonly account: string;
  readonly record: string;
  readonly pence: bigint;
};

export type State = {
  readonly accounts: Map<string, ModelAccount>;
  readonly made: Map<string, ModelTransfer>;
  readonly reversed: Set<string>;
  readonly counted: Map<string, Set<Day>>;
  readonly reservations: Map<string, ModelReservation>;
  readonly open: Map<string, Set<string>>;
  periods: readonly ModelPeriod[];
};

/** Whether a day of a book is closed to whoever asks, and from which day it is open. */
export function closedTo(
  state: Pick<State, "periods">,
  the: { readonly book: string; readonly day: Day; readonly soft: boolean },
): Day | null {
  const shut = state.periods.filter(({ book, state: how }) => book === the.book && (how === "hard" || !the.soft));
  // What is closed for good has the balances of everything before its end, so nothing comes before it either.
  if (!shut.some(({ from, to, state: how }) => (from <= the.day || how === "hard") && to >= the.day)) return null;
  return addDays(
    must(
      shut
        .map(({ to }) => to)
        .sort()
        .at(-1),
      "a closed period has a last day",
    ),
    1,
  );
}

export function isClosed(account: ModelAccount | undefined, day: Day): boolean {
  const closedOn = account?.closedOn ?? null;
  return closedOn !== null && closedOn <= day;
}

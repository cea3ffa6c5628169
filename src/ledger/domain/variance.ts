/**
 * When an allocation's spending stands so far from its budget that somebody must say why. Both parts of the threshold must
 * be passed: a tenth of a small budget, or £10,000 of a very large one, explains nothing.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";

type Threshold = {
  readonly startsOn: Day;
  readonly percent: bigint;
  readonly pence: Pence;
  readonly source: string;
};

/** Newest last. */
export const THRESHOLDS: readonly Threshold[] = [
  {
    startsOn: "1900-01-01" as Day,
    percent: 10n,
    pence: 1_000_000n,
    source: "The house's own rule, until a place's finance procedure rules say another",
  },
];

export type Spent = { readonly budgetPence: Pence; readonly committedPence: Pence; readonly paidPence: Pence };

/** Paid and committed less the budget: less than nought is underspent. */
export function varianceOf({ budgetPence, committedPence, paidPence }: Spent): Pence {
  return committedPence + paidPence - budgetPence;
}

export function thresholdOn(day: Day, thresholds: readonly Threshold[] = THRESHOLDS): Threshold {
  const [first, ...rest] = thresholds as readonly [Threshold, ...Threshold[]];
  return rest.reduce((found, one) => (one.startsOn <= day ? one : found), first);
}

export function needsExplaining(spent: Spent, { percent, pence }: Pick<Threshold, "percent" | "pence">): boolean {
  const size = magnitude(varianceOf(spent));
  return size >= pence && size * 100n >= magnitude(spent.budgetPence) * percent;
}

function magnitude(amount: Pence): Pence {
  return amount < 0n ? -amount : amount;
}

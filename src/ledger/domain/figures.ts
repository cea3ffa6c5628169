/**
 * The figures of a pot, from the balances of its accounts as at a date. Money only ever moves from pot to allocation to
 * commitment to paid, so what was put in is the sum of where it now stands, and each later figure is part of the one before.
 */
import type { Pence } from "../../lib/pence.ts";

/** What stands on the accounts of a pot, for one stream. */
export type Standing = {
  readonly potPence: Pence;
  readonly allocationPence: Pence;
  readonly commitmentPence: Pence;
  readonly paidPence: Pence;
};

export type Figures = {
  /** Put into the pot. */
  readonly contributedPence: Pence;
  /** Decided on, whether committed or not. */
  readonly allocatedPence: Pence;
  /** Set aside for an award, order or grant, whether paid or not. */
  readonly committedPence: Pence;
  readonly paidPence: Pence;
  /** Put in and not yet paid out. */
  readonly leftPence: Pence;
  /** Put in and not yet decided on. */
  readonly unallocatedPence: Pence;
};

export function figuresOf(standing: Standing): Figures {
  const committedPence = standing.commitmentPence + standing.paidPence;
  const allocatedPence = standing.allocationPence + committedPence;
  const contributedPence = standing.potPence + allocatedPence;
  return {
    contributedPence,
    allocatedPence,
    committedPence,
    paidPence: standing.paidPence,
    leftPence: contributedPence - standing.paidPence,
    unallocatedPence: standing.potPence,
  };
}

export const NO_FIGURES: Figures = figuresOf({ potPence: 0n, allocationPence: 0n, commitmentPence: 0n, paidPence: 0n });

export function addFigures(all: readonly Figures[]): Figures {
  return all.reduce(
    (sum, one) => ({
      contributedPence: sum.contributedPence + one.contributedPence,
      allocatedPence: sum.allocatedPence + one.allocatedPence,
      committedPence: sum.committedPence + one.committedPence,
      paidPence: sum.paidPence + one.paidPence,
      leftPence: sum.leftPence + one.leftPence,
      unallocatedPence: sum.unallocatedPence + one.unallocatedPence,
    }),
    NO_FIGURES,
  );
}

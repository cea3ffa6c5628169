/**
 * The figures of a pot, from the balances of its accounts as at a date. Money only ever moves from pot to allocation to
 * commitment to paid, so what was put in is the sum of where it now stands, and each later figure is part of the one before.
 * What was paid elsewhere outside a condition or over the funds is paid and stands against an account to resolve, below
 * nought, until somebody bears it: it is part of what was paid, and of no figure before that.
 */
import type { Pence } from "../../lib/pence.ts";

/** What stands on the accounts of a pot, for one stream. */
export type Standing = {
  readonly potPence: Pence;
  readonly allocationPence: Pence;
  readonly commitmentPence: Pence;
  readonly paidPence: Pence;
  /** Nought or less. */
  readonly resolvePence: Pence;
};

export type Figures = {
  /** Put into the pot. */
  readonly contributedPence: Pence;
  /** Decided on, whether committed or not. */
  readonly allocatedPence: Pence;
  /** Set aside for an award, order or grant, whether paid or not. */
  readonly committedPence: Pence;
  readonly paidPence: Pence;
  /** Of what was paid: what nobody has borne yet. */
  readonly toResolvePence: Pence;
  /** Put in, less what was paid; below nought where more was paid than put in. */
  readonly leftPence: Pence;
  /** Put in and not yet decided on. */
  readonly unallocatedPence: Pence;
};

export function figuresOf(standing: Standing): Figures {
  const toResolvePence = -standing.resolvePence;
  const committedPence = standing.commitmentPence + standing.paidPence - toResolvePence;
  const allocatedPence = standing.allocationPence + committedPence;
  const contributedPence = standing.potPence + allocatedPence;
  return {
    contributedPence,
    allocatedPence,
    committedPence,
    paidPence: standing.paidPence,
    toResolvePence,
    leftPence: contributedPence - standing.paidPence,
    unallocatedPence: standing.potPence,
  };
}

export const NO_FIGURES: Figures = figuresOf({
  potPence: 0n,
  allocationPence: 0n,
  commitmentPence: 0n,
  paidPence: 0n,
  resolvePence: 0n,
});

export function addFigures(all: readonly Figures[]): Figures {
  return all.reduce(
    (sum, one) => ({
      contributedPence: sum.contributedPence + one.contributedPence,
      allocatedPence: sum.allocatedPence + one.allocatedPence,
      committedPence: sum.committedPence + one.committedPence,
      paidPence: sum.paidPence + one.paidPence,
      toResolvePence: sum.toResolvePence + one.toResolvePence,
      leftPence: sum.leftPence + one.leftPence,
      unallocatedPence: sum.unallocatedPence + one.unallocatedPence,
    }),
    NO_FIGURES,
  );
}

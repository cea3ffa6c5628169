/**
 * Add1: where equal shares leaves money unspent, everybody's share is raised by one unit of money, and by one more, as long as the
 * projects bought do not cost more than the budget. Source: equalshares.net/implementation (completion "Add1"); it stops either as
 * soon as nothing more would fit, or only when the next raise would spend too much; the two can give different winners.
 *
 * The cost is not monotone in the share, so that no search by halves is right. What is right: with one order of purchases, more
 * money makes each payment fall or stay. So if a purchase that is best at the lower share is, at the payment there, better than every
 * other even at the payments of the higher share, the same is bought at every share between. See `sameBetween`.
 */
import type { Tie } from "../ties.ts";
import type { Purchase } from "./equal-shares.ts";

export type Bought = { readonly purchases: readonly Purchase[]; readonly ties: readonly Tie[]; readonly cost: bigint };

export type Raises = {
  /** Buys with a share; pure in it. */
  readonly buy: (share: bigint) => Bought;
  /** The first share, and a unit of money, in 1/voters of the smallest unit. */
  readonly share: bigint;
  readonly unit: bigint;
  readonly budget: bigint;
  /** Whether to stop here, of an outcome that does not cost too much. */
  readonly stopsAt: (bought: Bought) => boolean;
  /** All that could ever be bought is. */
  readonly complete: (bought: Bought) => boolean;
  readonly onRaise?: (raises: number) => void;
};

/** `increments` are all raises that were tried: where the last spent too much, the share kept is that of the one before. */
export type Raised = { readonly bought: Bought; readonly share: bigint; readonly increments: number };

export function addOne(the: Raises): Raised {
  let found: Raised = { bought: the.buy(the.share), share: the.share, increments: 0 };
  for (;;) {
    if (the.stopsAt(found.bought) || the.complete(found.bought)) return found;
    const increments = found.increments + 1;
    const share = found.share + the.unit;
    const bought = the.buy(share);
    if (bought.cost > the.budget) return { ...found, increments };
    found = { bought, share, increments };
    the.onRaise?.(increments);
  }
}

/**
 * Add1: where equal shares leaves money unspent, everybody's share is raised by one unit of money, and by one more, as long as the
 * projects bought do not cost more than the budget. Source: equalshares.net/implementation (completion "Add1"); it stops either as
 * soon as nothing more would fit, or only when the next raise would spend too much; the two can give different winners.
 *
 * The cost is not monotone in the share, so that no search by halves is right. But between two shares at which nothing changes, nothing
 * does where `sameUpTo` (equal-shares.ts) says so: what is bought stays the same over long stretches, and the raises leap over them,
 * further each time that a leap was right, and one by one where it was not.
 */
import type { Ties } from "../ties.ts";
import type { Purchase } from "./equal-shares.ts";

export type Bought = {
  readonly purchases: readonly Purchase[];
  /** Null where a leap came here, which does not look for them. */
  readonly ties: Ties | null;
  readonly cost: bigint;
};

export type Raises = {
  /** Buys with a share; pure in it. */
  readonly buy: (share: bigint) => Bought;
  /** The same at this share, where every share up to it buys the same in the same order; else null. */
  readonly leap: (share: bigint, bought: Bought) => Bought | null;
  /** The first share, and a unit of money, in 1/voters of the smallest unit. */
  readonly share: bigint;
  readonly unit: bigint;
  readonly budget: bigint;
  /** Whether to stop here, of an outcome that does not cost too much. */
  readonly stopsAt: (bought: Bought) => boolean;
  readonly onRaise?: (raises: number) => void;
};

/** `increments` are all raises that were tried: where the last spent too much, the share kept is that of the one before. */
export type Raised = { readonly bought: Bought; readonly share: bigint; readonly increments: number };

/** Raises that changed nothing before a leap is tried, and how much further the next is. */
const PATIENCE = 4;
const GROWTH = 4;
/** Up to here a number of raises is exact. */
const MOST_RAISES = Number.MAX_SAFE_INTEGER;

/** Null where more raises would be needed than can be said. */
export function addOne(the: Raises): Raised | null {
  const shareAt = (raises: number) => the.share + the.unit * BigInt(raises);
  let bought = the.buy(the.share);
  let [increments, still, leap] = [0, 0, GROWTH];
  const end = (tried: number): Raised => {
    const share = shareAt(increments);
    return { bought: bought.ties === null ? the.buy(share) : bought, share, increments: tried };
  };
  while (!the.stopsAt(bought)) {
    the.onRaise?.(increments);
    const isTooFar = still < PATIENCE || increments + leap > MOST_RAISES;
    const leapt = isTooFar ? null : the.leap(shareAt(increments + leap), bought);
    if (leapt !== null) {
      bought = leapt;
      increments += leap;
      leap *= GROWTH;
      continue;
    }
    // A leap that was too far is tried again shorter, down to the single raise.
    if (still >= PATIENCE && leap > GROWTH) {
      leap = Math.floor(leap / GROWTH);
      continue;
    }
    if (still >= PATIENCE) still = 0;
    if (increments === MOST_RAISES) return null;
    const next = the.buy(shareAt(increments + 1));
    if (next.cost > the.budget) return end(increments + 1);
    increments += 1;
    still = isSame(next, bought) ? still + 1 : 0;
    leap = GROWTH;
    bought = next;
  }
  return end(increments);
}

function isSame(a: Bought, b: Bought): boolean {
  return (
    a.purchases.length === b.purchases.length &&
    a.purchases.every(({ project }, at) => project === b.purchases[at]?.project)
  );
}

/**
 * Why a count came out as it did, as data without words: for each purchase who paid, for each project that was not funded what it was
 * short of, and what its supporters' money bought instead. No program known to us says the last; the quantities follow from the
 * payments of equal shares (Dominik Peters, Grzegorz Pierczynski and Piotr Skowron, NeurIPS 2021). The name "effective votes" is that of
 * equalshares.net: the cost of a project over what a supporter who can pays for it.
 *
 * Money is in the smallest unit of the election.
 */
import type { Limit } from "../election.ts";
import type { Rule } from "../outcome.ts";

/** A number as a fraction in full ("17/3"), and to two decimals, half away from nought. */
export type Exact = { readonly exact: string; readonly decimal: string };

export type PurchaseReason = {
  readonly project: number;
  /** From 1, through all stages. */
  readonly order: number;
  readonly stage: Rule;
  readonly cost: bigint;
  readonly voters: number;
  /** Votes, or points together. */
  readonly score: bigint;
  /** What is left of the budget after it. */
  readonly left: bigint;
  /** Of equal shares only. */
  readonly paid: Paid | null;
  /** Of Phragmen only: what each supporter has paid by then, if all paid alike. */
  readonly load: Exact | null;
};

export type Paid = {
  /** What a supporter who can pays for a vote (or for a point). */
  readonly payment: Exact;
  /** The cost over that payment. */
  readonly effectiveVotes: Exact;
  readonly inFull: number;
  /** Those who gave all they had left, which was less. */
  readonly all: number;
  readonly nothing: number;
  /** What remains after it with its supporters, and with all voters. */
  readonly leftWithSupporters: Exact;
  readonly leftWithAll: Exact;
};

export type UnfundedReason = {
  readonly project: number;
  readonly why: WhyUnfunded;
  readonly voters: number;
  readonly cost: bigint;
  /** What it gets nevertheless, where a part of the next project is funded. */
  readonly part: bigint | null;
  /** Of equal shares only, whatever else the reason is. */
  readonly lacking: Lacking | null;
  /** Of equal shares only: before each purchase of that stage and after the last; null once its supporters cannot pay. */
  readonly effectiveVotes: readonly (string | null)[] | null;
  /** Of equal shares only. */
  readonly instead: Instead | null;
};

export type WhyUnfunded =
  | { readonly code: "withdrawn" }
  | ({ readonly code: "below_threshold"; readonly has: bigint; readonly needs: bigint } & Unit)
  | { readonly code: "costs_more_than_budget"; readonly budget: bigint }
  | { readonly code: "no_supporters" }
  | { readonly code: "incompatible"; readonly with: number }
  | { readonly code: "over_limit"; readonly limit: Limit; readonly left: bigint }
  /** What `lacking` says. */
  | { readonly code: "supporters_lack" }
  /** Greedy, also after equal shares: what was left when its turn came. */
  | { readonly code: "no_money_left"; readonly left: bigint; readonly short: bigint }
  /** Phragmen: it was due, and more than what was left. */
  | { readonly code: "due_but_did_not_fit"; readonly left: bigint; readonly short: bigint }
  /** The count ended at a project that did not fit, before this one's turn. */
  | { readonly code: "stopped_before"; readonly by: number }
  /** Maximum welfare: the greatest satisfaction, and with this one; null where that took too long to prove. Money under cost utility. */
  | {
      readonly code: "not_in_best_set";
      readonly best: bigint;
      readonly withIt: bigint | null;
      readonly isMoney: boolean;
    };

/** In what the rule itself adds up, also where the greedy outcome by votes was kept; points in 10^-places. */
export type Unit = { readonly unit: "votes" | "points"; readonly places: number };

export type Lacking = {
  /** What its supporters hold together at the end. */
  readonly held: Exact;
  readonly short: Exact;
  /** How many more supporters with a whole share, or with as much as its supporters have on average; null where that is nothing. */
  readonly furtherWithShare: number | null;
  readonly furtherWithAverage: number | null;
};

/** Where the shares of a project's supporters went; the amounts and `unspent` sum to their shares, to rounding. */
export type Instead = {
  /** Rounded down, as is `unspent`, which is what `Lacking` says that they hold. */
  readonly shares: bigint;
  readonly unspent: bigint;
  readonly bought: readonly { readonly project: number; readonly paid: bigint; readonly payers: number }[];
};

export type Explanation = {
  readonly purchases: readonly PurchaseReason[];
  readonly unfunded: readonly UnfundedReason[];
  /** Of equal shares: what everybody held at first. */
  readonly share: Exact | null;
};

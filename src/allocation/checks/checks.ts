/**
 * What can be said of any set of funded projects, whoever chose it: whether it fits and uses the money, whether every group of voters
 * got what it deserves, whether voters' equal shares can have paid for it, and how evenly it serves them. Pure data, no words.
 */
import type { Exact } from "../reasons/explanation.ts";

export type Checks = {
  readonly cost: bigint;
  readonly fits: boolean;
  /** Those that somebody supports, that nothing bars and that would still fit; none where the money is used. */
  readonly stillFit: readonly number[];
  readonly represented: Represented;
  readonly priced: Priced;
  readonly voters: Served;
};

/**
 * Whether the set gives every group what it deserves, up to one project, for cost utility. k voters deserve k shares of the budget. The
 * set fails a group of k voters who all support an unfunded project where even with this project none of them would have projects worth
 * more than the group deserves: for all of them, the cost of their funded choices and of this project is at most k budget / voters.
 *
 * This is EJR+ of Markus Brill and Jannik Peters, "Robust and Verifiable Proportionality Axioms for Multiwinner Voting", EC 2023, which
 * asks for one common unfunded candidate instead of a cohesive set, in the money of participatory budgeting and up to one project with
 * the strict "more than" of Dominik Peters, Grzegorz Pierczynski and Piotr Skowron, "Proportional Participatory Budgeting with Additive
 * Utilities", NeurIPS 2021, definition of EJR up to one project. The one project is the one the group lacks, the
 * strictest choice. Stated here for this program; no other is known to us that checks it.
 *
 * Equal shares with cost utility never fails it. Take the first moment at which some voter i of the group holds less than the k-th part of the
 * project's cost. Until then the project cost at most 1/k for a unit of satisfaction, so all that i paid for cost no more: what i spent, above
 * budget/voters - cost/k, bought i projects worth k times that, above k budget/voters - cost. If there is no such moment the project would have
 * been bought. Raised shares only make the left side larger.
 */
export type Represented =
  | { readonly is: "yes" }
  | { readonly is: "no"; readonly groups: readonly FailedGroup[] }
  /** The utility is not the cost. */
  | { readonly is: "not_checked" };

/** Of each project the group that is failed by most, in the order of how much more it deserves than it would have. */
export type FailedGroup = {
  readonly project: number;
  readonly voters: number;
  readonly deserves: Exact;
  /** The most that the funded choices of any of them cost together. */
  readonly has: bigint;
};

/**
 * Whether a price system supports the set: every voter has the same money; they pay only for funded projects that they support, and
 * no more than they have; every funded project is paid exactly; and no unfunded project's supporters have more left than it costs.
 * Source: Dominik Peters and Piotr Skowron, "Proportionality and the Limits of Welfarism", EC 2020, in the money of Dominik Peters,
 * Grzegorz Pierczynski and Piotr Skowron, NeurIPS 2021. Projects that a place bars are left out of the last condition.
 */
export type Priced =
  /** The payments of equal shares are one. */
  | { readonly is: "yes"; readonly share: Exact }
  /** The payments given are none; another may be. */
  | { readonly is: "not_by_these_payments"; readonly project: number }
  /** There is none: nobody who could pay for this funded project supports it. */
  | { readonly is: "no"; readonly project: number }
  /** Whether there is one was not decided: no payments are given. */
  | { readonly is: "not_decided" };

export type Served = {
  readonly cast: number;
  /** Voters with none of their choices funded, those with an empty ballot too. */
  readonly withNothing: number;
  /** The mean, over ballots that chose anything, of the share of their choices that is funded; null where none did. */
  readonly shareOfChoices: Exact | null;
};

/**
 * The money spent on a group: each funded project's cost divided equally among its supporters, beside an equal part of the budget.
 * Source: Martin Lackner, Jan Maly and Simon Rey, "Fairness in Participatory Budgeting via Equality of Resources", AAMAS 2023.
 */
export type GroupShare = {
  /** Null of those of whom the file says nothing. */
  readonly name: string | null;
  readonly voters: number;
  readonly received: Exact;
  readonly equalPart: Exact;
  /** Voters of it with none of their choices funded. */
  readonly withNothing: number;
};

/** Two sets beside each other. */
export type Compared = {
  readonly inBoth: readonly number[];
  readonly onlyFirst: readonly number[];
  readonly onlySecond: readonly number[];
  /** Voters who prefer each, by how many of their choices are funded, and by what those cost. */
  readonly byChoices: Preferring;
  readonly byCost: Preferring;
  readonly withNothing: { readonly first: number; readonly second: number };
};

export type Preferring = { readonly first: number; readonly second: number; readonly neither: number };

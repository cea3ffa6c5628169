/** What a count gives, before any words: which rule with which parameters, what was funded in which order, and the ties it met. */
import type { Conditions } from "./admission.ts";
import type { Comparison } from "./prefer.ts";
import type { Purchase } from "./rules/equal-shares.ts";
import type { Utility } from "./support.ts";
import type { Tie, TiePolicy } from "./ties.ts";

export const RULES = ["greedy", "equal-shares", "phragmen", "max-welfare"] as const;
export type Rule = (typeof RULES)[number];

/** How what equal shares leaves unspent is used: not; by greedy; by raising everybody's share a unit of money at a time; or by both. */
export const COMPLETIONS = ["none", "greedy", "add1", "add1-greedy"] as const;
export type Completion = (typeof COMPLETIONS)[number];
/** When the raises stop: as soon as nothing more fits, or only before too much would be spent. */
export const STOPS = ["exhaustive", "overspend"] as const;
export type Stop = (typeof STOPS)[number];
/** Whether the first share is the budget over the voters, or that without what is behind the decimal point. */
export const STARTS = ["fractional", "integral"] as const;
export type Start = (typeof STARTS)[number];

/** All that decides an outcome, beside the election. Nothing here has a default. */
export type Parameters = {
  readonly rule: Rule;
  readonly utility: Utility;
  readonly completion: Completion;
  readonly stop: Stop;
  readonly start: Start;
  readonly ties: TiePolicy;
  readonly misfit: "skip" | "stop";
  /** Keep what greedy by votes funds where strictly more voters prefer it, and what they prefer by. */
  readonly comparison: Comparison;
  /** The first project in the order of the rule that did not fit gets what is left. */
  readonly partFunding: boolean;
  readonly conditions: Conditions;
};

/** One part of a count: the projects that it added, in order, and what it knows about them. */
export type Stage = {
  readonly by: Rule;
  readonly funded: readonly number[];
  readonly ties: readonly Tie[];
  /** Of equal shares: everybody's share in 1/voters of the smallest unit of money, and the payments. */
  readonly share: bigint | null;
  readonly purchases: readonly Purchase[];
};

export type Outcome = {
  readonly parameters: Parameters;
  readonly funded: readonly number[];
  readonly cost: bigint;
  /** No further project that has a supporter, and that nothing else bars, would fit. */
  readonly exhaustive: boolean;
  /** By how many units of money the share was raised; null where the rule raises none. */
  readonly increments: number | null;
  readonly stages: readonly Stage[];
  /** The greatest sum of satisfaction, of maximum welfare. */
  readonly optimum: bigint | null;
  /** Under the comparison step: what each of the two funds, and how many voters prefer it. */
  readonly compared: Compared | null;
  /** The project that gets what is left, and how much that is. */
  readonly part: { readonly project: number; readonly money: bigint } | null;
};

export type Compared = {
  readonly rule: { readonly funded: readonly number[]; readonly preferredBy: number };
  readonly greedy: { readonly funded: readonly number[]; readonly preferredBy: number };
  readonly kept: "rule" | "greedy";
};

export type Uncountable =
  | { readonly code: "utility_needs_points" }
  | { readonly code: "utility_needs_ranking" }
  | { readonly code: "phragmen_needs_approvals" }
  | { readonly code: "no_ballots" }
  /** All points together are more than is added up exactly. */
  | { readonly code: "points_too_large" }
  /** More raises of Add1 than can be counted exactly: costs of some quadrillions. */
  | { readonly code: "too_many_raises" }
  /** Thousands of projects tie in every round: the ties could not be listed. */
  | { readonly code: "too_many_ties" }
  | { readonly code: "optimum_not_proved" };

/**
 * What is left of a stream's money in a pot at a date, and what would be clawed back then. The rule of a grant says which:
 * what is unspent when it ends, what was spent outside its conditions, both or neither (HM Treasury, Managing Public Money,
 * annex 5.1, grants, and annex 5.2, protecting the Exchequer interest). What was never put into a pot is still the payer's.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import type { Figures } from "./figures.ts";

export const CLAWBACK_RULES = ["none", "unspent_at_end", "ineligible", "both"] as const;
export type ClawbackRule = (typeof CLAWBACK_RULES)[number];

export type Clawback = { readonly why: "unspent_at_end" | "ineligible"; readonly amountPence: Pence };

export type Position = {
  readonly givenPence: Pence;
  readonly allocatedPence: Pence;
  readonly committedPence: Pence;
  /** Paid within the stream's conditions. */
  readonly paidPence: Pence;
  /** Paid elsewhere outside them and not yet borne by anybody else. */
  readonly outsidePence: Pence;
  /** Given, paid neither within the conditions nor outside them. */
  readonly leftPence: Pence;
  /** Each reason apart; together at most what was given and not paid within the conditions. */
  readonly clawback: readonly Clawback[];
};

type Asked = {
  /** Of the stream's own money in the pot: what is to resolve is no part of it. */
  readonly figures: Figures;
  readonly outsidePence: Pence;
  /** Null where nobody has said: nothing is worked out, people judge. */
  readonly rule: ClawbackRule | null;
  readonly endsOn: Day;
  readonly day: Day;
};

export function positionOf({ figures, outsidePence: open, rule, endsOn, day }: Asked): Position {
  const unpaidPence = figures.leftPence > 0n ? figures.leftPence : 0n;
  // Only a stream's own money can be spent outside its conditions: what later payments used was not.
  const outsidePence = open < unpaidPence ? open : unpaidPence;
  const leftPence = unpaidPence - outsidePence;
  const ended = day >= endsOn;
  const unspent = ended && (rule === "unspent_at_end" || rule === "both") ? leftPence : 0n;
  const ineligible = rule === "ineligible" || rule === "both" ? outsidePence : 0n;
  const clawback: readonly Clawback[] = [
    { why: "unspent_at_end", amountPence: unspent },
    { why: "ineligible", amountPence: ineligible },
  ];
  return {
    givenPence: figures.contributedPence,
    allocatedPence: figures.allocatedPence,
    committedPence: figures.committedPence,
    paidPence: figures.paidPence,
    outsidePence,
    leftPence,
    clawback: clawback.filter(({ amountPence }) => amountPence > 0n),
  };
}

/** Positions of one book, added up; each reason for clawback apart. */
export function addPositions(all: readonly Position[]): Position {
  const sum = (pick: (one: Position) => Pence) => all.reduce((total, one) => total + pick(one), 0n);
  const why = (reason: Clawback["why"]) =>
    sum(({ clawback }) => clawback.find((one) => one.why === reason)?.amountPence ?? 0n);
  const clawback = (["unspent_at_end", "ineligible"] as const).map((one) => ({ why: one, amountPence: why(one) }));
  return {
    givenPence: sum((one) => one.givenPence),
    allocatedPence: sum((one) => one.allocatedPence),
    committedPence: sum((one) => one.committedPence),
    paidPence: sum((one) => one.paidPence),
    outsidePence: sum((one) => one.outsidePence),
    leftPence: sum((one) => one.leftPence),
    clawback: clawback.filter(({ amountPence }) => amountPence > 0n),
  };
}

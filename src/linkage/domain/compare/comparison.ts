/**
 * What a comparison of two records is: one of a few levels of agreement, each as likely among matches (m) and among others (u) as the
 * model says. Source: Ivan Fellegi and Alan Sunter, "A Theory for Record Linkage", JASA 64, 1969; several levels instead of yes and no:
 * William Winkler, "The State of Record Linkage and Current Research Problems", U.S. Bureau of the Census, 1999.
 */
import type { HouseholdShares } from "./household.ts";
import type { Population } from "./population.ts";

/** Where a comparison says nothing, for want of a value. */
export const NOTHING = -1;

export type Level = {
  readonly name: string;
  /**
   * Levels of one group are shares of one whole. What is missing decides the group, so that a missing part says nothing by itself: of
   * two people whose forename is not known, only how alike their surnames are counts.
   */
  readonly group: number;
  /** How likely a match is expected to be at this level before anything is known, and what others are where nothing can be counted. */
  readonly expected: number;
  /** Agreement that must not count less than this one: the places of levels that are stronger in every part. */
  readonly below: readonly number[];
};

export type Comparison = {
  readonly name: string;
  readonly columns: readonly string[];
  /** The strongest first. */
  readonly levels: readonly Level[];
  /** The level of two records; NOTHING where either lacks the value. */
  readonly compare: (left: number, right: number) => number;
  /** The share of pairs of different people at each level, as their values are spread. */
  readonly spread: (population: Population) => Float64Array;
  /** The shares of pairs of one household, of those of matches and of strangers. */
  readonly household: HouseholdShares;
  /** Prepares the adjustment for how frequent the values are: bits to add to the weight of a pair at a level. */
  readonly rarity: (population: Population) => Rarity;
};

export type AskedPair = { left: number; right: number; level: number };

export type Rarity = {
  readonly whole: (pair: AskedPair) => number;
  /** The part of it that two people of one household have as well. */
  readonly shared: (pair: AskedPair) => number;
};

export const NO_RARITY = (): number => 0;

/** Levels in one group, each weaker than the one before, from lines "name expected share among matches". */
export function orderedLevels(lines: string): readonly Level[] {
  return lines
    .trim()
    .split("\n")
    .map((line, at) => {
      const [name = "", expected = ""] = line.split("|").map((part) => part.trim());
      return { name, group: 0, expected: Number(expected), below: at === 0 ? [] : [at - 1] };
    });
}

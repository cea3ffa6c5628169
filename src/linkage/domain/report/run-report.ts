/**
 * What a run of matching says of itself, in numbers that are kept with it: how much was compared, what blocking found, what the model
 * learned, how sure it is, what waits to be read, and who is served worse than others. No record is named in it. The pictures are those that
 * analysts of linkage expect (the charts of Splink, Ministry of Justice Analytical Services), each from the figures here.
 */
import type { TieFacts } from "../household/family-ties.ts";

/** Weights are in bits; shares and probabilities from 0 to 1. */
export type RunReport = {
  readonly records: number;
  readonly files: readonly FileFacts[];
  readonly pairsCompared: number;
  /** The share of the matches that blocking is estimated to have made pairs of. */
  readonly blockingRecall: number;
  readonly pairsLinked: number;
  /** Pairs that are likely by themselves and were kept apart, for what else is known of the two clusters. */
  readonly pairsParted: number;
  readonly people: number;
  readonly households: number;
  /** Homes of many unrelated people, which make no household. */
  readonly communalHomes: number;
  /** People about whose home nothing is inferred. */
  readonly withheld: number;
  /** What was recorded and inferred of families. */
  readonly ties: TieFacts;
  readonly weakClusters: number;
  readonly recordsInDoubt: number;
  /** Pairs that a person should read. */
  readonly reviewLoad: number;
  /** The expected calibration error, without labels. */
  readonly calibrationError: number;
  readonly prior: number;
  readonly threshold: number;
  readonly rules: readonly RuleFacts[];
  readonly comparisons: readonly ComparisonFacts[];
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly pairs: number }[];
  /** For a threshold in bits, the share of records that say too little about anybody to reach it, even beside themselves. */
  readonly unlinkables: readonly { readonly bits: number; readonly share: number }[];
  readonly completeness: readonly ColumnFacts[];
  readonly groups: readonly GroupFacts[];
};

export type FileFacts = {
  readonly name: string;
  readonly records: number;
  /** Whether it is taken to hold nobody twice. */
  readonly nobodyTwice: boolean;
};

/** Pairs that a rule was the first to make, and how many there are with it and all before it. */
export type RuleFacts = { readonly name: string; readonly pairs: number; readonly pairsSoFar: number };

export type ComparisonFacts = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly levels: readonly LevelFacts[];
};

export type LevelFacts = {
  readonly name: string;
  readonly m: number;
  readonly u: number;
  /** log2(m/u). */
  readonly bits: number;
  /** False where no match at this level was seen in training, so that m is what is usual. */
  readonly trained: boolean;
};

/** How much of a column is filled: in each file that has it, and null in those that do not. */
export type ColumnFacts = { readonly column: string; readonly filled: readonly (number | null)[] };

/**
 * How well a group of records is served, as the model expects it from its own probabilities: of the matches that these records have, the
 * share that is not linked; of the links that they have, the share that is wrong.
 */
export type GroupFacts = {
  /** What records are grouped by: sex, age, moved or missing fields. */
  readonly grouping: "sex" | "age" | "moved" | "missing";
  readonly group: string;
  readonly records: number;
  readonly links: number;
  readonly missedShare: number;
  readonly wrongShare: number;
};

/** Why two records weigh what they weigh together, step by step from the prior. */
export type Waterfall = {
  readonly priorBits: number;
  readonly steps: readonly WaterfallStep[];
  /** Given back, where more than one part of the home speaks against: nought or more. */
  readonly movedBits: number;
  /** Taken off, where the two may well be two people of one household: nought or less. */
  readonly householdBits: number;
  readonly totalBits: number;
  readonly probability: number;
};

export type WaterfallStep = {
  readonly comparison: string;
  readonly columns: readonly string[];
  /** Null where either record has nothing to compare: it counts for nothing. */
  readonly level: string | null;
  readonly bits: number;
  /** How much of it is for values that are rarer, or more common, than most. */
  readonly rarityBits: number;
};

/** Of pairs that people have read: at each threshold, how many of those linked are right, and how many of the right ones are linked. */
export type PrecisionRecall = readonly {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly pairs: number;
}[];

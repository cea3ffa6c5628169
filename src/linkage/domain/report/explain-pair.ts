/**
 * Why a pair weighs what it weighs, kept small: the level of each comparison, what the rarity of the values adds, what is given back as
 * they may have moved, and what is taken off for the household. Together with the model it opens into the waterfall of the pair, step by step (the waterfall chart of Splink, Ministry
 * of Justice Analytical Services), long after the run.
 */
import type { Comparison, Rarity } from "../compare/comparison.ts";
import type { Model } from "../model/artefact.ts";
import { householdWeightsOf } from "../model/parameters.ts";
import { discount, movedFrom, priorBits, probabilityOf, type Scoring } from "../model/score.ts";
import type { Waterfall, WaterfallStep } from "./run-report.ts";

/** In the order of the model's comparisons. */
export type PairReasons = {
  /** The place of the level in its comparison; -1 where there is nothing to compare. */
  readonly levels: readonly number[];
  /** In bits. */
  readonly rarity: readonly number[];
  /** In bits, nought or more. */
  readonly moved: number;
  /** In bits, nought or less. */
  readonly household: number;
};

export function pairExplainer({ comparisons, parameters, population }: Scoring) {
  const ofHomes = parameters.comparisons.map((shares, at) => householdWeightsOf(shares, comparisons[at] as Comparison));
  const rarities = comparisons.map((comparison) => comparison.rarity(population));
  const movedBits = movedFrom({ comparisons, parameters });
  return (left: number, right: number): PairReasons => {
    let shared = priorBits(parameters.household);
    const levels: number[] = [];
    const rarity = comparisons.map((comparison, at) => {
      const level = comparison.compare(left, right);
      levels.push(level);
      if (level < 0) return 0;
      const asked = { left, right, level };
      const one = rarities[at] as Rarity;
      shared += ((ofHomes[at] as Float64Array)[level] as number) + one.shared(asked);
      return one.whole(asked);
    });
    return { levels, rarity, moved: movedBits(levels, 0), household: -discount(shared) };
  };
}

/** The steps of a pair from the model that weighed it. The reasons are of the same model, or the levels are not there. */
export function waterfallOf(model: Pick<Model, "prior" | "comparisons">, reasons: PairReasons): Waterfall {
  const steps = model.comparisons.map(({ name, columns, levels }, at): WaterfallStep => {
    const level = levels[reasons.levels[at] ?? -1];
    const rarityBits = reasons.rarity[at] ?? 0;
    if (level === undefined) return { comparison: name, columns, level: null, bits: 0, rarityBits: 0 };
    return {
      comparison: name,
      columns,
      level: level.name,
      bits: Math.log2(level.m / level.u) + rarityBits,
      rarityBits,
    };
  });
  const prior = priorBits(model.prior);
  const totalBits = steps.reduce((sum, { bits }) => sum + bits, prior) + reasons.moved + reasons.household;
  return {
    priorBits: prior,
    steps,
    movedBits: reasons.moved,
    householdBits: reasons.household,
    totalBits,
    probability: probabilityOf(totalBits),
  };
}

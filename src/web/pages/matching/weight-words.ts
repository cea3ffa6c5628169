/**
 * Weights in words that can be read aloud: "Same date of birth: counts 9 times for". A weight of b bits makes it 2^b times as likely, beside
 * what was known before, that two records are one person; of less than nought, as many times less likely. Source: Ivan Fellegi and Alan
 * Sunter, "A Theory for Record Linkage", JASA 64, 1969; bits as in I. J. Good, "Probability and the Weighing of Evidence", 1950.
 */
import type { Waterfall, WaterfallStep } from "../../../linkage/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import { levelSaid } from "./level-words.ts";

/** Less than this many times is said to count for nothing: 1.05 times. */
const HARDLY = Math.log2(1.05);
const MOST_TIMES = 1e9;

/** Two figures that say something: 1.4, 9, 85, 1,200, 3.4 million. */
export function roughly(times: number): string {
  if (times > MOST_TIMES) return "over 1,000 million";
  const rounded = Number(times.toPrecision(2));
  return rounded >= 1e6 ? `${formatNumber(rounded / 1e6)} million` : formatNumber(rounded);
}

/** "9 times for", "3 times against", "nothing". */
export function timesSaid(bits: number): string {
  if (Math.abs(bits) < HARDLY) return "nothing";
  return `${roughly(2 ** Math.abs(bits))} times ${bits > 0 ? "for" : "against"}`;
}

/** "counts 9 times for", "counts for nothing". */
export function countsSaid(bits: number): string {
  return Math.abs(bits) < HARDLY ? "counts for nothing" : `counts ${timesSaid(bits)}`;
}

/** What the level of a step counts, without how rare the values are. */
export function levelBits({ bits, rarityBits }: WaterfallStep): number {
  return bits - rarityBits;
}

/**
 * One step of the waterfall in words: "Same date of birth: counts 9 times for"; "Nothing to compare: counts for nothing" where either
 * record has no value; and where the values are rarer or more common than most, how much that adds or takes away.
 */
export function stepSaid(step: WaterfallStep): string {
  if (step.level === null) return `${levelSaid(step)}: counts for nothing`;
  const said = `${levelSaid(step)}: ${countsSaid(levelBits(step))}`;
  if (Math.abs(step.rarityBits) < HARDLY) return said;
  return step.rarityBits > 0
    ? `${said}, and ${roughly(2 ** step.rarityBits)} times more, as what they share is rare`
    : `${said}, but ${roughly(2 ** -step.rarityBits)} times less, as what they share is common`;
}

/** "one pair in 1,500", of a probability that may be very small. */
export function pairsInWords(probability: number): string {
  if (probability <= 0) return "no pair";
  return probability >= 0.5
    ? `${Math.round(probability * 100)} pairs in 100`
    : `one pair in ${roughly(1 / probability)}`;
}

/** "99.9%": never rounded to certainty, either way. */
export function chanceSaid(probability: number): string {
  if (probability >= 0.9999) return "more than 99.99%";
  if (probability <= 0.0001) return "less than 0.01%";
  const percent = probability * 100;
  return `${percent >= 99 || percent <= 1 ? percent.toFixed(2) : Math.round(percent)}%`;
}

/** Every step from what is known before anything is compared to the end; how rare values are is said with each. */
export function waterfallSaid(waterfall: Waterfall): readonly string[] {
  const prior = 1 / (1 + 2 ** -waterfall.priorBits);
  return [
    `Any two records: ${pairsInWords(prior)} is of one person, which ${countsSaid(waterfall.priorBits)}`,
    ...waterfall.steps.map(stepSaid),
    ...(waterfall.movedBits < HARDLY
      ? []
      : [
          `They may have moved, and all of the home differs at once: counts ${roughly(2 ** waterfall.movedBits)} times less against`,
        ]),
    ...(Math.abs(waterfall.householdBits) < HARDLY
      ? []
      : [`They may be two people of one household: ${countsSaid(waterfall.householdBits)}`]),
    `Together: ${chanceSaid(waterfall.probability)} likely to be one person`,
  ];
}

/** Bits of all steps for how rare their values are. */
export function rarityOf({ steps }: Waterfall): number {
  return steps.reduce((sum, { rarityBits }) => sum + rarityBits, 0);
}

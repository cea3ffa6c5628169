/**
 * The waterfall of two records: what is known before anything is compared, a bar for each comparison with its level in words, how rare the
 * shared values are, what is taken off where the two may be two people of one household, and what it comes to. After the waterfall chart
 * of Splink (Ministry of Justice Analytical Services), with words in place of its weights.
 */
import type { Language } from "../../../lib/language.ts";
import type { Waterfall } from "../../../linkage/index.ts";
import type { Chart, ChartTable } from "../../charts/chart.ts";
import { floatingBars, type Step } from "../../charts/floating-bars.ts";
import { levelSaid } from "./level-words.ts";
import { bitsSaid } from "./report-axes.ts";
import { reportWords as words } from "./report-words.ts";
import { chanceSaid, countsSaid, levelBits, pairsInWords, rarityOf, timesSaid, waterfallSaid } from "./weight-words.ts";

export type WaterfallShown = {
  /** The same as the picture, line by line, for whoever reads rather than looks. */
  readonly said: readonly string[];
  readonly chart: Chart;
};

/** `thresholdBits` is what two records must weigh to be linked. `idPrefix` is unique on its page. */
export function showWaterfall(
  waterfall: Waterfall,
  the: { readonly language: Language; readonly idPrefix: string; readonly thresholdBits: number },
): WaterfallShown {
  const steps = stepsOf(waterfall);
  const chart = floatingBars({
    language: the.language,
    idPrefix: the.idPrefix,
    title: words.waterfall,
    description: words.waterfallDescription(chanceSaid(waterfall.probability)),
    steps,
    marks: [{ at: the.thresholdBits, text: words.linkedFromHere }],
    table: tableOf(waterfall, steps),
    notes: [words.waterfallNote],
    empty: words.nothingCompared,
  });
  return { said: waterfallSaid(waterfall), chart };
}

/** Without the last, each begins where the one before it ended. */
function stepsOf(waterfall: Waterfall): readonly Step[] {
  const { movedBits: moved, householdBits: household } = waterfall;
  const rarity = rarityOf(waterfall);
  const prior = 1 / (1 + 2 ** -waterfall.priorBits);
  const bars = [
    { label: words.anyTwo, bits: waterfall.priorBits, text: pairsInWords(prior) },
    ...waterfall.steps.map((step) => ({
      label: levelSaid(step),
      bits: levelBits(step),
      text: step.level === null ? "nothing" : timesSaid(levelBits(step)),
    })),
    ...(rarity === 0
      ? []
      : [{ label: rarity > 0 ? words.rarer : words.commoner, bits: rarity, text: timesSaid(rarity) }]),
    ...(moved === 0 ? [] : [{ label: words.mayHaveMoved, bits: moved, text: timesSaid(moved) }]),
    ...(household === 0 ? [] : [{ label: words.ofOneHousehold, bits: household, text: timesSaid(household) }]),
  ];
  let reached = 0;
  const steps: Step[] = bars.map(({ label, bits, text }) => {
    const from = reached;
    reached += bits;
    return { label, text, from, to: reached, paint: bits < 0 ? "against" : "filled" };
  });
  const text = chanceSaid(waterfall.probability);
  return [...steps, { label: words.together, text, from: 0, to: waterfall.totalBits, paint: "total" }];
}

function tableOf(waterfall: Waterfall, steps: readonly Step[]): ChartTable {
  return {
    caption: words.waterfall,
    columns: [
      { label: words.whatIsCompared, numeric: false },
      { label: words.whatItCounts, numeric: false },
      { label: words.rarityColumn, numeric: true },
      { label: words.bits, numeric: true },
      { label: words.soFar, numeric: true },
    ],
    rows: steps.map(({ label, from, to, paint, text }, at) => {
      // The first row is that of any two records.
      const rarity = waterfall.steps[at - 1]?.rarityBits ?? 0;
      const counted = paint === "total" ? text : countsSaid(to - from);
      return [label, counted, rarity === 0 ? "" : bitsSaid(rarity), bitsSaid(to - from), bitsSaid(to)];
    }),
    rowHrefs: steps.map(() => null),
    total: null,
  };
}

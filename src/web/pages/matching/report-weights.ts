/**
 * What a model has learned, as pictures: what each level of agreement counts for or against, and how often it is found among matches (m)
 * and among pairs of different people (u). After the match weights chart and the m and u chart of Splink.
 */
import type { Language } from "../../../lib/language.ts";
import type { ComparisonFacts, LevelFacts, RunReport } from "../../../linkage/index.ts";
import type { Chart } from "../../charts/chart.ts";
import { groupedBars } from "../../charts/grouped-bars.ts";
import { formatNumber } from "../../shell/formats.ts";
import { columnSaid, levelSaid, opened } from "./level-words.ts";
import { bitsSaid, shareSaid } from "./report-axes.ts";
import { reportWords as words } from "./report-words.ts";
import { timesSaid } from "./weight-words.ts";

/** Of a comparison with more levels than this, only those that were seen, and of them the most frequent, are drawn. */
const MOST_LEVELS = 10;

export function weightsChart({ comparisons }: Pick<RunReport, "comparisons">, language: Language): Chart {
  const all = comparisons.flatMap((comparison) => comparison.levels.map((level) => ({ comparison, level })));
  const trained = all.filter(({ level }) => level.trained).toSorted((a, b) => b.level.bits - a.level.bits);
  return groupedBars({
    language,
    idPrefix: "weights",
    title: words.weights,
    description: words.weightsDescription(nameOf(trained[0]), nameOf(trained.at(-1))),
    groups: comparisons.map((comparison) => ({
      heading: headingOf(comparison),
      rows: levelsDrawn(comparison).map((level) => ({
        label: saidOf(comparison, level),
        bars: [{ value: level.bits, text: timesSaid(level.bits), paint: paintOf(level) }],
      })),
    })),
    key: [
      { paint: "filled", text: words.learned },
      { paint: "against", text: words.learnedAgainst },
      { paint: "outlined", text: words.usual },
    ],
    table: {
      caption: words.weights,
      columns: [
        { label: words.level, numeric: false },
        { label: words.whatIsCompared, numeric: false },
        { label: words.whatItCounts, numeric: false },
        { label: words.bits, numeric: true },
        { label: words.seen, numeric: false },
      ],
      rows: all.map(({ comparison, level }) => [
        saidOf(comparison, level),
        headingOf(comparison),
        timesSaid(level.bits),
        bitsSaid(level.bits),
        level.trained ? words.yes : words.no,
      ]),
      rowHrefs: all.map(() => null),
      total: null,
    },
    notes: notDrawn(comparisons),
    empty: words.nothingCompared,
  });
}

export function sharesChart({ comparisons }: Pick<RunReport, "comparisons">, language: Language): Chart {
  const all = comparisons.flatMap((comparison) => comparison.levels.map((level) => ({ comparison, level })));
  return groupedBars({
    language,
    idPrefix: "shares",
    title: words.shares,
    description: words.sharesDescription,
    groups: comparisons.map((comparison) => ({
      heading: headingOf(comparison),
      rows: levelsDrawn(comparison).map((level) => ({
        label: saidOf(comparison, level),
        bars: [
          { value: level.m, text: shareSaid(level.m), paint: "filled" },
          { value: level.u, text: shareSaid(level.u), paint: "outlined" },
        ],
      })),
    })),
    key: [
      { paint: "filled", text: words.ofMatches },
      { paint: "outlined", text: words.ofOthers },
    ],
    table: {
      caption: words.shares,
      columns: [
        { label: words.level, numeric: false },
        { label: words.whatIsCompared, numeric: false },
        { label: words.ofMatches, numeric: true },
        { label: words.ofOthers, numeric: true },
      ],
      rows: all.map(({ comparison, level }) => [
        saidOf(comparison, level),
        headingOf(comparison),
        exactShare(level.m),
        exactShare(level.u),
      ]),
      rowHrefs: all.map(() => null),
      total: null,
    },
    notes: notDrawn(comparisons),
    empty: words.nothingCompared,
  });
}

/** How many levels had no matches to learn from. */
export function untrained({ comparisons }: Pick<RunReport, "comparisons">): number {
  return comparisons.reduce((sum, { levels }) => sum + levels.filter(({ trained }) => !trained).length, 0);
}

function levelsDrawn({ levels }: ComparisonFacts): readonly LevelFacts[] {
  if (levels.length <= MOST_LEVELS) return levels;
  const seen = levels.filter(({ trained }) => trained);
  const often = (seen.length === 0 ? levels : seen).toSorted((a, b) => b.m - a.m).slice(0, MOST_LEVELS);
  return levels.filter((level) => often.includes(level));
}

function notDrawn(comparisons: readonly ComparisonFacts[]): readonly string[] {
  return comparisons.flatMap((comparison) => {
    const left = comparison.levels.length - levelsDrawn(comparison).length;
    return left === 0 ? [] : [words.weightsMore(formatNumber(left), columnSaid(comparison.name))];
  });
}

function headingOf({ name, columns }: ComparisonFacts): string {
  const own = columns.map(columnSaid).join(", ");
  const said = columnSaid(name);
  return opened(columns.length < 2 || said.includes(columnSaid(columns[0] ?? "")) ? said : `${said}: ${own}`);
}

function saidOf({ name, columns }: ComparisonFacts, level: LevelFacts): string {
  return levelSaid({ comparison: name, columns, level: level.name });
}

function nameOf(found: { readonly comparison: ComparisonFacts; readonly level: LevelFacts } | undefined): string {
  if (found === undefined) return words.no;
  return `${saidOf(found.comparison, found.level)}, ${timesSaid(found.level.bits)}`;
}

function paintOf({ bits, trained }: LevelFacts): "filled" | "against" | "outlined" {
  if (!trained) return "outlined";
  return bits < 0 ? "against" : "filled";
}

/** In the table two figures that say something stand, however small the share: "0.000067". */
function exactShare(share: number): string {
  if (share === 0 || share >= 0.1) return share.toFixed(3);
  return Number(share.toPrecision(2)).toFixed(Math.min(12, 1 - Math.floor(Math.log10(share))));
}

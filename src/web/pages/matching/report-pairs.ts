/**
 * The pictures of a run's pairs and records: what rules of blocking made, how sure all pairs are, which records say too little, how much
 * was filled, and, where people have read pairs, how often the model was right. After the charts of Splink.
 */
import type { Language } from "../../../lib/language.ts";
import type { PrecisionRecall, RunReport } from "../../../linkage/index.ts";
import type { Chart } from "../../charts/chart.ts";
import { filledGrid, MOST_DRAWN } from "../../charts/filled-grid.ts";
import { floatingBars } from "../../charts/floating-bars.ts";
import { histogram } from "../../charts/histogram.ts";
import { lines } from "../../charts/lines.ts";
import { formatNumber } from "../../shell/formats.ts";
import { columnSaid, fileSaid, opened } from "./level-words.ts";
import { bitsOf, bitsSaid, oddsTicks, shareSaid } from "./report-axes.ts";
import { reportWords as words } from "./report-words.ts";
import { chanceSaid } from "./weight-words.ts";

const text = (label: string) => ({ label, numeric: false });
const figure = (label: string) => ({ label, numeric: true });

export function rulesChart({ rules }: Pick<RunReport, "rules">, language: Language): Chart {
  const all = rules.at(-1)?.pairsSoFar ?? 0;
  return floatingBars({
    language,
    idPrefix: "rules",
    title: words.rules,
    description: words.rulesDescription(formatNumber(rules.length), formatNumber(all)),
    steps: [
      ...rules.map(({ name, pairs, pairsSoFar }) => ({
        label: ruleSaid(name),
        text: `+${formatNumber(pairs)}`,
        ...{ from: pairsSoFar - pairs, to: pairsSoFar, paint: "filled" as const },
      })),
      ...(rules.length < 2
        ? []
        : [{ label: words.allRules, text: formatNumber(all), from: 0, to: all, paint: "total" as const }]),
    ],
    marks: [],
    table: {
      caption: words.rules,
      columns: [text(words.rule), figure(words.pairsAdded), figure(words.pairsSoFar)],
      rows: rules.map(({ name, pairs, pairsSoFar }) => [ruleSaid(name), formatNumber(pairs), formatNumber(pairsSoFar)]),
      rowHrefs: rules.map(() => null),
      total: null,
    },
    notes: [],
    empty: words.rulesAll,
  });
}

/** "Forename and address", for "forename and address: whole"; "Date of birth (year)", for "date_of_birth: year". */
export function ruleSaid(name: string): string {
  const parts = name.split(" and ").map((part) => {
    const [column = "", of = ""] = part.split(": ");
    return of === "" || of === "whole" ? columnSaid(column) : `${columnSaid(column)} (${of})`;
  });
  return opened(parts.join(", "));
}

/** `showsFrom` is the place's own threshold for what a family's picture shows unread, from 0 to 1; null where it shows nothing unread. */
export function histogramChart(
  { histogram: bins, threshold }: Pick<RunReport, "histogram" | "threshold">,
  { language, showsFrom }: { readonly language: Language; readonly showsFrom: number | null },
): Chart {
  const at = bitsOf(threshold);
  const all = bins.reduce((sum, { pairs }) => sum + pairs, 0);
  const above = bins.reduce((sum, { from, pairs }) => sum + (from >= at ? pairs : 0), 0);
  return histogram({
    language,
    idPrefix: "histogram",
    title: words.histogram,
    description: words.histogramDescription(formatNumber(all), formatNumber(above)),
    bins: bins.map(({ from, to, pairs }) => ({
      ...{ from, to, count: pairs },
      name: `${bitsSaid(from)} to ${bitsSaid(to)} bits: ${formatNumber(pairs)} pairs`,
      paint: from >= at ? "filled" : "grey",
    })),
    xTicks: oddsTicks({ from: bins[0]?.from ?? 0, to: bins.at(-1)?.to ?? 0 }),
    axes: {
      ...{ xName: words.odds, yName: words.pairs },
      marks: [
        { at, text: words.thresholdMark },
        ...(showsFrom === null ? [] : [{ at: bitsOf(showsFrom), text: words.showsMark }]),
      ],
    },
    countText: formatNumber,
    table: {
      caption: words.histogram,
      columns: [text(words.from), figure(words.to), figure(words.pairs)],
      rows: bins.map(({ from, to, pairs }) => [bitsSaid(from), bitsSaid(to), formatNumber(pairs)]),
      rowHrefs: bins.map(() => null),
      total: null,
    },
    notes: [words.histogramScale],
    empty: words.nothingCompared,
  });
}

/** The share of records that cannot reach the run's own threshold: of the nearest threshold that was tried. */
export function unlinkableShare({ unlinkables, threshold }: Pick<RunReport, "unlinkables" | "threshold">): number {
  const at = bitsOf(threshold);
  const [nearest] = unlinkables.toSorted((a, b) => Math.abs(a.bits - at) - Math.abs(b.bits - at));
  return nearest?.share ?? 0;
}

export function unlinkablesChart(report: Pick<RunReport, "unlinkables" | "threshold">, language: Language): Chart {
  const points = report.unlinkables;
  return lines({
    language,
    idPrefix: "unlinkables",
    title: words.unlinkables,
    description: words.unlinkablesDescription(shareSaid(unlinkableShare(report))),
    lines: [{ label: words.shareOfRecords, points: points.map(({ bits, share }) => ({ x: bits, y: share })) }],
    xTicks: oddsTicks({ from: points[0]?.bits ?? 0, to: points.at(-1)?.bits ?? 0 }),
    axes: {
      ...{ xName: words.odds, yName: words.shareOfRecords },
      marks: [{ at: bitsOf(report.threshold), text: words.thresholdMark }],
    },
    table: {
      caption: words.unlinkables,
      columns: [text(words.thresholdColumn), figure(words.shareOfRecords)],
      rows: points.map(({ bits, share }) => [bitsSaid(bits), shareSaid(share)]),
      rowHrefs: points.map(() => null),
      total: null,
    },
    notes: [],
    empty: words.nothingCompared,
  });
}

/** Thresholds are probabilities, from 0 to 1. */
export function labelsChart(
  points: PrecisionRecall,
  { threshold, language }: { readonly threshold: number; readonly language: Language },
): Chart {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: String(at) }));
  return lines({
    language,
    idPrefix: "labels",
    title: words.labels,
    description: words.labelsDescription(formatNumber(Math.max(0, ...points.map(({ pairs }) => pairs)))),
    lines: [
      { label: words.precision, points: points.map((one) => ({ x: one.threshold, y: one.precision })) },
      { label: words.recall, points: points.map((one) => ({ x: one.threshold, y: one.recall })) },
    ],
    xTicks: { wide: ticks, narrow: ticks },
    axes: {
      ...{ xName: words.thresholdName, yName: "" },
      marks: [{ at: threshold, text: words.thresholdMark }],
    },
    table: {
      caption: words.labels,
      columns: [text(words.thresholdName), figure(words.precision), figure(words.recall), figure(words.pairsRead)],
      rows: points.map((one) => [
        chanceSaid(one.threshold),
        shareSaid(one.precision),
        shareSaid(one.recall),
        formatNumber(one.pairs),
      ]),
      rowHrefs: points.map(() => null),
      total: null,
    },
    notes: [],
    empty: words.labelsNone,
  });
}

export type Emptiest = { readonly column: string; readonly file: string; readonly share: number };

/** Where a file that has a column has it filled least; null where no file has any. */
export function emptiest({ completeness, files }: Pick<RunReport, "completeness" | "files">): Emptiest | null {
  const all = completeness.flatMap(({ column, filled }) =>
    filled.flatMap((share, at) => (share === null ? [] : [{ column, share, file: files[at]?.name ?? "" }])),
  );
  return all.toSorted((a, b) => a.share - b.share)[0] ?? null;
}

export function completenessChart(report: Pick<RunReport, "completeness" | "files">, language: Language): Chart {
  const { completeness, files } = report;
  const least = emptiest(report);
  const shares = (filled: readonly (number | null)[]) => files.map((_, at) => filled[at] ?? null);
  return filledGrid({
    language,
    idPrefix: "completeness",
    title: words.completeness,
    description:
      least === null
        ? ""
        : words.completenessDescription(`${columnSaid(least.column)}, ${fileSaid(least.file)}`, shareSaid(least.share)),
    headings: files.map(({ name }) => fileSaid(name)),
    rows: completeness.map(({ column, filled }) => ({ label: opened(columnSaid(column)), shares: shares(filled) })),
    absent: words.notHeld,
    shareText: shareSaid,
    table: {
      caption: words.completeness,
      columns: [text(words.column), ...files.map(({ name }) => figure(fileSaid(name)))],
      rows: completeness.map(({ column, filled }) => [
        opened(columnSaid(column)),
        ...shares(filled).map((share) => (share === null ? words.notHeld : shareSaid(share))),
      ]),
      rowHrefs: completeness.map(() => null),
      total: null,
    },
    notes: files.length > MOST_DRAWN ? [words.filesMore(formatNumber(MOST_DRAWN))] : [],
    empty: words.nothingCompared,
  });
}

/** The page of a run's report: every word and figure of it, from what is kept with the run. */
import type { Language } from "../../../lib/language.ts";
import type { PrecisionRecall, RunReport } from "../../../linkage/index.ts";
import type { Chart } from "../../charts/chart.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { columnSaid, fileSaid, opened } from "./level-words.ts";
import { bitsOf, shareSaid } from "./report-axes.ts";
import { groupCharts, worstSaid } from "./report-groups.ts";
import {
  completenessChart,
  emptiest,
  histogramChart,
  labelsChart,
  ruleSaid,
  rulesChart,
  unlinkableShare,
  unlinkablesChart,
} from "./report-pairs.ts";
import { presentTies } from "./report-ties.ts";
import { sharesChart, untrained, weightsChart } from "./report-weights.ts";
import { reportWords as words } from "./report-words.ts";
import { chanceSaid, pairsInWords } from "./weight-words.ts";

export type RunShown = {
  readonly run: {
    readonly number: number;
    readonly startedAt: Date;
    /** A name. */
    readonly startedBy: string;
    /** What every lot of the run is drawn with. */
    readonly seed: number;
    readonly agreementTitle: string;
    readonly modelVersion: string;
    /** Where its pairs are read; null where the reader may not. */
    readonly reviewHref: string | null;
    /** From 0 to 1: from where on a family's picture shows a match that nobody has read; null where it shows none. */
    readonly showsFrom: number | null;
  };
  readonly report: RunReport;
  /** Null while no pair of it has been read. */
  readonly precisionRecall: PrecisionRecall | null;
};

/** A picture with what it means before it and what to do about it behind it. */
type Picture = { readonly means: string | null; readonly chart: Chart; readonly toDo: string | null };

export function presentRunReport(shown: RunShown, language: Language) {
  const { run, report } = shown;
  return {
    w: words,
    title: words.title(formatNumber(run.number)),
    sentences: sentencesOf(report),
    reviewHref: report.reviewLoad > 0 ? run.reviewHref : null,
    figures: figuresOf(report),
    facts: factsOf(shown, language),
    files: filesOf(report),
    sections: [
      { title: words.had, before: [], pictures: [completenessPicture(report, language)] },
      { title: words.wereCompared, before: [], pictures: [rulesPicture(report, language)] },
      { title: words.counts, before: [], pictures: weightPictures(report, language) },
      { title: words.sure, before: [calibrationSaid(report)], pictures: surePictures(shown, language) },
      groupsSection(report, language),
    ],
    ties: presentTies(report.ties),
    apart: apartSaid(report),
  };
}

function sentencesOf(report: RunReport): readonly string[] {
  return [
    words.became({
      records: formatNumber(report.records),
      files: words.agencies(formatNumber(report.files.length), report.files.length),
      people: formatNumber(report.people),
      households: formatNumber(report.households),
    }),
    report.rules.length === 0 ? words.blockingAll : words.blocking(shareSaid(report.blockingRecall)),
    words.waits(formatNumber(report.reviewLoad), report.reviewLoad),
    worstSaid(report),
  ];
}

function figuresOf(report: RunReport) {
  const { communalHomes } = report;
  return [
    {
      label: words.people,
      value: formatNumber(report.people),
      exact: words.ofRecords(formatNumber(report.records)),
    },
    {
      label: words.households,
      value: formatNumber(report.households),
      exact: communalHomes === 0 ? words.noCommunal : words.communal(formatNumber(communalHomes), communalHomes),
    },
    { label: words.found, value: shareSaid(report.blockingRecall), exact: words.estimated },
    { label: words.toRead, value: formatNumber(report.reviewLoad), exact: words.forReader },
  ];
}

function factsOf({ run, report }: RunShown, language: Language) {
  const fact = (label: string, value: string) => ({ key: { text: label }, value: { text: value } });
  return [
    fact(words.started, formatMoment(language, run.startedAt)),
    fact(words.startedBy, run.startedBy),
    fact(words.agreement, run.agreementTitle),
    fact(words.model, run.modelVersion),
    fact(words.threshold, words.thresholdSaid(chanceSaid(report.threshold))),
    fact(words.prior, words.priorSaid(opened(pairsInWords(report.prior)))),
    fact(words.lot, words.lotSaid(String(run.seed))),
    fact(words.compared, formatNumber(report.pairsCompared)),
    fact(words.linked, formatNumber(report.pairsLinked)),
  ];
}

function filesOf({ files }: RunReport) {
  return {
    columns: [
      { label: words.file, numeric: false },
      { label: words.records, numeric: true },
      { label: words.nobodyTwice, numeric: false },
    ],
    rows: files.map(({ name, records, nobodyTwice }) => ({
      cells: [{ text: fileSaid(name) }, { text: formatNumber(records) }, { text: nobodyTwice ? words.yes : words.no }],
    })),
  };
}

/** From this share on there is nothing to ask of whoever sends a file. */
const NEARLY_FULL = 0.95;

/** Where nothing is drawn there is nothing to mean and nothing to do. */
function pictureOf(chart: Chart, said: { readonly means: string; readonly toDo: string }): Picture {
  return chart.empty === null ? { chart, ...said } : { chart, means: null, toDo: null };
}

function completenessPicture(report: RunReport, language: Language): Picture {
  const least = emptiest(report);
  const poor = least !== null && least.share < NEARLY_FULL;
  return pictureOf(completenessChart(report, language), {
    means: words.completenessMeans,
    toDo: poor
      ? words.completenessToDo({
          column: columnSaid(least.column),
          file: fileSaid(least.file),
          share: shareSaid(least.share),
        })
      : words.completenessDone,
  });
}

function rulesPicture(report: RunReport, language: Language): Picture {
  const [largest] = report.rules.toSorted((a, b) => b.pairs - a.pairs);
  const share = (largest?.pairs ?? 0) / Math.max(report.rules.at(-1)?.pairsSoFar ?? 0, 1);
  const toDo = words.rulesToDo(ruleSaid(largest?.name ?? ""), shareSaid(share));
  return pictureOf(rulesChart(report, language), { means: words.rulesMeans, toDo });
}

function weightPictures(report: RunReport, language: Language): readonly Picture[] {
  const count = untrained(report);
  const toDo = count === 0 ? words.weightsDone : words.weightsToDo(formatNumber(count), count);
  return [
    pictureOf(weightsChart(report, language), { means: words.weightsMeans, toDo }),
    pictureOf(sharesChart(report, language), { means: words.sharesMeans, toDo: words.sharesToDo }),
  ];
}

/** Bins are about a bit wide, so that one which reaches over an end by less than half of that is counted. */
const OVER = 0.5;

function surePictures({ run, report, precisionRecall }: RunShown, language: Language): readonly Picture[] {
  const [from, to] = [bitsOf(0.1) - OVER, bitsOf(0.9) + OVER];
  const near = report.histogram.reduce((sum, bin) => sum + (bin.from >= from && bin.to <= to ? bin.pairs : 0), 0);
  const poor = unlinkableShare(report);
  return [
    pictureOf(histogramChart(report, { language, showsFrom: run.showsFrom }), {
      means: words.histogramMeans,
      toDo: words.histogramToDo(formatNumber(near), chanceSaid(report.threshold)),
    }),
    pictureOf(unlinkablesChart(report, language), {
      means: words.unlinkablesMeans,
      toDo: poor === 0 ? words.unlinkablesDone : words.unlinkablesToDo(shareSaid(poor)),
    }),
    pictureOf(labelsChart(precisionRecall ?? [], { threshold: report.threshold, language }), {
      means: words.labelsMeans,
      toDo: words.labelsToDo,
    }),
  ];
}

function calibrationSaid({ calibrationError }: RunReport): string {
  return words.calibration(words.points((calibrationError * 100).toFixed(1)));
}

function groupsSection(report: RunReport, language: Language) {
  const charts = groupCharts(report, language);
  const last = charts.length - 1;
  return {
    title: words.worseTitle,
    before: [charts.length === 0 ? words.groupsNone : words.groupsMeans],
    pictures: charts.map((chart, at) => ({
      means: null,
      chart,
      toDo: at === last ? words.groupsToDo : null,
    })),
  };
}

/** Only what there is. */
function apartSaid(report: RunReport): readonly string[] {
  const said: readonly (readonly [number, (number: string, count: number) => string])[] = [
    [report.pairsParted, words.parted],
    [report.weakClusters, words.weak],
    [report.recordsInDoubt, words.doubt],
    [report.communalHomes, words.communalSaid],
    [report.withheld, words.withheldSaid],
  ];
  return said.flatMap(([count, say]) => (count === 0 ? [] : [say(formatNumber(count), count)]));
}

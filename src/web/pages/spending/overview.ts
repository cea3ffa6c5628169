/** What is spent here, by whom and on what: the figures, the pictures and the table of the page of spending. */
import type { Language } from "../../../lib/language.ts";
import { formatPounds, type Pence } from "../../../lib/pence.ts";
import type { SpendingExplored, SumRow } from "../../../spending/index.ts";
import { bars, narrowForm } from "../../charts/bars.ts";
import type { Chart } from "../../charts/chart.ts";
import { type ColumnsModel, columns } from "../../charts/columns.ts";
import { drawnOnce } from "../../charts/drawn.ts";
import { treemap } from "../../charts/treemap.ts";
import { formatMoney, formatMonth, formatMonthShort, formatNumber } from "../../shell/formats.ts";
import { type SpendQuery, spendingPath, withQuery } from "./address.ts";
import { ROWS_LIMIT } from "./export-columns.ts";
import { type FilterForm, presentFilter, presentYears, type YearLink } from "./filter-form.ts";
import { type SpendingWords, spendingWords } from "./words.ts";

type Link = { readonly text: string; readonly href: string };
type Figure = {
  readonly label: string;
  readonly value: string;
  readonly exact?: string;
  readonly compare?: string;
  readonly period?: string;
  readonly source?: string;
  readonly href?: string;
  readonly linkText?: string;
};
export type MoneyTable = {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly { readonly cells: readonly { readonly text: string; readonly href?: string }[] }[];
  readonly total: readonly string[];
};

export type OverviewModel = {
  readonly heading: string;
  readonly words: Readonly<Record<string, string>>;
  readonly state: "empty" | "nothing" | "full";
  readonly period: string | null;
  readonly madeUp: { readonly tag: string; readonly text: string } | null;
  readonly years: readonly YearLink[];
  readonly filter: FilterForm;
  readonly figures: readonly Figure[];
  readonly supplierHint: string | null;
  readonly charts: readonly (Chart & { readonly anchor?: string })[];
  readonly areas: MoneyTable | null;
  readonly links: readonly Link[];
  readonly downloads: readonly Link[];
  readonly importHref: string | null;
};

type Presenting = {
  readonly language: Language;
  readonly slug: string;
  readonly query: SpendQuery;
  readonly faulty: boolean;
  readonly explored: SpendingExplored;
};

const TILES = 40;
const SUPPLIER_TILES = 24;
const BARS = 15;
const NARROW_MONTHS = 16;

export function presentOverview(the: Presenting): OverviewModel {
  const { language, slug, query, explored } = the;
  const words = spendingWords(language);
  const path = spendingPath(slug);
  const filtering = { language, path, query, explored, faulty: the.faulty };
  const empty = explored.publishers.length === 0;
  const state = empty ? "empty" : explored.totals.lines === 0 ? "nothing" : "full";
  const full = state === "full";
  return {
    heading: words("spending"),
    words: wordsOf(words, explored.mayImport),
    state,
    period: periodOf(explored, language),
    madeUp: madeUpOf(explored, words),
    years: presentYears(filtering),
    filter: presentFilter(filtering),
    figures: full ? figuresOf(the) : [],
    supplierHint:
      full && explored.supplierIsWhole === false ? words("supplierPartHint", { text: query.supplier ?? "" }) : null,
    charts: full ? chartsOf(the) : [],
    areas: full ? areasOf(the) : null,
    links: full
      ? [
          {
            text: words("allLines", { count: explored.totals.lines, number: formatNumber(explored.totals.lines) }),
            href: withQuery(`${path}/lines`, query),
          },
          { text: words("filesLink"), href: `${path}/files` },
        ]
      : [],
    downloads: full ? downloadsOf(the) : [],
    importHref: explored.mayImport ? `${path}/import` : null,
  };
}

function wordsOf(words: SpendingWords, mayImport: boolean): OverviewModel["words"] {
  return {
    label: words("label"),
    periods: words("periods"),
    takeOut: words("takeOut"),
    limit: words("limit", { limit: formatNumber(ROWS_LIMIT) }),
    import: words("import"),
    emptyTitle: words("emptyTitle"),
    emptyText: mayImport ? words("emptyImport") : words("emptyText"),
    emptyLink: words("emptyImportLink"),
    nothingTitle: words("nothingTitle"),
    nothingText: words("nothingText"),
    clear: words("clear"),
  };
}

function periodOf({ totals }: SpendingExplored, language: Language): string | null {
  if (totals.fromMonth === null || totals.toMonth === null) return null;
  const [from, to] = [formatMonth(language, totals.fromMonth), formatMonth(language, totals.toMonth)];
  return from === to ? from : spendingWords(language)("from", { from, to });
}

export function madeUpOf(
  { publishers }: Pick<SpendingExplored, "publishers">,
  words: SpendingWords,
): OverviewModel["madeUp"] {
  const files = publishers.reduce((sum, one) => sum + one.files, 0);
  const madeUp = publishers.reduce((sum, one) => sum + one.madeUp, 0);
  if (madeUp === 0) return null;
  return { tag: words("madeUp"), text: madeUp === files ? words("allMadeUp") : words("someMadeUp") };
}

function figuresOf({ language, slug, query, explored }: Presenting): readonly Figure[] {
  const words = spendingWords(language);
  const { totals, yearBefore } = explored;
  const period = periodOf(explored, language);
  const known = { ...(period !== null && { period }), source: words("fromFiles") };
  const lines = withQuery(`${spendingPath(slug)}/lines`, query);
  const compare =
    yearBefore === null
      ? {}
      : { compare: comparison(words, { now: totals.totalPence, before: yearBefore.totalPence }) };
  return [
    {
      label: words("total"),
      value: formatMoney(totals.totalPence, "short"),
      exact: formatPounds(totals.totalPence),
      ...compare,
      ...known,
      href: lines,
      linkText: words("seeLines"),
    },
    {
      label: words("lines"),
      value: formatNumber(totals.lines),
      ...known,
      href: lines,
      linkText: words("seeLines"),
    },
    {
      label: words("suppliers"),
      value: formatNumber(totals.suppliers),
      ...known,
      // One supplier has no list to open: its payments are what there is.
      ...(totals.suppliers > 1
        ? { href: "#suppliers", linkText: words("seeSuppliers") }
        : { href: lines, linkText: words("seeLines") }),
    },
    totals.creditLines === 0
      ? { label: words("credits"), value: words("noCredits"), ...known }
      : {
          label: words("credits"),
          value: formatMoney(totals.creditsPence, "short"),
          exact: `${formatPounds(totals.creditsPence)}, ${words("creditsCount", { count: totals.creditLines, number: formatNumber(totals.creditLines) })}`,
          ...known,
          href: withQuery(`${spendingPath(slug)}/lines`, { ...query, credits: "only" }),
          linkText: words("seeCredits"),
        },
  ];
}

function comparison(words: SpendingWords, { now, before }: { readonly now: Pence; readonly before: Pence }): string {
  if (now === before) return words("same");
  const values = {
    amount: formatMoney(now > before ? now - before : before - now, "short"),
    before: formatMoney(before, "short"),
  };
  return now > before ? words("more", values) : words("less", values);
}

/** A service area opens into its suppliers, a supplier into its lines: what has one part only is not drawn. */
function chartsOf(the: Presenting): OverviewModel["charts"] {
  const { language, slug, query, explored } = the;
  const words = spendingWords(language);
  const path = spendingPath(slug);
  const supplierItems = explored.bySupplier.map((row) => ({
    label: row.name,
    amountPence: row.amountPence,
    href: withQuery(path, { ...query, supplier: row.name }),
  }));
  const areaItems = explored.byServiceArea.map((row) => ({
    label: nameOfArea(row, words),
    amountPence: row.amountPence,
    href: withQuery(path, { ...query, serviceArea: row.name }),
  }));
  const monthItems = explored.byMonth.map((row) => ({
    label: formatMonth(language, row.name),
    shortLabel: formatMonthShort(language, row.name).replace(
      / (\d\d)(\d\d)$/,
      explored.byMonth.length > 12 ? " $2" : "",
    ),
    amountPence: row.amountPence,
    href: withQuery(path, { ...query, from: row.name.slice(0, 7), to: row.name.slice(0, 7) }),
  }));
  const charts: OverviewModel["charts"][number][] = [];
  const draw = (idPrefix: string, title: string) => ({ language, idPrefix, title });
  if (areaItems.length > 1)
    charts.push(
      treemap({
        ...draw("areas", words("treemapAreas")),
        groups: [{ label: null, items: areaItems.slice(0, TILES) }],
        itemHeading: words("serviceArea"),
      }),
    );
  else if (supplierItems.length > 1)
    charts.push({
      ...treemap({
        ...draw("who", words("largestSuppliers")),
        groups: [{ label: null, items: supplierItems.slice(0, SUPPLIER_TILES) }],
        itemHeading: words("supplier"),
      }),
      anchor: "suppliers",
    });
  if (monthItems.length > 1) {
    const lastMonths = words("lastMonths", { count: NARROW_MONTHS });
    charts.push(monthsChart({ ...draw("months", words("months")), items: monthItems, lastMonths }));
  }
  if (supplierItems.length > 1 && areaItems.length > 1)
    charts.push({
      ...bars({
        ...draw("who", words("largestSuppliers")),
        items: supplierItems.slice(0, BARS),
        itemHeading: words("supplier"),
      }),
      anchor: "suppliers",
    });
  return charts;
}

/** A narrow screen has the last months, where the chart's own form would have the first and gather the rest. */
const monthsChart = drawnOnce(({ lastMonths, ...model }: ColumnsModel & { readonly lastMonths: string }): Chart => {
  const whole = columns(model);
  if (model.items.length <= NARROW_MONTHS) return whole;
  return {
    ...whole,
    svgNarrow: narrowForm(model, {
      items: model.items.slice(-NARROW_MONTHS),
      description: whole.description,
    }),
    notes: [...whole.notes, lastMonths],
  };
});

function nameOfArea(row: SumRow, words: SpendingWords): string {
  return row.name === "" ? words("noArea") : row.name;
}

function areasOf({ language, slug, query, explored }: Presenting): MoneyTable {
  const words = spendingWords(language);
  const { totals, byServiceArea } = explored;
  const row = (name: string, one: Pick<SumRow, "lines" | "amountPence">, href?: string) => ({
    cells: [
      { text: name, ...(href !== undefined && { href }) },
      { text: formatNumber(one.lines) },
      { text: bare(one.amountPence) },
      { text: shareOf(one.amountPence, totals.totalPence) },
    ],
  });
  const rows = byServiceArea.map((one) =>
    row(nameOfArea(one, words), one, withQuery(spendingPath(slug), { ...query, serviceArea: one.name })),
  );
  const rest = {
    lines: totals.lines - byServiceArea.reduce((sum, one) => sum + one.lines, 0),
    amountPence: totals.totalPence - byServiceArea.reduce((sum, one) => sum + one.amountPence, 0n),
  };
  return {
    caption: words("tableAreas"),
    columns: [
      { label: words("serviceArea"), numeric: false },
      { label: words("lines"), numeric: true },
      { label: words("amount"), numeric: true },
      { label: words("share"), numeric: true },
    ],
    rows: rest.lines > 0 ? [...rows, row(words("otherAreas"), rest)] : rows,
    total: [
      words("totalRow"),
      formatNumber(totals.lines),
      bare(totals.totalPence),
      totals.totalPence > 0n ? "100.0%" : "–",
    ],
  };
}

/** The unit stands in the heading. */
export function bare(pence: Pence): string {
  return formatPounds(pence).replace("£", "");
}

/** Tenths of a per cent, cut exactly; nothing is a share of a total that is not more than nought. */
function shareOf(part: Pence, whole: Pence): string {
  if (whole <= 0n) return "–";
  const size = part < 0n ? -part : part;
  const tenths = (size * 1000n * 2n + whole) / (whole * 2n);
  if (tenths === 0n && part !== 0n) return "<0.1%";
  return `${part < 0n ? "\u2212" : ""}${tenths / 10n}.${tenths % 10n}%`;
}

function downloadsOf({ language, slug, query }: Presenting): readonly Link[] {
  const words = spendingWords(language);
  const path = spendingPath(slug);
  return [
    { text: words("sumsCsv"), href: withQuery(`${path}/sums.csv`, query) },
    { text: words("sumsXlsx"), href: withQuery(`${path}/sums.xlsx`, query) },
    { text: words("linesCsv"), href: withQuery(`${path}/lines.csv`, query) },
    { text: words("linesXlsx"), href: withQuery(`${path}/lines.xlsx`, query) },
  ];
}

/**
 * What every chart is: one picture in a wide and a narrow form, and the same figures as a table. Charts are pure: a
 * model in, text out. Nothing in them needs a script, a style on an element or another request.
 */
import type { Language } from "../../lib/language.ts";
import { formatPounds, formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";

export type ChartTable = {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** Beside each row: the address of its records. */
  readonly rowHrefs: readonly (string | null)[];
  /** The sum of the rows, where a sum means something. */
  readonly total: readonly string[] | null;
};

export type Chart = {
  readonly svgWide: string;
  readonly svgNarrow: string;
  readonly title: string;
  readonly description: string;
  readonly table: ChartTable;
  /** Sentences to stand under the picture: what is not drawn, and why. */
  readonly notes: readonly string[];
  /** Instead of a picture, when there is nothing to draw. */
  readonly empty: string | null;
};

/** What every model says. `idPrefix` is unique on its page; the description is made from the figures when absent. */
export type ChartModel = {
  readonly language: Language;
  readonly idPrefix: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** Shadow money is hatched, and said so. */
  readonly shadow?: boolean | undefined;
};

export type Tone = "navy" | "teal" | "plum" | "orange" | "grey";

/** The palette of the UK's Analysis Function for charts, with the text colour readable on each. */
export const TONES: Readonly<Record<Tone, { readonly fill: string; readonly text: string }>> = {
  navy: { fill: "#12436D", text: "#ffffff" },
  teal: { fill: "#28A197", text: "#0b0c0c" },
  plum: { fill: "#801650", text: "#ffffff" },
  orange: { fill: "#F46A25", text: "#0b0c0c" },
  grey: { fill: "#858686", text: "#0b0c0c" },
};

export const TONE_ORDER: readonly Tone[] = ["navy", "teal", "plum", "orange"];

/** The words of a part of a picture: what is printed beside it first, then the exact figure. */
export function amountName(item: { readonly label: string; readonly amountPence: Pence }): string {
  return `${item.label} ${formatPoundsShort(item.amountPence)} (${formatPounds(item.amountPence)})`;
}

export function sumPence(amounts: readonly Pence[]): Pence {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** The table of labelled amounts, with their total. */
export function amountsTable(
  model: ChartModel,
  options: {
    readonly headings: readonly string[];
    readonly rows: readonly {
      readonly labels: readonly string[];
      readonly amountPence: Pence;
      readonly href?: string | undefined;
    }[];
    readonly withTotal: boolean;
  },
): ChartTable {
  const words = t(model.language);
  const { headings, rows } = options;
  const total = formatAmount(sumPence(rows.map((row) => row.amountPence)));
  return {
    caption: model.title,
    columns: [...headings.map((label) => ({ label, numeric: false })), { label: words("chartAmount"), numeric: true }],
    rows: rows.map((row) => [...row.labels, formatAmount(row.amountPence)]),
    rowHrefs: rows.map((row) => row.href ?? null),
    total: options.withTotal ? [words("total"), ...headings.slice(1).map(() => ""), total] : null,
  };
}

/** The unit stands in the heading, so the cell has the bare figure. */
function formatAmount(pence: Pence): string {
  return formatPounds(pence).replace("£", "");
}

/** A chart with nothing to draw: a sentence, and the table if there are rows. */
export function emptyChart(model: ChartModel, { table, notes }: Pick<Chart, "table" | "notes">): Chart {
  const sentence = t(model.language)("chartNothing");
  return { svgWide: "", svgNarrow: "", title: model.title, description: sentence, table, notes, empty: sentence };
}

/** The description given, or the one made; shadow money is always said. */
export function describe(model: ChartModel, made: string): string {
  const text = model.description ?? made;
  return model.shadow ? `${text} ${t(model.language)("shadowDescription")}` : text;
}

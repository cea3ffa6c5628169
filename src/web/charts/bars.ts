/** Horizontal bars: labelled amounts compared, credits (negative amounts) to the left of nought. */
import { scaleLinear } from "d3-scale";
import { formatPounds, formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";
import { type Bar, barList, shorten } from "./bar-list.ts";
import { amountName, amountsTable, type Chart, type ChartModel, describe, emptyChart, sumPence } from "./chart.ts";
import { drawnOnce } from "./drawn.ts";
import { fillOf, fitText, frame, label, part, px, rect } from "./svg.ts";

export type BarsModel = ChartModel & {
  /** In the order to be shown. */
  readonly items: readonly Bar[];
  /** Heading of the items' column in the table: "Supplier". */
  readonly itemHeading?: string | undefined;
};

const WIDTH = 960;
const ROW = 36;
const LABELS = 300;
const VALUES = 90;
const SIZE = 15;
const MOST_ROWS = 30;

export const bars: (model: BarsModel) => Chart = drawnOnce(drawBars);

function drawBars(model: BarsModel): Chart {
  const table = amountsTable(model, {
    headings: [model.itemHeading ?? t(model.language)("chartItem")],
    rows: model.items.map((item) => ({ labels: [item.label], amountPence: item.amountPence, href: item.href })),
    withTotal: true,
  });
  if (model.items.every((item) => item.amountPence === 0n)) return emptyChart(model, { table, notes: [] });
  const description = describe(model, describeLargest(model, model.items));
  const narrow = narrowForm(model, { items: model.items, description });
  return {
    svgWide: wideBars(model, description),
    svgNarrow: narrow,
    title: model.title,
    description,
    table,
    notes: [],
    empty: null,
  };
}

/** "Total £1.20m. Largest: Housing, £800k." */
export function describeLargest(model: ChartModel, items: readonly { label: string; amountPence: Pence }[]): string {
  const largest = items.reduce<{ label: string; amountPence: Pence } | null>(
    (best, item) => (best === null || item.amountPence > best.amountPence ? item : best),
    null,
  );
  return t(model.language)("largestDescription", {
    total: formatPounds(sumPence(items.map((item) => item.amountPence))),
    label: largest?.label ?? "",
    largest: formatPounds(largest?.amountPence ?? 0n),
  });
}

/** The narrow form that bars, columns and treemaps share. */
export function narrowForm(
  model: ChartModel,
  { items, description }: { readonly items: readonly Bar[]; readonly description: string },
): string {
  const prefix = `${model.idPrefix}-narrow`;
  const list = barList({
    prefix,
    language: model.language,
    shadow: model.shadow ?? false,
    sections: [{ heading: null, bars: items }],
  });
  return frame({ prefix, title: model.title, description, ...list });
}

function wideBars(model: BarsModel, description: string): string {
  const prefix = `${model.idPrefix}-wide`;
  const items = shorten(model.items, { language: model.language, most: MOST_ROWS });
  const amounts = items.map((item) => Number(item.amountPence));
  const scale = scaleLinear([Math.min(0, ...amounts), Math.max(0, ...amounts)], [LABELS + 12, WIDTH - VALUES]);
  const zero = scale(0);
  const height = items.length * ROW + 8;
  const rows = items.map((item, index) => {
    const y = 4 + index * ROW;
    const end = scale(Number(item.amountPence));
    const negative = item.amountPence < 0n;
    const fill = fillOf({ tone: item.tone ?? "navy", shadow: model.shadow ?? false, prefix });
    const paint = negative
      ? 'fill="#ffffff" stroke="#801650" stroke-width="2" stroke-dasharray="4 2"'
      : `fill="${fill}"`;
    const inset = negative ? 1 : 0;
    const size = Math.max(Math.abs(end - zero), item.amountPence === 0n ? 0 : 1.5);
    const from = negative ? zero - size : zero;
    const body =
      label({
        x: LABELS,
        y: y + 23,
        text: fitText(item.label, { width: LABELS, size: SIZE }),
        size: SIZE,
        anchor: "end",
        linked: true,
      }) +
      rect({ x: from + inset, y: y + 6 + inset, width: size - 2 * inset, height: ROW - 12 - 2 * inset }, paint) +
      label({
        x: Math.max(end, zero) + 8,
        y: y + 23,
        text: formatPoundsShort(item.amountPence),
        size: SIZE,
        bold: true,
      });
    const name = amountName(item);
    return part({ body, name, href: item.href, hit: { x: 0, y: y + 2, width: WIDTH, height: ROW - 4 } });
  });
  const axis = `<path d="M${px(zero)} 0V${px(height)}" stroke="#0b0c0c" stroke-width="1.5"/>`;
  return frame({ prefix, title: model.title, description, width: WIDTH, height, body: rows.join("") + axis });
}

/** Columns over time, usually months: amounts in order, credits below nought. */
import { type ScaleBand, type ScaleLinear, scaleBand, scaleLinear } from "d3-scale";
import { formatPoundsShort } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";
import type { Bar } from "./bar-list.ts";
import { describeLargest, narrowForm } from "./bars.ts";
import { amountName, amountsTable, type Chart, type ChartModel, describe, emptyChart } from "./chart.ts";
import { drawnOnce } from "./drawn.ts";
import { fillOf, frame, label, part, px, rect, textWidth } from "./svg.ts";

export type ColumnsModel = ChartModel & {
  /** In order of time. The short label stands under the column ("Apr"), the label everywhere else ("April 2012"). */
  readonly items: readonly (Bar & { readonly shortLabel?: string | undefined })[];
  readonly itemHeading?: string | undefined;
};

const WIDTH = 960;
const HEIGHT = 340;
const LEFT = 78;
const TOP = 24;
const BOTTOM = 34;
const SIZE = 14;

export const columns: (model: ColumnsModel) => Chart = drawnOnce(drawColumns);

function drawColumns(model: ColumnsModel): Chart {
  const table = amountsTable(model, {
    headings: [model.itemHeading ?? t(model.language)("chartMonth")],
    rows: model.items.map((item) => ({ labels: [item.label], amountPence: item.amountPence, href: item.href })),
    withTotal: true,
  });
  if (model.items.every((item) => item.amountPence === 0n)) return emptyChart(model, { table, notes: [] });
  const description = describe(model, describeLargest(model, model.items));
  const svgNarrow = narrowForm(model, { items: model.items, description });
  return {
    svgWide: wideColumns(model, description),
    svgNarrow,
    title: model.title,
    description,
    table,
    notes: [],
    empty: null,
  };
}

type Item = ColumnsModel["items"][number];
type Scales = {
  readonly x: ScaleBand<number>;
  readonly y: ScaleLinear<number, number>;
  readonly prefix: string;
  readonly shadow: boolean;
  /** Whether every column is wide enough for its figure. */
  readonly withValues: boolean;
  /** A name stands under each so many columns. */
  readonly every: number;
};

function wideColumns(model: ColumnsModel, description: string): string {
  const prefix = `${model.idPrefix}-wide`;
  const { items } = model;
  const amounts = items.map((item) => Number(item.amountPence));
  const y = scaleLinear([Math.min(0, ...amounts), Math.max(0, ...amounts)], [HEIGHT - BOTTOM, TOP]).nice(4);
  const x = scaleBand<number>([...items.keys()], [LEFT, WIDTH])
    .paddingInner(0.25)
    .paddingOuter(0.15);
  const widest = (texts: readonly string[], bold: boolean): number =>
    Math.max(...texts.map((text) => textWidth(text, { size: SIZE, bold })));
  const scales: Scales = {
    x,
    y,
    prefix,
    shadow: model.shadow ?? false,
    withValues:
      widest(
        items.map((item) => formatPoundsShort(item.amountPence)),
        true,
      ) +
        4 <=
      x.step(),
    every: Math.ceil((widest(items.map(nameUnder), false) + 6) / x.step()),
  };
  const columnsDrawn = items.map((item, index) => drawColumn(item, { ...scales, index }));
  const body =
    y
      .ticks(4)
      .map((tick) => drawTick(tick, y(tick)))
      .join("") + columnsDrawn.join("");
  return frame({ prefix, title: model.title, description, width: WIDTH, height: HEIGHT, body });
}

function nameUnder(item: Item): string {
  return item.shortLabel ?? item.label;
}

function drawTick(tick: number, at: number): string {
  const line = `<path d="M${LEFT} ${px(at)}H${WIDTH}" stroke="${tick === 0 ? "#0b0c0c" : "#cecece"}"/>`;
  const text = formatPoundsShort(BigInt(Math.round(tick)));
  return line + label({ x: LEFT - 8, y: at + 5, text, size: SIZE, anchor: "end" });
}

function drawColumn(item: Item, options: Scales & { readonly index: number }): string {
  const { x, y, index } = options;
  const left = x(index) ?? LEFT;
  const middle = left + x.bandwidth() / 2;
  const [zero, end] = [y(0), y(Number(item.amountPence))];
  const negative = item.amountPence < 0n;
  const top = Math.min(zero, end);
  const fill = fillOf({ tone: item.tone ?? "navy", shadow: options.shadow, prefix: options.prefix });
  const paint = negative ? 'fill="#ffffff" stroke="#801650" stroke-width="2" stroke-dasharray="4 2"' : `fill="${fill}"`;
  const inset = negative ? 1 : 0;
  const height = Math.max(Math.abs(end - zero), item.amountPence === 0n ? 0 : 1.5);
  const box = { x: left + inset, y: top + inset, width: x.bandwidth() - 2 * inset, height: height - 2 * inset };
  const centred = { x: middle, size: SIZE, anchor: "middle" } as const;
  const value = { ...centred, y: top - 6, text: formatPoundsShort(item.amountPence), bold: true, halo: true };
  const name = { ...centred, y: HEIGHT - 10, text: nameUnder(item), linked: true };
  return part({
    body:
      rect(box, paint) + (options.withValues ? label(value) : "") + (index % options.every === 0 ? label(name) : ""),
    name: amountName(item),
    // A column narrower than 24 pixels is no target: its row in the table is the link.
    href: x.step() >= 26 ? item.href : undefined,
    hit: { x: left, y: TOP - 18, width: x.bandwidth(), height: HEIGHT - TOP + 12 },
  });
}

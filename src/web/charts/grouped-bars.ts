/**
 * Bars in groups, one or two to a row, to the right and left of nought: how much each level of each comparison counts for or against, how
 * often each level is found among matches and among others, how much is missed and how much is wrong in each group of people.
 */
import { scaleLinear } from "d3-scale";
import type { Chart } from "./chart.ts";
import { bar, chartOf, type FiguresModel, NARROW, type Paint, SIZE, upright, WIDE } from "./figures.ts";
import { frame, label, part, textWidth, wrapText } from "./svg.ts";

export type RowBar = { readonly value: number; readonly text: string; readonly paint: Paint };
export type BarsRow = { readonly label: string; readonly bars: readonly RowBar[] };
export type BarsGroup = { readonly heading: string; readonly rows: readonly BarsRow[] };

export type GroupedBarsModel = FiguresModel & {
  readonly groups: readonly BarsGroup[];
  /** What each kind of bar stands for. */
  readonly key: readonly { readonly paint: Paint; readonly text: string }[];
};

const LABELS = 350;
const HEADING = 40;
const BAR = 16;
const BETWEEN = 10;
const KEY = 30;
const LINE = 18;

export function groupedBars(model: GroupedBarsModel): Chart {
  const groups = model.groups.filter(({ rows }) => rows.length > 0);
  const drawn = { ...model, groups };
  return chartOf(model, { nothing: groups.length === 0, wide: () => wide(drawn), narrow: () => narrow(drawn) });
}

const valuesOf = ({ groups }: GroupedBarsModel) =>
  groups.flatMap(({ rows }) => rows.flatMap(({ bars }) => bars.map(({ value }) => value)));

function domainOf(model: GroupedBarsModel): readonly [number, number] {
  const values = valuesOf(model);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  return least === most ? [0, 1] : [least, most];
}

/** The widest text on one side of nought, with its distance from the bar. */
function roomFor({ groups }: GroupedBarsModel, side: "left" | "right"): number {
  const texts = groups.flatMap(({ rows }) => rows.flatMap(({ bars }) => bars));
  const of = texts.filter(({ value }) => side === "right" || value < 0);
  return Math.max(0, ...of.map(({ text }) => textWidth(text, { size: SIZE }) + 10));
}

type Drawn = { readonly body: string; readonly height: number };

/** One beside another, or on lines of their own where there is no room. */
function drawKey({ key }: GroupedBarsModel, the: { readonly from: number; readonly to: number }): Drawn {
  let [x, y] = [the.from, 0];
  let body = "";
  for (const { paint, text } of key) {
    const width = 32 + textWidth(text, { size: SIZE });
    if (x > the.from && x + width > the.to) [x, y] = [the.from, y + 24];
    body +=
      bar({ from: x, to: x + 20, y: y + 4, height: 14 }, paint) + label({ x: x + 27, y: y + 16, text, size: SIZE });
    x += width + 18;
  }
  return { body, height: key.length === 0 ? 0 : y + KEY };
}

function drawNames(lines: readonly string[], y: number): string {
  return lines.map((text, at) => label({ x: 0, y: y + 16 + at * LINE, text, size: SIZE })).join("");
}

function rowName(heading: string, { label: name, bars }: BarsRow): string {
  return `${heading === "" ? "" : `${heading}. `}${name}: ${bars.map(({ text }) => text).join(", ")}`;
}

function wide(model: GroupedBarsModel): string {
  const from = LABELS + 12 + roomFor(model, "left");
  const scale = scaleLinear(domainOf(model), [from, WIDE - roomFor(model, "right")]);
  const key = drawKey(model, { from: 0, to: WIDE });
  let y = key.height;
  let body = key.body;
  for (const { heading, rows } of model.groups) {
    if (heading !== "") {
      body += label({ x: 0, y: y + 26, text: heading, size: SIZE + 1, bold: true });
      y += HEADING;
    }
    const top = y;
    for (const row of rows) {
      const names = wrapText(row.label, { width: LABELS, size: SIZE, lines: 2 });
      const bars = row.bars.length * (BAR + 2);
      const height = Math.max(bars, names.length * LINE) + BETWEEN;
      const drawn = row.bars.map((one, at) => {
        const end = scale(one.value);
        const at0 = y + (height - bars) / 2 + at * (BAR + 2);
        const left = one.value < 0;
        const beside = { x: left ? end - 6 : end + 6, y: at0 + 13, text: one.text, size: SIZE, halo: true };
        return (
          bar({ from: scale(0), to: end, y: at0, height: BAR }, one.paint) +
          label({ ...beside, anchor: left ? "end" : "start" })
        );
      });
      body += part({
        body: drawNames(names, y + (height - names.length * LINE) / 2 - 3) + drawn.join(""),
        name: rowName(heading, row),
        hit: { x: 0, y, width: WIDE, height },
      });
      y += height;
    }
    body += upright({ x: scale(0), top, bottom: y }, "axis");
  }
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-wide`, title, description, width: WIDE, height: y + 4, body });
}

function narrow(model: GroupedBarsModel): string {
  const texts = Math.min(roomFor(model, "right"), NARROW / 2);
  const scale = scaleLinear(domainOf(model), [0, NARROW - texts - 2]);
  const key = drawKey(model, { from: 0, to: NARROW });
  let y = key.height;
  let body = key.body;
  for (const { heading, rows } of model.groups) {
    for (const line of heading === ""
      ? []
      : wrapText(heading, { width: NARROW, size: SIZE + 1, lines: 2, bold: true })) {
      body += label({ x: 0, y: y + 26, text: line, size: SIZE + 1, bold: true });
      y += 21;
    }
    y += heading === "" ? 0 : 12;
    for (const row of rows) {
      const lines = wrapText(row.label, { width: NARROW, size: SIZE, lines: 2 });
      const top = y + lines.length * LINE + 4;
      const bars = row.bars.map((one, at) => {
        const here = top + at * (BAR + 4);
        const text = label({ x: NARROW - texts + 8, y: here + 13, text: one.text, size: SIZE });
        return bar({ from: scale(0), to: scale(one.value), y: here, height: BAR }, one.paint) + text;
      });
      const bottom = top + row.bars.length * (BAR + 4);
      const axis = upright({ x: scale(0), top: top - 2, bottom }, "axis");
      body += part({
        body: drawNames(lines, y) + bars.join("") + axis,
        name: rowName(heading, row),
        hit: { x: 0, y, width: NARROW, height: bottom - y },
      });
      y = bottom + 8;
    }
  }
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-narrow`, title, description, width: NARROW, height: y, body });
}

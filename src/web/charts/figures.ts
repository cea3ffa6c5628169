/**
 * What charts of figures other than money have in common: their words are given by the page, which knows the unit, and their table stands
 * ready. Whatever is drawn as a colour is also said as a text, a place or a pattern.
 */
import type { Language } from "../../lib/language.ts";
import { type Chart, type ChartTable, TONES } from "./chart.ts";
import { label, px, rect, textWidth } from "./svg.ts";

export type FiguresModel = {
  readonly language: Language;
  /** Unique on its page. */
  readonly idPrefix: string;
  readonly title: string;
  readonly description: string;
  readonly table: ChartTable;
  /** What is not drawn, and why. */
  readonly notes: readonly string[];
  /** Said instead of a picture where there is nothing to draw. */
  readonly empty: string;
};

/** A vertical line at a value, with its words. */
export type Mark = { readonly at: number; readonly text: string };

export const WIDE = 960;
export const NARROW = 320;
export const SIZE = 15;

/** Both forms of a picture, or the sentence that there is none. */
export function chartOf(
  model: FiguresModel,
  draw: { readonly nothing: boolean; readonly wide: () => string; readonly narrow: () => string },
): Chart {
  const { title, description, table, notes } = model;
  if (draw.nothing) return { svgWide: "", svgNarrow: "", title, description, table, notes, empty: model.empty };
  return { svgWide: draw.wide(), svgNarrow: draw.narrow(), title, description, table, notes, empty: null };
}

/** How a bar is painted: what counts for is filled, what counts against is outlined and dashed, so that no colour is needed to tell. */
export type Paint = "filled" | "outlined" | "against" | "pale" | "grey" | "total";

const PAINTS: Readonly<Record<Paint, string>> = {
  filled: `fill="${TONES.navy.fill}"`,
  outlined: `fill="#ffffff" stroke="${TONES.navy.fill}" stroke-width="2"`,
  against: `fill="#ffffff" stroke="${TONES.plum.fill}" stroke-width="2" stroke-dasharray="4 2"`,
  pale: 'fill="#d5dde4"',
  grey: `fill="${TONES.grey.fill}"`,
  total: `fill="${TONES.teal.fill}" stroke="#0b0c0c" stroke-width="1.5"`,
};

/** A bar between two places from left to right, in either order; never thinner than can be seen. */
export function bar(
  { from, to, y, height }: { readonly from: number; readonly to: number; readonly y: number; readonly height: number },
  paint: Paint,
): string {
  const inset = PAINTS[paint].includes("stroke") ? 1 : 0;
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const width = Math.max(right - left, 1.5);
  return rect(
    { x: left + inset, y: y + inset, width: Math.max(width - 2 * inset, 0.5), height: height - 2 * inset },
    PAINTS[paint],
  );
}

/** A line from top to bottom; a mark has a white edge, so that it is seen upon bars too. */
export function upright(
  { x, top, bottom }: { readonly x: number; readonly top: number; readonly bottom: number },
  kind: "axis" | "grid" | "mark",
): string {
  const strokes = {
    axis: 'stroke="#0b0c0c"',
    grid: 'stroke="#cecece"',
    mark: 'stroke="#0b0c0c" stroke-width="2" stroke-dasharray="6 3"',
  };
  const path = `<path d="M${px(x)} ${px(top)}V${px(bottom)}" fill="none"`;
  const edge = kind === "mark" ? `${path} stroke="#ffffff" stroke-width="5"/>` : "";
  return `${edge}${path} ${strokes[kind]}/>`;
}

/** Words centred at a place, moved in from an edge that they would be cut at. */
export function centred(
  { x, y, text }: { readonly x: number; readonly y: number; readonly text: string },
  the: { readonly from: number; readonly to: number; readonly size: number; readonly bold?: boolean },
): string {
  const half = textWidth(text, the) / 2;
  const middle = Math.min(Math.max(x, the.from + half), Math.max(the.to - half, the.from + half));
  return label({ x: middle, y, text, size: the.size, anchor: "middle", halo: true, bold: the.bold ?? false });
}

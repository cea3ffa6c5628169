/**
 * Bars with a mark each: what something has, and what it is held against. What was spent on a group beside its equal part of the
 * budget, the votes of a project in each round beside those of the project that was bought. Figures come as texts in their own unit,
 * and as shares of the greatest to draw by.
 */
import type { Language } from "../../lib/language.ts";
import { type Chart, type ChartTable, TONES } from "./chart.ts";
import { fitText, frame, label, part, px, rect, textWidth, wrapText } from "./svg.ts";

export type MarkedBar = {
  readonly label: string;
  /** What stands behind the bar. */
  readonly text: string;
  /** Null where there is no bar to draw. */
  readonly value: number | null;
  readonly mark: number | null;
};

export type MarkedBarsModel = {
  readonly language: Language;
  readonly idPrefix: string;
  readonly title: string;
  readonly description: string;
  readonly bars: readonly MarkedBar[];
  readonly table: ChartTable;
  /** What the bar and the mark stand for, and what is not drawn. */
  readonly notes: readonly string[];
  readonly empty: string;
};

const WIDTH = 960;
const LABELS = 330;
const RIGHT = 150;
const ROW = 32;
const SIZE = 15;
const NARROW = 320;
const MOST_BARS = 60;

export function markedBars(model: MarkedBarsModel): Chart {
  const { title, description, table, notes } = model;
  if (model.bars.every(({ value }) => value === null))
    return { svgWide: "", svgNarrow: "", title, description, table, notes, empty: model.empty };
  const drawn = { ...model, bars: model.bars.slice(0, MOST_BARS) };
  const greatest = Math.max(...drawn.bars.flatMap(({ value, mark }) => [value ?? 0, mark ?? 0]), Number.MIN_VALUE);
  const share = (value: number) => Math.max(0, value / greatest);
  return {
    svgWide: wide(drawn, share),
    svgNarrow: narrow(drawn, share),
    title,
    description,
    table,
    notes,
    empty: null,
  };
}

/** How many are drawn: the table has all. */
export function barsDrawn(count: number): number {
  return Math.min(count, MOST_BARS);
}

type Share = (value: number) => number;

function markAt(x: number, { top, bottom }: { readonly top: number; readonly bottom: number }): string {
  const line = `M${px(x)} ${px(top)}V${px(bottom)}`;
  return `<path d="${line}" stroke="#ffffff" stroke-width="6"/><path d="${line}" stroke="#0b0c0c" stroke-width="3"/>`;
}

function wide(model: MarkedBarsModel, share: Share): string {
  const from = LABELS + 12;
  const scale = (value: number) => from + share(value) * (WIDTH - RIGHT - from);
  const height = model.bars.length * ROW + 8;
  const rows = model.bars.map((bar, at) => {
    const y = at * ROW + 4;
    const to = bar.value === null ? from : scale(bar.value);
    const mark = bar.mark === null ? null : scale(bar.mark);
    const room = textWidth(bar.text, { size: SIZE, bold: true }) + 16;
    // Its figure stands beside the bar, unless the mark is in its way.
    const end = mark !== null && mark >= to - 8 && mark <= to + room ? Math.max(to, mark) : to;
    const body =
      label({ x: 0, y: y + 21, text: fitText(bar.label, { width: LABELS, size: SIZE }), size: SIZE }) +
      (bar.value === null
        ? ""
        : rect({ x: from, y: y + 6, width: Math.max(to - from, 1.5), height: ROW - 12 }, `fill="${TONES.navy.fill}"`)) +
      (mark === null ? "" : markAt(mark, { top: y + 2, bottom: y + ROW - 2 })) +
      label({ x: end + 8, y: y + 21, text: bar.text, size: SIZE, bold: true });
    return part({ body, name: `${bar.label}: ${bar.text}`, hit: { x: 0, y, width: WIDTH, height: ROW } });
  });
  const axis = `<path d="M${from} 0V${height}" stroke="#0b0c0c"/>`;
  const { title, description } = model;
  return frame({
    prefix: `${model.idPrefix}-wide`,
    ...{ title, description, width: WIDTH, height, body: rows.join("") + axis },
  });
}

function narrow(model: MarkedBarsModel, share: Share): string {
  let y = 0;
  let body = "";
  for (const bar of model.bars) {
    const room = NARROW - textWidth(bar.text, { size: SIZE, bold: true }) - 12;
    const lines = wrapText(bar.label, { width: room, size: SIZE, lines: 2 });
    const top = y + lines.length * 18;
    const height = 36 + lines.length * 18;
    const drawn =
      lines.map((text, at) => label({ x: 0, y: y + 17 + at * 18, text, size: SIZE })).join("") +
      label({ x: NARROW, y: y + 17, text: bar.text, size: SIZE, anchor: "end", bold: true }) +
      rect({ x: 0, y: top + 8, width: NARROW, height: 14 }, 'fill="#f3f4f5"') +
      (bar.value === null
        ? ""
        : rect(
            { x: 0, y: top + 8, width: Math.max(share(bar.value) * NARROW, 1.5), height: 14 },
            `fill="${TONES.navy.fill}"`,
          )) +
      (bar.mark === null
        ? ""
        : markAt(Math.min(share(bar.mark) * NARROW, NARROW - 2), { top: top + 4, bottom: top + 26 }));
    body += part({ body: drawn, name: `${bar.label}: ${bar.text}`, hit: { x: 0, y, width: NARROW, height } });
    y += height;
  }
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-narrow`, title, description, width: NARROW, height: y, body });
}

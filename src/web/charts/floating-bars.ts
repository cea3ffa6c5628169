/**
 * Bars that begin where the one before ended: the waterfall of two records, from what is known before anything is compared to what they
 * weigh together; and the pairs that each rule of blocking adds to those before it.
 */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Chart } from "./chart.ts";
import {
  bar,
  centred,
  chartOf,
  type FiguresModel,
  type Mark,
  NARROW,
  type Paint,
  SIZE,
  upright,
  WIDE,
} from "./figures.ts";
import { frame, label, part, px, textWidth, wrapText } from "./svg.ts";

export type Step = {
  readonly label: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly paint: Paint;
};

export type FloatingBarsModel = FiguresModel & {
  readonly steps: readonly Step[];
  readonly marks: readonly Mark[];
};

const LABELS = 380;
const ROW = 34;
const LINE = 18;
const TOP = 26;
const MARK_SIZE = 14;

export function floatingBars(model: FloatingBarsModel): Chart {
  return chartOf(model, { nothing: model.steps.length === 0, wide: () => wide(model), narrow: () => narrow(model) });
}

function domainOf({ steps, marks }: FloatingBarsModel): readonly [number, number] {
  const values = [...steps.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? [least - 1, most + 1] : [least, most];
}

/** A thin line from the end of one bar to the beginning of the next. */
function joining(x: number, { top, bottom }: { readonly top: number; readonly bottom: number }): string {
  return `<path d="M${px(x)} ${px(top)}V${px(bottom)}" stroke="#505a5f" stroke-width="1" stroke-dasharray="2 2"/>`;
}

type Placed = { readonly scale: ScaleLinear<number, number>; readonly height: number; readonly to: number };

/** Words of marks that stand near one another go on lines of their own; the lines that they take at the top. */
function drawMarks(marks: readonly Mark[], { scale, height, to }: Placed): string {
  return marks
    .map(({ at, text }, line) => {
      const [x, y] = [scale(at), 14 + line * LINE];
      const words = centred({ x, y, text }, { from: to - (to === WIDE ? WIDE - LABELS : NARROW), to, size: MARK_SIZE });
      return upright({ x, top: y + 4, bottom: Math.max(height, y + 10) }, "mark") + words;
    })
    .join("");
}

const topOf = ({ marks }: FloatingBarsModel) => (marks.length === 0 ? 4 : TOP + (marks.length - 1) * LINE);

function wide(model: FloatingBarsModel): string {
  const room = Math.max(0, ...model.steps.map(({ text }) => textWidth(text, { size: SIZE, bold: true }) + 10));
  const scale = scaleLinear(domainOf(model), [LABELS + 12, WIDE - room]);
  const top = topOf(model);
  let below = top;
  const rows = model.steps.map((step, at) => {
    const lines = wrapText(step.label, { width: LABELS, size: SIZE, lines: 2 });
    const [y, row] = [below, ROW + (lines.length - 1) * 12];
    below += row;
    const first = y + (row - lines.length * LINE) / 2 + 14;
    const [from, to] = [scale(step.from), scale(step.to)];
    const last = at === model.steps.length - 1;
    const body =
      lines.map((text, line) => label({ x: 0, y: first + line * LINE, text, size: SIZE })).join("") +
      (last ? "" : joining(to, { top: y + row / 2 + 11, bottom: y + row + 6 })) +
      bar({ from, to, y: y + row / 2 - 11, height: 22 }, step.paint) +
      label({ x: Math.max(from, to) + 8, y: y + row / 2 + 5, text: step.text, size: SIZE, bold: true, halo: true });
    return part({ body, name: `${step.label}: ${step.text}`, hit: { x: 0, y, width: WIDE, height: row } });
  });
  const height = below + 6;
  const { title, description } = model;
  const body = drawMarks(model.marks, { scale, height, to: WIDE }) + rows.join("");
  return frame({ prefix: `${model.idPrefix}-wide`, title, description, width: WIDE, height, body });
}

function narrow(model: FloatingBarsModel): string {
  const scale = scaleLinear(domainOf(model), [2, NARROW - 2]);
  let y = topOf(model);
  let rows = "";
  model.steps.forEach((step, at) => {
    const beside = textWidth(step.text, { size: SIZE, bold: true }) + 12;
    const lines = wrapText(step.label, { width: NARROW - beside, size: SIZE, lines: 3 });
    const under = y + lines.length * LINE + 4;
    const [from, to] = [scale(step.from), scale(step.to)];
    const body =
      lines.map((text, line) => label({ x: 0, y: y + 16 + line * LINE, text, size: SIZE })).join("") +
      label({ x: NARROW, y: y + 16, text: step.text, size: SIZE, anchor: "end", bold: true }) +
      (at === model.steps.length - 1 ? "" : joining(to, { top: under + 16, bottom: under + 28 })) +
      model.marks.map((mark) => upright({ x: scale(mark.at), top: under - 3, bottom: under + 19 }, "mark")).join("") +
      bar({ from, to, y: under, height: 16 }, step.paint);
    rows += part({
      body,
      name: `${step.label}: ${step.text}`,
      hit: { x: 0, y, width: NARROW, height: under + 16 - y },
    });
    y = under + 28;
  });
  const { title, description } = model;
  // The line stands beside the bars alone, or it would run through the words between them.
  const body = drawMarks(model.marks, { scale, height: 0, to: NARROW }) + rows;
  return frame({ prefix: `${model.idPrefix}-narrow`, title, description, width: NARROW, height: y, body });
}

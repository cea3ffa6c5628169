/** Shares that change with a threshold, as one or two lines: what says too little, what is right, what is found. Lines differ by dashes. */
import { scaleLinear } from "d3-scale";
import { type Chart, TONES } from "./chart.ts";
import { chartOf, type FiguresModel } from "./figures.ts";
import { type Axes, drawGround, drawUprights, groundOf, type Tick } from "./plot.ts";
import { frame, label, part, px, textWidth } from "./svg.ts";

export type Line = {
  readonly label: string;
  /** From left to right; y is a share from 0 to 1. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
};

export type LinesModel = FiguresModel & {
  /** Two at most. */
  readonly lines: readonly Line[];
  readonly xTicks: { readonly wide: readonly Tick[]; readonly narrow: readonly Tick[] };
  readonly axes: Pick<Axes, "xName" | "yName" | "marks">;
};

const STROKES = [
  `stroke="${TONES.navy.fill}" stroke-width="3"`,
  `stroke="${TONES.orange.fill}" stroke-width="3" stroke-dasharray="9 4"`,
];
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const TOPS = [0.04, 0.2, 0.4, 1];
const KEY = 24;

export function lines(model: LinesModel): Chart {
  const nothing = model.lines.every(({ points }) => points.length < 2);
  return chartOf(model, { nothing, wide: () => draw(model, "wide"), narrow: () => draw(model, "narrow") });
}

function draw(model: LinesModel, form: "wide" | "narrow"): string {
  const most = Math.max(...model.lines.flatMap(({ points }) => points.map(({ y }) => y)));
  // A line that never rises far is drawn larger.
  const top = TOPS.find((one) => one >= most) ?? 1;
  const y = SHARES.map((share) => share * top).map((at) => ({ at, text: `${Math.round(at * 1000) / 10}%` }));
  const axes = { ...model.axes, x: model.xTicks[form], y };
  const ground = groundOf(axes, form);
  const all = [...model.lines.flatMap(({ points }) => points.map(({ x }) => x)), ...axes.marks.map(({ at }) => at)];
  const [least, last] = [Math.min(...all), Math.max(...all)];
  const xAt = scaleLinear([least, last], [ground.left, ground.right]);
  const yAt = scaleLinear([0, top], [ground.bottom, ground.top]);
  const inside = axes.x.filter(({ at }) => at >= least && at <= last);
  const drawn = model.lines.map(({ label: name, points }, at) => {
    const path = points.map((one, first) => `${first === 0 ? "M" : "L"}${px(xAt(one.x))} ${px(yAt(one.y))}`).join("");
    const box = { x: ground.left, y: ground.top, width: ground.right - ground.left, height: 1 };
    return part({ body: `<path d="${path}" fill="none" ${STROKES[at % STROKES.length]}/>`, name, hit: box });
  });
  const key = model.lines.length > 1 ? drawKey(model, ground.height) : "";
  const body =
    drawGround({ ...axes, x: inside }, { ...ground, xAt, yAt }) +
    drawn.join("") +
    drawUprights(axes, { ...ground, xAt }) +
    key;
  const height = ground.height + (key === "" ? 0 : KEY * model.lines.length);
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-${form}`, title, description, width: ground.width, height, body });
}

function drawKey({ lines: all }: LinesModel, from: number): string {
  return all
    .map(({ label: text }, at) => {
      const y = from + 4 + at * KEY;
      const stroke = `<path d="M0 ${px(y + 8)}H40" fill="none" ${STROKES[at % STROKES.length]}/>`;
      return stroke + label({ x: 50, y: y + 13, text, size: textWidth(text, { size: 14 }) > 270 ? 13 : 14 });
    })
    .join("");
}

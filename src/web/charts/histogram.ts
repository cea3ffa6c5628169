/** How many fall into each bin of a scale, in tenfold steps upwards, so that a few can be seen beside millions; with thresholds marked. */
import { scaleLinear, scaleLog } from "d3-scale";
import type { Chart } from "./chart.ts";
import { bar, chartOf, type FiguresModel, type Paint } from "./figures.ts";
import { type Axes, drawGround, drawUprights, groundOf, type Tick } from "./plot.ts";
import { frame, part } from "./svg.ts";

export type Bin = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly name: string;
  readonly paint: Paint;
};

export type HistogramModel = FiguresModel & {
  readonly bins: readonly Bin[];
  readonly xTicks: { readonly wide: readonly Tick[]; readonly narrow: readonly Tick[] };
  readonly axes: Pick<Axes, "xName" | "yName" | "marks">;
  readonly countText: (count: number) => string;
};

/** One of something is drawn higher than none. */
const FLOOR = 0.5;

export function histogram(model: HistogramModel): Chart {
  const nothing = model.bins.every(({ count }) => count <= 0);
  return chartOf(model, { nothing, wide: () => draw(model, "wide"), narrow: () => draw(model, "narrow") });
}

function draw(model: HistogramModel, form: "wide" | "narrow"): string {
  const most = Math.max(...model.bins.map(({ count }) => count));
  const powers = Array.from({ length: Math.ceil(Math.log10(Math.max(most, 10))) + 1 }, (_, power) => 10 ** power);
  const every = form === "narrow" && powers.length > 5 ? 2 : 1;
  const y = powers.filter((_, at) => at % every === 0).map((at) => ({ at, text: model.countText(at) }));
  const axes = { ...model.axes, x: model.xTicks[form], y };
  const ground = groundOf(axes, form);
  const edges = [...model.bins.flatMap(({ from, to }) => [from, to]), ...axes.marks.map(({ at }) => at)];
  const xAt = scaleLinear([Math.min(...edges), Math.max(...edges)], [ground.left, ground.right]);
  const yAt = scaleLog([FLOOR, powers.at(-1) ?? 10], [ground.bottom, ground.top]);
  const inside = axes.x.filter(({ at }) => at >= Math.min(...edges) && at <= Math.max(...edges));
  const bins = model.bins
    .filter(({ count }) => count > 0)
    .map(({ from, to, count, name, paint }) => {
      const [left, right, top] = [xAt(from) + 0.5, xAt(to) - 0.5, yAt(count)];
      const box = { x: left, y: top, width: right - left, height: ground.bottom - top };
      return part({ body: bar({ from: left, to: right, y: top, height: box.height }, paint), name, hit: box });
    });
  const body =
    drawGround({ ...axes, x: inside }, { ...ground, xAt, yAt }) +
    bins.join("") +
    drawUprights(axes, { ...ground, xAt });
  const { title, description } = model;
  const { width, height } = ground;
  return frame({ prefix: `${model.idPrefix}-${form}`, title, description, width, height, body });
}

/**
 * The ground of a picture with two axes: lines and names at round values, the words of each axis, and marks from top to bottom. Histograms
 * and lines are drawn upon it, in a size for a desk and one for a phone.
 */
import type { ScaleContinuousNumeric } from "d3-scale";
import { centred, type Mark, NARROW, upright, WIDE } from "./figures.ts";
import { label, px } from "./svg.ts";

export type Tick = { readonly at: number; readonly text: string };

export type Axes = {
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  readonly xName: string;
  readonly yName: string;
  readonly marks: readonly Mark[];
};

export type Ground = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
};

const LINE = 20;

/** Where the picture stands between its words: marks and the name of what goes up above, ticks and the other name below. */
export function groundOf(axes: Axes, form: "wide" | "narrow"): Ground {
  const wide = form === "wide";
  const top = 30 + axes.marks.length * LINE;
  const height = top + (wide ? 250 : 200) + 52;
  const width = wide ? WIDE : NARROW;
  return { width, height, left: wide ? 70 : 52, right: width - (wide ? 20 : 8), top, bottom: height - 52, size: 14 };
}

type Scale = ScaleContinuousNumeric<number, number>;

export function drawGround(axes: Axes, the: Ground & { readonly xAt: Scale; readonly yAt: Scale }): string {
  const { left, right, bottom, size, xAt, yAt } = the;
  const across = axes.y.map(({ at, text }) => {
    const y = yAt(at);
    const line = `<path d="M${px(left)} ${px(y)}H${px(right)}" stroke="#cecece"/>`;
    return line + label({ x: left - 8, y: y + 5, text, size, anchor: "end" });
  });
  const under = axes.x.map(
    ({ at, text }) =>
      upright({ x: xAt(at), top: bottom, bottom: bottom + 6 }, "axis") +
      centred({ x: xAt(at), y: bottom + 22, text }, { from: 0, to: the.width, size }),
  );
  const names =
    label({ x: 0, y: 16, text: axes.yName, size }) +
    label({ x: right, y: the.height - 6, text: axes.xName, size, anchor: "end" });
  const floor = `<path d="M${px(left)} ${px(bottom)}H${px(right)}" stroke="#0b0c0c"/>`;
  return names + across.join("") + under.join("") + floor;
}

/** Drawn last, above all else: the lines, then the words of each on a line of their own, which a line may pass behind. */
export function drawUprights(axes: Axes, the: Ground & { readonly xAt: Scale }): string {
  const placed = axes.marks.map(({ at, text }, line) => ({ x: the.xAt(at), y: 36 + line * LINE, text }));
  const uprights = placed.map(({ x, y }) => upright({ x, top: y + 5, bottom: the.bottom }, "mark"));
  const words = placed.map((one) => centred(one, { from: 0, to: the.right, size: the.size, bold: true }));
  return uprights.join("") + words.join("");
}

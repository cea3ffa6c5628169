/** Charts of figures other than money: whatever the figures, both pictures are whole; and what each shows, by example. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chart } from "./chart.ts";
import type { FiguresModel } from "./figures.ts";
import { filledGrid } from "./filled-grid.ts";
import { floatingBars } from "./floating-bars.ts";
import { groupedBars } from "./grouped-bars.ts";
import { histogram } from "./histogram.ts";
import { lines } from "./lines.ts";
import { checkPicture } from "./picture.fixture.ts";

const base: FiguresModel = {
  language: "en",
  idPrefix: "c",
  title: "Weights",
  description: "What counts",
  table: { caption: "Weights", columns: [], rows: [], rowHrefs: [], total: null },
  notes: [],
  empty: "Nothing was compared.",
};
const nasty = `<script>alert("1")</script> & 'two' \u0000]]>`;

const word = fc.oneof(fc.string({ unit: "grapheme", maxLength: 80 }), fc.constant(nasty));
const bits = fc.oneof(fc.double({ min: -60, max: 60, noNaN: true }), fc.constant(0));
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
const paint = fc.constantFrom("filled" as const, "outlined" as const, "against" as const);
const row = fc.record({
  label: word,
  bars: fc.array(fc.record({ value: bits, text: word, paint }), { minLength: 1, maxLength: 2 }),
});
const groups = fc.array(fc.record({ heading: word, rows: fc.array(row, { maxLength: 6 }) }), { maxLength: 5 });
const steps = fc.array(fc.record({ label: word, text: word, from: bits, to: bits, paint }), { maxLength: 12 });
const marks = fc.array(fc.record({ at: bits, text: word }), { maxLength: 2 });

function check(chart: Chart): void {
  checkPicture(chart.svgWide);
  checkPicture(chart.svgNarrow);
  expect(chart.empty === null).toBe(chart.svgWide !== "");
  expect(chart.svgWide === "").toBe(chart.svgNarrow === "");
}

describe("any figures", () => {
  it("grouped and floating bars are whole", () => {
    fc.assert(
      fc.property(groups, steps, marks, (some, others, marked) => {
        check(groupedBars({ ...base, groups: some, key: [{ paint: "filled", text: nasty }] }));
        check(floatingBars({ ...base, steps: others, marks: marked }));
      }),
      { numRuns: 60 },
    );
  });

  it("histograms and lines are whole, whatever the bins, points and marks", () => {
    const counts = fc.array(fc.nat({ max: 10 ** 9 }), { maxLength: 80 });
    const points = fc.array(fc.record({ x: bits, y: share }), { maxLength: 30 });
    const ticks = { wide: [{ at: 0, text: "even" }], narrow: [{ at: 0, text: "even" }] };
    fc.assert(
      fc.property(counts, points, marks, (made, line, marked) => {
        const axes = { xName: nasty, yName: nasty, marks: marked };
        const bins = made.map((count, at) => ({
          ...{ from: at - 20, to: at - 19, count, name: nasty },
          paint: "grey" as const,
        }));
        check(histogram({ ...base, bins, axes, xTicks: ticks, countText: String }));
        const two = [
          { label: nasty, points: line },
          { label: "Other", points: line.slice(1) },
        ];
        check(lines({ ...base, lines: two, axes, xTicks: ticks }));
      }),
      { numRuns: 60 },
    );
  });

  it("what is filled in each file is whole, for any number of files and columns", () => {
    const shares = fc.array(fc.option(share), { minLength: 30, maxLength: 30 });
    const rows = fc.array(fc.record({ label: word, shares }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.array(word, { maxLength: 30 }), (made, headings) => {
        const shareText = (one: number) => `${Math.round(one * 100)}%`;
        check(filledGrid({ ...base, rows: made, headings, absent: "not held", shareText }));
      }),
      { numRuns: 40 },
    );
  });
});

/** Left edges and widths of the bars of a picture that are painted so. */
function barsOf(svg: string, paintedBy: string): readonly (readonly [number, number])[] {
  return [...svg.matchAll(/<rect x="([-\d.]+)" y="[-\d.]+" width="([\d.]+)" height="[\d.]+" ([^/]*)\/>/g)]
    .filter(([, , , attributes]) => attributes?.includes(paintedBy))
    .map(([, x, width]) => [Number(x), Number(width)] as const);
}

describe("bars", () => {
  it("for stand to the right of nought, against to the left, each as long as it counts", () => {
    const rows = [
      { label: "Same sex", bars: [{ value: 2, text: "4 times for", paint: "filled" as const }] },
      { label: "Different sex", bars: [{ value: -4, text: "16 times against", paint: "against" as const }] },
    ];
    const { svgWide } = groupedBars({ ...base, groups: [{ heading: "Sex", rows }], key: [] });
    const [[right = 0, short = 0] = []] = barsOf(svgWide, 'fill="#12436D"');
    const [[left = 0, long = 0] = []] = barsOf(svgWide, "stroke-dasharray");
    expect(left).toBeLessThan(right);
    // A dashed edge stands a pixel inside.
    expect(long + 2).toBeCloseTo(2 * short, 0);
    expect(left - 1 + long + 2).toBeCloseTo(right, 0);
    expect(svgWide).toContain("<title>Sex. Different sex: 16 times against</title>");
  });

  it("that float begin where the one before ended", () => {
    const made = [
      { label: "One", text: "+3", from: 0, to: 3, paint: "filled" as const },
      { label: "Two", text: "+1", from: 3, to: 4, paint: "filled" as const },
    ];
    const { svgWide } = floatingBars({ ...base, steps: made, marks: [] });
    const [[first = 0, width = 0] = [], [second = 0] = []] = barsOf(svgWide, 'fill="#12436D"');
    expect(first + width).toBeCloseTo(second, 0);
  });

  it("of a histogram are a step higher for ten times as many, and one is seen", () => {
    const bins = [1, 10, 100].map((count, at) => ({
      ...{ from: at, to: at + 1, count, name: String(count) },
      paint: "filled" as const,
    }));
    const axes = { xName: "", yName: "", marks: [] };
    const { svgWide } = histogram({ ...base, bins, axes, xTicks: { wide: [], narrow: [] }, countText: String });
    const heights = [...svgWide.matchAll(/height="([\d.]+)" fill="#12436D"/g)].map(([, height]) => Number(height));
    const [one = 0, ten = 0, hundred = 0] = heights;
    expect(one).toBeGreaterThan(5);
    expect(hundred - ten).toBeCloseTo(ten - one, 0);
  });
});

it("lines are told apart by dashes, not by colour alone, and a column that a file lacks is said", () => {
  const points = [
    { x: 0, y: 0.2 },
    { x: 1, y: 0.9 },
  ];
  const two = ["Precision", "Recall"].map((label) => ({ label, points }));
  const axes = { xName: "", yName: "", marks: [] };
  const { svgNarrow } = lines({ ...base, lines: two, axes, xTicks: { wide: [], narrow: [] } });
  expect(svgNarrow.match(/stroke-dasharray="9 4"/g)).toHaveLength(2);
  const grid = filledGrid({
    ...{ ...base, headings: ["Police", "School"], absent: "not held" },
    rows: [{ label: "NHS number", shares: [0.5, null] }],
    shareText: (one) => `${one * 100}%`,
  });
  for (const svg of [grid.svgWide, grid.svgNarrow]) {
    expect(svg).toContain("<title>NHS number, Police: 50%</title>");
    expect(svg).toContain("<title>NHS number, School: not held</title>");
  }
});

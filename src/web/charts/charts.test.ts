/** Charts: whatever the figures, each picture is whole and its table keeps every penny; and the edges by example. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPounds, parsePounds } from "../../lib/pence.ts";
import { bars } from "./bars.ts";
import type { Chart } from "./chart.ts";
import { columns } from "./columns.ts";
import { markedBars } from "./marked-bars.ts";
import { checkPicture } from "./picture.fixture.ts";
import { sankey } from "./sankey.ts";
import { fitText, textWidth, wrapText } from "./svg.ts";
import { treemap } from "./treemap.ts";

const base = { language: "en", idPrefix: "c", title: "Money" } as const;
const nasty = `<script>alert("1")</script> & 'two' \u0000]]>`;

/** Labels and amounts: any text, any amount, credits and nought among them. */
const items = fc.array(
  fc.record({
    label: fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.constant(nasty)),
    amountPence: fc.oneof(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 13n }), fc.constant(0n)),
    href: fc.option(fc.constant('/r?a="b"&c=<d>'), { nil: undefined }),
  }),
  { maxLength: 40 },
);

function flowsAmong(count: number) {
  const node = fc.integer({ min: 0, max: count - 1 }).map((index) => `n${index}`);
  return fc.array(fc.record({ from: node, to: node, amountPence: fc.bigInt({ min: -100n, max: 10n ** 11n }) }), {
    maxLength: 30,
  });
}

function tableSum(chart: Chart): bigint {
  return chart.table.rows.reduce(
    (sum, row) => sum + (parsePounds((row.at(-1) ?? "").replace("\u2212", "-")) ?? 0n),
    0n,
  );
}

function checkChart(chart: Chart, totalPence: bigint): void {
  checkPicture(chart.svgWide);
  checkPicture(chart.svgNarrow);
  expect(tableSum(chart)).toBe(totalPence);
  expect(chart.empty === null).toBe(chart.svgWide !== "");
  expect(chart.table.rowHrefs.length).toBe(chart.table.rows.length);
  for (const row of chart.table.rows) expect(row.length).toBe(chart.table.columns.length);
}

const sum = (rows: readonly { readonly amountPence: bigint }[]) => rows.reduce((a, row) => a + row.amountPence, 0n);

describe("any figures", () => {
  it("bars, columns and treemaps are whole and their tables keep every penny", () => {
    fc.assert(
      fc.property(items, fc.boolean(), fc.constantFrom("en" as const, "cy" as const), (rows, shadow, language) => {
        const model = { ...base, language, shadow };
        checkChart(bars({ ...model, items: rows }), sum(rows));
        checkChart(columns({ ...model, items: rows }), sum(rows));
        checkChart(treemap({ ...model, groups: [{ label: null, items: rows }] }), sum(rows));
        checkChart(
          treemap({
            ...model,
            groups: [
              { label: "One", items: rows },
              { label: nasty, items: rows },
            ],
          }),
          2n * sum(rows),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("a Sankey is whole whatever flows where: rings, self-flows, columns given or not", () => {
    const model = fc.tuple(
      flowsAmong(9),
      fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }), { minLength: 9, maxLength: 9 }),
    );
    fc.assert(
      fc.property(model, fc.boolean(), ([flows, given], shadow) => {
        const nodes = given.map((column, index) => ({
          id: `n${index}`,
          label: nasty + index,
          column,
          amountPence: 1n,
          href: "/n",
        }));
        checkChart(sankey({ ...base, shadow, nodes, flows }), sum(flows));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a pot", () => {
  const node = (id: string, label: string, amountPence: bigint) => ({ id, label, amountPence, href: `/r/${id}` });
  const chart = sankey({
    ...base,
    nodes: [
      node("a", "Police & Crime", 300n),
      node("b", "Council", 700n),
      node("pot", "Pot", 1000n),
      node("s", "Coaching", 900n),
    ],
    flows: [
      { from: "a", to: "pot", amountPence: 300n },
      { from: "b", to: "pot", amountPence: 700n },
      { from: "pot", to: "s", amountPence: 900n },
      { from: "pot", to: "a", amountPence: 100n },
    ],
  });

  it("shows each node with its words and exact figure, and links to its record", () => {
    expect(chart.svgWide).toContain('href="/r/b"');
    expect(chart.svgWide).toContain("<title>Council £7 (£7.00)</title>");
    expect(chart.svgNarrow).toContain("Police &amp; Crime");
    expect(chart.svgWide).toMatch(/role="group"/);
  });

  it("says what it does not draw", () => {
    expect(chart.notes).toEqual(["1 flow that runs back to where it came from is not drawn; it is in the table."]);
    expect(chart.table.rows).toContainEqual(["Pot", "Police & Crime", "1.00"]);
  });

  it("is described in words", () => {
    expect(chart.description).toBe("£10.00 followed from 2 places to 1 place. Largest flow: Pot to Coaching, £9.00.");
  });

  it("never lets a ribbon into the column of a label", () => {
    const columnsOf = [...chart.svgWide.matchAll(/<path class="chart__ribbon" d="M([\d.]+) [^C]*C[^Z]*?L([\d.]+)/g)];
    expect(columnsOf.length).toBe(3);
    const width = (960 * 0.72) / 3;
    const starts = new Set([width, (960 + width) / 2].map((x) => Math.round(x)));
    for (const [, from] of columnsOf) expect(starts).toContain(Math.round(Number(from)));
  });
});

describe("long labels in a picture", () => {
  const councils = ["Salford", "Manchester", "Bolton", "Bury", "Wigan", "Oldham", "Rochdale", "Stockport", "Tameside"];
  const streams = councils.map((council, index) => ({
    id: council,
    label: `Troubled families attachment fees, ${council}, 2012-13`,
    amountPence: 100n + BigInt(index),
  }));
  const end = (id: string, label: string) => ({ id, label, amountPence: 936n });
  const picture = (stops: readonly string[]) =>
    sankey({
      ...base,
      nodes: [...streams, ...stops.map((stop) => end(stop, stop))],
      flows: [
        ...streams.map(({ id, amountPence }) => ({ from: id, to: "Pot", amountPence })),
        ...stops.slice(1).map((stop, index) => ({ from: stops[index] ?? "", to: stop, amountPence: 936n })),
      ],
    }).svgWide;
  const texts = (svg: string) =>
    [...svg.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({
      x: Number(x),
      y: Number(y),
      text: text ?? "",
    }));

  it.each([[["Pot"]], [["Pot", "Service"]], [["Pot", "Decision", "Service"]]])(
    "tell nine streams apart and stand clear of each other, before %j",
    (stops) => {
      const lines = texts(picture(stops));
      const first = Math.min(...lines.map(({ x }) => x));
      const own = lines.filter(({ x }) => x === first).toSorted((a, b) => a.y - b.y);
      for (const council of councils) expect(own.filter(({ text }) => text.includes(council)).length).toBe(1);
      for (const [index, line] of own.entries()) {
        expect(line.y - (own[index - 1]?.y ?? -100)).toBeGreaterThanOrEqual(16.9);
      }
    },
  );

  it("have the amount on the line after the last", () => {
    const own = texts(picture(["Pot"]));
    const at = own.findIndex(({ text }) => text.includes("Salford"));
    expect(own.slice(at, at + 3).map(({ text }) => text)).toEqual([
      "Troubled families attachment fees, Salford,",
      "2012-13",
      "£1",
    ]);
  });
});

describe("bars with marks", () => {
  const table = { caption: "c", columns: [], rows: [], rowHrefs: [], total: null };
  const bar = fc.record({
    label: fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.constant(nasty)),
    text: fc.constantFrom("100%", "Could not pay", nasty),
    value: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
    mark: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
  });

  it("are whole whatever the figures, and a sentence where there is no bar", () => {
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 80 }), (all) => {
        const chart = markedBars({ ...base, description: nasty, bars: all, table, notes: [], empty: "Nothing" });
        const nothing = all.every(({ value }) => value === null);
        expect(chart.empty).toBe(nothing ? "Nothing" : null);
        if (!nothing) for (const svg of [chart.svgWide, chart.svgNarrow]) checkPicture(svg);
      }),
      { numRuns: 60 },
    );
  });

  it("draw a bar to the greatest of all bars and marks", () => {
    const bars = [
      { label: "a", text: "1", value: 50, mark: 100 },
      { label: "b", text: "2", value: 25, mark: null },
    ];
    const { svgNarrow } = markedBars({ ...base, description: "", bars, table, notes: [], empty: "" });
    const widths = [...svgNarrow.matchAll(/width="([\d.]+)" height="14" fill="#12436D"/g)].map(([, width]) => width);
    expect(widths).toEqual(["160", "80"]);
  });
});

describe("edges", () => {
  it("nothing to draw is a sentence", () => {
    expect(bars({ ...base, items: [] }).empty).toBe("There is no money to show here yet.");
    expect(sankey({ ...base, language: "cy", nodes: [], flows: [] }).empty).toBe("Nid oes arian i'w ddangos yma eto.");
  });

  it("credits are no area, and are named in a note", () => {
    const group = {
      label: null,
      items: [
        { label: "Paid", amountPence: 500n },
        { label: "Back", amountPence: -200n },
      ],
    };
    const chart = treemap({ ...base, groups: [group] });
    expect(chart.notes).toEqual([`1 credit of ${formatPounds(-200n)} is not drawn; it is in the table.`]);
    expect(chart.table.total).toEqual(["Total", "3.00"]);
    expect(chart.svgWide).not.toContain("Back");
  });

  it("shadow money is hatched and said", () => {
    const chart = bars({ ...base, shadow: true, items: [{ label: "A", amountPence: 1n }] });
    expect(chart.svgWide).toContain('<pattern id="c-wide-hatch-navy"');
    expect(chart.description).toContain("no money has moved");
  });

  it("a picture without links is one image", () => {
    expect(columns({ ...base, items: [{ label: "April", amountPence: 1n }] }).svgWide).toContain('role="img"');
  });

  it("a text is cut to its width", () => {
    const cut = fitText("Salford Royal NHS Foundation Trust", { width: 100, size: 14 });
    expect(cut.endsWith("…")).toBe(true);
    expect(textWidth(cut, { size: 14 })).toBeLessThanOrEqual(100);
    const lines = wrapText("Speech and language therapy for under fives", { width: 80, size: 14, lines: 5 });
    expect(lines.join(" ")).toBe("Speech and language therapy for under fives");
    for (const line of lines) expect(textWidth(line, { size: 14 })).toBeLessThanOrEqual(80);
    expect(fitText("Pot", { width: 100, size: 14 })).toBe("Pot");
  });
});

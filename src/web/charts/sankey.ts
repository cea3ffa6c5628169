/** Sankey: where money comes from, what it passes through and where it goes. On a phone the same as lists of bars. */
import { formatPounds, formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";
import { barList } from "./bar-list.ts";
import {
  amountName,
  amountsTable,
  type Chart,
  type ChartModel,
  describe,
  emptyChart,
  sumPence,
  TONES,
  type Tone,
} from "./chart.ts";
import { drawnOnce } from "./drawn.ts";
import { arrange, type Layout, layOut, type PlacedFlow, type PlacedNode } from "./sankey-layout.ts";
import { escapeText, fillOf, frame, label, part, px, rect, wrapText } from "./svg.ts";

export type SankeyNode = {
  readonly id: string;
  readonly label: string;
  /** From 0, left to right; worked out from the flows when absent. */
  readonly column?: number | undefined;
  /** The figure of the node's record; shown as it is. The widths come from the flows. */
  readonly amountPence: Pence;
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
};
export type SankeyFlow = {
  readonly from: string;
  readonly to: string;
  readonly amountPence: Pence;
  readonly href?: string | undefined;
  /** What the ribbon is, for its tooltip and its row in the table; "From to To" when absent. */
  readonly label?: string | undefined;
};
export type SankeyModel = ChartModel & {
  readonly nodes: readonly SankeyNode[];
  readonly flows: readonly SankeyFlow[];
  /** Headings of the columns, for the phone's lists and over the picture. */
  readonly columnLabels?: readonly string[] | undefined;
};

const WIDTH = 960;
/** The room of a heading over the picture: its lines, and the space under them. */
const HEADING_LINE = 17;
const UNDER_HEADING = 9;
const BAR = 10;
const SIZE = 14;
const LINE = 17;
/** How much of the width the columns take; the rest is for the ribbons between them. */
const LABEL_SHARE = 0.72;
/** More columns than this cannot be labelled side by side: the lists stand in their place. */
const MOST_COLUMNS = 6;

export const sankey: (model: SankeyModel) => Chart = drawnOnce(drawSankey);

function drawSankey(model: SankeyModel): Chart {
  const words = t(model.language);
  const byId = new Map(model.nodes.map((node) => [node.id, node]));
  const nameOf = (id: string): string => byId.get(id)?.label ?? id;
  const table = amountsTable(model, {
    headings: [words("chartFrom"), words("chartTo")],
    rows: model.flows.map((flow) => ({ ...flow, labels: [nameOf(flow.from), nameOf(flow.to)] })),
    withTotal: false,
  });
  const { columnOf, drawn, backward } = arrange(
    model.nodes,
    model.flows.filter((flow) => flow.amountPence > 0n),
  );
  const credits = model.flows.map((flow) => flow.amountPence).filter((amount) => amount < 0n);
  const notes = [
    ...(credits.length > 0
      ? [words("chartCredits", { count: credits.length, amount: formatPounds(sumPence(credits)) })]
      : []),
    ...(backward.length > 0 ? [words("chartUndrawn", { count: backward.length })] : []),
  ];
  if (drawn.length === 0) return emptyChart(model, { table, notes });
  const touched = new Set(drawn.flatMap((flow) => [flow.from, flow.to]));
  const nodes = model.nodes.filter((node) => touched.has(node.id));
  const description = describe(model, describeFlows(model, { drawn, nameOf }));
  const svgNarrow = narrowSankey(model, { nodes, columnOf, description });
  const columns = 1 + Math.max(...drawn.map((flow) => columnOf.get(flow.to) ?? 0));
  const svgWide =
    columns > MOST_COLUMNS
      ? narrowSankey({ ...model, idPrefix: `${model.idPrefix}-many` }, { width: WIDTH, nodes, columnOf, description })
      : wideSankey(model, { nodes, flows: drawn, columnOf, description, nameOf });
  return { svgWide, svgNarrow, title: model.title, description, table, notes, empty: null };
}

/** "£3.60m followed from 6 places to 5 places. Largest flow: ..." */
function describeFlows(
  model: SankeyModel,
  options: { readonly drawn: readonly SankeyFlow[]; readonly nameOf: (id: string) => string },
): string {
  const { drawn, nameOf } = options;
  const words = t(model.language);
  const [sources, targets] = [new Set(drawn.map((flow) => flow.from)), new Set(drawn.map((flow) => flow.to))];
  const first = drawn.filter((flow) => !targets.has(flow.from));
  const largest = drawn.reduce((best, flow) => (flow.amountPence > best.amountPence ? flow : best));
  return words("sankeyDescription", {
    amount: formatPounds(sumPence(first.map((flow) => flow.amountPence))),
    sources: words("places", { count: [...sources].filter((id) => !targets.has(id)).length }),
    targets: words("places", { count: [...targets].filter((id) => !sources.has(id)).length }),
    from: nameOf(largest.from),
    to: nameOf(largest.to),
    largest: formatPounds(largest.amountPence),
  });
}

function columnLabel(model: SankeyModel, column: number, columns: number): string {
  const words = t(model.language);
  const usual = column === 0 ? "chartComesFrom" : column === columns - 1 ? "chartGoesTo" : "chartThrough";
  return model.columnLabels?.[column] ?? words(usual);
}

type Parts = {
  readonly nodes: readonly SankeyNode[];
  readonly columnOf: ReadonlyMap<string, number>;
  readonly description: string;
};

function narrowSankey(model: SankeyModel, parts: Parts & { readonly width?: number }): string {
  const prefix = `${model.idPrefix}-narrow`;
  const columns = 1 + Math.max(...parts.nodes.map((node) => parts.columnOf.get(node.id) ?? 0));
  const sections = Array.from({ length: columns }, (_, column) => {
    const nodes = parts.nodes.filter((node) => parts.columnOf.get(node.id) === column);
    const total = formatPoundsShort(sumPence(nodes.map((node) => node.amountPence)));
    const bars = nodes.map((node) => ({ ...node, tone: node.tone ?? "navy" }));
    return { heading: `${columnLabel(model, column, columns)} ${total}`, bars };
  });
  const list = barList({ prefix, language: model.language, shadow: model.shadow ?? false, sections });
  return frame({
    prefix,
    title: model.title,
    description: parts.description,
    ...list,
    width: parts.width ?? list.width,
  });
}

function wideSankey(
  model: SankeyModel,
  parts: Parts & { readonly flows: readonly SankeyFlow[]; readonly nameOf: (id: string) => string },
): string {
  const prefix = `${model.idPrefix}-wide`;
  const columns = 1 + Math.max(...parts.flows.map((flow) => parts.columnOf.get(flow.to) ?? 0));
  const labelWidth = (WIDTH * LABEL_SHARE) / columns;
  const names = new Map(parts.nodes.map((node) => [node.id, namesOf(node, { labelWidth, columns })]));
  // A label is its names and the amount under them; the space between nodes holds the highest of them.
  const padding = (1 + Math.max(...[...names.values()].map((lines) => lines.length))) * LINE + 3;
  const placed = layOut({ ...parts, width: WIDTH, labelWidth, padding });
  const tones = new Map(parts.nodes.map((node) => [node.id, node.tone ?? "navy"]));
  const options = { prefix, shadow: model.shadow ?? false, tones, names, padding, nameOf: parts.nameOf };
  const ribbons = placed.flows
    .toSorted((a, b) => b.width - a.width)
    .map((flow) => drawRibbon(flow, options))
    .join("");
  const nodes = placed.nodes.map((node) => drawNode(node, { ...options, placed })).join("");
  const over = headings(model, placed);
  const body = `${over.body}<g transform="translate(0 ${over.height})">${ribbons}${nodes}</g>`;
  const height = placed.height + over.height;
  return frame({ prefix, title: model.title, description: parts.description, width: WIDTH, height, body });
}

/** What each column is, over it, on two lines where it is long; only where the model names its columns. */
function headings(
  model: SankeyModel,
  placed: Layout<SankeyNode, SankeyFlow>,
): { readonly body: string; readonly height: number } {
  if (model.columnLabels === undefined) return { body: "", height: HEADING_LINE + UNDER_HEADING };
  const seen = new Map(placed.nodes.map((node) => [node.column, node]));
  const texts = [...seen.values()].map(({ column, x0, x1 }) => {
    const first = column === 0;
    const width = first ? x1 : Math.min(x1 - x0 + 40, WIDTH - x0);
    const text = columnLabel(model, column, placed.columns);
    return { first, x: first ? x1 : x0, lines: wrapText(text, { width, size: SIZE, bold: true, lines: 2 }) };
  });
  const most = Math.max(1, ...texts.map(({ lines }) => lines.length));
  const common = { size: SIZE, bold: true, fill: "#484949" };
  const body = texts.flatMap(({ first, x, lines }) =>
    lines.map((text, index) => {
      // Every heading stands on the line next to the picture.
      const y = 14 + (index + most - lines.length) * HEADING_LINE;
      return label({ ...common, x, y, text, anchor: first ? "end" : "start" });
    }),
  );
  return { body: body.join(""), height: most * HEADING_LINE + UNDER_HEADING };
}

type Drawing = {
  readonly prefix: string;
  readonly shadow: boolean;
  readonly tones: ReadonlyMap<string, Tone>;
  /** The label of each node, cut into its lines. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly padding: number;
  readonly nameOf: (id: string) => string;
};

function drawRibbon(placed: PlacedFlow<SankeyFlow>, options: Drawing): string {
  const { flow, width } = placed;
  const [source, target] = [options.tones.get(flow.from) ?? "navy", options.tones.get(flow.to) ?? "navy"];
  // Money left over is grey where it goes; every other ribbon has the colour of where it comes from.
  const tone = target === "grey" ? target : source;
  const fill = fillOf({ tone, shadow: options.shadow, prefix: options.prefix });
  const path = ribbonPath(placed);
  const body = `<path class="chart__ribbon" d="${path}" fill="${fill}" fill-opacity="0.38"/>`;
  const name = `${flow.label ?? `${options.nameOf(flow.from)} → ${options.nameOf(flow.to)}`}, ${formatPounds(flow.amountPence)}`;
  const title = `<title>${escapeText(name)}</title>`;
  // A ribbon too thin to press is no link; its row in the table always is.
  if (flow.href === undefined || width < 24) return `<g>${title}${body}</g>`;
  const first = placed.points[0] ?? { x: 0, y: 0 };
  const hit = { x: first.x + 2, y: first.y - width / 2, width: 24, height: width };
  return part({ body, name, href: flow.href, hit });
}

/** The edges of the ribbon: the middle line moved up and down by half its width, so it is as high all along. */
function ribbonPath(placed: PlacedFlow<SankeyFlow>): string {
  const half = Math.max(placed.width, 1) / 2;
  const edge = (points: readonly { x: number; y: number }[], shift: number): string =>
    points
      .map((point, index) => {
        const before = points[index - 1];
        const y = px(point.y + shift);
        if (before === undefined) return `${px(point.x)} ${y}`;
        const middle = px((before.x + point.x) / 2);
        return `C${middle} ${px(before.y + shift)} ${middle} ${y} ${px(point.x)} ${y}`;
      })
      .join("");
  return `M${edge(placed.points, -half)}L${edge(placed.points.toReversed(), half)}Z`;
}

function drawNode(
  placed: PlacedNode<SankeyNode>,
  options: Drawing & { readonly placed: Layout<SankeyNode, SankeyFlow> },
): string {
  const { node, x0, x1, y0, y1 } = placed;
  const first = placed.column === 0;
  const last = placed.column === options.placed.columns - 1;
  const tone = node.tone ?? "navy";
  const height = Math.max(1.5, y1 - y0);
  const fill = fillOf({ tone, shadow: options.shadow, prefix: options.prefix });
  const tint =
    first || last
      ? ""
      : rect({ x: x0, y: y0, width: x1 - x0, height }, `fill="${TONES[tone].fill}" fill-opacity="0.14"`);
  const bar = rect({ x: first ? x1 - BAR : x0, y: y0, width: BAR, height }, `fill="${fill}"`);
  const middle = (y0 + y1) / 2;
  const texts = nodeTexts(node, {
    x: first ? x1 - BAR - 8 : x0 + BAR + 8,
    middle,
    anchor: first ? "end" : "start",
    names: options.names.get(node.id) ?? [],
  });
  const name = amountName(node);
  const high = Math.max(height, options.padding - 4);
  return part({
    body: tint + bar + texts,
    name,
    href: node.href,
    hit: { x: x0, y: middle - high / 2, width: x1 - x0, height: high },
  });
}

/** The label on at most two lines; where four columns or more leave less than 30 letters a line, on three. */
function namesOf(
  node: SankeyNode,
  { labelWidth, columns }: { readonly labelWidth: number; readonly columns: number },
): readonly string[] {
  return wrapText(node.label, { width: labelWidth - BAR - 12, size: SIZE, lines: columns > 3 ? 3 : 2 });
}

function nodeTexts(
  node: SankeyNode,
  at: {
    readonly x: number;
    readonly middle: number;
    readonly anchor: "start" | "end";
    readonly names: readonly string[];
  },
): string {
  const common = { x: at.x, size: SIZE, anchor: at.anchor, halo: true };
  const top = at.middle - ((at.names.length + 1) * LINE) / 2 + 13;
  const linked = node.href !== undefined;
  const lines = at.names.map((text, index) => label({ ...common, y: top + index * LINE, text, linked }));
  const amount = formatPoundsShort(node.amountPence);
  return lines.join("") + label({ ...common, y: top + at.names.length * LINE, text: amount, bold: true });
}

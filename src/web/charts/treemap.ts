/**
 * Treemap: what a total is made of, by area, in one or two levels. Credits cannot have an area: they are counted in a
 * note and stand in the table. Layout: "Squarified Treemaps" (Bruls, Huizing and van Wijk, 2000), by d3-hierarchy.
 */
import { type HierarchyRectangularNode, hierarchy, treemap as layout, treemapSquarify } from "d3-hierarchy";
import { formatPounds, formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";
import type { Bar } from "./bar-list.ts";
import { describeLargest, narrowForm } from "./bars.ts";
import {
  amountName,
  amountsTable,
  type Chart,
  type ChartModel,
  describe,
  emptyChart,
  sumPence,
  TONE_ORDER,
  TONES,
  type Tone,
} from "./chart.ts";
import { drawnOnce } from "./drawn.ts";
import { fillOf, fitText, frame, label, part, rect, wrapText } from "./svg.ts";

export type TreemapItem = { readonly label: string; readonly amountPence: Pence; readonly href?: string | undefined };
export type TreemapGroup = {
  /** Null when the treemap has one level: give one group without a label. */
  readonly label: string | null;
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly items: readonly TreemapItem[];
};
export type TreemapModel = ChartModel & {
  readonly groups: readonly TreemapGroup[];
  readonly groupHeading?: string | undefined;
  readonly itemHeading?: string | undefined;
};

type Tile = {
  readonly label: string;
  readonly amountPence: Pence;
  readonly href: string | undefined;
  readonly tone: Tone;
};
type Node = Partial<Tile> & { readonly children?: readonly Node[] };

const WIDTH = 960;
const HEIGHT = 460;
const HEADER = 26;
const SIZE = 14;
/** Items under this share of the whole are drawn together. */
const SMALLEST_SHARE = 0.004;

export const treemap: (model: TreemapModel) => Chart = drawnOnce(drawTreemap);

function drawTreemap(model: TreemapModel): Chart {
  const words = t(model.language);
  const items = model.groups.flatMap((group) => group.items.map((item) => ({ group, item })));
  const grouped = model.groups.some((group) => group.label !== null);
  const itemHeading = model.itemHeading ?? words("chartItem");
  const table = amountsTable(model, {
    headings: grouped ? [itemHeading, model.groupHeading ?? words("chartGroup")] : [itemHeading],
    rows: items.map(({ group, item }) => ({
      labels: grouped ? [item.label, group.label ?? ""] : [item.label],
      amountPence: item.amountPence,
      href: item.href,
    })),
    withTotal: true,
  });
  const credits = items.map(({ item }) => item.amountPence).filter((amount) => amount < 0n);
  const notes =
    credits.length > 0
      ? [words("chartCredits", { count: credits.length, amount: formatPounds(sumPence(credits)) })]
      : [];
  if (!items.some(({ item }) => item.amountPence > 0n)) return emptyChart(model, { table, notes });
  const description = describe(
    model,
    describeLargest(
      model,
      items.map(({ item }) => item),
    ),
  );
  const svgNarrow = narrowForm(model, { items: narrowItems(model, grouped), description });
  return {
    svgWide: wideTreemap(model, grouped, description),
    svgNarrow,
    title: model.title,
    description,
    table,
    notes,
    empty: null,
  };
}

/** On a phone: the groups when there are several, else the items; the largest first. */
function narrowItems(model: TreemapModel, grouped: boolean): readonly Bar[] {
  const found = grouped
    ? model.groups.map((group, index) => ({
        label: group.label ?? "",
        amountPence: sumPence(group.items.map((item) => item.amountPence)),
        href: group.href,
        tone: toneOf(group, index),
      }))
    : model.groups.flatMap((group) => group.items);
  return found.toSorted((a, b) => (a.amountPence === b.amountPence ? 0 : a.amountPence > b.amountPence ? -1 : 1));
}

function toneOf(group: TreemapGroup, index: number): Tone {
  return group.tone ?? TONE_ORDER[index % TONE_ORDER.length] ?? "navy";
}

/** The group's tiles; those too small to see are one tile. */
function tilesOf(model: TreemapModel, options: { group: TreemapGroup; tone: Tone; least: number }): readonly Tile[] {
  const drawn = options.group.items.filter((item) => item.amountPence > 0n);
  const large = drawn.filter((item) => Number(item.amountPence) >= options.least);
  const small = drawn.filter((item) => Number(item.amountPence) < options.least);
  const kept = small.length > 1 ? large : drawn;
  const tiles = kept.map((item) => ({ ...item, href: item.href, tone: options.tone }));
  if (small.length <= 1) return tiles;
  const amountPence = sumPence(small.map((item) => item.amountPence));
  const name = t(model.language)("chartMore", { count: small.length });
  return [...tiles, { label: name, amountPence, href: options.group.href, tone: options.tone }];
}

function wideTreemap(model: TreemapModel, grouped: boolean, description: string): string {
  const prefix = `${model.idPrefix}-wide`;
  const positive = model.groups.flatMap((group) => group.items.filter((item) => item.amountPence > 0n));
  const least = Number(sumPence(positive.map((item) => item.amountPence))) * SMALLEST_SHARE;
  const children: Node[] = model.groups.map((group, index) => {
    const tone = toneOf(group, index);
    const tiles = tilesOf(model, { group, tone, least });
    const amountPence = sumPence(group.items.map((item) => item.amountPence));
    return { label: group.label ?? "", href: group.href, tone, amountPence, children: tiles };
  });
  const root = hierarchy<Node>({ children: children.filter((child) => child.children?.length) })
    .sum((node) => (node.children ? 0 : Number(node.amountPence ?? 0n)))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const placed = layout<Node>()
    .tile(treemapSquarify.ratio(1.4))
    .size([WIDTH, HEIGHT])
    .round(true)
    .paddingInner(2)
    .paddingTop((node) => (grouped && node.depth === 1 ? HEADER : 0))(root);
  const headers = grouped ? (placed.children ?? []).map(drawHeader) : [];
  const tiles = placed.leaves().map((leaf) => drawTile(leaf, { prefix, shadow: model.shadow ?? false }));
  return frame({
    prefix,
    title: model.title,
    description,
    width: WIDTH,
    height: HEIGHT,
    body: headers.join("") + tiles.join(""),
  });
}

function drawHeader(node: HierarchyRectangularNode<Node>): string {
  const { label: name = "", amountPence = 0n, href } = node.data;
  const width = node.x1 - node.x0;
  const amount = ` ${formatPoundsShort(amountPence)}`;
  const whole = fitText(name + amount, { width: width - 4, size: SIZE, bold: true });
  const text = whole === name + amount ? whole : fitText(name, { width: width - 4, size: SIZE, bold: true });
  const body = label({ x: node.x0 + 2, y: node.y0 + 18, text, size: SIZE, bold: true, linked: true });
  const hit = { x: node.x0, y: node.y0, width, height: HEADER - 2 };
  return part({ body, name: amountName({ label: name, amountPence }), href: width >= 24 ? href : undefined, hit });
}

function drawTile(
  node: HierarchyRectangularNode<Node>,
  options: { readonly prefix: string; readonly shadow: boolean },
): string {
  const { label: name = "", amountPence = 0n, href, tone = "navy" } = node.data;
  const box = { x: node.x0, y: node.y0, width: node.x1 - node.x0, height: node.y1 - node.y0 };
  const fill = options.shadow ? "#0b0c0c" : TONES[tone].text;
  const lines = tileLines(name, formatPoundsShort(amountPence), box);
  const texts = lines.map((line, index) =>
    label({
      x: box.x + 6,
      y: box.y + 20 + index * 18,
      text: line.text,
      size: line.size,
      fill,
      bold: line.bold,
      halo: options.shadow,
      linked: !line.bold,
    }),
  );
  const body = rect(box, `fill="${fillOf({ tone, ...options })}"`) + texts.join("");
  const large = box.width >= 24 && box.height >= 24;
  const hit = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
  return part({ body, name: amountName({ label: name, amountPence }), href: large ? href : undefined, hit });
}

type Line = { readonly text: string; readonly bold: boolean; readonly size: number };

/**
 * The name, on several lines if it must be, and the amount, as many as the tile holds. A small tile has the whole name, in smaller
 * letters if need be, or none: a stump says less than nothing.
 */
function tileLines(
  name: string,
  amount: string,
  box: { readonly width: number; readonly height: number },
): readonly Line[] {
  const width = box.width - 10;
  const room = Math.floor((box.height - 8) / 18);
  if (room < 1) return [];
  for (const size of [SIZE, SIZE - 2]) {
    const one = fitText(name, { width, size });
    const names = one !== name && room >= 3 ? wrapText(name, { width, size, lines: Math.min(5, room - 1) }) : [one];
    const whole = names.join(" ") === name;
    if (!whole && (width < 90 || one === "")) continue;
    const figure = fitText(amount, { width, size, bold: true }) === amount ? [{ text: amount, bold: true, size }] : [];
    const texts = names.map((text) => ({ text, bold: false, size }));
    return room > names.length ? [...texts, ...figure] : texts;
  }
  return [];
}

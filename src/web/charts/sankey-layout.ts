/**
 * Where the nodes and ribbons of a Sankey stand. Each node is as wide as its label, and a flow that passes a column is
 * given a place in it, so that no ribbon runs under a label. Placing: d3-sankey (Mike Bostock), relaxation of
 * barycentres.
 */
import { sankey as place, type SankeyNode } from "d3-sankey";
import type { Pence } from "../../lib/pence.ts";

export type PlacedFlow<F> = { readonly flow: F; readonly points: readonly RibbonPoint[]; readonly width: number };
type RibbonPoint = { readonly x: number; readonly y: number };
export type PlacedNode<N> = {
  readonly node: N;
  readonly column: number;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
};
export type Layout<N, F> = {
  readonly nodes: readonly PlacedNode<N>[];
  readonly flows: readonly PlacedFlow<F>[];
  readonly columns: number;
  readonly height: number;
};

type NodeLike = { readonly id: string; readonly column?: number | undefined };
type FlowLike = { readonly from: string; readonly to: string; readonly amountPence: Pence };
type Extra = { readonly id: string; readonly column: number };
type Link = { readonly flow: number; readonly step: number };

/**
 * The column of each node: its own when given, else one after the last that flows into it. A flow that would run back
 * or round in a ring is left out and returned apart.
 */
export function arrange<N extends NodeLike, F extends FlowLike>(
  nodes: readonly N[],
  flows: readonly F[],
): { readonly columnOf: ReadonlyMap<string, number>; readonly drawn: readonly F[]; readonly backward: readonly F[] } {
  const columnOf = new Map(nodes.map((node) => [node.id, node.column ?? 0]));
  const fixed = new Set(nodes.filter((node) => node.column !== undefined).map((node) => node.id));
  const known = flows.filter((flow) => columnOf.has(flow.from) && columnOf.has(flow.to));
  const onward = withoutRings(known);
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const { from, to } of onward) {
      const after = (columnOf.get(from) ?? 0) + 1;
      if (fixed.has(to) || (columnOf.get(to) ?? 0) >= after) continue;
      columnOf.set(to, after);
      moved = true;
    }
    if (!moved) break;
  }
  const used = new Set(onward.flatMap((flow) => [columnOf.get(flow.from) ?? 0, columnOf.get(flow.to) ?? 0]));
  const order = [...used].sort((a, b) => a - b);
  for (const [id, column] of columnOf) columnOf.set(id, Math.max(0, order.indexOf(column)));
  const forward = (flow: F): boolean => (columnOf.get(flow.from) ?? 0) < (columnOf.get(flow.to) ?? 0);
  return {
    columnOf,
    drawn: onward.filter(forward),
    backward: flows.filter((flow) => !onward.includes(flow) || !forward(flow)),
  };
}

/** The flows in their order, without those that would close a ring. */
function withoutRings<F extends FlowLike>(flows: readonly F[]): readonly F[] {
  const after = new Map<string, Set<string>>();
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const id of seen) {
      if (id === to) return true;
      for (const next of after.get(id) ?? []) seen.add(next);
    }
    return false;
  };
  return flows.filter((flow) => {
    if (reaches(flow.to, flow.from)) return false;
    after.set(flow.from, (after.get(flow.from) ?? new Set()).add(flow.to));
    return true;
  });
}

export function layOut<N extends NodeLike, F extends FlowLike>(options: {
  readonly nodes: readonly N[];
  readonly flows: readonly F[];
  readonly columnOf: ReadonlyMap<string, number>;
  readonly width: number;
  readonly labelWidth: number;
  /** Space between two nodes of a column: at least as high as a label, so that no two can overlap. */
  readonly padding: number;
}): Layout<N, F> {
  const { columnOf, flows } = options;
  const at = (id: string): number => columnOf.get(id) ?? 0;
  const columns = 1 + Math.max(0, ...flows.map((flow) => at(flow.to)));
  const legs = flows.map((flow, index) => legsOf(flow, { index, at }));
  const links = legs.flatMap((leg) => leg.links);
  const extras: Extra[] = [
    ...options.nodes.map((node) => ({ id: node.id, column: at(node.id) })),
    ...legs.flatMap((leg) => leg.passing),
  ];
  extras.push(...rails(extras, links, columns));
  const railLinks = extras
    .filter((extra) => extra.id.startsWith("rail ") && extra.column > 0)
    .map((extra) => ({ source: `rail ${extra.column - 1}`, target: extra.id, value: 0, flow: -1, step: 0 }));
  const counts = Array.from(
    { length: columns },
    (_, column) => extras.filter((extra) => extra.column === column).length,
  );
  const most = Math.max(1, ...counts);
  const { padding } = options;
  const height = most * padding + Math.max(250, most * 14);
  const graph = place<Extra, Link>()
    .nodeId((node) => node.id)
    .nodeAlign((node) => node.column)
    .nodeWidth(options.labelWidth)
    .nodePadding(padding)
    .extent([
      [0, padding / 2],
      [options.width, height - padding / 2],
    ])
    .iterations(6)({ nodes: extras.map((extra) => ({ ...extra })), links: [...links, ...railLinks] });
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return {
    nodes: options.nodes.flatMap((node) => placeNode(node, byId.get(node.id))),
    flows: flows.map((flow, index) =>
      placeFlow(
        flow,
        graph.links.filter((link) => link.flow === index),
      ),
    ),
    columns,
    height,
  };
}

/** A flow cut where it passes a column, with a place for it in each. */
function legsOf<F extends FlowLike>(
  flow: F,
  { index, at }: { readonly index: number; readonly at: (id: string) => number },
) {
  const [first, last] = [at(flow.from), at(flow.to)];
  const passing = Array.from({ length: Math.max(0, last - first - 1) }, (_, step) => {
    const column = first + 1 + step;
    // No place's id holds a space, so a passing place can never be taken for a node.
    return { id: `pass ${index} ${column}`, column };
  });
  const stops = [flow.from, ...passing.map(({ id }) => id), flow.to];
  const links = stops.slice(1).map((target, step) => ({
    source: stops[step] ?? flow.from,
    target,
    value: Number(flow.amountPence),
    flow: index,
    step,
  }));
  return { passing, links };
}

/** A chain of nothing through every column, when no path of flows is as long as the columns given. */
function rails(
  extras: readonly Extra[],
  links: readonly { source: string; target: string }[],
  columns: number,
): readonly Extra[] {
  const depth = new Map<string, number>();
  for (const extra of extras.toSorted((a, b) => a.column - b.column)) {
    const before = links.filter((link) => link.target === extra.id).map((link) => depth.get(link.source) ?? 0);
    depth.set(extra.id, before.length > 0 ? 1 + Math.max(...before) : 0);
  }
  if (1 + Math.max(0, ...depth.values()) >= columns) return [];
  return Array.from({ length: columns }, (_, column) => ({ id: `rail ${column}`, column }));
}

function placeNode<N>(node: N, placed: SankeyNode<Extra, Link> | undefined): readonly PlacedNode<N>[] {
  if (placed === undefined) return [];
  const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = placed;
  return [{ node, column: placed.column, x0, x1, y0, y1 }];
}

type PlacedLink = {
  readonly step: number;
  readonly source: number | string | SankeyNode<Extra, Link>;
  readonly target: number | string | SankeyNode<Extra, Link>;
  readonly y0?: number | undefined;
  readonly y1?: number | undefined;
  readonly width?: number | undefined;
};

/** The middle line of a ribbon: leaves a node, enters the next, and runs straight through the places it passes. */
function placeFlow<F>(flow: F, links: readonly PlacedLink[]): PlacedFlow<F> {
  const points = links
    .toSorted((a, b) => a.step - b.step)
    .flatMap((link) => {
      if (typeof link.source !== "object" || typeof link.target !== "object") return [];
      return [
        { x: link.source.x1 ?? 0, y: link.y0 ?? 0 },
        { x: link.target.x0 ?? 0, y: link.y1 ?? 0 },
      ];
    });
  return { flow, points, width: links[0]?.width ?? 0 };
}

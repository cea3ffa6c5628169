/** How much of each column is filled in each file: a table whose figures have a bar beneath them. What a file does not have is said. */
import type { Chart } from "./chart.ts";
import { bar, chartOf, type FiguresModel, NARROW, SIZE, WIDE } from "./figures.ts";
import { fitText, frame, label, part, textWidth, wrapText } from "./svg.ts";

export type FilledRow = {
  readonly label: string;
  /** From 0 to 1 in each column of the picture; null where it is not there. */
  readonly shares: readonly (number | null)[];
};

export type FilledGridModel = FiguresModel & {
  readonly headings: readonly string[];
  readonly rows: readonly FilledRow[];
  /** What stands where there is nothing: "not held". */
  readonly absent: string;
  readonly shareText: (share: number) => string;
};

const LABELS = 190;
const HEAD = 46;
const ROW = 42;
const GAP = 12;
const LEAST_CELL = 76;
const SMALL = 14;

/** How many files the wide form has room for: the table has all. */
export const MOST_DRAWN = Math.floor((WIDE - LABELS) / LEAST_CELL);

export function filledGrid(model: FilledGridModel): Chart {
  const nothing = model.rows.length === 0 || model.headings.length === 0;
  return chartOf(model, { nothing, wide: () => wide(model), narrow: () => narrow(model) });
}

function nameOf(model: FilledGridModel, { row, at }: { readonly row: FilledRow; readonly at: number }): string {
  const share = row.shares[at];
  const text = share === null || share === undefined ? model.absent : model.shareText(share);
  return `${row.label}, ${model.headings[at] ?? ""}: ${text}`;
}

function cell(
  model: FilledGridModel,
  the: { readonly share: number | null; readonly x: number; readonly y: number; readonly width: number },
): string {
  const { share, x, y, width } = the;
  if (share === null)
    return label({ x, y: y + 16, text: fitText(model.absent, { width, size: SMALL }), size: SMALL, fill: "#484949" });
  return (
    label({ x, y: y + 16, text: model.shareText(share), size: SIZE, bold: true }) +
    bar({ from: x, to: x + width, y: y + 22, height: 8 }, "pale") +
    (share > 0 ? bar({ from: x, to: x + width * Math.min(share, 1), y: y + 22, height: 8 }, "filled") : "")
  );
}

function wide(model: FilledGridModel): string {
  const headings = model.headings.slice(0, MOST_DRAWN);
  const step = (WIDE - LABELS) / headings.length;
  const width = Math.min(step - GAP, 160);
  const head = headings.flatMap((heading, at) =>
    wrapText(heading, { width, size: SMALL, lines: 2, bold: true }).map((text, line) =>
      label({ x: LABELS + at * step, y: 14 + line * 17, text, size: SMALL, bold: true }),
    ),
  );
  const rows = model.rows.map((row, at) => {
    const y = HEAD + at * ROW;
    const name = label({ x: 0, y: y + 16, text: fitText(row.label, { width: LABELS - 10, size: SIZE }), size: SIZE });
    const cells = headings.map((_, column) => {
      const x = LABELS + column * step;
      const body = cell(model, { share: row.shares[column] ?? null, x, y, width });
      return part({ body, name: nameOf(model, { row, at: column }), hit: { x, y, width, height: ROW } });
    });
    return name + cells.join("");
  });
  const { title, description } = model;
  const height = HEAD + model.rows.length * ROW;
  const body = head.join("") + rows.join("");
  return frame({ prefix: `${model.idPrefix}-wide`, title, description, width: WIDE, height, body });
}

function narrow(model: FilledGridModel): string {
  const names = Math.min(130, Math.max(...model.headings.map((text) => textWidth(text, { size: SMALL })))) + 8;
  const [from, to] = [names, NARROW - 48];
  let y = 0;
  let body = "";
  for (const row of model.rows) {
    body += label({
      x: 0,
      y: y + 18,
      text: fitText(row.label, { width: NARROW, size: SIZE, bold: true }),
      size: SIZE,
      bold: true,
    });
    y += 26;
    model.headings.forEach((heading, at) => {
      const share = row.shares[at] ?? null;
      const text = fitText(heading, { width: names - 6, size: SMALL });
      const drawn =
        share === null
          ? label({ x: from, y: y + 14, text: model.absent, size: SMALL, fill: "#484949" })
          : bar({ from, to, y: y + 4, height: 12 }, "pale") +
            (share > 0
              ? bar({ from, to: from + (to - from) * Math.min(share, 1), y: y + 4, height: 12 }, "filled")
              : "") +
            label({ x: NARROW, y: y + 15, text: model.shareText(share), size: SMALL, anchor: "end" });
      body += part({
        body: label({ x: 0, y: y + 14, text, size: SMALL }) + drawn,
        name: nameOf(model, { row, at }),
        hit: { x: 0, y, width: NARROW, height: 22 },
      });
      y += 22;
    });
    y += 8;
  }
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-narrow`, title, description, width: NARROW, height: y, body });
}

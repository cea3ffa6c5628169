/** A table for a terminal: what matters most of it within 96 columns, wide texts cut, figures to the right. */

export type Column = {
  readonly name: string;
  readonly heading: string;
  readonly right: boolean;
  readonly cells: readonly string[];
};

const WIDEST_LINE = 96;
const MOST_COLUMNS = 8;
const WIDEST_TEXT = 40;
const NARROWED_TEXT = 24;
const GAP = "  ";

export function drawTable(columns: readonly Column[]): string {
  const [only] = columns;
  if (only === undefined) return "none";
  if (columns.length === 1) return only.cells.map((cell) => `- ${cell}`).join("\n");
  const chosen = choose(columns);
  const widths = chosen.map((column) => widthOf(column, chosen.length));
  const draw = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return chosen[at]?.right ? cell.padStart(width) : cut(cell, width).padEnd(width);
      })
      .join(GAP)
      .trimEnd();
  const rows = only.cells.map((_, row) => chosen.map(({ cells }) => cells[row] ?? ""));
  narrow(chosen, widths);
  return [draw(chosen.map(({ heading }) => heading)), ...rows.map(draw)].join("\n");
}

/** The least of what it says is left out first, from the right, until it fits. */
function choose(columns: readonly Column[]): readonly Column[] {
  let kept = [...columns];
  const tooMuch = () => kept.length > MOST_COLUMNS || least(kept) > WIDEST_LINE;
  while (kept.length > 2 && tooMuch()) {
    const lowest = Math.min(...kept.map(({ name }) => weightOf(name)));
    const at = kept.findLastIndex(({ name }) => weightOf(name) === lowest);
    kept = kept.filter((_, index) => index !== at);
  }
  return kept;
}

function weightOf(name: string): number {
  if (/^(name|title|words|record|stream|pot|supplier|service|label|sentence)$/.test(name)) return 5;
  if (/^(paidOn|effectiveOn|decidedOn|day|date)$/.test(name)) return 5;
  if (name.endsWith("Pence")) return 4;
  return /^(slug|kind|lines|reference|row)$/.test(name) ? 3 : 1;
}

function least(columns: readonly Column[]): number {
  const widths = columns.map((column) => widthOf(column, columns.length));
  return columns.reduce(
    (sum, { right }, at) => sum + (right ? (widths[at] ?? 0) : Math.min(widths[at] ?? 0, NARROWED_TEXT)),
    GAP.length * (columns.length - 1),
  );
}

function widthOf({ heading, right, cells }: Column, columns: number): number {
  const full = Math.max(heading.length, ...cells.map((cell) => cell.length));
  return right || columns === 1 ? full : Math.min(full, WIDEST_TEXT);
}

/** Takes from the widest text until the line fits. */
function narrow(columns: readonly Column[], widths: number[]): void {
  const line = () => widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
  while (line() > WIDEST_LINE) {
    const texts = widths.map((width, at) => (columns[at]?.right ? 0 : width));
    const widest = Math.max(...texts);
    if (widest <= NARROWED_TEXT) return;
    widths[texts.indexOf(widest)] = widest - 1;
  }
}

export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`;
}

/** The names of a section's columns, and whether each of its rows keeps to them. */
import { type Reading, reportCell } from "./reading.ts";
import { cellText, isSpace, openCell } from "./rows.ts";

/** Which cell each column is; names in small letters. */
export type Columns = { readonly count: number; readonly cells: ReadonlyMap<string, number> };

/** The row just cut, read as the names of columns. */
export function readColumns(reading: Reading): Columns {
  const { rows } = reading;
  const cells = new Map<string, number>();
  const count = rows.cells;
  for (let cell = 0; cell < count; cell += 1) {
    const name = cellText(rows, cell).toLowerCase();
    if (!cells.has(name)) cells.set(name, cell);
    else reportCell(reading, { code: "column_repeated", cell });
  }
  checkRow(reading, count);
  return { count, cells };
}

/** The cell of a column; -1 where the section has none. */
export function cellOf({ cells }: Columns, name: string): number {
  return cells.get(name) ?? -1;
}

/** Whether the row has as many cells as there are columns, and none with spaces around it. */
export function checkRow(reading: Reading, columns: number): void {
  const { rows, strict } = reading;
  if (rows.cells !== columns) {
    const [found, expected] = [String(rows.cells), String(columns)];
    if (rows.cells < columns) reportCell(reading, { code: "cells_missing", cell: rows.cells, found, expected });
    else reportCell(reading, { code: "cells_extra", cell: columns, found, expected });
  }
  if (!strict) return;
  for (let cell = 0; cell < rows.cells; cell += 1) {
    openCell(rows, cell);
    if (rows.spaced) reportCell(reading, { code: "cell_space", cell });
  }
}

/** The items of a list within one cell: parted by commas, without the spaces around them and without empty ones. */
export function listItems(text: string): readonly string[] {
  if (text === "") return [];
  return text
    .split(",")
    .map(trimmed)
    .filter((item) => item !== "");
}

/** Without the spaces that `openCell` takes off: a space that does not break is part of an id, as its bytes are. */
export function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

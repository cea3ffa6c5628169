/** Tables of money as the macro moneyTable prints them: units in the heading, exact amounts in the cells. */
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds, type Pence } from "../../../lib/pence.ts";
import { formatDay } from "../../shell/formats.ts";

export type Cell = {
  readonly text: string;
  readonly href?: string | undefined;
  readonly tag?: string | undefined;
  /** A state after the words, as a tag. */
  readonly note?: string | undefined;
};
export type TableRow = { readonly cells: readonly Cell[]; readonly shadow?: boolean };
export type TableColumn = { readonly label: string; readonly numeric: boolean; readonly href?: string | undefined };
export type MoneyTable = {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly total?: readonly string[] | undefined;
};

/** The unit stands in the heading, so the cell has the bare figure: 1,234,567.89 */
export function bare(pence: Pence): string {
  return formatPounds(pence).replace("£", "");
}

export function cell(value: string, href?: string | undefined): Cell {
  return href === undefined ? { text: value } : { text: value, href };
}

export function moneyCell(pence: Pence, href?: string | undefined): Cell {
  return cell(bare(pence), href);
}

export function column(label: string, href?: string | undefined): TableColumn {
  return { label, numeric: false, ...(href !== undefined && { href }) };
}

export function numeric(label: string, href?: string | undefined): TableColumn {
  return { label, numeric: true, ...(href !== undefined && { href }) };
}

/** A day that is not broken over two lines. */
export function dayCell(language: Language, day: string): Cell {
  return cell(formatDay(language, day as Day).replaceAll(" ", "\u00a0"));
}

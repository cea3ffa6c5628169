/**
 * The columns of what is taken out. Their headings are those under which councils publish, so that a file taken out can
 * be imported as it is.
 */

import type { CellValue, Column } from "../../../platform/tables/index.ts";
import {
  columnLetters,
  type LineRow,
  type Mapping,
  type RefusedRowKept,
  type takeOutSums,
} from "../../../spending/index.ts";

/** Rows in one download. */
export const ROWS_LIMIT = 100_000;

export const LINE_COLUMNS: readonly Column[] = [
  { name: "Body name", type: "text" },
  { name: "Payment date", type: "day" },
  { name: "Amount", type: "pounds" },
  { name: "Supplier name", type: "text" },
  { name: "Service area", type: "text" },
  { name: "Purpose of spend", type: "text" },
  { name: "Transaction number", type: "text" },
  { name: "Company number", type: "text" },
  { name: "Charity number", type: "text" },
  { name: "File", type: "text" },
  { name: "Row in the file", type: "number" },
];

export function lineCells(line: LineRow & { readonly fileName: string }): readonly CellValue[] {
  return [
    line.publisher,
    line.paidOn,
    line.amountPence,
    line.supplier,
    line.serviceArea,
    line.description,
    line.reference,
    line.companyNumber,
    line.charityNumber,
    line.fileName,
    line.row,
  ];
}

export const SUM_COLUMNS: readonly Column[] = [
  { name: "Body name", type: "text" },
  { name: "Month", type: "text" },
  { name: "Service area", type: "text" },
  { name: "Supplier name", type: "text" },
  { name: "Payments", type: "number" },
  { name: "Amount", type: "pounds" },
];

type FineSum = Extract<Awaited<ReturnType<(typeof takeOutSums)["handle"]>>, { readonly ok: true }>["value"][number];

export function sumCells(sum: FineSum): readonly CellValue[] {
  return [sum.publisher, sum.month.slice(0, 7), sum.serviceArea, sum.supplier, sum.lines, sum.amountPence];
}

/** Rows that were left out, in the columns they came in, with why after them. */
export function refusedTable(
  the: { readonly mapping: Mapping; readonly refused: readonly RefusedRowKept[] },
  reasonOf: (row: RefusedRowKept) => string,
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly CellValue[])[] } {
  const { mapping, refused } = the;
  const width = Math.max(mapping.headings.length, ...refused.map(({ cells }) => cells.length), 0);
  const headings = Array.from(
    { length: width },
    (_, column) => mapping.headings[column]?.trim() || `Column ${columnLetters(column)}`,
  );
  const own = [...headings, "Row left out", "What is wrong"];
  return {
    columns: own.map((name) => ({ name, type: "text" })),
    rows: refused.map((row) => [
      ...headings.map((_, column) => row.cells[column] ?? ""),
      String(row.row),
      reasonOf(row),
    ]),
  };
}

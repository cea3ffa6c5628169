/** A published payment, read from a row of a file by its mapping; or every fault of the row, each with what to do about it. */
import { assert } from "../../lib/assert.ts";
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { accept, type Refused, type Result, refuse } from "../../lib/result.ts";
import { type AmountFault, parseAmount } from "./amount.ts";
import { amountRole, columnName, type Mapping, type SpendRow } from "./mapping.ts";
import type { Role } from "./roles.ts";
import { type DateFault, type DayOrder, parseSpendDate } from "./spend-date.ts";

export type SpendLine = {
  readonly row: number;
  readonly paidOn: Day;
  /** Below nought for a credit. */
  readonly amountPence: Pence;
  /** Null where the file does not say. */
  readonly netPence: Pence | null;
  readonly vatPence: Pence | null;
  readonly grossPence: Pence | null;
  readonly supplier: string;
  /** Empty texts where the file does not say. */
  readonly serviceArea: string;
  readonly description: string;
  readonly reference: string;
  readonly companyNumber: string;
  readonly charityNumber: string;
  readonly bodyName: string;
  readonly merchantCategory: string;
};

export type LineFaultReason = AmountFault | DateFault | "supplier_missing" | "text_too_long" | "line_is_total";

export type LineFault = {
  readonly row: number;
  /** The column's heading, or its letter. */
  readonly column: string;
  /** What stands there, cut after 100 letters. */
  readonly value: string;
  readonly reason: LineFaultReason;
};

export type LineRefusal = { readonly code: "line_refused"; readonly faults: readonly LineFault[] };

/** A line, why it is none, or null for a row that holds no payment: blank, or not below the headings. */
export type LineRead = Result<SpendLine, LineRefusal> | null;

const TEXT_ROLES = [
  "supplier",
  "serviceArea",
  "description",
  "reference",
  "companyNumber",
  "charityNumber",
  "bodyName",
  "merchantCategory",
] as const;
const LONGEST_TEXT = 1_000;
const SHOWN_LETTERS = 100;
const DAYS_KEPT = 4_096;
const LONGEST_KEPT = 12;

/** One row. For a whole file `startLines` is faster. */
export function readLine(mapping: Mapping, row: SpendRow): LineRead {
  return startLines({ mapping, order: "day_first" })(row);
}

/** Reads the rows of one file, remembering the days it has met: a file has thousands of lines for each day. */
export function startLines({
  mapping,
  order,
}: {
  readonly mapping: Mapping;
  readonly order: DayOrder;
}): (row: SpendRow) => LineRead {
  const { columns } = mapping;
  const role = amountRole(columns);
  assert(
    role !== null && columns.paidOn !== undefined && columns.supplier !== undefined,
    "a mapping that was not checked",
  );
  const amountAt = columns[role] ?? -1;
  const [dateAt, supplierAt, firstRow] = [columns.paidOn, columns.supplier, mapping.headerRow ?? 0];
  const at = (wanted: Role): number => columns[wanted] ?? -1;
  const [netAt, vatAt, grossAt] = [at("net"), at("vat"), at("gross")];
  const [areaAt, descriptionAt, referenceAt] = [at("serviceArea"), at("description"), at("reference")];
  const [companyAt, charityAt, bodyAt, merchantAt] = [
    at("companyNumber"),
    at("charityNumber"),
    at("bodyName"),
    at("merchantCategory"),
  ];
  const texts = textColumns(mapping);
  const dayOfText = rememberedDays(order);

  return (row) => {
    const { cells } = row;
    if (row.row <= firstRow) return null;
    const paidOn = dayOfText(cells[dateAt] ?? "");
    const amount = parseAmount(cells[amountAt] ?? "");
    const net = role === "net" ? amount : optionalAmount(cells, netAt);
    const vat = optionalAmount(cells, vatAt);
    const gross = role === "gross" ? amount : optionalAmount(cells, grossAt);
    const supplier = textAt(cells, supplierAt);
    const faulty = isFault(paidOn) || typeof amount === "string" || typeof net === "string" || typeof vat === "string";
    if (faulty || typeof gross === "string" || supplier === "" || texts.some((column) => isTooLong(cells[column])))
      return refuseRow(mapping, row, order);
    return accept({
      row: row.row,
      paidOn,
      amountPence: amount,
      netPence: net,
      vatPence: vat,
      grossPence: gross,
      supplier,
      serviceArea: textAt(cells, areaAt),
      description: textAt(cells, descriptionAt),
      reference: textAt(cells, referenceAt),
      companyNumber: textAt(cells, companyAt),
      charityNumber: textAt(cells, charityAt),
      bodyName: textAt(cells, bodyAt),
      merchantCategory: textAt(cells, merchantAt),
    });
  };
}

/** The slow way, for a row already known to have a fault: finds all of them, in the order of the columns. */
function refuseRow(mapping: Mapping, row: SpendRow, order: DayOrder): Refused<LineRefusal> | null {
  const { columns } = mapping;
  const { cells } = row;
  if (cells.every((cell) => cell.trim() === "")) return null;
  const found: { readonly column: number; readonly reason: LineFaultReason }[] = [];
  const see = (column: number | undefined, reason: string | bigint | null): void => {
    if (column !== undefined && typeof reason === "string") found.push({ column, reason: reason as LineFaultReason });
  };
  const paidOn = parseSpendDate(cells[columns.paidOn ?? -1] ?? "", order);
  see(columns.paidOn, isFault(paidOn) ? paidOn : null);
  const role = amountRole(columns);
  for (const each of ["net", "amount", "vat", "gross"] as const) {
    const column = columns[each] ?? -1;
    if (each === role) see(column, parseAmount(cells[column] ?? ""));
    else if (each !== "amount") see(columns[each], optionalAmount(cells, column));
  }
  if (textAt(cells, columns.supplier ?? -1) === "") see(columns.supplier, "supplier_missing");
  for (const column of textColumns(mapping)) if (isTooLong(cells[column])) see(column, "text_too_long");
  const total = cells.findIndex((cell) => /^\s*(grand |sub[- ]?)?(total|cyfanswm)\b/i.test(cell));
  const reasons = total >= 0 && found.length > 0 ? [{ column: total, reason: "line_is_total" as const }] : found;
  assert(reasons.length > 0, "a row was refused without a fault");
  const faults = [...reasons]
    .sort((a, b) => a.column - b.column)
    .map(({ column, reason }) => ({
      row: row.row,
      column: columnName(mapping, column),
      value: (cells[column] ?? "").slice(0, SHOWN_LETTERS),
      reason,
    }));
  return refuse({ code: "line_refused", faults });
}

function rememberedDays(order: DayOrder): (text: string) => Day | DateFault {
  const days = new Map<string, Day | DateFault>();
  return (text) => {
    const known = days.get(text);
    if (known !== undefined) return known;
    const day = parseSpendDate(text, order);
    // A longer text may be a window on a whole piece of the file, which keeping it would keep.
    if (text.length <= LONGEST_KEPT) {
      if (days.size >= DAYS_KEPT) days.clear();
      days.set(text, day);
    }
    return day;
  };
}

function isFault(day: Day | DateFault): day is DateFault {
  return day.charCodeAt(0) === 100;
}

function optionalAmount(cells: readonly string[], column: number): Pence | AmountFault | null {
  const text = column < 0 ? "" : (cells[column] ?? "");
  return text === "" || text.trim() === "" ? null : parseAmount(text);
}

/** The columns whose text is kept. */
function textColumns({ columns }: Mapping): readonly number[] {
  return TEXT_ROLES.flatMap((role) => columns[role] ?? []);
}

function textAt(cells: readonly string[], column: number): string {
  return column < 0 ? "" : (cells[column] ?? "").trim();
}

function isTooLong(text: string | undefined): boolean {
  return text !== undefined && text.length > LONGEST_TEXT;
}

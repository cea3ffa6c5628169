/**
 * One row of a listing as a line: what a body's own ledger or bank says was spent. A positive amount is a cost or money
 * out, a negative one income or money in, whatever the sign in the file. A row that cannot be read says why, by column.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { parseAmount, parseListingDay } from "./cells.ts";
import { type ColumnRole, type Columns, columnLetters, type Heading, type Row, type Source } from "./columns.ts";

export type ListingLine = {
  readonly row: number;
  readonly document: string;
  /** The line's number in its document; where the listing has none, which of the document's lines it is. */
  readonly documentLine: string;
  readonly postedOn: Day;
  readonly period: string;
  readonly amountPence: Pence;
  readonly costCentre: string;
  readonly subjective: string;
  readonly project: string;
  readonly supplier: string;
  readonly words: string;
  readonly reference: string;
};

export type FaultReason =
  | "missing"
  | "not_a_date"
  | "not_an_amount"
  | "both_debit_and_credit"
  | "sign_not_known"
  | "too_long"
  | "line_twice"
  | "changed"
  | "changed_and_matched";
export type RowFault = {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: FaultReason;
};

export type RowRead =
  | { readonly kind: "line"; readonly line: ListingLine }
  | { readonly kind: "faults"; readonly faults: readonly RowFault[] }
  | { readonly kind: "nothing" };

type Reading = { readonly columns: Columns; readonly heading: Heading | null; readonly source: Source };

const LONGEST = 400;
const TOTAL = /^\W*(sub|grand|report|closing|opening)?\W*(total|balance)\b/i;

/** Reads row after row: the number of a line in its document is counted where the listing has no column for it. */
export function startLines(reading: Reading): (row: Row) => RowRead {
  const counted = new Map<string, number>();
  return (row) => {
    const read = readRow(reading, row);
    if (read.kind !== "line" || reading.columns.line !== undefined) return read;
    const { line } = read;
    const document = line.document === "" ? ownWords(line) : line.document;
    const number = (counted.get(document) ?? 0) + 1;
    counted.set(document, number);
    return { kind: "line", line: { ...line, document, documentLine: String(number) } };
  };
}

/** A bank's line without a number is known by all that it says. */
function ownWords(line: ListingLine): string {
  return [line.postedOn, line.amountPence, line.supplier, line.words, line.reference].join("|").slice(0, LONGEST);
}

function readRow({ columns, heading, source }: Reading, { row, cells }: Row): RowRead {
  const text = (role: ColumnRole): string => {
    const at = columns[role];
    return at === undefined ? "" : (cells[at] ?? "").replaceAll(/[\s\u00a0\p{Cc}]+/gu, " ").trim();
  };
  if (cells.every((cell) => cell.trim() === "") || isTotal(cells, text("postedOn"))) return { kind: "nothing" };
  const faults: RowFault[] = [];
  const fault = (role: ColumnRole, reason: FaultReason): void => {
    const at = columns[role];
    const column = at === undefined ? role : heading?.headings[at]?.trim() || columnLetters(at);
    faults.push({ row, column, value: text(role).slice(0, 100), reason });
  };
  const postedOn = parseListingDay(text("postedOn"));
  if (text("postedOn") === "") fault("postedOn", "missing");
  else if (postedOn === null) fault("postedOn", "not_a_date");
  const amountPence = readAmount({ columns, text, source, fault });
  if (source === "ledger" && text("document") === "") fault("document", "missing");
  if (columns.line !== undefined && text("line") === "") fault("line", "missing");
  for (const role of Object.keys(columns) as ColumnRole[]) if (text(role).length > LONGEST) fault(role, "too_long");
  if (faults.length > 0 || postedOn === null || amountPence === null) return { kind: "faults", faults };
  const words = { costCentre: text("costCentre"), subjective: text("subjective"), project: text("project") };
  const rest = {
    supplier: text("supplier"),
    words: text("words"),
    reference: text("reference"),
    period: text("period"),
  };
  const line = {
    row,
    document: text("document"),
    documentLine: text("line"),
    postedOn,
    amountPence,
    ...words,
    ...rest,
  };
  return { kind: "line", line };
}

/** The sums at the foot of a printed listing are no lines: they have no day and say what they are. */
function isTotal(cells: readonly string[], day: string): boolean {
  return day === "" && cells.some((cell) => TOTAL.test(cell.trim()));
}

type AmountCells = {
  readonly columns: Columns;
  readonly text: (role: ColumnRole) => string;
  readonly source: Source;
  readonly fault: (role: ColumnRole, reason: FaultReason) => void;
};

function readAmount({ columns, text, source, fault }: AmountCells): Pence | null {
  if (columns.debit !== undefined || columns.credit !== undefined) {
    const debit = text("debit") === "" ? 0n : parseAmount(text("debit"));
    const credit = text("credit") === "" ? 0n : parseAmount(text("credit"));
    if (debit === null) fault("debit", "not_an_amount");
    if (credit === null) fault("credit", "not_an_amount");
    if (debit !== null && credit !== null && debit !== 0n && credit !== 0n) fault("debit", "both_debit_and_credit");
    if (text("debit") !== "" || text("credit") !== "" || columns.amount === undefined) {
      if (text("debit") === "" && text("credit") === "")
        fault(columns.debit === undefined ? "credit" : "debit", "missing");
      // A credit printed with its minus is still a credit.
      return debit === null || credit === null ? null : debit - (credit < 0n ? -credit : credit);
    }
  }
  const amount = parseAmount(text("amount"));
  if (text("amount") === "") fault("amount", "missing");
  else if (amount === null) fault("amount", "not_an_amount");
  if (amount === null) return null;
  const sign = text("sign").toLowerCase();
  if (sign === "") return source === "bank" ? -amount : amount;
  const size = amount < 0n ? -amount : amount;
  if (/^(s|d|dr|debit|dbit)$/.test(sign)) return size;
  if (/^(h|c|cr|credit|crdt)$/.test(sign)) return -size;
  fault("sign", "sign_not_known");
  return null;
}

/**
 * Which column of a listing holds what, found by its headings in the spellings of SAP (transaction FBL3N and KSB1),
 * Oracle Financials (account analysis), Unit4 (Agresso general ledger browser), banks' CSV files and plain English. A
 * person may choose the columns where they are not found.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";

export const COLUMN_ROLES = [
  "document",
  "line",
  "postedOn",
  "amount",
  "debit",
  "credit",
  "sign",
  "costCentre",
  "subjective",
  "project",
  "supplier",
  "words",
  "period",
  "reference",
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];
export type Columns = Readonly<Partial<Record<ColumnRole, number>>>;
export type Source = "ledger" | "bank";
export type Row = { readonly row: number; readonly cells: readonly string[] };
export type Heading = { readonly row: number; readonly headings: readonly string[] };

const list = (text: string): readonly string[] => text.split(",").map((name) => name.trim().replace(/\s+/g, " "));

/** The surest first, in small letters without signs. */
const HEADINGS: Readonly<Record<ColumnRole, readonly string[]>> = {
  document: list(`document number, document no, documentno, document, doc no, doc number, transno, trans no,
    transaction number, transaction no, transaction id, journal number, voucher number, voucher no, voucher, je number,
    document num, fitid, bank reference`),
  line: list(`line number, line no, line, line item, itm, item, sequence no, sequence number, je line num, line num`),
  postedOn:
    list(`posting date, pstng date, postg date, posted on, posted date, date posted, gl date, accounting date, effective date,
    transaction date, trans date, transdate, entry date, booking date, date, document date, doc date, voucher date, value date`),
  amount:
    list(`amount in local currency, amount in lc, amt in loc curr, amount in local cur, val in rep cur, value in object currency, value tran curr,
    accounted amount, net accounted, amount, net amount, cur amount, line amount, value, amount gbp, transaction amount, actual`),
  debit: list(
    `debit, accounted dr, debit amount, dr, debits, entered dr, money out, paid out, withdrawals, payments out`,
  ),
  credit: list(`credit, accounted cr, credit amount, cr, credits, entered cr, money in, paid in, deposits, receipts`),
  sign: list(`debit credit ind, d c, dc, s h, debit credit, dr cr, d c indicator, debit credit indicator`),
  costCentre: list(
    `cost centre, cost center, cost ctr, costc, cost centre code, cc, costcentre, dept, department code, dim1, segment2`,
  ),
  subjective:
    list(`account, g l account, gl account, cost element, cost elem, account code, subjective, subjective code, natural account, nominal,
    nominal code, ledger code, detail code, segment3`),
  project: list(
    `project, project code, wbs element, wbs elem, internal order, order, job, job code, project number, activity, dim2, segment4`,
  ),
  supplier:
    list(`supplier, supplier name, vendor, vendor name, name of offsetting account, offsetting account name, party name, payee,
    ap ar id t, supplier customer name, customer supplier, name, trading partner, apar name, counterparty`),
  words:
    list(`text, item text, description, line description, journal line description, narrative, details, transaction description, words, name text,
    document header text, memo, particulars`),
  period: list(
    `period, posting period, per, fiscal period, period name, accounting period, account period, posting per`,
  ),
  reference:
    list(`reference, reference number, your reference, our reference, ref, assignment, invoice number, invoice no, external reference, ext inv ref,
    ext ref, payment reference, requisition, order reference, reference key, customer reference`),
};

const HEADER_WITHIN = 40;

/** A heading in small letters, its words apart, without signs: "Amount (LC)" is "amount lc", "CostCentre" is "cost centre". */
export function plainHeading(text: string): string {
  return text
    .slice(0, 100)
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/\(£\)|£|\bgbp\b/g, " ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

export type Found = { readonly heading: Heading | null; readonly columns: Columns };

/** The row of headings among the first rows, and the columns that its headings name. */
export function findColumns(sample: readonly Row[]): Found {
  let best: Found & { readonly count: number } = { heading: null, columns: {}, count: 1 };
  for (const { row, cells } of sample.slice(0, HEADER_WITHIN)) {
    const columns = columnsOf(cells);
    const count = Object.keys(columns).length;
    const dated = columns.postedOn !== undefined || columns.amount !== undefined || columns.debit !== undefined;
    if (dated && count > best.count) best = { heading: { row, headings: cells }, columns, count };
  }
  return { heading: best.heading, columns: best.columns };
}

/** Each role takes the surest heading; a column has one role. */
function columnsOf(cells: readonly string[]): Columns {
  const plain = cells.map(plainHeading);
  const columns: Partial<Record<ColumnRole, number>> = {};
  const taken = new Set<number>();
  for (const role of COLUMN_ROLES) {
    const spelling = HEADINGS[role].find((name) => plain.some((cell, at) => cell === name && !taken.has(at)));
    if (spelling === undefined) continue;
    const at = plain.findIndex((cell, column) => cell === spelling && !taken.has(column));
    columns[role] = at;
    taken.add(at);
  }
  return columns;
}

export type ColumnsRefusal = { readonly missing: readonly ("document" | "postedOn" | "amount")[] };

/** A bank's CSV has no document numbers: what a line says of itself stands for one. */
export function checkColumns(columns: Columns, source: Source): Result<Columns, { code: "columns" } & ColumnsRefusal> {
  const missing: ("document" | "postedOn" | "amount")[] = [];
  if (columns.document === undefined && source === "ledger") missing.push("document");
  if (columns.postedOn === undefined) missing.push("postedOn");
  if (columns.amount === undefined && columns.debit === undefined && columns.credit === undefined)
    missing.push("amount");
  return missing.length > 0 ? refuse({ code: "columns", missing }) : accept(columns);
}

/** A, B ... Z, AA: how a spreadsheet names a column, counted from 0. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

/**
 * The same spending in the layouts that councils really publish: Salford's nine names over ten fields, Portsmouth's
 * eleven columns, one with pound signs and brackets, one without a header, one with dates such as 04-Jul-12. Each file
 * also holds the mistakes that real files hold, so that the import has something to refuse.
 */
import type { Day } from "../../src/lib/day.ts";
import { formatPounds, type Pence } from "../../src/lib/pence.ts";
import type { Publisher, SpendLine } from "./lines.ts";

export type LayOut = (publisher: Publisher, lines: readonly SpendLine[]) => string;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rows(fields: readonly (readonly string[])[], newline: "\n" | "\r\n"): string {
  return `${fields.map((row) => row.map(quote).join(",")).join(newline)}${newline}`;
}

function plain(pence: Pence): string {
  const size = pence < 0n ? -pence : pence;
  return `${pence < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
}

function slashed(day: Day): string {
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** The first line from a position on that is no payment from a pot: only those are ever spoiled. */
function mistakeAfter(lines: readonly SpendLine[], position: number): number {
  return lines.findIndex((line, index) => index >= position && line.documentNumber.startsWith("52"));
}

/** Nine names, and every row ends with one more comma. Windows line ends and a byte-order mark. */
export const salfordLayout: LayOut = (publisher, lines) => {
  const wrongDate = mistakeAfter(lines, 211);
  const noAmount = mistakeAfter(lines, 403);
  const names = [
    "Authority Name",
    "Date of Payment",
    "DocumentNo",
    "Gross",
    "VAT",
    "Net",
    "Vendor Name",
    "Service Area",
    "GL Description",
  ];
  const body = lines.map((line, index) => [
    publisher.name,
    index === wrongDate ? "31/02/2012" : slashed(line.date),
    line.documentNumber,
    plain(line.grossPence),
    plain(line.vatPence),
    index === noAmount ? "" : plain(line.netPence),
    line.supplier,
    line.area,
    line.description,
    "",
  ]);
  return `\uFEFF${rows([names, ...body], "\r\n")}`;
};

/** Eleven columns; the amount is net. A blank line in the middle, and one amount that is words. */
export const elevenColumnLayout: LayOut = (publisher, lines) => {
  const names = [
    "Body Name",
    "Body Code",
    "Service Area",
    "Supplier Name",
    "Responsible Unit",
    "Expense Type",
    "Detailed Expense Type",
    "Expense Code",
    "Date",
    "Transaction Number",
    "Amount",
  ];
  const body = lines.map((line, index) => [
    publisher.name,
    publisher.gss,
    line.area,
    line.supplier,
    `${line.area} finance`,
    line.description,
    line.description,
    String(30_000 + line.description.length * 37),
    line.date,
    line.documentNumber,
    index === 97 ? "see note" : plain(line.netPence),
  ]);
  const half = Math.floor(body.length / 2);
  return rows([names, ...body.slice(0, half), [""], ...body.slice(half)], "\n");
};

/** £1,234.50 and (£80.00) for a credit, and a total at the foot that is no payment. */
export const bracketsLayout: LayOut = (_, lines) => {
  const money = (pence: Pence) => (pence < 0n ? `(${formatPounds(-pence)})` : formatPounds(pence));
  const names = ["Payment Date", "Amount", "Organisational Unit", "Beneficiary Name", "Purpose", "Reference"];
  const body = lines.map((line) => [
    slashed(line.date),
    money(line.netPence),
    line.area,
    line.supplier,
    line.description,
    line.documentNumber,
  ]);
  const total = lines.reduce((sum, line) => sum + line.netPence, 0n);
  return rows([names, ...body, ["Total", money(total), "", "", "", ""]], "\r\n");
};

/** No names at all: date, supplier, description, amount, reference. */
export const headerlessLayout: LayOut = (_, lines) =>
  rows(
    lines.map((line, index) => [
      index === 60 ? "00/00/0000" : slashed(line.date),
      line.supplier,
      line.description,
      plain(line.netPence),
      line.documentNumber,
    ]),
    "\n",
  );

/** 04-Jul-12, and thousands in groups. No mistakes in this one: a clean file must read clean. */
export const shortMonthLayout: LayOut = (_, lines) => {
  const names = ["Directorate", "Supplier", "Payment Date", "Transaction No", "Net Amount", "Category"];
  const grouped = (pence: Pence) => formatPounds(pence).replace("£", "").replace("\u2212", "-");
  const body = lines.map((line) => [
    line.area,
    line.supplier,
    `${line.date.slice(8)}-${MONTHS[Number(line.date.slice(5, 7)) - 1] ?? ""}-${line.date.slice(2, 4)}`,
    line.documentNumber,
    grouped(line.netPence),
    line.description,
  ]);
  return rows([names, ...body], "\n");
};

/**
 * The lines of an invoice on a form: net, VAT, and how much of the VAT is recovered (VAT Act 1994, section 33: a council
 * recovers the VAT on its non-business work; who cannot bears it). A line is added by a button that sends the form and
 * keeps what was typed; what the lines come to is shown before anything is recorded.
 */
import { addLines, bear, MOST_PAYMENT_LINES } from "../../../../ledger/index.ts";
import type { Language } from "../../../../lib/language.ts";
import { parsePounds } from "../../../../lib/pence.ts";
import { invoiceTable } from "../invoice-table.ts";
import type { MoneyTable } from "../tables.ts";
import type { Fault, FormField, Typed, Values } from "./fields.ts";
import type { FormWords } from "./words.ts";
import { type InvoiceWords, invoiceWords } from "./words-invoice.ts";

/** The parts of a line's controls, each with the name that the use case has for it. */
const COLUMNS = {
  words: "words",
  net: "netPence",
  vat: "vatPence",
  recoverable: "recoverablePence",
  group: "subjectiveGroup",
} as const;
type Column = keyof typeof COLUMNS;
const PARTS = Object.keys(COLUMNS) as readonly Column[];
const AMOUNTS = ["net", "vat", "recoverable"] as const;

const COUNT = "lines-count";
/** What was shown as the sum of the lines: what is sent is recorded only as it was shown. */
const SHOWN = "lines-shown";
export const ADD_LINE = "add-line";

export type InvoiceLine = {
  readonly words: string;
  readonly netPence: bigint;
  readonly vatPence: bigint;
  readonly recoverablePence: bigint;
  readonly subjectiveGroup: string | null;
};

const controlOf = (row: number, part: Column): string => `line${row}-${part}`;

function countOf(typed: string | undefined): number {
  const count = /^\d{1,3}$/.test(typed ?? "") ? Number(typed) : 1;
  return Math.min(Math.max(count, 1), MOST_PAYMENT_LINES);
}

/** The controls of as many lines as the form was sent with. */
export function lineControls(typed: (name: string) => string): readonly string[] {
  const rows = Array.from({ length: countOf(typed(COUNT)) }, (_, index) => index + 1);
  return [COUNT, SHOWN, ...rows.flatMap((row) => PARTS.map((part) => controlOf(row, part)))];
}

/** One line more, as far as a payment may have; what the lines come to is then asked for again. */
export function moreLines(values: Values): Values {
  return { ...values, [COUNT]: String(countOf(String(countOf(values[COUNT]) + 1))), [SHOWN]: "" };
}

/** The rows in which something was typed. */
function filledRows(values: Values): readonly number[] {
  const rows = Array.from({ length: countOf(values[COUNT]) }, (_, index) => index + 1);
  return rows.filter((row) => PARTS.some((part) => (values[controlOf(row, part)] ?? "").trim() !== ""));
}

type Setting = { readonly values: Values; readonly words: FormWords; readonly language: Language };

/** What was typed, line by line, and what is wrong with it by row and column. */
export function readLines({ values, words, language }: Setting): {
  readonly invoice: readonly InvoiceLine[];
  readonly faults: readonly Fault[];
} {
  const own = invoiceWords(language);
  const faults: Fault[] = [];
  const rows = filledRows(values);
  const fault = (row: number, part: Column, text: string) => {
    const control = controlOf(row, part);
    faults.push({ field: control, anchor: control, text });
  };
  if (rows.length === 0) fault(1, "net", words("fillIn", { label: own("labelOf", { number: 1, label: own("net") }) }));
  const invoice = rows.map((row): InvoiceLine => {
    const typed = (part: Column) => (values[controlOf(row, part)] ?? "").trim();
    const amounts = AMOUNTS.map((part) => {
      const label = own("labelOf", { number: row, label: own(part) });
      const pence = typed(part) === "" ? 0n : parsePounds(typed(part));
      if (pence === null) fault(row, part, words("amountWrong", { label }));
      else if (part === "net" && typed(part) === "") fault(row, part, words("fillIn", { label }));
      return pence ?? 0n;
    });
    const [netPence = 0n, vatPence = 0n, recoverablePence = 0n] = amounts;
    // Nought and "nobody thought of it" are not the same: the pot would bear the difference.
    if (vatPence !== 0n && typed("recoverable") === "") fault(row, "recoverable", own("askRecovered", { number: row }));
    const group = typed("group");
    return {
      words: typed("words"),
      netPence,
      vatPence,
      recoverablePence,
      subjectiveGroup: group === "" ? null : group,
    };
  });
  return { invoice, faults };
}

/** Where a refusal of the lines belongs: "lines.1.vatPence", or a line by its number and the column at fault. */
export function lineControl(values: Values, refused: { readonly field: string; readonly refusal: object }) {
  const [, index, name] = /^lines\.(\d+)(?:\.(\w+))?/.exec(refused.field) ?? [];
  const known = refused.refusal as { readonly line?: unknown; readonly column?: unknown };
  const number = index === undefined ? known.line : Number(index) + 1;
  if (typeof number !== "number") return null;
  const row = filledRows(values)[number - 1];
  const part = PARTS.find((one) => COLUMNS[one] === (name ?? known.column)) ?? "net";
  return row === undefined ? null : controlOf(row, part);
}

/** The lines as a text by which it is known whether they are still those that were shown. */
function signOf(invoice: readonly InvoiceLine[]): string {
  return invoice.map((one) => `${one.netPence}/${one.vatPence}/${one.recoverablePence}`).join(" ");
}

/** The form with what its lines come to; null where that was shown already and nothing has changed since. */
export function showSums(values: Values, invoice: readonly InvoiceLine[]): Values | null {
  const sign = signOf(invoice);
  return values[SHOWN] === sign ? null : { ...values, [SHOWN]: sign };
}

type Row = { readonly number: number; readonly boxes: readonly Box[] };
type Box = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly kind: "text" | "money";
};

export type ShownLines = {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly full: string | null;
  /** What they come to; null where it is not asked for yet, or has changed since. */
  readonly sums: MoneyTable | null;
  readonly sign: string;
  /** On the button, until the sums were shown. */
  readonly check: string;
  readonly own: InvoiceWords;
};

export function presentLines(setting: Setting): ShownLines {
  const { values, language } = setting;
  const own = invoiceWords(language);
  const count = countOf(values[COUNT]);
  const { invoice, faults } = readLines(setting);
  const added = addLines(invoice);
  const sign = signOf(invoice);
  const current = faults.length === 0 && added.ok && values[SHOWN] === sign;
  const rows = Array.from({ length: count }, (_, index) => index + 1).map((number) => ({
    number,
    boxes: PARTS.map((part) => ({
      name: controlOf(number, part),
      label: part === "words" || part === "group" ? setting.words("optional", { label: own(part) }) : own(part),
      value: values[controlOf(number, part)] ?? "",
      kind: (AMOUNTS as readonly Column[]).includes(part) ? ("money" as const) : ("text" as const),
    })),
  }));
  return {
    rows,
    count,
    full: count < MOST_PAYMENT_LINES ? null : own("full", { count: MOST_PAYMENT_LINES }),
    sums: current
      ? invoiceTable(
          { lines: invoice.map((line, index) => ({ ...bear(line), line: index + 1 })), total: added.value },
          { language, caption: own("sums") },
        )
      : null,
    sign: current ? sign : "",
    check: own("check"),
    own,
  };
}

type Paid = {
  readonly amountPence: string;
  readonly vatRecoveredPence: string;
  readonly lines?: {
    netPence: string;
    vatPence: string;
    recoverablePence: string;
    subjectiveGroup: string | null;
    words: string;
  }[];
};

/** What is paid: typed as two amounts, or as the lines that make them up. */
export function paidOf(typed: Typed): Paid {
  const { invoice } = typed;
  const added = invoice === null ? null : addLines(invoice);
  if (invoice === null || added === null || !added.ok)
    return { amountPence: typed.text("amountPence"), vatRecoveredPence: typed.text("vatRecoveredPence") || "0" };
  const { bornePence, recoverablePence } = added.value;
  return {
    amountPence: String(bornePence),
    vatRecoveredPence: String(recoverablePence),
    lines: invoice.map((one) => ({
      netPence: String(one.netPence),
      vatPence: String(one.vatPence),
      recoverablePence: String(one.recoverablePence),
      subjectiveGroup: one.subjectiveGroup,
      words: one.words,
    })),
  };
}

/** Of a form that takes one amount or, asked for with ?by=lines, an invoice line by line. */
export function amountFields(words: FormWords, byLines: boolean): readonly FormField[] {
  if (byLines) return [];
  return [
    { kind: "money", name: "amountPence", label: words("paymentAmount"), hint: words("paymentAmountHint") },
    { kind: "money", name: "vatRecoveredPence", label: words("vat"), optional: true },
  ];
}

export function lineFields(language: Language, byLines: boolean): readonly FormField[] {
  const own = invoiceWords(language);
  return byLines ? [{ kind: "lines", name: "lines", label: own("lines"), hint: own("linesHint") }] : [];
}

/** The amounts of lines are refused beside the lines: there is no other box for them. */
export function faultsAtLines(byLines: boolean): Readonly<Record<string, string>> {
  return byLines ? { amountPence: "lines", vatRecoveredPence: "lines", vat_over_amount: "lines" } : {};
}

/** The same form the other way. */
export function otherWay(the: { readonly language: Language; readonly byLines: boolean; readonly href: string }) {
  const own = invoiceWords(the.language);
  const [path = "", query = ""] = the.href.split("?");
  const asked = new URLSearchParams(query);
  if (the.byLines) asked.delete("by");
  else asked.set("by", "lines");
  const text = asked.toString();
  return { text: own(the.byLines ? "asOne" : "byLines"), href: text === "" ? path : `${path}?${text}` };
}

/** The fields of the ledger's forms: what was typed, kept as typed; and what it means, or what is wrong with it. */
import type { FastifyRequest } from "fastify";
import { dayOf } from "../../../../lib/day.ts";
import type { Language } from "../../../../lib/language.ts";
import { parsePounds } from "../../../../lib/pence.ts";
import type { FormErrors } from "../../../visit.ts";
import { type CreditedLine, type CreditRow, creditAnchor, creditControls, readCredit } from "./credit-lines.ts";
import { type InvoiceLine, lineControls, readLines } from "./lines.ts";
import type { FormWords } from "./words.ts";

export type Item = { readonly value: string; readonly text: string; readonly hint?: string };
type Common = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** "later": not said to be optional, and asked for by the use case alone, so that a form sent again finds its answer. */
  readonly optional?: boolean | "later";
  /** Fields that few need stand together under these words, closed until one of them is filled in or wrong. */
  readonly group?: string;
};
export type FormField =
  | (Common & { readonly kind: "text" | "long" | "number" | "money" | "date" })
  | (Common & { readonly kind: "select" | "radios"; readonly items: readonly Item[] })
  | (Common & { readonly kind: "tick" })
  | (Common & { readonly kind: "shares"; readonly streams: readonly Item[] })
  | (Common & { readonly kind: "lines" })
  | (Common & { readonly kind: "credit"; readonly rows: readonly CreditRow[] });

/** As typed, by the name of the control. */
export type Values = Readonly<Record<string, string>>;
export type Fault = { readonly field: string; readonly anchor: string; readonly text: string };
export type Share = { readonly streamId: string; readonly amountPence: string };

export type Typed = {
  /** Text, a day as YYYY-MM-DD or money as whole pence; "" where nothing was typed. */
  readonly text: (name: string) => string;
  readonly maybe: (name: string) => string | null;
  readonly ticked: (name: string) => boolean;
  readonly lines: (name: string) => readonly string[];
  /** Null: by the pot's draw order. */
  readonly shares: readonly Share[] | null;
  /** The lines of an invoice; null where the form takes none. */
  readonly invoice: readonly InvoiceLine[] | null;
  /** The lines of a credit note; null where the form takes none. */
  readonly credited: readonly CreditedLine[] | null;
};

const DATE_PARTS = ["day", "month", "year"] as const;

export function controlsOf(field: FormField): readonly string[] {
  if (field.kind === "date") return DATE_PARTS.map((part) => `${field.name}-${part}`);
  if (field.kind === "shares") return [field.name, ...field.streams.map(({ value }) => `share-${value}`)];
  if (field.kind === "credit") return creditControls(field.rows);
  return [field.name];
}

export function valuesOf(request: FastifyRequest, fields: readonly FormField[]): Values {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const typed = (name: string): string => {
    const value = body[name];
    return typeof value === "string" ? value.slice(0, 20_000) : "";
  };
  const controls = (field: FormField) => (field.kind === "lines" ? lineControls(typed) : controlsOf(field));
  return Object.fromEntries(fields.flatMap(controls).map((name) => [name, typed(name)]));
}

/** A day as the three controls of its field. */
export function dayValues(name: string, day: string): Values {
  const [year = "", month = "", date = ""] = day.split("-");
  return { [`${name}-day`]: String(Number(date)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}

/** What was typed, read field by field in the order of the form. */
export function readFields(
  fields: readonly FormField[],
  the: { readonly values: Values; readonly words: FormWords; readonly language: Language },
): { readonly typed: Typed; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const meant = new Map<string, string>();
  let shares: readonly Share[] | null = null;
  let invoice: readonly InvoiceLine[] | null = null;
  let credited: readonly CreditedLine[] | null = null;
  for (const field of fields) {
    if (field.kind === "shares") {
      const own = readShares(field, the);
      shares = own.shares;
      faults.push(...own.faults);
      continue;
    }
    if (field.kind === "lines") {
      const own = readLines(the);
      invoice = own.invoice;
      faults.push(...own.faults);
      continue;
    }
    if (field.kind === "credit") {
      const own = readCredit({ ...the, rows: field.rows });
      credited = own.credited;
      faults.push(...own.faults);
      continue;
    }
    const read = readField(field, the);
    if (read.fault !== null) faults.push({ field: field.name, anchor: anchorOf(field), text: read.fault });
    meant.set(field.name, read.meant);
  }
  const text = (name: string): string => meant.get(name) ?? "";
  const typed: Typed = {
    text,
    maybe: (name) => (text(name) === "" ? null : text(name)),
    ticked: (name) => text(name) !== "",
    lines: (name) =>
      text(name)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ""),
    shares,
    invoice,
    credited,
  };
  return { typed, faults };
}

/** The control that a link of the error summary opens. */
export function anchorOf(field: FormField): string {
  if (field.kind === "lines") return "line1-net";
  if (field.kind === "credit") return creditAnchor(field.rows);
  return field.kind === "date" ? `${field.name}-day` : field.name;
}

type Setting = { readonly values: Values; readonly words: FormWords };

function readField(
  field: Exclude<FormField, { kind: "shares" | "lines" | "credit" }>,
  { values, words }: Setting,
): { readonly meant: string; readonly fault: string | null } {
  const { label } = field;
  const parts = controlsOf(field).map((name) => (values[name] ?? "").trim());
  const empty = parts.every((part) => part === "");
  if (empty) {
    const choice = field.kind === "select" || field.kind === "radios";
    const needed = field.kind !== "tick" && !field.optional;
    return { meant: "", fault: needed ? words(choice ? "choose" : "fillIn", { label }) : null };
  }
  const [first = ""] = parts;
  if (field.kind === "money") {
    const pence = parsePounds(first);
    return pence === null
      ? { meant: "", fault: words("amountWrong", { label }) }
      : { meant: String(pence), fault: null };
  }
  if (field.kind !== "date") return { meant: first, fault: null };
  const [date, month, year] = parts.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : 0));
  const day = dayOf({ year: year ?? 0, month: month ?? 0, day: date ?? 0 });
  return day === null ? { meant: "", fault: words("dateWrong", { label }) } : { meant: day, fault: null };
}

function readShares(
  field: Extract<FormField, { kind: "shares" }>,
  { values, words }: Setting,
): { readonly shares: readonly Share[] | null; readonly faults: readonly Fault[] } {
  if (values[field.name] !== "own") return { shares: null, faults: [] };
  const shares: Share[] = [];
  const faults: Fault[] = [];
  for (const { value, text } of field.streams) {
    const typed = (values[`share-${value}`] ?? "").trim();
    if (typed === "") continue;
    const pence = parsePounds(typed);
    const anchor = `share-${value}`;
    if (pence === null || pence < 0n)
      faults.push({ field: anchor, anchor, text: words("amountWrong", { label: text }) });
    else if (pence > 0n) shares.push({ streamId: value, amountPence: String(pence) });
  }
  if (shares.length === 0 && faults.length === 0)
    faults.push({ field: field.name, anchor: field.name, text: words("fillIn", { label: field.label }) });
  return { shares, faults };
}

export function errorsFrom(faults: readonly Fault[]): FormErrors {
  return {
    summary: faults.map(({ anchor, text }) => ({ text, href: `#${anchor}` })),
    byField: Object.fromEntries(faults.map(({ field, text }) => [field, { text }])),
  };
}

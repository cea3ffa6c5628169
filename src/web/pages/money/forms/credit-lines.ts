/**
 * A credit note by line on a form: of each line of the payment what is left, and boxes for what is credited of it. What comes back
 * to the pot is shown before anything is recorded, like what an invoice comes to (lines.ts).
 */
import { addCredited, bear } from "../../../../ledger/index.ts";
import type { Language } from "../../../../lib/language.ts";
import { formatPounds, parsePounds } from "../../../../lib/pence.ts";
import { invoiceTable } from "../invoice-table.ts";
import type { MoneyTable } from "../tables.ts";
import type { Fault, Values } from "./fields.ts";
import type { FormWords } from "./words.ts";
import { type CreditWords, creditWords } from "./words-credit.ts";

/** The parts of a line's controls, each with the name that the use case has for it. */
const COLUMNS = { net: "netPence", vat: "vatPence", recoverable: "recoverablePence" } as const;
type Column = keyof typeof COLUMNS;
const PARTS = Object.keys(COLUMNS) as readonly Column[];
/** What was shown as the sum of the lines: what is sent is recorded only as it was shown. */
const SHOWN = "credit-shown";

type Amounts = { readonly netPence: bigint; readonly vatPence: bigint; readonly recoverablePence: bigint };
/** A line of the payment, with what is left of it. */
export type CreditRow = Amounts & {
  readonly line: number;
  readonly words: string;
  readonly subjectiveGroup: string | null;
  readonly left: Amounts;
};
export type CreditedLine = Amounts & { readonly line: number };

const controlOf = (line: number, part: Column): string => `credit${line}-${part}`;
export const creditAnchor = (rows: readonly CreditRow[]): string => controlOf(rows[0]?.line ?? 1, "net");

/** All lines have their controls, those of which nothing is left too: a form that is sent again is then still the same. */
export function creditControls(rows: readonly CreditRow[]): readonly string[] {
  return [SHOWN, ...rows.flatMap(({ line }) => PARTS.map((part) => controlOf(line, part)))];
}

type Setting = {
  readonly rows: readonly CreditRow[];
  readonly values: Values;
  readonly words: FormWords;
  readonly language: Language;
};

function filledRows({ rows, values }: Pick<Setting, "rows" | "values">): readonly CreditRow[] {
  return rows.filter(({ line }) => PARTS.some((part) => (values[controlOf(line, part)] ?? "").trim() !== ""));
}

/** What was typed, line by line, and what is wrong with it. */
export function readCredit(setting: Setting): {
  readonly credited: readonly CreditedLine[];
  readonly faults: readonly Fault[];
} {
  const { rows, values, words, language } = setting;
  const own = creditWords(language);
  const faults: Fault[] = [];
  const fault = (control: string, text: string) => faults.push({ field: control, anchor: control, text });
  const filled = filledRows(setting);
  if (filled.length === 0) fault(creditAnchor(rows), own("nothingTyped"));
  const credited = filled.map(({ line, recoverablePence }): CreditedLine => {
    const typed = (part: Column) => (values[controlOf(line, part)] ?? "").trim();
    const [net = 0n, vat = 0n, recovered = 0n] = PARTS.map((part) => {
      const pence = typed(part) === "" ? 0n : parsePounds(typed(part));
      const label = own("labelOf", { number: line, label: own(part) });
      if (pence === null) fault(controlOf(line, part), words("amountWrong", { label }));
      return pence ?? 0n;
    });
    // Nought and "nobody thought of it" are not the same where some of the line's VAT was recovered.
    if (vat !== 0n && recoverablePence !== 0n && typed("recoverable") === "")
      fault(controlOf(line, "recoverable"), own("askRecovered", { number: line }));
    return { line, netPence: net, vatPence: vat, recoverablePence: recovered };
  });
  return { credited, faults };
}

/** Where a refusal belongs: "lines.1.vatPence" of what was sent, or the payment's line and the column at fault. */
export function creditControl(
  the: Pick<Setting, "rows" | "values">,
  refused: { readonly field: string; readonly refusal: object },
): string | null {
  const [, index, name] = /^lines\.(\d+)(?:\.(\w+))?/.exec(refused.field) ?? [];
  const known = refused.refusal as { readonly code?: unknown; readonly line?: unknown; readonly column?: unknown };
  const line = index === undefined ? known.line : filledRows(the)[Number(index)]?.line;
  if (typeof line !== "number" || !the.rows.some((row) => row.line === line)) return null;
  const column = known.code === "credit_leaves_recovered" ? "recoverablePence" : (name ?? known.column);
  return controlOf(line, PARTS.find((part) => COLUMNS[part] === column) ?? "net");
}

function signOf(credited: readonly CreditedLine[]): string {
  return credited.map((one) => `${one.line}:${one.netPence}/${one.vatPence}/${one.recoverablePence}`).join(" ");
}

/** The form with what comes back; null where that was shown already and nothing has changed since. */
export function showCreditSums(values: Values, credited: readonly CreditedLine[]): Values | null {
  const sign = signOf(credited);
  return values[SHOWN] === sign ? null : { ...values, [SHOWN]: sign };
}

export type ShownCredit = {
  readonly rows: readonly {
    readonly legend: string;
    readonly left: string;
    readonly boxes: readonly { readonly name: string; readonly label: string; readonly value: string }[];
  }[];
  /** What comes back; null where it is not asked for yet, or has changed since. */
  readonly sums: MoneyTable | null;
  readonly sign: string;
  /** On the button, until the sums were shown. */
  readonly check: string;
  readonly own: CreditWords;
};

export function presentCredit(setting: Setting): ShownCredit {
  const { rows, values, language } = setting;
  const own = creditWords(language);
  const { credited, faults } = readCredit(setting);
  const added = addCredited(credited);
  const sign = signOf(credited);
  const current = faults.length === 0 && added.ok && values[SHOWN] === sign;
  const sumRows = credited.map((one) => {
    const row = rows.find(({ line }) => line === one.line);
    return { ...bear(one), words: row?.words ?? "", subjectiveGroup: row?.subjectiveGroup ?? null };
  });
  return {
    rows: rows.map((row) => ({
      legend:
        row.words === ""
          ? own("lineNumber", { number: row.line })
          : own("lineOf", { number: row.line, words: row.words }),
      left: leftText(row, own),
      boxes: PARTS.map((part) => {
        const name = controlOf(row.line, part);
        return { name, label: own(part), value: values[name] ?? "" };
      }),
    })),
    sums: current
      ? invoiceTable(
          { lines: sumRows, total: added.value },
          { language, caption: own("sums"), labels: { recoverable: own("recoverable"), borne: own("back") } },
        )
      : null,
    sign: current ? sign : "",
    check: own("check"),
    own,
  };
}

function leftText({ left }: CreditRow, own: CreditWords): string {
  if (left.netPence === 0n && left.vatPence === 0n) return own("nothingLeft");
  return own("left", {
    net: formatPounds(left.netPence),
    vat: formatPounds(left.vatPence),
    recoverable: formatPounds(left.recoverablePence),
  });
}

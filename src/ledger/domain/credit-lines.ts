/**
 * The lines of a credit note. Each names the payment's line that it gives back; the pot gets back the net amount and the VAT that
 * nobody recovered, as it bore them (HMRC, VAT Government and Public Bodies manual, VATGPB6640). A line never gives back more than
 * is left of the payment's, in net, in VAT or in VAT recovered, and what is left of it is always a line that could have been paid.
 */
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { addLines, type Borne, bear, type LineAmounts, type LineNotRight, type LinesRefusal } from "./payment-lines.ts";

export type CreditLine = LineAmounts & {
  /** The number of the payment's line. */
  readonly line: number;
};

type NoteRefusal =
  | LineNotRight
  | Extract<LinesRefusal, { readonly code: "lines_do_not_sum" }>
  | { readonly code: "line_twice"; readonly line: number };

type FitRefusal =
  | { readonly code: "line_not_found"; readonly line: number }
  | {
      readonly code: "credit_over_line";
      readonly line: number;
      readonly column: keyof LineAmounts;
      readonly leftPence: Pence;
    }
  /** So much VAT would be credited that what is left was recovered without having been charged. */
  | { readonly code: "credit_leaves_recovered"; readonly line: number; readonly leastPence: Pence };

export type CreditRefusal = NoteRefusal | FitRefusal;

/** In the order in which they are looked at. */
const COLUMNS = ["netPence", "vatPence", "recoverablePence"] as const satisfies readonly (keyof LineAmounts)[];

/** What lines of a note come to together; refused with the payment's number of the first that is none. */
export function addCredited(lines: readonly CreditLine[]): Result<Borne, LineNotRight> {
  const added = addLines(lines);
  if (added.ok) return added;
  const { line, column } = added.refusal;
  return refuse({ code: "line_not_right", line: lines[line - 1]?.line ?? line, column });
}

/** Whether lines make up a note of this amount, whatever they are credited on. */
export function decideCreditLines(amountPence: Pence, lines: readonly CreditLine[]): Result<Borne, NoteRefusal> {
  const twice = lines.find(({ line }, index) => lines.findIndex((one) => one.line === line) < index);
  if (twice !== undefined) return refuse({ code: "line_twice", line: twice.line });
  const added = addCredited(lines);
  if (!added.ok) return added;
  const { bornePence } = added.value;
  return bornePence === amountPence ? added : refuse({ code: "lines_do_not_sum", sumPence: bornePence, amountPence });
}

type Left = { readonly left: LineAmounts & Borne };

/**
 * What is left of each line of a payment, and what was credited on it by one amount that no line can be given: of a payment of one
 * line without VAT one amount says all, of any other nobody knows which line it was of, and none is made up.
 */
export function leftOfLines<T extends CreditLine>(
  paid: readonly T[],
  before: { readonly credited: readonly CreditLine[]; readonly unsharedPence: Pence },
): { readonly lines: readonly (T & Left)[]; readonly unsharedPence: Pence } {
  const shared = saysAll(paid);
  const lines = paid.map((one) => {
    const back = before.credited.filter(({ line }) => line === one.line);
    const left = (column: keyof LineAmounts) => back.reduce((sum, each) => sum - each[column], one[column]);
    const netPence = left("netPence") - (shared ? before.unsharedPence : 0n);
    const vat = { vatPence: left("vatPence"), recoverablePence: left("recoverablePence") };
    return { ...one, left: bear({ netPence, ...vat }) };
  });
  return { lines, unsharedPence: shared ? 0n : before.unsharedPence };
}

/** Whether one amount says all that the lines of a payment do. */
export function saysAll(paid: readonly LineAmounts[]): boolean {
  return paid.length === 1 && paid.every(({ vatPence }) => vatPence === 0n);
}

/** Whether the lines of a note, each named once, fit into what is left of the payment's. */
export function fitCredit(
  lines: readonly CreditLine[],
  paid: readonly (CreditLine & Left)[],
): Result<null, FitRefusal> {
  for (const one of lines) {
    const { line } = one;
    const left = paid.find((each) => each.line === line)?.left;
    if (left === undefined) return refuse({ code: "line_not_found", line });
    const column = COLUMNS.find((name) => !within(one[name], left[name]));
    if (column !== undefined) return refuse({ code: "credit_over_line", line, column, leftPence: left[column] });
    const vatPence = left.vatPence - one.vatPence;
    if (!within(left.recoverablePence - one.recoverablePence, vatPence))
      return refuse({ code: "credit_leaves_recovered", line, leastPence: left.recoverablePence - vatPence });
  }
  return accept(null);
}

/** From nought to the limit, whichever sign that has. */
function within(pence: Pence, limit: Pence): boolean {
  return limit < 0n ? pence <= 0n && pence >= limit : pence >= 0n && pence <= limit;
}

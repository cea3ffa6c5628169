/**
 * The lines of a payment. The pot bears the net amount and the VAT that nobody recovers; what can be recovered depends on the
 * regime of the body that delivers (HMRC, VAT Government and Public Bodies manual, VATGPB6640: section 33 bodies recover the
 * VAT on their non-business activities, others do not).
 */
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";

export type LineAmounts = { readonly netPence: Pence; readonly vatPence: Pence; readonly recoverablePence: Pence };

export type PaymentLine = LineAmounts & { readonly subjectiveGroup: string | null; readonly words: string };

export type LineNotRight = {
  readonly code: "line_not_right";
  readonly line: number;
  /** Which of its amounts does not go with the others. */
  readonly column: "vatPence" | "recoverablePence";
};

export type LinesRefusal =
  | LineNotRight
  | { readonly code: "lines_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "lines_recover_another"; readonly sumPence: Pence; readonly amountPence: Pence };

type Amounts = { readonly amountPence: Pence; readonly vatRecoveredPence: Pence };

/** A line, or all of them together: what the invoice says, and what of it the pot bears. */
export type Borne = LineAmounts & { readonly grossPence: Pence; readonly bornePence: Pence };

/** Those given, where they make up the payment; without any, the one line that its two amounts say. */
export function decideLines(
  { amountPence, vatRecoveredPence }: Amounts,
  given: readonly PaymentLine[] | null,
): Result<readonly PaymentLine[], LinesRefusal> {
  if (given === null) return accept([oneLine({ amountPence, vatRecoveredPence })]);
  const added = addLines(given);
  if (!added.ok) return added;
  const { bornePence, recoverablePence } = added.value;
  if (bornePence !== amountPence) return refuse({ code: "lines_do_not_sum", sumPence: bornePence, amountPence });
  if (recoverablePence !== vatRecoveredPence)
    return refuse({ code: "lines_recover_another", sumPence: recoverablePence, amountPence: vatRecoveredPence });
  return accept(given);
}

/** What lines come to together; refused with the first that does not fit. */
export function addLines(lines: readonly LineAmounts[]): Result<Borne, LineNotRight> {
  for (const [index, line] of lines.entries()) {
    const column = wrongIn(line);
    if (column !== null) return refuse({ code: "line_not_right", line: index + 1, column });
  }
  return accept(
    bear({
      netPence: sum(lines, ({ netPence }) => netPence),
      vatPence: sum(lines, ({ vatPence }) => vatPence),
      recoverablePence: sum(lines, ({ recoverablePence }) => recoverablePence),
    }),
  );
}

/** A line with what it comes to and what of that the pot bears. */
export function bear<T extends LineAmounts>(line: T): T & Borne {
  const grossPence = line.netPence + line.vatPence;
  return { ...line, grossPence, bornePence: grossPence - line.recoverablePence };
}

/** What two amounts say: the pot bears the net amount, and all of the VAT is recovered. */
export function oneLine({ amountPence, vatRecoveredPence }: Amounts): PaymentLine {
  const vat = { vatPence: vatRecoveredPence, recoverablePence: vatRecoveredPence };
  return { netPence: amountPence, ...vat, subjectiveGroup: null, words: "" };
}

/** VAT has the sign of the net amount (of VAT alone: its own), and no more is recovered than was charged. */
function wrongIn({ netPence, vatPence, recoverablePence }: LineAmounts): LineNotRight["column"] | null {
  const credit = netPence < 0n || (netPence === 0n && vatPence < 0n);
  const [vat, recoverable] = credit ? [-vatPence, -recoverablePence] : [vatPence, recoverablePence];
  if (vat < 0n) return "vatPence";
  return recoverable >= 0n && vat >= recoverable ? null : "recoverablePence";
}

function sum<T>(lines: readonly T[], of: (line: T) => Pence): Pence {
  return lines.reduce((total, line) => total + of(line), 0n);
}

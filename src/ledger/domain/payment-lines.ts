/**
 * The lines of a payment. The pot bears the net amount and the VAT that nobody recovers; what can be recovered depends on the
 * regime of the body that delivers (HMRC, VAT Government and Public Bodies manual, VATGPB6640: section 33 bodies recover the
 * VAT on their non-business activities, others do not).
 */
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";

export type PaymentLine = {
  readonly netPence: Pence;
  readonly vatPence: Pence;
  readonly recoverablePence: Pence;
  readonly subjectiveGroup: string | null;
  readonly words: string;
};

export type LinesRefusal =
  | { readonly code: "line_not_right"; readonly line: number }
  | { readonly code: "lines_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "lines_recover_another"; readonly sumPence: Pence; readonly amountPence: Pence };

type Amounts = { readonly amountPence: Pence; readonly vatRecoveredPence: Pence };

/** Those given, where they make up the payment; without any, the one line that its two amounts say. */
export function decideLines(
  { amountPence, vatRecoveredPence }: Amounts,
  given: readonly PaymentLine[] | null,
): Result<readonly PaymentLine[], LinesRefusal> {
  if (given === null) return accept([oneLine({ amountPence, vatRecoveredPence })]);
  const wrong = given.findIndex((line) => !isRight(line));
  if (wrong >= 0) return refuse({ code: "line_not_right", line: wrong + 1 });
  const borne = sum(given, (line) => line.netPence + line.vatPence - line.recoverablePence);
  if (borne !== amountPence) return refuse({ code: "lines_do_not_sum", sumPence: borne, amountPence });
  const recovered = sum(given, (line) => line.recoverablePence);
  if (recovered !== vatRecoveredPence)
    return refuse({ code: "lines_recover_another", sumPence: recovered, amountPence: vatRecoveredPence });
  return accept(given);
}

/** What two amounts say: the pot bears the net amount, and all of the VAT is recovered. */
export function oneLine({ amountPence, vatRecoveredPence }: Amounts): PaymentLine {
  const vat = { vatPence: vatRecoveredPence, recoverablePence: vatRecoveredPence };
  return { netPence: amountPence, ...vat, subjectiveGroup: null, words: "" };
}

/** VAT has the sign of the net amount (of VAT alone: its own), and no more is recovered than was charged. */
function isRight({ netPence, vatPence, recoverablePence }: PaymentLine): boolean {
  const credit = netPence < 0n || (netPence === 0n && vatPence < 0n);
  const [vat, recoverable] = credit ? [-vatPence, -recoverablePence] : [vatPence, recoverablePence];
  return recoverable >= 0n && vat >= recoverable;
}

function sum(lines: readonly PaymentLine[], of: (line: PaymentLine) => Pence): Pence {
  return lines.reduce((total, line) => total + of(line), 0n);
}

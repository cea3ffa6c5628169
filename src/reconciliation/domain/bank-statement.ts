/** What a bank's own file says, whichever form it has: the account, the balances before and after, and its entries. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import type { ListingLine } from "./listing-line.ts";

export type BankStatement = {
  /** The last four digits of the account's number; null where the file does not name it. */
  readonly lastFour: string | null;
  /** What was held, as the bank says; null where the file has none. OFX has only the later one. */
  readonly openingPence: Pence | null;
  readonly closingPence: Pence | null;
  readonly closedOn: Day | null;
  readonly lines: readonly ListingLine[];
};

export type StatementFault =
  | { readonly code: "statement_not_read"; readonly part: string }
  | { readonly code: "statement_currency"; readonly currency: string }
  | {
      readonly code: "statement_unbalanced";
      readonly openingPence: Pence;
      readonly entriesPence: Pence;
      readonly closingPence: Pence;
    };

/** Opening and entries come to closing, or the file lacks something. Entries are costs, so they are taken off. */
export function checkBalances(
  statement: BankStatement,
): Extract<StatementFault, { code: "statement_unbalanced" }> | null {
  const { openingPence, closingPence, lines } = statement;
  if (openingPence === null || closingPence === null) return null;
  const entriesPence = -lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  return openingPence + entriesPence === closingPence
    ? null
    : { code: "statement_unbalanced", openingPence, entriesPence, closingPence };
}

export function lastFourOf(account: string): string | null {
  return /(\d{4})\s*$/.exec(account)?.[1] ?? null;
}

/** What stands between a form by lines and its record: lines that are none, or a sum that was not shown yet. */
import { addCredited, addLines } from "../../../../ledger/index.ts";
import { accept, type Result } from "../../../../lib/result.ts";
import { showCreditSums } from "./credit-lines.ts";
import type { Typed, Values } from "./fields.ts";
import { showSums } from "./lines.ts";

/** The form with its sums, to be shown first; null where there are none to show, or they were shown. */
export function sumsToShow(typed: Typed, values: Values): Result<Values | null> {
  const { invoice, credited } = typed;
  if (credited !== null) {
    const added = addCredited(credited);
    return added.ok ? accept(showCreditSums(values, credited)) : added;
  }
  if (invoice === null) return accept(null);
  const added = addLines(invoice);
  return added.ok ? accept(showSums(values, invoice)) : added;
}

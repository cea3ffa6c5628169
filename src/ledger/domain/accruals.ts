/**
 * The two lines of an accrual and of what takes it back. Cost moves to the period it belongs to (CIPFA, Code of Practice on
 * Local Authority Accounting, 2.1.2: the accruals basis); cash, and so the figures of a pot, does not move at all.
 */
import type { Pence } from "../../lib/pence.ts";

export type AccrualKind = "accrual" | "prepayment" | "debtor" | "receipt_in_advance";
type Line = { readonly account: "adjustment" | "creditor" | "prepaid" | "debtor"; readonly amountPence: Pence };

/** Of the balance sheet, and the sign with which the cost of the period changes. */
const SIDES = {
  accrual: ["creditor", 1n],
  prepayment: ["prepaid", -1n],
  debtor: ["debtor", -1n],
  receipt_in_advance: ["creditor", 1n],
} as const;

/** Received and not paid costs more; paid ahead costs less; owed to the pot costs less; received ahead costs more. */
export function accrualLines(kind: AccrualKind, amountPence: Pence): readonly [cost: Line, standing: Line] {
  const [account, sign] = SIDES[kind];
  return [
    { account: "adjustment", amountPence: sign * amountPence },
    { account, amountPence: -sign * amountPence },
  ];
}

/**
 * What it takes to take one back: its amount turned round, or as much as still stands under its reference; null where
 * nothing stands there any more.
 */
export function takesBack({ amountPence, standsPence }: { readonly amountPence: Pence; readonly standsPence: Pence }) {
  if (amountPence < 0n) return standsPence < 0n ? -max(amountPence, standsPence) : null;
  return standsPence > 0n ? -min(amountPence, standsPence) : null;
}

function min(a: Pence, b: Pence): Pence {
  return a < b ? a : b;
}

function max(a: Pence, b: Pence): Pence {
  return a > b ? a : b;
}

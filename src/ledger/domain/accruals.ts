/**
 * The two lines of an accrual and of what takes it back. Cost moves to the period it belongs to (CIPFA, Code of Practice on
 * Local Authority Accounting, 2.1.2: the accruals basis); cash, and so the figures of a pot, does not move at all.
 */
import type { Day } from "../../lib/day.ts";
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

type Standing = {
  readonly amountPence: Pence;
  readonly standsPence: Pence;
  readonly takesBackId: string | null;
  readonly takenBackById: string | null;
};

/**
 * What it takes to take one back: its amount turned round, or as much as still stands under its reference; null where
 * nothing stands there any more, where it is taken back, and of what takes back another.
 */
export function takesBack({ amountPence, standsPence, takesBackId, takenBackById }: Standing): Pence | null {
  if (takesBackId !== null || takenBackById !== null) return null;
  if (amountPence < 0n) return standsPence < 0n ? -max(amountPence, standsPence) : null;
  return standsPence > 0n ? -min(amountPence, standsPence) : null;
}

type Named = {
  readonly potId: string;
  readonly streamId: string;
  readonly kind: AccrualKind;
  readonly counterpartyId: string;
  readonly serviceId: string | null;
  readonly on: Day;
  readonly reference: string;
};
const NAMES = ["potId", "streamId", "kind", "counterpartyId", "serviceId", "on", "reference"] as const;

/** Whether one is another turned round: of the same debt in everything, so that nothing is left of it anywhere. */
export function isTurnedRound(one: Named & { readonly amountPence: Pence }, taken: Named & Standing): boolean {
  return one.amountPence === takesBack(taken) && NAMES.every((name) => one[name] === taken[name]);
}

function min(a: Pence, b: Pence): Pence {
  return a < b ? a : b;
}

function max(a: Pence, b: Pence): Pence {
  return a > b ? a : b;
}

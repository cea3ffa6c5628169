/**
 * What was paid elsewhere has happened and is recorded whole. What conditions and funds allow is paid from the commitment;
 * the rest stands against an account to resolve, an item for each stream whose conditions keep its money out, and one for
 * what is over the funds. The items and the shares sum to the payment.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import type { ConditionKind, Unmet } from "./conditions.ts";
import { drawUpTo, type Share, type Source, type Wanted } from "./draw.ts";

export type Reason =
  | {
      readonly kind: "condition";
      readonly stream: string;
      /** Whether the stream is capital money, for a condition of number 0. */
      readonly capital: boolean;
      readonly number: number;
      readonly condition: ConditionKind;
      readonly words: string;
    }
  /** Decimal text, as in JSON. */
  | { readonly kind: "overspent"; readonly amountPence: string }
  | { readonly kind: "no_commitment" };

export type Item = {
  /** The stream whose conditions were broken; null of money that no stream was meant to pay. */
  readonly streamId: string | null;
  readonly amountPence: Pence;
  readonly reasons: readonly Reason[];
};

/** Without a commitment nothing was set aside for it: all of it is to be resolved. */
export function splitPaidElsewhere(
  wanted: Wanted & { readonly committed: boolean },
  sources: readonly Source[],
): { readonly shares: readonly Share[]; readonly items: readonly Item[] } {
  if (!wanted.committed)
    return {
      shares: [],
      items: [{ streamId: null, amountPence: wanted.amountPence, reasons: [{ kind: "no_commitment" }] }],
    };
  const { shares, restPence, kept } = drawUpTo(wanted, sources);
  const items: Item[] = [];
  let left = restPence;
  for (const one of kept) {
    const amountPence = one.keptPence < left ? one.keptPence : left;
    if (amountPence === 0n) continue;
    left -= amountPence;
    items.push({ streamId: one.streamId, amountPence, reasons: one.unmet.map((unmet) => reasonOf(one, unmet)) });
  }
  if (left > 0n)
    items.push({
      streamId: null,
      amountPence: left,
      reasons: [{ kind: "overspent", amountPence: left.toString() }],
    });
  return { shares, items };
}

function reasonOf(of: { readonly stream: string; readonly capital: boolean }, unmet: Unmet): Reason {
  const { number, kind: condition, words } = unmet;
  return { kind: "condition", stream: of.stream, capital: of.capital, number, condition, words };
}

const MILLISECONDS_A_DAY = 86_400_000;
export const AGES = ["0-30", "31-60", "61-90", "over 90"] as const;
export type Age = (typeof AGES)[number];

/** How long an item has been open at the end of a day; nought on the day it arose. */
export function ageOf(arisenOn: Day, day: Day): { readonly daysOpen: number; readonly age: Age } {
  const daysOpen = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${arisenOn}T00:00:00Z`)) / MILLISECONDS_A_DAY;
  return { daysOpen, age: daysOpen <= 30 ? "0-30" : daysOpen <= 60 ? "31-60" : daysOpen <= 90 ? "61-90" : "over 90" };
}

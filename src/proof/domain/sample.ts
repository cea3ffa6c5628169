/**
 * Monetary unit sampling: each penny has the same chance to be drawn, so a payment's chance follows its value. The pennies
 * are laid in a row; the first drawn lies somewhere in the first interval, and one is drawn every interval after it. What
 * is as long as the interval is always drawn. Source: ISA 530, "Audit Sampling", Appendix 1 (value-weighted selection) and
 * Appendix 4 (monetary unit sampling, systematic selection); AICPA, "Audit Guide: Audit Sampling", chapter 6.
 *
 * What has the other sign can never be drawn from such a row: its pennies would shorten it. The guide's chapter 6 has items
 * of the other sign designed for apart; here credit notes are a population of their own, drawn by their size, with their
 * own interval and the same seed, so that payments are drawn as if there were none.
 */

import { below, splitMix64 } from "../../lib/generator.ts";
import type { Pence } from "../../lib/pence.ts";

export type SamplePlan = { readonly intervalPence: Pence; readonly startPence: Pence };

/** Null where there is nothing to draw from. The interval is rounded down, so that no fewer pennies are drawn than asked. */
export function planSample(the: {
  readonly totalPence: Pence;
  readonly items: number;
  readonly seed: bigint;
}): SamplePlan | null {
  if (the.totalPence <= 0n) return null;
  const whole = the.totalPence / BigInt(the.items);
  const intervalPence = whole > 0n ? whole : 1n;
  return { intervalPence, startPence: 1n + below(intervalPence, splitMix64(the.seed)) };
}

export type Drawn = { readonly pennies: bigint; readonly certain: boolean };

/** How many of its pennies are drawn, for an item that begins after `beforePence` in the row; null where none is. */
export function drawnOf(
  { intervalPence, startPence }: SamplePlan,
  item: { readonly beforePence: Pence; readonly amountPence: Pence },
): Drawn | null {
  const pennies =
    drawnUpTo(item.beforePence + item.amountPence, { intervalPence, startPence }) -
    drawnUpTo(item.beforePence, { intervalPence, startPence });
  return pennies === 0n ? null : { pennies, certain: item.amountPence >= intervalPence };
}

/** How many of the first pennies of the row are drawn. */
function drawnUpTo(pence: Pence, { intervalPence, startPence }: SamplePlan): bigint {
  return pence < startPence ? 0n : (pence - startPence) / intervalPence + 1n;
}

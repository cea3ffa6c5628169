/**
 * Which stream's money goes back when part of an amount is not used after all: the reverse of the order of drawing, so
 * that what was drawn last is given back first and the most restricted money stays where it was put to use.
 */
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Share } from "./draw.ts";

/** `drawn` in the order in which it was drawn. The parts sum to the amount, or there is not so much to give back. */
export function decideGiveBack(
  amountPence: Pence,
  drawn: readonly Share[],
): Result<readonly Share[], { readonly code: "insufficient_funds"; readonly availablePence: Pence }> {
  const shares: Share[] = [];
  let wanted = amountPence;
  for (const one of [...drawn].reverse()) {
    const part = one.amountPence < wanted ? one.amountPence : wanted;
    if (part <= 0n) continue;
    shares.push({ streamId: one.streamId, amountPence: part });
    wanted -= part;
  }
  return wanted === 0n ? accept(shares) : refuse({ code: "insufficient_funds", availablePence: amountPence - wanted });
}

/**
 * Which stream's money is used first. The most restricted goes first, so that money that can be used for anything is
 * kept longest: ring-fenced before free, then the earliest end, then the name, then the id.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";

/** Money of one stream that can be drawn on. */
export type Source = {
  readonly streamId: string;
  readonly stream: string;
  readonly ringFenced: boolean;
  readonly endsOn: Day;
  readonly availablePence: Pence;
};

export type Share = { readonly streamId: string; readonly amountPence: Pence };

export type DrawRefusal =
  | { readonly code: "shares_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "stream_twice"; readonly streamId: string }
  | { readonly code: "stream_not_in_pot"; readonly streamId: string }
  | { readonly code: "insufficient_funds"; readonly availablePence: Pence };

export function compareRestriction(a: Source, b: Source): number {
  if (a.ringFenced !== b.ringFenced) return a.ringFenced ? -1 : 1;
  if (a.endsOn !== b.endsOn) return a.endsOn < b.endsOn ? -1 : 1;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return a.streamId < b.streamId ? -1 : 1;
}

/** Shares that sum to the amount, in the order of the rule. Each is more than nought. */
export function decideDraw(amountPence: Pence, sources: readonly Source[]): Result<readonly Share[], DrawRefusal> {
  const shares: Share[] = [];
  let wanted = amountPence;
  for (const source of [...sources].sort(compareRestriction)) {
    const part = source.availablePence < wanted ? source.availablePence : wanted;
    if (part <= 0n) continue;
    shares.push({ streamId: source.streamId, amountPence: part });
    wanted -= part;
  }
  return wanted === 0n ? accept(shares) : refuse({ code: "insufficient_funds", availablePence: amountPence - wanted });
}

/** Shares given by whoever records them: checked, never changed. Whether there is enough of each is the database's to say. */
export function decideShares(
  the: { readonly amountPence: Pence; readonly shares: readonly Share[] },
  sources: readonly Source[],
): Result<readonly Share[], DrawRefusal> {
  const sumPence = the.shares.reduce((sum, share) => sum + share.amountPence, 0n);
  if (sumPence !== the.amountPence)
    return refuse({ code: "shares_do_not_sum", sumPence, amountPence: the.amountPence });
  const seen = new Set<string>();
  for (const { streamId } of the.shares) {
    if (seen.has(streamId)) return refuse({ code: "stream_twice", streamId });
    seen.add(streamId);
    if (!sources.some((source) => source.streamId === streamId)) return refuse({ code: "stream_not_in_pot", streamId });
  }
  return accept(the.shares);
}

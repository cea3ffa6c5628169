/**
 * What a journal must be before it is posted: its lines sum to nought, and to nought for each stream, so that each pound
 * stays attributed to the stream it came from.
 */
import type { Pence } from "../../lib/pence.ts";

export type JournalLine = { readonly accountId: string; readonly streamId: string | null; readonly amountPence: Pence };

export type JournalFault =
  | { readonly code: "unbalanced"; readonly sumPence: Pence }
  | { readonly code: "streams_mixed"; readonly streamId: string; readonly sumPence: Pence };

/** The first fault, in that order; null where there is none. */
export function faultOfJournal(lines: readonly JournalLine[]): JournalFault | null {
  const sumPence = lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  if (sumPence !== 0n) return { code: "unbalanced", sumPence };
  const byStream = new Map<string, Pence>();
  for (const { streamId, amountPence } of lines)
    byStream.set(streamId ?? "", (byStream.get(streamId ?? "") ?? 0n) + amountPence);
  for (const [streamId, sum] of [...byStream].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (sum !== 0n) return { code: "streams_mixed", streamId, sumPence: sum };
  return null;
}

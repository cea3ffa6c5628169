/** Setting money aside in accounts before it moves: it counts in every limit at once, and is let go by record. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type ReserveOutcome = {
  readonly outcome: "unknown_account" | "no_floor" | "insufficient_funds" | "already" | "reserved";
  readonly availablePence: Pence | null;
};

export async function reservePence(
  tx: Transaction,
  placeId: number,
  the: {
    readonly reservationId: string;
    readonly accountId: string;
    readonly recordId: string;
    readonly amountPence: Pence;
    readonly madeOn: Day;
    readonly endsOn: Day | null;
    readonly madeBy: string;
  },
): Promise<ReserveOutcome> {
  return tx.one(sql<ReserveOutcome>`
    select outcome, available_pence as "availablePence"
      from reserve_pence(${placeId}, ${the.reservationId}, ${the.accountId}, ${the.recordId}, ${the.amountPence}, ${the.madeOn},
        ${the.endsOn}, ${the.madeBy})`);
}

/** Lets go of all that is set aside for a record; gives how much that was. */
export async function endReservations(
  tx: Transaction,
  placeId: number,
  the: { readonly recordId: string; readonly how: "drawn" | "released" | "expired"; readonly on: Day },
): Promise<Pence> {
  const { freed } = await tx.one(sql<{ freed: Pence }>`
    select end_reservations(${placeId}, ${the.recordId}, ${the.how}, ${the.on}) as freed`);
  return freed;
}

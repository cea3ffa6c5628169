/** What was handed between a pot and its parts. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type Handover = {
  readonly handoverId: string;
  readonly potId: string;
  readonly toPotId: string;
  readonly amountPence: Pence;
  readonly movedOn: Day;
  readonly decidedBy: string;
  readonly power: string;
  readonly reason: string;
  readonly transferId: string;
};

export async function insertHandover(tx: Transaction, placeId: number, one: Handover): Promise<void> {
  await tx.run(
    held(
      "handover",
      sql`insert into handover (place_id, handover_id, pot_id, to_pot_id, amount_pence, moved_on, decided_by, power, reason, transfer_id)
        values (${placeId}, ${one.handoverId}, ${one.potId}, ${one.toPotId}, ${one.amountPence}, ${one.movedOn}, ${one.decidedBy},
          ${one.power}, ${one.reason}, ${one.transferId})`,
    ),
    1,
  );
}

export type ListedHandover = Omit<Handover, "potId" | "toPotId"> & {
  /** As the pot in hand sees it. */
  readonly way: "in" | "out";
  readonly otherId: string;
  readonly other: string;
  readonly otherWelsh: string | null;
  readonly otherSlug: string;
  readonly reversed: boolean;
};

/** Of one pot, as at the end of a day. */
export async function listHandovers(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string; readonly asAt: Day },
): Promise<readonly ListedHandover[]> {
  return tx.rows(sql<ListedHandover>`
    select h.handover_id as "handoverId", case when h.to_pot_id = ${the.potId} then 'in' else 'out' end as way,
           o.pot_id as "otherId", o.name as other, o.name_welsh as "otherWelsh", o.slug as "otherSlug",
           h.amount_pence as "amountPence", h.moved_on as "movedOn", h.decided_by as "decidedBy", h.power, h.reason,
           h.transfer_id as "transferId", exists (select from transfer r where r.place_id = h.place_id
             and r.reverses_id = h.transfer_id and r.effective_on <= ${the.asAt}) as reversed
      from handover h join pot o on o.place_id = h.place_id
        and o.pot_id = case when h.to_pot_id = ${the.potId} then h.pot_id else h.to_pot_id end
     where h.place_id = ${the.placeId} and ${the.potId}::uuid in (h.pot_id, h.to_pot_id) and h.moved_on <= ${the.asAt}
     order by h.moved_on, h.handover_id limit 2000`);
}

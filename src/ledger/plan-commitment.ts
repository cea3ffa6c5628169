/** What a commitment is planned with: the money that was set aside for it before, and the stages in which it is to be paid. */
import type { Day } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { type Refused, refuse } from "../lib/result.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import type { LedgerRefusal } from "./messages.ts";
import { findPrecommitment } from "./store/lifecycle.ts";
import { endReservations } from "./store/reservations.ts";

export type Plan = {
  readonly allocationId: string;
  readonly precommitmentId: string | null;
  readonly committedOn: Day;
  readonly amountPence: Pence;
  readonly stages: readonly { readonly amountPence: Pence }[];
};

/** Checks the plan, and lets go of what was set aside, which the commitment then draws. Nothing where all is well. */
export async function takePlan(ctx: PlaceContext, plan: Plan): Promise<Refused<LedgerRefusal> | null> {
  const { stages, amountPence, precommitmentId } = plan;
  const sumPence = stages.reduce((sum, stage) => sum + stage.amountPence, 0n);
  if (stages.length > 0 && sumPence !== amountPence)
    return refuse({ code: "stages_do_not_sum", sumPence, amountPence });
  if (precommitmentId === null) return null;
  const found = await findPrecommitment(ctx.tx, ctx.place.placeId, precommitmentId);
  if (found === null) return refuse({ code: "precommitment_not_found" });
  if (found.allocationId !== plan.allocationId) return refuse({ code: "another_allocation" });
  const freed = await endReservations(ctx.tx, ctx.place.placeId, {
    recordId: precommitmentId,
    how: "drawn",
    on: plan.committedOn,
  });
  return freed === 0n ? refuse({ code: "precommitment_ended" }) : null;
}

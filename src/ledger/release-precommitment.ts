/** Lets go of a pre-commitment: its money is free in the allocation again. */
import { z } from "zod";
import type { Pence } from "../lib/pence.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseArea } from "./posting.ts";
import { findPrecommitment } from "./store/lifecycle.ts";
import { endReservations } from "./store/reservations.ts";

export const releasePrecommitment = declarePlaceUseCase({
  name: "precommitment.release",
  summary: "Let go of a pre-commitment",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "precommitments/{precommitmentId}/release" },
  command: { words: "precommitment release", positional: ["precommitmentId"] },
  input: z.strictObject({ precommitmentId: field.id, reason: field.words(400) }),
  output: z.object({ precommitmentId: field.id, freedPence: field.penceText }),
  example: { precommitmentId: "0199c0de-0000-7000-8000-000000000014", reason: "No longer needed" },
  refusals: ledgerRefusals,
  audited: (value: { readonly precommitmentId: string; readonly freedPence: Pence }) => value.precommitmentId,
  handle: async (ctx, { precommitmentId }) => {
    const placeId = ctx.place.placeId;
    const found = await findPrecommitment(ctx.tx, placeId, precommitmentId);
    if (found === null) return refuse({ code: "precommitment_not_found" });
    const refused = refuseArea(ctx, found.areaId);
    if (refused) return refused;
    const freedPence = await endReservations(ctx.tx, placeId, {
      recordId: precommitmentId,
      how: "released",
      on: ctx.today,
    });
    return freedPence === 0n ? refuse({ code: "precommitment_ended" }) : accept({ precommitmentId, freedPence });
  },
});

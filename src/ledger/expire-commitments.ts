/**
 * Lets go of what commitments and pre-commitments still hold when their last day has passed: each goes back to its
 * allocation. Carried out when a finance officer asks; a commitment without a last day never expires.
 */
import { z } from "zod";
import type { Pence } from "../lib/pence.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { expiryAct } from "./acts/lifecycle.ts";
import { giveBack } from "./give-back.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseRecord } from "./posting.ts";
import { findDueCommitments, listPrecommitments } from "./store/lifecycle.ts";
import { endReservations } from "./store/reservations.ts";

const AT_ONCE = 200;

type Expired = {
  readonly released: readonly {
    readonly commitmentId: string;
    readonly transferId: string;
    readonly amountPence: Pence;
  }[];
  readonly precommitments: readonly string[];
  readonly more: boolean;
};

export const expireCommitments = declarePlaceUseCase({
  name: "commitment.expire",
  summary: "Release what commitments and pre-commitments hold after their last day",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "commitments/expire" },
  command: { words: "commitment expire" },
  input: z.strictObject({ reason: field.words(400).default("Its last day has passed") }),
  output: z.object({
    released: z.array(z.object({ commitmentId: field.id, transferId: field.id, amountPence: field.penceText })),
    precommitments: z.array(field.id),
    more: z.boolean().describe("More are due than are done at once: ask again"),
  }),
  example: {},
  refusals: ledgerRefusals,
  twoPeople: expiryAct,
  audited: ({ released, precommitments }: Expired) =>
    released.length + precommitments.length > 0 ? "commitments" : null,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const areaId = ctx.place.area?.areaId ?? null;
    const due = await findDueCommitments(ctx.tx, { placeId, before: ctx.today, limit: AT_ONCE });
    const released = [];
    for (const commitment of due) {
      if (refuseRecord(ctx, { day: ctx.today, pot: commitment })) continue;
      const given = await giveBack(
        { ...ctx, requestKey: null },
        {
          useCase: "commitment.expire",
          input,
          commitment,
          amountPence: null,
          on: ctx.today,
          how: "expired",
          reason: input.reason,
        },
      );
      if (!given.ok) return given;
      const { transferId, amountPence } = given.value;
      released.push({ commitmentId: commitment.commitmentId, transferId, amountPence });
    }
    const set = await listPrecommitments(ctx.tx, { placeId, areaId, potId: null, open: true, limit: 1000, skip: 0 });
    const over = set.filter(({ endsOn }) => endsOn !== null && endsOn < ctx.today);
    for (const { precommitmentId } of over)
      await endReservations(ctx.tx, placeId, { recordId: precommitmentId, how: "expired", on: ctx.today });
    const precommitments = over.map(({ precommitmentId }) => precommitmentId);
    return accept({ released, precommitments, more: due.length === AT_ONCE });
  },
});

/** Releases part or all of what a commitment still holds: it goes back to the allocation, what was drawn last first. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { releaseAct } from "./acts/lifecycle.ts";
import { giveBack } from "./give-back.ts";
import { sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { refuseRecord } from "./posting.ts";
import { findStandingCommitment } from "./store/lifecycle.ts";

export const releaseCommitment = declarePlaceUseCase({
  name: "commitment.release",
  summary: "Release part or all of what a commitment still holds",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "commitments/{commitmentId}/release" },
  command: { words: "commitment release", positional: ["commitmentId"] },
  input: z.strictObject({
    commitmentId: field.id,
    amountPence: field.positivePence.nullable().default(null).describe("Left out, all that is not yet paid"),
    releasedOn: field.day,
    reason: field.words(400),
  }),
  output: z.object({
    releaseId: field.id,
    transferId: field.id,
    amountPence: field.penceText,
    shares: sharesOut,
  }),
  example: {
    commitmentId: "0199c0de-0000-7000-8000-000000000006",
    amountPence: "100000",
    releasedOn: "2013-03-15",
    reason: "The last months were not ordered",
  },
  refusals: ledgerRefusals,
  twoPeople: releaseAct,
  audited: "ledger",
  handle: async (ctx, input) => {
    const commitment = await findStandingCommitment(ctx.tx, ctx.place.placeId, input.commitmentId);
    if (commitment === null) return refuse({ code: "commitment_not_found" });
    const refused = refuseRecord(ctx, { day: input.releasedOn, pot: commitment });
    if (refused) return refused;
    const { amountPence, releasedOn: on, reason } = input;
    const given = await giveBack(ctx, {
      useCase: "commitment.release",
      input,
      commitment,
      amountPence,
      on,
      how: "released",
      reason,
    });
    if (!given.ok) return given;
    const { recordId, transferId, shares } = given.value;
    return accept({ releaseId: recordId, transferId, amountPence: given.value.amountPence, shares });
  },
});

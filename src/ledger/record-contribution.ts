/** Records what a stream puts into a pot. A stream cannot give more than it has, in each book. */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { contributionAct } from "./acts/recordings.ts";
import { late } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { post, refuseArea, refuseRecord } from "./posting.ts";
import { openAccounts } from "./store/accounts.ts";
import { findPot } from "./store/pots.ts";
import { insertContribution } from "./store/records.ts";
import { findStream } from "./store/streams.ts";

export const recordContribution = declarePlaceUseCase({
  name: "contribution.record",
  summary: "Record a contribution from a stream to a pot",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "contributions" },
  command: { words: "contribution record" },
  input: z.strictObject({
    streamId: field.id,
    potId: field.id,
    amountPence: field.positivePence,
    madeOn: field.day,
    reference: field.text(100).default(""),
    late,
  }),
  output: z.object({ contributionId: field.id, transferId: field.id }),
  example: {
    streamId: "0199c0de-0000-7000-8000-000000000001",
    potId: "0199c0de-0000-7000-8000-000000000002",
    amountPence: "12000000",
    madeOn: "2012-05-10",
    reference: "CON-0003",
  },
  refusals: ledgerRefusals,
  audited: "ledger",
  twoPeople: contributionAct,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const stream = await findStream(ctx.tx, placeId, input.streamId);
    if (stream === null) return refuse({ code: "stream_not_found" });
    const pot = await findPot(ctx.tx, placeId, input.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const refused = refuseArea(ctx, stream.payerAreaId) ?? refuseRecord(ctx, { day: input.madeOn, pot });
    if (refused) return refused;
    const { streamId } = stream;
    const [from, to] = await openAccounts(ctx.tx, placeId, [
      {
        accountId: ctx.newId(),
        book: pot.book,
        kind: "stream",
        recordId: streamId,
        streamId,
        potId: null,
        floorPence: -stream.amountPence,
      },
      {
        accountId: ctx.newId(),
        book: pot.book,
        kind: "pot",
        recordId: pot.potId,
        streamId,
        potId: pot.potId,
        floorPence: 0n,
      },
    ]);
    const contributionId = ctx.newId();
    const posted = await post(ctx, {
      useCase: "contribution.record",
      input,
      kind: "contribution",
      book: pot.book,
      effectiveOn: input.madeOn,
      recordId: contributionId,
      words: stream.name,
      late: input.late,
      lines: [
        { accountId: must(from, "the stream has an account"), amountPence: -input.amountPence },
        { accountId: must(to, "the pot has an account"), amountPence: input.amountPence },
      ],
    });
    if (!posted.ok) return posted;
    const { transferId, recordId, fresh } = posted.value;
    if (fresh) await insertContribution(ctx.tx, placeId, { ...input, contributionId, transferId });
    return accept({ contributionId: recordId, transferId });
  },
});

/** Carries a commitment's money back to its allocation: by hand, or because its day has passed. */
import type { Day } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { compareRestriction } from "./domain/draw.ts";
import { decideGiveBack } from "./domain/give-back.ts";
import type { LedgerRefusal } from "./messages.ts";
import { move, type Posted } from "./posting.ts";
import { findSources } from "./store/accounts.ts";
import { type CommitmentRelease, type CommitmentStanding, insertRelease } from "./store/lifecycle.ts";

type Giving = {
  readonly useCase: string;
  readonly input: unknown;
  readonly commitment: CommitmentStanding;
  /** Null gives back all that is free. */
  readonly amountPence: Pence | null;
  readonly on: Day;
  readonly how: CommitmentRelease["how"];
  readonly reason: string;
  readonly yearEnd?: true;
};

export type GivenBack = Posted & { readonly amountPence: Pence };

export async function giveBack(ctx: PlaceContext, the: Giving): Promise<Result<GivenBack, LedgerRefusal>> {
  const placeId = ctx.place.placeId;
  const { commitment, on } = the;
  const from = { kind: "commitment" as const, recordId: commitment.commitmentId };
  const sources = await findSources(ctx.tx, { placeId, ...from, day: on });
  const drawn = [...sources]
    .sort(compareRestriction)
    .map(({ streamId, availablePence }) => ({ streamId, amountPence: availablePence }));
  const free = drawn.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const amountPence = the.amountPence ?? free;
  if (amountPence === 0n) return refuse({ code: "insufficient_funds", availablePence: 0n });
  const decided = decideGiveBack(amountPence, drawn);
  const releaseId = ctx.newId();
  const moved = await move(ctx, {
    useCase: the.useCase,
    input: the.input,
    kind: "release",
    book: commitment.book,
    effectiveOn: on,
    recordId: releaseId,
    words: `${commitment.supplier}: ${the.reason}`,
    amountPence,
    // Where there is not so much, the draw says by how much, and a repeated key still finds its transfer.
    shares: decided.ok ? decided.value : null,
    from,
    to: { kind: "allocation", recordId: commitment.allocationId },
    potId: commitment.potId,
    spending: null,
    ...(the.yearEnd && { yearEnd: true }),
  });
  if (!moved.ok) return moved;
  const { commitmentId, potId } = commitment;
  const { transferId, fresh } = moved.value;
  const release = { releaseId, commitmentId, potId, how: the.how, amountPence, releasedOn: on, reason: the.reason };
  if (fresh) await insertRelease(ctx.tx, placeId, { ...release, transferId });
  return accept({ ...moved.value, amountPence });
}

/** What would be done to real money between a pot and its part. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Accepted, accept } from "../../lib/result.ts";
import type { Act, PlaceContext } from "../../platform/use-case/index.ts";
import type { Share } from "../domain/draw.ts";
import { drawsOnCapital, findNames } from "../store/acts.ts";
import { findPot } from "../store/pots.ts";
import { drawnLine } from "./drawn.ts";
import { ACTS, amountLine, dayLine, line, lineIf, REAL } from "./lines.ts";

export async function handoverAct(
  ctx: PlaceContext,
  input: {
    readonly potId: string;
    readonly toPotId: string;
    readonly amountPence: Pence;
    readonly movedOn: Day;
    readonly decidedBy: string;
    readonly power: string;
    readonly reason: string;
    readonly shares: readonly Share[] | null;
  },
): Promise<Accepted<Act | null>> {
  const { placeId } = ctx.place;
  const { potId, amountPence, shares } = input;
  const pot = await findPot(ctx.tx, placeId, potId);
  if (pot === null || pot.book === "shadow") return accept(null);
  const streamIds = shares?.map(({ streamId }) => streamId) ?? null;
  const names = await findNames(ctx.tx, placeId, { potId, streamIds: streamIds ?? [] });
  const receiving = await findNames(ctx.tx, placeId, { potId: input.toPotId });
  return accept({
    act: "handover",
    potId,
    book: pot.book,
    areaId: pot.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "pot", recordId: potId, streamIds }),
    amountPence,
    shown: [
      line("act", ACTS.handover),
      ...lineIf("potGives", names.pot),
      ...lineIf("potReceives", receiving.pot),
      line("book", REAL),
      amountLine(amountPence),
      await drawnLine(ctx, { shares, names, potId, day: input.movedOn }),
      line("decidedBy", input.decidedBy),
      line("power", input.power),
      line("reason", input.reason),
      dayLine("day", input.movedOn),
    ],
  });
}

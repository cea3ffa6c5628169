/** One funding stream: its terms, its conditions, and each contribution it has made. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { asAt, conditionOut, contributionOut, streamOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listContributions } from "./store/lists.ts";
import { findConditions, listStreams } from "./store/streams.ts";

export const showStream = declarePlaceUseCase({
  name: "stream.show",
  summary: "Show a funding stream, its conditions and its contributions",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "streams/{streamId}" },
  command: { words: "stream show", positional: ["streamId"] },
  input: z.strictObject({ streamId: field.id, asAt }),
  output: z.object({
    asAt: z.string(),
    stream: z.object(streamOut),
    conditions: z.array(conditionOut),
    contributions: z.array(z.object(contributionOut)),
  }),
  example: { streamId: "0199c0de-0000-7000-8000-000000000001" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const day = input.asAt ?? ctx.today;
    const areaId = ctx.place.area?.areaId ?? null;
    const [stream] = await listStreams(ctx.tx, { placeId, areaId, streamId: input.streamId, asAt: day });
    if (stream === undefined) return refuse({ code: "stream_not_found" });
    const conditions = await findConditions(ctx.tx, placeId, input.streamId);
    const contributions = await listContributions(ctx.tx, {
      placeId,
      streamId: input.streamId,
      potId: null,
      asAt: day,
    });
    return accept({ asAt: day, stream, conditions, contributions });
  },
});

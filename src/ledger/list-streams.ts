/** The funding streams of a place, or of a council's or neighbourhood's part of it, with what each has given. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { asAt, streamOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listStreams as findStreams } from "./store/streams.ts";

export const listStreams = declarePlaceUseCase({
  name: "stream.list",
  summary: "List the funding streams",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "streams" },
  command: { words: "stream list" },
  input: z.strictObject({ asAt }),
  output: z.object({ asAt: z.string(), streams: z.array(z.object(streamOut)) }),
  example: { asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const day = input.asAt ?? ctx.today;
    const areaId = ctx.place.area?.areaId ?? null;
    const streams = await findStreams(ctx.tx, { placeId: ctx.place.placeId, areaId, streamId: null, asAt: day });
    return accept({ asAt: day, streams });
  },
});

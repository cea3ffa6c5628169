/** Ends a code on a day; what was recorded until then stays under it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { endMapping, listMappings } from "./store/codes.ts";

export const endCode = declarePlaceUseCase({
  name: "code.end",
  summary: "End a code on a day",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "codes/end" },
  command: { words: "code end" },
  input: z.strictObject({ mappingId: field.id, endsOn: field.day }),
  output: z.object({ mappingId: field.id }),
  example: { mappingId: "0199c0de-0000-7000-8000-000000000014", endsOn: "2013-03-31" },
  refusals: reconciliationRefusals,
  audited: (value: { readonly mappingId: string }) => value.mappingId,
  handle: async (ctx, { mappingId, endsOn }) => {
    const { placeId } = ctx.place;
    const all = await listMappings(ctx.tx, { placeId, bodyId: null, potId: null });
    const found = all.find((one) => one.mappingId === mappingId);
    if (found === undefined || found.endsOn !== null) return refuse({ code: "code_not_found" });
    if (endsOn < found.startsOn) return refuse({ code: "ends_before_start" });
    const reached = await reachToKeep(ctx, found);
    if (!reached.ok) return reached;
    const ended = await endMapping(ctx.tx, { placeId, mappingId, endsOn });
    return ended ? accept({ mappingId }) : refuse({ code: "code_not_found" });
  },
});

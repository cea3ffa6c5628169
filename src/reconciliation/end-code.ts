/** Ends a code on a day; what was recorded until then stays under it. */
import { z } from "zod";
import type { Day } from "../lib/day.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import type { Mapping } from "./domain/codes.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
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
    const all = await listMappings(ctx.tx, { placeId: ctx.place.placeId, bodyId: null, potId: null });
    const found = all.find((one) => one.mappingId === mappingId);
    if (found === undefined) return refuse({ code: "code_not_found" });
    const refusal = await endMappingOn(ctx, { mapping: found, endsOn });
    return refusal === null ? accept({ mappingId }) : refuse(refusal);
  },
});

/** The same for a code of a file. */
export async function endMappingOn(
  ctx: PlaceContext,
  { mapping, endsOn }: { readonly mapping: Mapping; readonly endsOn: Day },
): Promise<ReconciliationRefusal | null> {
  if (mapping.endsOn !== null) return { code: "code_not_found" };
  if (endsOn < mapping.startsOn) return { code: "ends_before_start" };
  const reached = await reachToKeep(ctx, mapping);
  if (!reached.ok) return reached.refusal;
  const { mappingId } = mapping;
  const ended = await endMapping(ctx.tx, { placeId: ctx.place.placeId, mappingId, endsOn });
  return ended ? null : { code: "code_not_found" };
}

/** The codes of each body, in the columns in which they are also taken in. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { listMappings } from "./store/codes.ts";

export const listCodes = declarePlaceUseCase({
  name: "code.list",
  summary: "List the codes to which pots, allocations and services are mapped",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "codes" },
  command: { words: "code list" },
  input: z.strictObject({ bodyId: field.id.nullable().default(null), potId: field.id.nullable().default(null) }),
  output: z.object({
    codes: z.array(
      z.object({
        mappingId: field.id,
        bodyId: field.id,
        body: z.string(),
        potId: field.id,
        pot: z.string(),
        allocationId: field.id.nullable(),
        allocation: z.string().nullable(),
        serviceId: field.id.nullable(),
        service: z.string().nullable(),
        costCentre: z.string(),
        subjective: z.string(),
        project: z.string(),
        subjectiveGroup: z.number(),
        startsOn: z.string(),
        endsOn: z.string().nullable(),
      }),
    ),
  }),
  example: {},
  refusals: reconciliationRefusals,
  handle: async (ctx, input) => {
    const { placeId, area } = ctx.place;
    return accept({ codes: await listMappings(ctx.tx, { placeId, areaId: area?.areaId ?? null, ...input }) });
  },
});

/** Says under which of a body's codes a pot's records stand, from a day on: all of them, an allocation's, a service's. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { type Mapping, ties } from "./domain/codes.ts";
import { EXAMPLE_SIDE } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { nextNumber } from "./store/books.ts";
import { findCoded, insertMappings, listMappings } from "./store/codes.ts";

export const codeShape = {
  bodyId: field.id,
  potId: field.id,
  allocationId: field.id.nullable().default(null).describe("Only this allocation; left out, any"),
  serviceId: field.id.nullable().default(null).describe("Only this service; left out, any"),
  costCentre: field.text(60).default(""),
  subjective: field.text(60).default("").describe("The account (subjective) code"),
  project: field.text(60).default(""),
  subjectiveGroup: z.coerce.number().int().min(1).max(10).describe("CIPFA's subjective group, 1 to 10"),
  startsOn: field.day,
  endsOn: field.day.nullable().default(null),
};

type NewCode = Omit<Mapping, "mappingId">;

export const mapCode = declarePlaceUseCase({
  name: "code.map",
  summary: "Map a pot's accounts to a body's cost centre, subjective code or project",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "codes" },
  command: { words: "code map" },
  input: z.strictObject(codeShape),
  output: z.object({ mappingId: field.id }),
  example: {
    ...EXAMPLE_SIDE,
    costCentre: "4471",
    subjective: "41100",
    subjectiveGroup: 4,
    startsOn: "2013-04-01",
    endsOn: "2014-03-31",
  },
  refusals: reconciliationRefusals,
  audited: (value: { readonly mappingId: string }) => value.mappingId,
  handle: async (ctx, input): Promise<Result<{ readonly mappingId: string }, ReconciliationRefusal>> => {
    const { made, refused } = await keepCodes(ctx, [input]);
    const [fault] = refused;
    return fault ? refuse(fault.refusal) : accept({ mappingId: made[0]?.mappingId ?? "" });
  },
});

export type CodeRefused = { readonly at: number; readonly refusal: ReconciliationRefusal };
type Kept = { readonly made: readonly Mapping[]; readonly refused: readonly CodeRefused[] };

/** All of them or none; each is held against those that are there and those before it. */
export async function keepCodes(ctx: PlaceContext, codes: readonly NewCode[]): Promise<Kept> {
  const { placeId } = ctx.place;
  // One after another: two that tie must not be entered at the same moment.
  await nextNumber(ctx.tx, placeId, "codes");
  const there: Mapping[] = [...(await listMappings(ctx.tx, { placeId, bodyId: null, potId: null }))];
  const made: Mapping[] = [];
  const refused: CodeRefused[] = [];
  for (const [at, code] of codes.entries()) {
    const refusal = await refuseCode(ctx, { code, there });
    const mapping = { ...code, mappingId: ctx.newId() };
    if (refusal === null) made.push(mapping);
    else refused.push({ at, refusal });
    there.push(mapping);
  }
  if (refused.length === 0) await insertMappings(ctx.tx, placeId, { mappings: made, madeBy: ctx.mark });
  return { made, refused };
}

async function refuseCode(
  ctx: PlaceContext,
  { code, there }: { readonly code: NewCode; readonly there: readonly Mapping[] },
): Promise<ReconciliationRefusal | null> {
  if (code.endsOn !== null && code.endsOn < code.startsOn) return { code: "ends_before_start" };
  if (code.costCentre === "" && code.subjective === "" && code.project === "") return { code: "code_empty" };
  const reached = await reachToKeep(ctx, code);
  if (!reached.ok) return reached.refusal;
  const coded = await findCoded(ctx.tx, { placeId: ctx.place.placeId, ...code });
  if (!coded.allocation) return { code: "allocation_not_found" };
  if (!coded.service) return { code: "service_not_found" };
  return there.some((one) => ties(one, code)) ? { code: "code_overlaps" } : null;
}

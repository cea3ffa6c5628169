/** A person accepts that lines of the listing are records of ours: suggested or chosen by hand, agreeing to the penny. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { type Asked, gather } from "./gather.ts";
import { EXAMPLE_SIDE, sideShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { insertMatch } from "./store/matches.ts";
import { makeSuggestions } from "./suggest.ts";

const MOST_TOGETHER = 200;
const ids = z.array(field.id).max(MOST_TOGETHER);

export const acceptMatch = declarePlaceUseCase({
  name: "match.accept",
  summary: "Accept that lines of a listing are these records",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/matches" },
  command: { words: "reconciliation accept" },
  input: z.strictObject({ ...sideShape, lineIds: ids, recordIds: ids }),
  output: z.object({ matchId: field.id, amountPence: field.penceText }),
  example: {
    ...EXAMPLE_SIDE,
    lineIds: ["0199c0de-0000-7000-8000-000000000011"],
    recordIds: ["0199c0de-0000-7000-8000-000000000007"],
  },
  refusals: reconciliationRefusals,
  audited: (value: { readonly matchId: string; readonly amountPence: bigint }) => value.matchId,
  handle: async (ctx, { lineIds, recordIds, ...side }) => {
    const reached = await reachToKeep(ctx, side);
    if (!reached.ok) return reached;
    return keepMatch(ctx, {
      ...side,
      to: ctx.today,
      lineIds: [...new Set(lineIds)],
      recordIds: [...new Set(recordIds)],
    });
  },
});

type ToKeep = Asked & { readonly lineIds: readonly string[]; readonly recordIds: readonly string[] };
type Kept = { readonly matchId: string; readonly amountPence: bigint };

/** Kept with the reasons of the suggestion it was, or as chosen by hand. */
export async function keepMatch(ctx: PlaceContext, the: ToKeep): Promise<Result<Kept, ReconciliationRefusal>> {
  const { lineIds, recordIds } = the;
  if (recordIds.length === 0 || (lineIds.length === 0 && recordIds.length < 2)) return refuse({ code: "match_empty" });
  const { lines, records } = await gatherChosen(ctx, the);
  if (lines.length < lineIds.length) return refuse({ code: "line_not_found" });
  if (records.length < recordIds.length) return refuse({ code: "record_not_found" });
  if ([...lines, ...records].some(({ matchId }) => matchId !== null)) return refuse({ code: "already_matched" });
  const sum = (of: readonly { readonly amountPence: bigint }[]) =>
    of.reduce((total, { amountPence }) => total + amountPence, 0n);
  const [linesPence, recordsPence] = [sum(lines), sum(records)];
  if (linesPence !== recordsPence) return refuse({ code: "sums_differ", linesPence, recordsPence });
  const suggested = await findSuggestion(ctx, the);
  const matchId = ctx.newId();
  const { bodyId, potId, source } = the;
  const kind = suggested?.kind ?? "by_hand";
  const strength = suggested?.strength ?? "by_hand";
  const reasons = suggested?.reasons ?? ["chosen by hand"];
  const match = {
    matchId,
    bodyId,
    potId,
    source,
    kind,
    strength,
    reasons,
    amountPence: recordsPence,
    acceptedBy: ctx.mark,
  };
  const kept = await insertMatch(ctx.tx, ctx.place.placeId, { ...match, lineIds, records });
  return kept ? accept({ matchId, amountPence: recordsPence }) : refuse({ code: "already_matched" });
}

async function gatherChosen(ctx: PlaceContext, the: ToKeep) {
  const sides = await gather(ctx, the);
  const [lineIds, recordIds] = [new Set(the.lineIds), new Set(the.recordIds)];
  return {
    lines: sides.lines.filter(({ lineId }) => lineIds.has(lineId)),
    records: sides.records.filter(({ recordId }) => recordIds.has(recordId)),
  };
}

async function findSuggestion(ctx: PlaceContext, the: ToKeep) {
  const { suggestions } = await makeSuggestions(ctx, the);
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((id) => b.includes(id));
  return suggestions.find((one) => same(one.lineIds, the.lineIds) && same(one.recordIds, the.recordIds));
}

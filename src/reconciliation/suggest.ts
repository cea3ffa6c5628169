/** What could be matched: the lines and records that wait, and suggestions with their reasons. */
import { z } from "zod";
import { accept, type Result } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { type MatchLine, type MatchRecord, type Suggestion, suggestMatches } from "./domain/match.ts";
import { explainReason } from "./domain/words.ts";
import { type Asked, openSides } from "./gather.ts";
import { EXAMPLE_SIDE, lineOut, recordOut, sideShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reach } from "./reach.ts";
import type { LineRow } from "./store/lines.ts";

export type SuggestionTold = Omit<Suggestion, "reasons"> & {
  readonly reasons: readonly string[];
  readonly amountPence: bigint;
  /** A request is paid when its line is accepted. */
  readonly request: boolean;
};

export type Suggestions = {
  readonly body: string;
  readonly pot: string;
  readonly coded: boolean;
  readonly lines: readonly LineRow[];
  readonly records: readonly Omit<MatchRecord, "code" | "reverses">[];
  readonly suggestions: readonly SuggestionTold[];
  readonly notTried: readonly string[];
};

export const suggest = declarePlaceUseCase({
  name: "reconciliation.suggest",
  summary: "What waits to be matched, with suggestions and their reasons",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/suggestions" },
  command: { words: "reconciliation suggest" },
  input: z.strictObject({
    ...sideShape,
    to: field.day.nullable().default(null).describe("To the end of this day; left out, today"),
  }),
  output: z.object({
    body: z.string(),
    pot: z.string(),
    coded: z.boolean().describe("Whether the body has codes here; without them all of its lines are shown"),
    lines: z.array(lineOut),
    records: z.array(recordOut),
    suggestions: z.array(
      z.object({
        kind: z.enum(["one_to_one", "one_to_many", "many_to_one", "contra"]),
        strength: z.enum(["certain", "likely", "possible"]),
        amountPence: field.penceText,
        request: z.boolean(),
        lineIds: z.array(field.id),
        recordIds: z.array(field.id),
        reasons: z.array(z.string()),
      }),
    ),
    notTried: z.array(field.id).describe("Lines and records with too many candidates to try"),
  }),
  example: EXAMPLE_SIDE,
  refusals: reconciliationRefusals,
  handle: async (ctx, { to, ...side }): Promise<Result<Suggestions, ReconciliationRefusal>> => {
    const reached = await reach(ctx, side);
    if (!reached.ok) return reached;
    const made = await makeSuggestions(ctx, { ...side, to: to ?? ctx.today });
    const records = made.records.map(({ recordId, kind, day, amountPence, reference, supplier }) => ({
      ...{ recordId, kind, day, amountPence, reference, supplier },
    }));
    return accept({ body: reached.value.body, pot: reached.value.pot.name, ...made, records });
  },
});

export async function makeSuggestions(ctx: PlaceContext, the: Asked): Promise<Omit<Suggestions, "body" | "pot">> {
  const { lines, records, waiting, coded } = await openSides(ctx, the);
  const ours = [...records.map((one): MatchRecord => one), ...waiting];
  const { suggestions, notTried } = suggestMatches(lines as readonly MatchLine[], ours);
  const isRequest = new Set(waiting.map(({ recordId }) => recordId));
  const amountOf = new Map(ours.map((one) => [one.recordId, one.amountPence]));
  const told = suggestions
    // A request is paid by one line: a run of several is matched once its payments are recorded.
    .filter((one) => one.kind === "one_to_one" || !one.recordIds.some((id) => isRequest.has(id)))
    .map((one) => ({
      ...one,
      reasons: one.reasons.map(explainReason),
      amountPence: one.recordIds.reduce((sum, id) => sum + (amountOf.get(id) ?? 0n), 0n),
      request: one.recordIds.some((id) => isRequest.has(id)),
    }));
  return { lines, records: ours, suggestions: told, notTried, coded };
}

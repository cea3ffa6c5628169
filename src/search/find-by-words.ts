/** The search of a place: every record a reader may see in which all the words are found, grouped by kind. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { type Permission, permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { worksHere } from "../records/index.ts";
import { patternsOf } from "./domain/folding.ts";
import { searchRefusals } from "./messages.ts";
import { findByWords, MOST_FOUND } from "./store/find.ts";
import { type FoundKind, type FoundRow, KINDS } from "./store/parts.ts";

const result = z.object({
  kind: z.enum(KINDS),
  recordId: z.string().describe("The record's id; of a supplier its name, as published"),
  title: z.string(),
  titleWelsh: z.string().nullable(),
  sub: z.string(),
  amountPence: field.penceText.nullable(),
  date: z.string().nullable(),
  slug: z.string().nullable(),
  about: z.string().nullable().describe("The record that a document or a question is about"),
});
const group = z.object({
  kind: z.enum(KINDS),
  results: z.array(result),
  more: z.number().describe("How many more there are"),
  countedAll: z.boolean().describe(`False where there are ${MOST_FOUND} or more`),
});

/** What not everyone may read is searched for those who may. */
const FOR_READERS: Readonly<Partial<Record<FoundKind, Permission>>> = {
  resolve_item: "ledger.read",
  precommitment: "ledger.read",
  approval: "approval.read",
  payment_request: "reconciliation.read",
  code: "reconciliation.read",
  agreement: "sharing.read_all",
};

export type SearchResult = Omit<FoundRow, "total"> & { readonly kind: FoundKind };
export type SearchGroup = {
  readonly kind: FoundKind;
  readonly results: readonly SearchResult[];
  readonly more: number;
  readonly countedAll: boolean;
};

export const searchPlace = declarePlaceUseCase({
  name: "search.find",
  summary: "Search the place by words",
  permission: "place.read",
  changes: false,
  route: { method: "get", path: "search" },
  command: { words: "search", positional: ["words"] },
  input: z.strictObject({
    words: field
      .words(100)
      .min(2, said({ en: "Enter two letters or more", cy: "Rhowch ddwy lythyren neu fwy" }))
      .describe("Words that must all be found"),
  }),
  output: z.object({ words: z.string(), groups: z.array(group) }),
  example: { words: "family support" },
  refusals: searchRefusals,
  handle: async (ctx, { words }) => {
    const sought = {
      placeId: ctx.place.placeId,
      areaId: ctx.place.area?.areaId ?? null,
      patterns: patternsOf(words),
      inside: worksHere(ctx.actor),
    };
    const groups: SearchGroup[] = [];
    for (const kind of KINDS) {
      const needed = FOR_READERS[kind];
      if (needed !== undefined && !permits(ctx.actor, needed, sought.areaId)) continue;
      const rows = await findByWords(ctx.tx, kind, sought);
      const total = rows[0]?.total ?? 0;
      const results = rows.map(({ total: _, ...row }) => ({ ...row, kind }));
      if (total > 0) groups.push({ kind, results, more: total - rows.length, countedAll: total < MOST_FOUND });
    }
    return accept({ words, groups });
  },
});

/** What is not matched yet, in both directions, by how long it has waited. Real and shadow pots are never in one sum. */
import { z } from "zod";
import { accept, type Result } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { AGES, type Age, ageOf } from "./domain/statement.ts";
import { gather } from "./gather.ts";
import { EXAMPLE_SIDE, sideShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reach } from "./reach.ts";

export type Unmatched = {
  readonly side: "listing" | "onepot";
  readonly id: string;
  readonly day: string;
  readonly days: number;
  readonly age: Age;
  readonly amountPence: bigint;
  readonly what: string;
  readonly supplier: string;
  readonly reference: string;
};
export type UnmatchedList = {
  readonly body: string;
  readonly pot: string;
  readonly book: "real" | "shadow";
  readonly asAt: string;
  readonly items: readonly Unmatched[];
  readonly sums: readonly {
    readonly side: Unmatched["side"];
    readonly age: Age;
    readonly count: number;
    readonly amountPence: bigint;
  }[];
};

const SIDES = ["listing", "onepot"] as const;

export const listUnmatched = declarePlaceUseCase({
  name: "reconciliation.unmatched",
  summary: "List what is not matched, by age, in the listing and in Onepot",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/unmatched" },
  command: { words: "reconciliation unmatched" },
  input: z.strictObject({
    ...sideShape,
    asAt: field.day.nullable().default(null).describe("As at the end of this day; left out, today"),
    side: z.enum(SIDES).nullable().default(null),
    age: z.enum(AGES).nullable().default(null),
  }),
  output: z.object({
    body: z.string(),
    pot: z.string(),
    book: z.enum(["real", "shadow"]),
    asAt: z.string(),
    items: z.array(
      z.object({
        side: z.enum(SIDES),
        id: field.id,
        day: z.string(),
        days: z.number(),
        age: z.enum(AGES),
        amountPence: field.penceText,
        what: z.string(),
        supplier: z.string(),
        reference: z.string(),
      }),
    ),
    sums: z.array(
      z.object({ side: z.enum(SIDES), age: z.enum(AGES), count: z.number(), amountPence: field.penceText }),
    ),
  }),
  example: EXAMPLE_SIDE,
  refusals: reconciliationRefusals,
  handle: async (ctx, { asAt, side, age, ...the }): Promise<Result<UnmatchedList, ReconciliationRefusal>> => {
    const reached = await reach(ctx, the);
    if (!reached.ok) return reached;
    const day = asAt ?? ctx.today;
    const { lines, records } = await gather(ctx, { ...the, to: day });
    const waiting = <T extends { readonly matchId: string | null }>(of: readonly T[]) =>
      of.filter(({ matchId }) => matchId === null);
    const all: readonly Unmatched[] = [
      ...waiting(lines).map(({ lineId, postedOn, amountPence, document, supplier, reference }) => ({
        ...{ side: "listing" as const, id: lineId, day: postedOn, ...ageOf(postedOn, day) },
        ...{ amountPence, what: document, supplier, reference },
      })),
      ...waiting(records).map(({ recordId, kind, day: on, amountPence, supplier, reference }) => ({
        ...{ side: "onepot" as const, id: recordId, day: on, ...ageOf(on, day) },
        ...{ amountPence, what: kind, supplier, reference },
      })),
    ];
    const sums = SIDES.flatMap((one) =>
      AGES.map((band) => {
        const of = all.filter((item) => item.side === one && item.age === band);
        return {
          side: one,
          age: band,
          count: of.length,
          amountPence: of.reduce((sum, { amountPence }) => sum + amountPence, 0n),
        };
      }),
    );
    const items = all
      .filter((item) => (side === null || item.side === side) && (age === null || item.age === age))
      .sort((a, b) => b.days - a.days || (a.id < b.id ? -1 : 1));
    const { body, pot } = reached.value;
    return accept({ body, pot: pot.name, book: pot.book, asAt: day, items, sums });
  },
});

/** Who made which entries: counts and sums by person and book, with plain facts about when and how round they are. */
import { z } from "zod";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { BOOKS, type Book } from "./domain/books.ts";
import { type Unusual, unusualOf } from "./domain/unusual.ts";
import { type ProofRefusal, proofRefusals } from "./messages.ts";
import { countChanges, listMade, type Made, readMade } from "./store/makers.ts";

export const ENTRIES_A_PAGE = 200;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
/** Of one listing: more are asked for in fewer days at a time. */
const MOST_COUNTED = 1_000_000;

export type MakerSum = {
  readonly madeBy: string;
  readonly book: Book;
  readonly transfers: number;
  readonly sumPence: Pence;
  readonly weekend: number;
  readonly night: number;
  readonly round: number;
};
export type MadeEntry = Made & Unusual;
export type ByPerson = {
  readonly makers: readonly MakerSum[];
  readonly changes: readonly { readonly madeBy: string; readonly changes: number }[];
  /** Those of the one person asked for; none where nobody was. */
  readonly entries: readonly MadeEntry[];
  readonly more: boolean;
};

const facts = { weekend: z.boolean(), night: z.boolean(), round: z.boolean() };

export const listByPerson = declarePlaceUseCase({
  name: "audit.by_person",
  summary: "List who made which entries, with counts, sums and plain facts",
  permission: "audit.read",
  changes: false,
  route: { method: "get", path: "audit/people" },
  command: { words: "audit people" },
  input: z.strictObject({
    from: field.day.describe("The first day on which an entry was made, by London's calendar"),
    to: field.day,
    madeBy: field.words(80).nullable().default(null).describe("The mark of one person, for example operator"),
    after: field.id.nullable().default(null).describe("The last transfer of the page before"),
  }),
  output: z.object({
    makers: z.array(
      z.object({
        madeBy: z.string(),
        book: z.enum(BOOKS),
        transfers: z.number(),
        sumPence: field.penceText,
        weekend: z.number(),
        night: z.number(),
        round: z.number(),
      }),
    ),
    changes: z.array(z.object({ madeBy: z.string(), changes: z.number() })),
    entries: z.array(
      z.object({
        transferId: field.id,
        book: z.enum(BOOKS),
        kind: z.string(),
        effectiveOn: z.string(),
        postedAt: z.string(),
        recordId: field.id,
        words: z.string(),
        madeBy: z.string(),
        amountPence: field.penceText,
        ...facts,
      }),
    ),
    more: z.boolean(),
  }),
  example: { from: "2013-03-01", to: "2013-03-31", madeBy: "operator" },
  refusals: proofRefusals,
  handle: async (ctx, { after, ...asked }): Promise<Result<ByPerson, ProofRefusal>> => {
    if (asked.from > asked.to) return refuse({ code: "ends_before_start" });
    const scope = { ...asked, placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null };
    const sums = new Map<string, MakerSum>();
    let counted = 0;
    for await (const made of readMade(ctx.tx, scope)) {
      counted += 1;
      if (counted > MOST_COUNTED) return refuse({ code: "export_too_long", most: MOST_COUNTED });
      const key = `${made.madeBy} ${made.book}`;
      sums.set(key, addTo(sums.get(key), { ...made, ...unusualOf(made) }));
    }
    const limit = ENTRIES_A_PAGE + 1;
    const read = asked.madeBy === null ? [] : await listMade(ctx.tx, scope, { after: after ?? FIRST_ID, limit });
    return accept({
      makers: [...sums.values()].sort((a, b) => (`${a.madeBy} ${a.book}` < `${b.madeBy} ${b.book}` ? -1 : 1)),
      changes: await countChanges(ctx.tx, scope),
      entries: read.slice(0, ENTRIES_A_PAGE).map((one) => ({ ...one, ...unusualOf(one) })),
      more: read.length > ENTRIES_A_PAGE,
    });
  },
});

function addTo(sum: MakerSum | undefined, one: MadeEntry): MakerSum {
  const { madeBy, book } = one;
  const start = sum ?? { madeBy, book, transfers: 0, sumPence: 0n, weekend: 0, night: 0, round: 0 };
  return {
    ...start,
    transfers: start.transfers + 1,
    sumPence: start.sumPence + one.amountPence,
    weekend: start.weekend + Number(one.weekend),
    night: start.night + Number(one.night),
    round: start.round + Number(one.round),
  };
}

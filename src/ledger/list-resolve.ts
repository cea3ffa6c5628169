/** The accounts to resolve as at a day: each open item with its reasons and its age, and what is open in each book by age. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { AGES, ageOf } from "./domain/resolve.ts";
import { asAt, book, reasonOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { type AgedSum, listItems, sumItems } from "./store/resolve.ts";

const ITEMS_A_PAGE = 100;

const sums = z.object({
  items: z.number(),
  leftPence: field.penceText,
  ages: z.array(z.object({ age: z.enum(AGES), items: z.number(), leftPence: field.penceText })),
});

export const listResolve = declarePlaceUseCase({
  name: "resolve.list",
  summary: "List what was paid elsewhere and is to be resolved, the oldest first, with its age",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "resolve" },
  command: { words: "resolve list" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    itemId: field.id.nullable().default(null).describe("One item, cleared or not"),
    asAt,
    page: field.page,
  }),
  output: z.object({
    asAt: z.string(),
    items: z.array(
      z.object({
        itemId: field.id,
        potId: field.id,
        pot: z.string(),
        potWelsh: z.string().nullable(),
        potSlug: z.string(),
        book,
        streamId: field.id.nullable(),
        stream: z.string().nullable(),
        streamWelsh: z.string().nullable(),
        paymentId: field.id,
        reference: z.string(),
        supplier: z.string(),
        service: z.string(),
        serviceWelsh: z.string().nullable(),
        transferId: field.id,
        reasons: z.array(reasonOut),
        arisenOn: z.string(),
        daysOpen: z.number(),
        age: z.enum(AGES),
        amountPence: field.penceText,
        leftPence: field.penceText,
      }),
    ),
    real: sums,
    shadow: sums,
    page: z.number(),
    more: z.boolean(),
  }),
  example: { asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const day = input.asAt ?? ctx.today;
    const asked = { placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null, potId: input.potId, asAt: day };
    const skip = (input.page - 1) * ITEMS_A_PAGE;
    const found = await listItems(ctx.tx, { ...asked, itemId: input.itemId, limit: ITEMS_A_PAGE + 1, skip });
    const aged = await sumItems(ctx.tx, asked);
    return accept({
      asAt: day,
      items: found.slice(0, ITEMS_A_PAGE).map((one) => ({ ...one, ...ageOf(one.arisenOn, day) })),
      real: sumOf(aged.filter((one) => one.book === "real").map((one) => ({ ...one, ...ageOf(one.arisenOn, day) }))),
      shadow: sumOf(
        aged.filter((one) => one.book === "shadow").map((one) => ({ ...one, ...ageOf(one.arisenOn, day) })),
      ),
      page: input.page,
      more: found.length > ITEMS_A_PAGE,
    });
  },
});

type Aged = AgedSum & ReturnType<typeof ageOf>;

function addUp(all: readonly Aged[]) {
  return {
    items: Number(all.reduce((sum, one) => sum + one.items, 0n)),
    leftPence: all.reduce((sum, one) => sum + one.leftPence, 0n),
  };
}

function sumOf(all: readonly Aged[]) {
  return { ...addUp(all), ages: AGES.map((age) => ({ age, ...addUp(all.filter((one) => one.age === age)) })) };
}

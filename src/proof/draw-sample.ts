/**
 * Draws an audit sample of a book by value: of its payments, those made elsewhere among them, and of its credit notes as a
 * population of their own, each with what an auditor asks for. See domain/sample.ts.
 */
import { z } from "zod";
import { findAuthorised } from "../approvals/index.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { BOOKS, type Book } from "./domain/books.ts";
import { type Drawn, drawnOf, planSample } from "./domain/sample.ts";
import { type ProofRefusal, proofRefusals } from "./messages.ts";
import { creditOut, itemOut, type Outside, type SampleCredit, type SampleItem } from "./sample-shapes.ts";
import {
  findCredits,
  findOutside,
  findPayments,
  type Population,
  readPopulation,
  type SampleScope,
  sumPopulation,
} from "./store/payments.ts";

const MOST_ITEMS = 500;

const seed = z
  .string()
  .regex(
    /^\d{1,18}$/,
    said({
      en: "Write the seed as a whole number of up to 18 figures",
      cy: "Ysgrifennwch yr hedyn fel rhif cyfan o hyd at 18 digid",
    }),
  )
  .describe("Any number, written down with the audit's papers: the same one draws the same items again");

type Row = {
  readonly totalPence: Pence;
  /** Null where there is nothing to draw from. */
  readonly intervalPence: Pence | null;
  readonly startPence: Pence | null;
};

export type SampleDrawn = Row & {
  readonly book: Book;
  readonly seed: string;
  readonly payments: number;
  readonly items: readonly SampleItem[];
  readonly credits: Row & { readonly creditNotes: number; readonly items: readonly SampleCredit[] };
};

const rowOut = {
  totalPence: field.penceText,
  intervalPence: field.penceText.nullable(),
  startPence: field.penceText.nullable(),
};

export const drawSample = declarePlaceUseCase({
  name: "audit.sample",
  summary: "Draw an audit sample of payments and credit notes by value, the same for the same seed",
  permission: "audit.read",
  changes: false,
  route: { method: "get", path: "audit/sample" },
  command: { words: "audit sample" },
  input: z.strictObject({
    book: z.enum(BOOKS),
    from: field.day,
    to: field.day,
    items: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_ITEMS)
      .describe("How many payments to draw at least, where there are so many, and how many credit notes"),
    seed,
  }),
  output: z.object({
    book: z.enum(BOOKS),
    seed: z.string(),
    payments: z.number(),
    ...rowOut,
    items: z.array(itemOut),
    credits: z
      .object({ creditNotes: z.number(), ...rowOut, items: z.array(creditOut) })
      .describe("Credit notes, drawn by their size from a row of their own"),
  }),
  example: { book: "real", from: "2012-04-01", to: "2013-03-31", items: 25, seed: "20130331" },
  refusals: proofRefusals,
  handle: async (ctx, { items, seed: words, ...asked }): Promise<Result<SampleDrawn, ProofRefusal>> => {
    if (asked.from > asked.to) return refuse({ code: "ends_before_start" });
    const scope = { ...asked, placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null };
    const drawing = { scope, items, seed: BigInt(words) };
    const paid = await draw(ctx, { ...drawing, of: "payment" });
    const credited = await draw(ctx, { ...drawing, of: "credit_note" });
    return accept({
      book: asked.book,
      seed: words,
      payments: paid.count,
      ...paid.row,
      items: await paymentsDrawn(ctx, paid.drawn),
      credits: { creditNotes: credited.count, ...credited.row, items: await creditsDrawn(ctx, credited.drawn) },
    });
  },
});

type Place = { readonly beforePence: Pence } & Drawn;
type Places = ReadonlyMap<string, Place>;
type Drawing = {
  readonly scope: SampleScope;
  readonly items: number;
  readonly seed: bigint;
  readonly of: Population;
};

/** Each population has its own interval: a credit can neither shorten the row of payments nor hide behind it. */
async function draw(ctx: PlaceContext, { scope, items, seed: start, of }: Drawing) {
  const { items: count, totalPence } = await sumPopulation(ctx.tx, scope, of);
  const plan = planSample({ totalPence, items, seed: start });
  const drawn = new Map<string, Place>();
  const { intervalPence = null, startPence = null } = plan ?? {};
  const row: Row = { totalPence, intervalPence, startPence };
  if (plan === null) return { count, row, drawn };
  let beforePence = 0n;
  for await (const { id, amountPence } of readPopulation(ctx.tx, scope, of)) {
    const hit = drawnOf(plan, { beforePence, amountPence });
    if (hit !== null) drawn.set(id, { beforePence, ...hit });
    beforePence += amountPence;
  }
  return { count, row, drawn };
}

async function paymentsDrawn(ctx: PlaceContext, drawn: Places): Promise<readonly SampleItem[]> {
  const { placeId } = ctx.place;
  const paymentIds = [...drawn.keys()];
  if (paymentIds.length === 0) return [];
  const found = await findPayments(ctx.tx, { placeId, paymentIds });
  const outside = await outsideOf(ctx, paymentIds);
  const complete = await completing(ctx, { found, drawn });
  return found.map((one) => ({
    ...complete(one, one.paymentId),
    outside: outside.get(one.paymentId) ?? [],
    documentsOf: [one.paymentId, one.commitmentId, one.allocationId].filter((id) => id !== null),
  }));
}

async function creditsDrawn(ctx: PlaceContext, drawn: Places): Promise<readonly SampleCredit[]> {
  const creditNoteIds = [...drawn.keys()];
  if (creditNoteIds.length === 0) return [];
  const found = await findCredits(ctx.tx, { placeId: ctx.place.placeId, creditNoteIds });
  const complete = await completing(ctx, { found, drawn });
  return found.map((one) => ({
    ...complete(one, one.creditNoteId),
    lines: one.lines.map(({ line, netPence, vatPence, recoverablePence }) => ({
      line,
      netPence: BigInt(netPence),
      vatPence: BigInt(vatPence),
      recoverablePence: BigInt(recoverablePence),
    })),
    documentsOf: [one.creditNoteId, one.paymentId, one.commitmentId],
  }));
}

type Found = {
  readonly transferId: string;
  readonly madeBy: string;
  readonly streams: readonly { readonly stream: string; readonly amountPence: string }[];
};

/** What is the same for both: where it was drawn, whose money it was and who stands behind it. */
async function completing(
  ctx: PlaceContext,
  { found, drawn }: { readonly found: readonly Found[]; readonly drawn: Places },
) {
  const transferIds = found.map(({ transferId }) => transferId);
  const authorised = await findAuthorised(ctx.tx, { placeId: ctx.place.placeId, transferIds });
  const signers = new Map(authorised.map((one) => [one.transferId, one.signers]));
  return <T extends Found>(one: T, id: string) => {
    const authorisedBy = signers.get(one.transferId);
    const at = drawn.get(id) ?? { beforePence: 0n, pennies: 0n, certain: false };
    const streams = one.streams.map(({ stream, amountPence }) => ({ stream, amountPence: BigInt(amountPence) }));
    const approval = authorisedBy === undefined ? null : { preparedBy: one.madeBy, authorisedBy };
    return { ...one, ...at, streams, approval };
  };
}

async function outsideOf(
  ctx: PlaceContext,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Outside[]>> {
  const byPayment = new Map<string, Outside[]>();
  for (const { paymentId, ...item } of await findOutside(ctx.tx, { placeId: ctx.place.placeId, paymentIds })) {
    const borne = item.borne.map((one) => ({ ...one, amountPence: BigInt(one.amountPence) }));
    const leftPence = borne.reduce((left, { amountPence }) => left - amountPence, item.amountPence);
    byPayment.set(paymentId, [...(byPayment.get(paymentId) ?? []), { ...item, borne, leftPence }]);
  }
  return byPayment;
}

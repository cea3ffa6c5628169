/** Draws an audit sample of a book's payments by value, each with what an auditor asks for. See domain/sample.ts. */
import { z } from "zod";
import { findAuthorised } from "../approvals/index.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { BOOKS, type Book } from "./domain/books.ts";
import { type Drawn, drawnOf, planSample, type SamplePlan } from "./domain/sample.ts";
import { type ProofRefusal, proofRefusals } from "./messages.ts";
import { findPayments, type PaymentInFull, type PaymentScope, readPayments, sumPayments } from "./store/payments.ts";

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
  .describe("Any number, written down with the audit's papers: the same one draws the same payments again");

export type SampleItem = Omit<PaymentInFull, "streams"> & {
  /** How many of its pennies were drawn; more than one makes it count for more. */
  readonly pennies: bigint;
  readonly certain: boolean;
  /** Where its entry begins and ends in the row of all pennies. */
  readonly beforePence: Pence;
  readonly streams: readonly { readonly stream: string; readonly amountPence: Pence }[];
  /** The records whose documents bear it out: the payment, its commitment, its allocation. */
  readonly documentsOf: readonly string[];
  /** Who prepared and who authorised it, by their marks; null where one person recorded it. */
  readonly approval: { readonly preparedBy: string; readonly authorisedBy: readonly string[] } | null;
};

export type SampleDrawn = {
  readonly book: Book;
  readonly seed: string;
  readonly payments: number;
  readonly totalPence: Pence;
  readonly intervalPence: Pence | null;
  readonly startPence: Pence | null;
  readonly items: readonly SampleItem[];
};

export const drawSample = declarePlaceUseCase({
  name: "audit.sample",
  summary: "Draw an audit sample of payments by value, the same for the same seed",
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
      .describe("How many to draw at least, where there are so many"),
    seed,
  }),
  output: z.object({
    book: z.enum(BOOKS),
    seed: z.string(),
    payments: z.number(),
    totalPence: field.penceText,
    intervalPence: field.penceText.nullable(),
    startPence: field.penceText.nullable(),
    items: z.array(
      z.object({
        paymentId: field.id,
        amountPence: field.penceText,
        paidOn: z.string(),
        reference: z.string(),
        spendLine: z.string().nullable(),
        supplierId: field.id,
        supplier: z.string(),
        service: z.string(),
        potId: field.id,
        pot: z.string(),
        potSlug: z.string(),
        transferId: field.id,
        madeBy: z.string(),
        postedAt: z.string(),
        reversedById: field.id.nullable(),
        commitmentId: field.id,
        commitmentKind: z.string(),
        commitmentReference: z.string(),
        committedPence: field.penceText,
        committedOn: z.string(),
        commitmentMadeBy: z.string(),
        allocationId: field.id,
        allocation: z.string(),
        decidedBy: z.string(),
        decidedOn: z.string(),
        power: z.string(),
        pennies: z.string(),
        certain: z.boolean(),
        beforePence: field.penceText,
        streams: z.array(z.object({ stream: z.string(), amountPence: field.penceText })),
        documentsOf: z.array(field.id).describe("The records whose documents bear it out"),
        approval: z
          .object({ preparedBy: z.string(), authorisedBy: z.array(z.string()) })
          .nullable()
          .describe("Who prepared and who authorised it; none where one person recorded it"),
      }),
    ),
  }),
  example: { book: "real", from: "2012-04-01", to: "2013-03-31", items: 25, seed: "20130331" },
  refusals: proofRefusals,
  handle: async (ctx, { items, seed: words, ...asked }): Promise<Result<SampleDrawn, ProofRefusal>> => {
    if (asked.from > asked.to) return refuse({ code: "ends_before_start" });
    const scope = { ...asked, placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null };
    const { payments, totalPence } = await sumPayments(ctx.tx, scope);
    const plan = planSample({ totalPence, items, seed: BigInt(words) });
    const found = plan === null ? [] : await drawItems(ctx, { scope, plan });
    const { intervalPence = null, startPence = null } = plan ?? {};
    return accept({ book: asked.book, seed: words, payments, totalPence, intervalPence, startPence, items: found });
  },
});

type Place = { readonly beforePence: Pence } & Drawn;

async function drawItems(
  ctx: PlaceContext,
  { scope, plan }: { readonly scope: PaymentScope; readonly plan: SamplePlan },
): Promise<readonly SampleItem[]> {
  const drawn = new Map<string, Place>();
  let beforePence = 0n;
  for await (const { paymentId, amountPence } of readPayments(ctx.tx, scope)) {
    const hit = drawnOf(plan, { beforePence, amountPence });
    if (hit !== null) drawn.set(paymentId, { beforePence, ...hit });
    beforePence += amountPence;
  }
  const paymentIds = [...drawn.keys()];
  const found = paymentIds.length === 0 ? [] : await findPayments(ctx.tx, { placeId: scope.placeId, paymentIds });
  const transferIds = found.map(({ transferId }) => transferId);
  const authorised = await findAuthorised(ctx.tx, { placeId: scope.placeId, transferIds });
  const signers = new Map(authorised.map((one) => [one.transferId, one.signers]));
  return found.map((payment): SampleItem => {
    const authorisedBy = signers.get(payment.transferId);
    const at = drawn.get(payment.paymentId) ?? { beforePence: 0n, pennies: 0n, certain: false };
    return {
      ...payment,
      ...at,
      streams: payment.streams.map(({ stream, amountPence }) => ({ stream, amountPence: BigInt(amountPence) })),
      documentsOf: [payment.paymentId, payment.commitmentId, payment.allocationId],
      approval: authorisedBy === undefined ? null : { preparedBy: payment.madeBy, authorisedBy },
    };
  });
}

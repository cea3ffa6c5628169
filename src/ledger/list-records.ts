/** Commitments and payments in lists, newest first, as at a day; public like the pots they belong to. */
import { z } from "zod";
import type { Day } from "../lib/day.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { asAt, book } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listCommitments as findCommitments, listPayments as findPayments, type RecordFilter } from "./store/lists.ts";
import { COMMITMENT_KINDS } from "./store/records.ts";

const RECORDS_A_PAGE = 100;

const common = {
  potId: field.id,
  pot: z.string(),
  potSlug: z.string(),
  book,
  serviceId: field.id,
  service: z.string(),
  serviceWelsh: z.string().nullable(),
  supplierId: field.id,
  supplier: z.string(),
  reference: z.string(),
  amountPence: field.penceText,
  transferId: field.id,
  reversed: z.boolean(),
};

const pageOut = { asAt: z.string(), page: z.number(), more: z.boolean() };

type Asked = {
  readonly potId: string | null;
  readonly ownerId: string | null;
  readonly asAt: Day | null;
  readonly page: number;
};

/** One more than a page holds, to know whether there are more. */
function filterOf(ctx: PlaceContext, asked: Asked): RecordFilter {
  return {
    placeId: ctx.place.placeId,
    areaId: ctx.place.area?.areaId ?? null,
    potId: asked.potId,
    ownerId: asked.ownerId,
    asAt: asked.asAt ?? ctx.today,
    limit: RECORDS_A_PAGE + 1,
    skip: (asked.page - 1) * RECORDS_A_PAGE,
  };
}

function pageOf(found: readonly unknown[], { asAt: day, page }: { readonly asAt: Day; readonly page: number }) {
  return { asAt: day, page, more: found.length > RECORDS_A_PAGE };
}

export const listCommitments = declarePlaceUseCase({
  name: "commitment.list",
  summary: "List the commitments, newest first",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "commitments" },
  command: { words: "commitment list" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    allocationId: field.id.nullable().default(null),
    asAt,
    page: field.page,
  }),
  output: z.object({
    commitments: z.array(
      z.object({
        ...common,
        commitmentId: field.id,
        allocationId: field.id,
        allocation: z.string(),
        allocationWelsh: z.string().nullable(),
        kind: z.enum(COMMITMENT_KINDS),
        words: z.string(),
        releasedPence: field.penceText.describe("What was released; the amount is without it"),
        paidPence: field.penceText.describe("Less what was credited back"),
        committedOn: z.string(),
        endsOn: z.string().nullable(),
      }),
    ),
    ...pageOut,
  }),
  example: { asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const filter = filterOf(ctx, { ...input, ownerId: input.allocationId });
    const found = await findCommitments(ctx.tx, filter);
    return accept({ commitments: found.slice(0, RECORDS_A_PAGE), ...pageOf(found, { ...input, asAt: filter.asAt }) });
  },
});

export const listPayments = declarePlaceUseCase({
  name: "payment.list",
  summary: "List the payments, newest first",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "payments" },
  command: { words: "payment list" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    commitmentId: field.id.nullable().default(null),
    asAt,
    page: field.page,
  }),
  output: z.object({
    payments: z.array(
      z.object({
        ...common,
        paymentId: field.id,
        commitmentId: field.id.nullable(),
        commitmentReference: z.string(),
        vatRecoveredPence: field.penceText,
        elsewhere: z.boolean(),
        outsidePence: field.penceText,
        paidOn: z.string(),
        spendLine: z.string().nullable(),
      }),
    ),
    ...pageOut,
  }),
  example: { asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const filter = filterOf(ctx, { ...input, ownerId: input.commitmentId });
    const found = await findPayments(ctx.tx, filter);
    return accept({ payments: found.slice(0, RECORDS_A_PAGE), ...pageOf(found, { ...input, asAt: filter.asAt }) });
  },
});

/** What an audit sample's answer looks like: a payment or a credit note that was drawn, with what an auditor asks of it. */
import { z } from "zod";
import { reasonOut } from "../ledger/index.ts";
import type { Pence } from "../lib/pence.ts";
import { field } from "../platform/use-case/index.ts";
import type { CreditInFull, OutsideItem, PaymentInFull } from "./store/payments.ts";

type Drawn = {
  /** How many of its pennies were drawn; more than one makes it count for more. */
  readonly pennies: bigint;
  readonly certain: boolean;
  /** Where its entry begins and ends in the row of all pennies. */
  readonly beforePence: Pence;
  readonly streams: readonly { readonly stream: string; readonly amountPence: Pence }[];
  /** The records whose documents bear it out. */
  readonly documentsOf: readonly string[];
  /** Who prepared and who authorised it, by their marks; null where one person recorded it. */
  readonly approval: { readonly preparedBy: string; readonly authorisedBy: readonly string[] } | null;
};

export type Outside = Omit<OutsideItem, "paymentId" | "borne"> & {
  readonly leftPence: Pence;
  readonly borne: readonly (Omit<OutsideItem["borne"][number], "amountPence"> & { readonly amountPence: Pence })[];
};

export type SampleItem = Omit<PaymentInFull, "streams"> & Drawn & { readonly outside: readonly Outside[] };
export type SampleCredit = Omit<CreditInFull, "streams" | "lines"> &
  Drawn & {
    readonly lines: readonly {
      readonly line: number;
      readonly netPence: Pence;
      readonly vatPence: Pence;
      readonly recoverablePence: Pence;
    }[];
  };

const drawnOut = {
  transferId: field.id,
  madeBy: z.string(),
  postedAt: z.string(),
  reversedById: field.id.nullable(),
  pennies: z.string(),
  certain: z.boolean(),
  beforePence: field.penceText,
  streams: z.array(z.object({ stream: z.string(), amountPence: field.penceText })),
  documentsOf: z.array(field.id).describe("The records whose documents bear it out"),
  approval: z
    .object({ preparedBy: z.string(), authorisedBy: z.array(z.string()) })
    .nullable()
    .describe("Who prepared and who authorised it; none where one person recorded it"),
};

const paidOut = {
  amountPence: field.penceText,
  reference: z.string(),
  supplierId: field.id,
  supplier: z.string(),
  service: z.string(),
  potId: field.id,
  pot: z.string(),
  potSlug: z.string(),
};

const outsideOut = z.object({
  itemId: field.id,
  amountPence: field.penceText,
  leftPence: field.penceText.describe("What nobody has borne yet"),
  reasons: z.array(reasonOut),
  borne: z.array(
    z.object({
      how: z.enum(["from_allocation", "from_stream"]),
      by: z.string(),
      amountPence: field.penceText,
      clearedOn: z.string(),
      reason: z.string(),
      transferId: field.id,
    }),
  ),
});

export const itemOut = z.object({
  ...paidOut,
  ...drawnOut,
  paymentId: field.id,
  paidOn: z.string(),
  spendLine: z.string().nullable(),
  elsewhere: z.boolean().describe("Another ledger paid it, and it is recorded here"),
  outsidePence: field.penceText.describe("Of it, what conditions or funds did not allow"),
  outside: z.array(outsideOut).describe("Why, and who bore it since"),
  commitmentId: field.id.nullable().describe("None of what was paid elsewhere with nothing set aside"),
  commitmentKind: z.string().nullable(),
  commitmentReference: z.string().nullable(),
  committedPence: field.penceText.nullable(),
  committedOn: z.string().nullable(),
  commitmentMadeBy: z.string().nullable(),
  allocationId: field.id.nullable(),
  allocation: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedOn: z.string().nullable(),
  power: z.string().nullable(),
});

export const creditOut = z.object({
  ...paidOut,
  ...drawnOut,
  creditNoteId: field.id,
  amountPence: field.penceText.describe("What was given back, as a size"),
  creditedOn: z.string(),
  reason: z.string(),
  paymentId: field.id,
  paymentReference: z.string(),
  paidPence: field.penceText,
  paidOn: z.string(),
  commitmentId: field.id,
  lines: z
    .array(
      z.object({
        line: z.number().describe("The number of the payment's line"),
        netPence: field.penceText,
        vatPence: field.penceText,
        recoverablePence: field.penceText.describe("Of the VAT, what had been recovered"),
      }),
    )
    .describe("Which lines of the payment it gives back; none where it is of one amount"),
});

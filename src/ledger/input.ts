/** The shapes that several of the ledger's use cases take and give. */
import { z } from "zod";
import { field } from "../platform/use-case/index.ts";
import { ACCOUNT_KINDS, TRANSFER_KINDS } from "./store/accounts.ts";
import { BOOKS, MODES, POT_PARTS } from "./store/pots.ts";

/** How an amount is split over streams; left out, the most restricted money is used first. */
export const shares = z
  .array(z.strictObject({ streamId: field.id, amountPence: field.positivePence }))
  .min(1)
  .max(200)
  .nullable()
  .default(null)
  .describe("How the amount is split over streams, summing to it; left out, the most restricted money is used first");

export const sharesOut = z.array(z.object({ streamId: field.id, amountPence: field.penceText }));

export const asAt = field.day.nullable().default(null).describe("As at the end of this day; left out, today");

export const book = z.enum(BOOKS);
export const mode = z.enum(MODES);
export const accountKind = z.enum(ACCOUNT_KINDS);
export const transferKind = z.enum(TRANSFER_KINDS);

export const figuresOut = {
  contributedPence: field.penceText,
  allocatedPence: field.penceText,
  committedPence: field.penceText,
  paidPence: field.penceText,
  leftPence: field.penceText,
  unallocatedPence: field.penceText,
};

export const streamOut = {
  streamId: field.id,
  name: z.string(),
  nameWelsh: z.string().nullable(),
  payerId: field.id,
  payer: z.string(),
  payerWelsh: z.string().nullable(),
  payerAreaId: field.id.nullable(),
  amountPence: field.penceText,
  startsOn: z.string(),
  endsOn: z.string(),
  power: z.string(),
  capital: z.boolean(),
  ringFenced: z.boolean(),
  clawback: z.string(),
  source: z.string(),
  madeUp: z.boolean(),
  realGivenPence: field.penceText,
  shadowGivenPence: field.penceText,
};

export const contributionOut = {
  contributionId: field.id,
  streamId: field.id,
  stream: z.string(),
  streamWelsh: z.string().nullable(),
  potId: field.id,
  pot: z.string(),
  potWelsh: z.string().nullable(),
  potSlug: z.string(),
  book,
  amountPence: field.penceText,
  madeOn: z.string(),
  reference: z.string(),
  transferId: field.id,
  reversed: z.boolean(),
};

/** "place": not the area's own; a partner of the area hosts it for the whole place. */
export const hostedFor = z.enum(["place"]).nullable();

export const potOut = {
  potId: field.id,
  slug: z.string(),
  name: z.string(),
  nameWelsh: z.string().nullable(),
  purpose: z.string(),
  mode,
  book,
  hostId: field.id,
  host: z.string(),
  areaId: field.id.nullable(),
  area: z.string().nullable(),
  openedOn: z.string(),
  closedOn: z.string().nullable().describe("From this day on another pot goes on from it"),
  parentId: field.id.nullable(),
  part: z.enum(POT_PARTS).nullable(),
  madeUp: z.boolean(),
};

/** The shapes that several of the ledger's use cases take and give. */
import { z } from "zod";
import { field, said } from "../platform/use-case/index.ts";
import { parseKnownAt } from "./domain/known-at.ts";
import { parsePeriod, parseQuarter, parseYear } from "./domain/periods.ts";
import { ACCOUNT_KINDS, TRANSFER_KINDS } from "./store/accounts.ts";
import { BOOKS, MODES } from "./store/pots.ts";

/** How an amount is split over streams; left out, the most restricted money is used first. */
export const shares = z
  .array(z.strictObject({ streamId: field.id, amountPence: field.positivePence }))
  .min(1)
  .max(200)
  .nullable()
  .default(null)
  .describe("How the amount is split over streams, summing to it; left out, the most restricted money is used first");

export const sharesOut = z.array(z.object({ streamId: field.id, amountPence: field.penceText }));

/** Without a default, so that a request sent again after an update is still the same request. */
export const late = z
  .boolean()
  .optional()
  .describe(
    "A late item: where the period of its day is closed, it counts in the first open one and keeps its own day",
  );

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
  madeUp: z.boolean(),
};

/** A text that is read as something else, or is no such thing. */
function read<T>(parse: (text: string) => T | null, wrong: { readonly en: string; readonly cy: string }) {
  return z
    .string()
    .trim()
    .max(40)
    .transform((text, ctx): T => {
      const found = parse(text);
      if (found !== null) return found;
      ctx.addIssue({ code: "custom", message: said(wrong) });
      return z.NEVER;
    });
}

export const year = read(parseYear, {
  en: "Write the financial year as 2012-13",
  cy: "Ysgrifennwch y flwyddyn ariannol fel 2012-13",
}).describe("A financial year, April to March: 2012-13");

export const quarter = read(parseQuarter, {
  en: "Write the quarter as 2012-13/Q3",
  cy: "Ysgrifennwch y chwarter fel 2012-13/Q3",
}).describe("A quarter of a financial year: 2012-13/Q3");

export const period = read(parsePeriod, {
  en: "Write the period as 2012-13/09",
  cy: "Ysgrifennwch y cyfnod fel 2012-13/09",
}).describe("A period of a financial year, 1 to 13: 2012-13/09");

export const periodOrQuarter = read((text) => parsePeriod(text) ?? parseQuarter(text), {
  en: "Write a period as 2012-13/09, or a quarter as 2012-13/Q3",
  cy: "Ysgrifennwch gyfnod fel 2012-13/09, neu chwarter fel 2012-13/Q3",
}).describe("A period, 2012-13/09, or a quarter, 2012-13/Q3");

export const realBook = book.default("real").describe("Which book: real or shadow; left out, real");

export const knownAt = read(parseKnownAt, {
  en: "Write the moment as 2013-03-29T10:15, a day as 2013-03-29, or the number of a sealed block",
  cy: "Ysgrifennwch y foment fel 2013-03-29T10:15, diwrnod fel 2013-03-29, neu rif bloc wedi'i selio",
})
  .nullable()
  .default(null)
  .describe("As known at this moment: what was in the last block sealed at or before it; left out, all that is there");

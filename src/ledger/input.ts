/** The shapes that several of the ledger's use cases take and give. */
import { z } from "zod";
import { field, said } from "../platform/use-case/index.ts";
import { CAPITAL_RIGHTS, CONDITION_KINDS, type ConditionKind, type Terms } from "./domain/conditions.ts";
import { parseKnownAt } from "./domain/known-at.ts";
import { parsePeriod, parseQuarter, parseYear } from "./domain/periods.ts";
import { SUBJECTIVE_GROUPS } from "./domain/subjective-groups.ts";
import { ACCOUNT_KINDS, TRANSFER_KINDS } from "./store/accounts.ts";
import { BOOKS, MODES, POT_PARTS } from "./store/pots.ts";

/** How an amount is split over streams; left out, by the pot's draw order. */
export const shares = z
  .array(z.strictObject({ streamId: field.id, amountPence: field.positivePence }))
  .min(1)
  .max(200)
  .nullable()
  .default(null)
  .describe("How the amount is split over streams, summing to it; left out, by the pot's draw order");

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

export const subjectiveGroup = z.coerce
  .number()
  .int()
  .min(1)
  .max(SUBJECTIVE_GROUPS.length)
  .describe("A CIPFA subjective group, 1 to 10");

/** Money spent on capital or on revenue: revenue, unless it is said or the record it draws on says otherwise. */
export const capital = z.boolean().nullable().default(null).describe("Left out, as what it draws on");
export const costGroup = subjectiveGroup.nullable().default(null);

export const vatRecovered = field.pence
  .refine(
    (amount) => amount >= 0n,
    said({ en: "The tax must be nought or more", cy: "Rhaid i'r dreth fod yn sero neu fwy" }),
  )
  .default(0n);

export const MOST_PAYMENT_LINES = 200;

/** Without a default, so that a request sent again after an update is still the same request. */
export const paymentLines = z
  .array(
    z.strictObject({
      netPence: field.pence,
      vatPence: field.pence.default(0n),
      recoverablePence: field.pence.default(0n),
      subjectiveGroup: field
        .words(80)
        .nullable()
        .default(null)
        .describe("A CIPFA subjective group, 1 to 10, or an account code of the host's own"),
      words: field
        .text(400)
        .default("")
        .describe("What it is for, shown to readers of the ledger: it must name no family or person"),
    }),
  )
  .min(1)
  .max(MOST_PAYMENT_LINES)
  .optional()
  .describe("Net, VAT and what of it is recovered, line by line; left out, one line of the two amounts");

/** Without a default, so that a request sent again after an update is still the same request. */
export const creditLines = z
  .array(
    z
      .strictObject({
        line: z.coerce.number().int().min(1).max(MOST_PAYMENT_LINES).describe("The number of the payment's line"),
        netPence: field.pence.default(0n),
        vatPence: field.pence.default(0n),
        recoverablePence: field.pence.default(0n).describe("Of the VAT credited, what had been recovered"),
      })
      .refine(({ netPence, vatPence }) => netPence !== 0n || vatPence !== 0n, {
        path: ["netPence"],
        message: said({
          en: "Enter what is credited of the line, or leave the line out",
          cy: "Rhowch yr hyn a gredydir o'r llinell, neu gadewch y llinell allan",
        }),
      }),
  )
  .min(1)
  .max(MOST_PAYMENT_LINES)
  .optional()
  .describe(
    "What is given back of each line of the payment, summing to the amount; left out, one amount, which on several lines or on VAT is not shared out by line",
  );

/** Of a line, or of lines together. */
export const lineAmountsOut = {
  netPence: field.penceText,
  vatPence: field.penceText,
  grossPence: field.penceText,
  recoverablePence: field.penceText.describe("VAT that is recovered"),
  bornePence: field.penceText.describe("What the pot bears: net, and the VAT that nobody recovers"),
};

export const spendLine = z
  .strictObject({ fileId: field.id, row: z.coerce.number().int().min(1).max(2_000_000_000) })
  .nullable()
  .default(null);

/** Why an item is to be resolved. */
export const reasonOut = z.union([
  z.object({
    kind: z.literal("condition"),
    stream: z.string(),
    capital: z.boolean(),
    number: z.number(),
    condition: z.enum(CONDITION_KINDS),
    words: z.string(),
  }),
  z.object({ kind: z.literal("overspent"), amountPence: field.penceText }),
  z.object({ kind: z.literal("no_commitment") }),
]);

export const figuresOut = {
  contributedPence: field.penceText,
  allocatedPence: field.penceText,
  committedPence: field.penceText,
  paidPence: field.penceText,
  leftPence: field.penceText,
  unallocatedPence: field.penceText,
  toResolvePence: field.penceText,
};

const termsMismatch = said({
  en: "Give each condition the terms of its own kind, or words alone",
  cy: "Rhowch i bob amod delerau ei fath ei hun, neu eiriau'n unig",
});
const periodBackwards = said({
  en: "The period of the condition ends before it starts",
  cy: "Mae cyfnod yr amod yn dod i ben cyn iddo ddechrau",
});

const TERMS = {
  purpose: ["themeIds"],
  period: ["from", "to"],
  partner: ["partnerIds"],
  capital: ["right"],
  eligible_cost: ["groups"],
  reporting: [],
} as const satisfies Record<ConditionKind, readonly (keyof Terms)[]>;

const terms = z.strictObject({
  themeIds: z.array(field.id).min(1).max(100).optional().describe("Of a purpose: the themes it may be spent on"),
  from: field.day.optional().describe("Of a period; left out, the stream's first day"),
  to: field.day.optional().describe("Of a period; left out, the stream's last day"),
  partnerIds: z.array(field.id).min(1).max(200).optional().describe("Of a partner: who may be paid"),
  right: z.enum(CAPITAL_RIGHTS).optional().describe("Of capital: what the payer or the law allows beside its own kind"),
  groups: subjectiveGroup
    .array()
    .min(1)
    .max(10)
    .optional()
    .describe("Of eligible cost: CIPFA subjective groups, 1 to 10"),
});

/** Terms are those of the condition's kind: all a kind needs but the ends of a period, which follow from the stream. */
function fitKind({ kind, terms: given }: { readonly kind: ConditionKind; readonly terms: Terms | null }): boolean {
  if (given === null) return true;
  const own: readonly string[] = TERMS[kind];
  const names = Object.keys(given);
  const needed = kind === "period" ? 0 : 1;
  return own.length > 0 && names.length >= needed && names.every((name) => own.includes(name));
}

export const condition = z
  .strictObject({
    kind: z.enum(CONDITION_KINDS),
    words: field.words(1000),
    terms: terms
      .nullable()
      .default(null)
      .describe("What a program decides on; left out, the condition is for people to judge"),
  })
  .refine(fitKind, { path: ["terms"], message: termsMismatch })
  .refine(({ terms: given }) => !given?.from || !given.to || given.from <= given.to, {
    path: ["terms"],
    message: periodBackwards,
  });

export const conditionOut = z.object({
  number: z.number(),
  kind: z.enum(CONDITION_KINDS),
  words: z.string(),
  terms: z
    .object({
      themeIds: z.array(field.id).optional(),
      from: z.string().optional(),
      to: z.string().optional(),
      partnerIds: z.array(field.id).optional(),
      right: z.enum(CAPITAL_RIGHTS).optional(),
      groups: z.array(z.number()).optional(),
    })
    .nullable(),
});

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

/** The shapes that inputs share, with the words that tell a person what to type. Money arrives as pence in decimal text. */
import { z } from "zod";
import { type Day, parseDay } from "../../lib/day.ts";
import { noMoreThan, said } from "./fault-words.ts";

const LARGEST_PENCE = 9_223_372_036_854_775_807n;

const tooLarge = said({ en: "The amount is too large", cy: "Mae'r swm yn rhy fawr" });
const notReal = said({ en: "The date must be a real date", cy: "Rhaid i'r dyddiad fod yn un go iawn" });
const unprintable = said({ en: "Remove characters that cannot be printed", cy: "Tynnwch nodau na ellir eu hargraffu" });

export const penceText = z
  .string()
  .regex(
    /^-?\d{1,19}$/,
    said({
      en: "Write money as whole pence, for example 125000 for £1,250.00",
      cy: "Ysgrifennwch arian fel ceiniogau cyfan, er enghraifft 125000 am £1,250.00",
    }),
  )
  .describe("Money in whole pence, as decimal text");

/** Money of any sign, up to what eight bytes hold. */
export const pence = penceText.transform((text, ctx) => {
  const amount = BigInt(text);
  if (amount > LARGEST_PENCE || amount < -LARGEST_PENCE) ctx.addIssue({ code: "custom", message: tooLarge });
  return amount;
});

export const positivePence = pence.refine(
  (amount) => amount > 0n,
  said({ en: "The amount must be more than nought", cy: "Rhaid i'r swm fod yn fwy na sero" }),
);

export const day = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}$/,
    said({
      en: "Write the date as year-month-day, for example 2013-03-29",
      cy: "Ysgrifennwch y dyddiad fel blwyddyn-mis-diwrnod, er enghraifft 2013-03-29",
    }),
  )
  .transform((text, ctx): Day => {
    const parsed = parseDay(text);
    if (parsed === null) ctx.addIssue({ code: "custom", message: notReal });
    return parsed ?? ("1900-01-01" as Day);
  })
  .describe("A day, YYYY-MM-DD, in Europe/London");

export const id = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    said({ en: "The id must be a UUID in lower case", cy: "Rhaid i'r rhif adnabod fod yn UUID mewn llythrennau bach" }),
  );

/** One line of words, without control characters. */
export function words(limit: number) {
  return z
    .string()
    .trim()
    .min(1, said({ en: "Enter some words", cy: "Rhowch eiriau" }))
    .max(limit, noMoreThan(limit))
    .regex(/^[^\p{Cc}]*$/u, unprintable);
}

/** Several lines of words; may be empty. */
export function text(limit: number) {
  return z
    .string()
    .trim()
    .max(limit, noMoreThan(limit))
    .regex(/^[^\p{Cc}\n\r\t]*(?:[\n\r\t][^\p{Cc}\n\r\t]*)*$/u, unprintable);
}

export const slug = z
  .string()
  .max(80)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    said({
      en: "Use lower case letters, numbers and hyphens, for example salford",
      cy: "Defnyddiwch lythrennau bach, rhifau a chysylltnodau, er enghraifft salford",
    }),
  );

export const page = z.coerce.number().int().min(1).max(100_000).default(1);

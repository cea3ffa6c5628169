/**
 * What to tell a person whose input does not fit its shape, in the language asked. Where a shape has words of its own they
 * are `said` in both languages; zod carries one string, so the English stands in the shape and finds its pair here.
 */
import type { z } from "zod";
import { assert } from "../../lib/assert.ts";
import type { Language } from "../../lib/language.ts";

type Words = Readonly<Record<Language, string>>;

const pairs = new Map<string, Words>();

/** The message of a shape, in both languages: `.min(1, said({ en: "Enter some words", cy: "Rhowch eiriau" }))`. */
export function said(words: Words): string {
  const before = pairs.get(words.en);
  assert(before === undefined || before.cy === words.cy, `the words have two translations: ${words.en}`);
  pairs.set(words.en, words);
  return words.en;
}

/** A message in the language asked; one that was never `said` in both stays as it is. */
export function saidIn(language: Language, message: string): string {
  return pairs.get(message)?.[language] ?? message;
}

export const unknownField: Words = {
  en: "This field is not known. Remove it",
  cy: "Nid yw'r maes hwn yn hysbys. Tynnwch ef",
};

const missing: Words = { en: "This is missing. Fill it in", cy: "Mae hwn ar goll. Llenwch ef" };
const check: Words = { en: "Check this field", cy: "Gwiriwch y maes hwn" };
const object: Words = {
  en: "Give one object with named fields",
  cy: "Rhowch un gwrthrych gyda meysydd wedi'u henwi",
};

const KINDS: Readonly<Record<string, Words>> = {
  string: { en: "Write words here", cy: "Ysgrifennwch eiriau yma" },
  number: { en: "Write a number", cy: "Ysgrifennwch rif" },
  int: { en: "Write a whole number", cy: "Ysgrifennwch rif cyfan" },
  boolean: { en: "Write true or false", cy: "Ysgrifennwch true neu false" },
  array: { en: "Give a list", cy: "Rhowch restr" },
  object,
  record: object,
};

type Limit = { readonly text: boolean; readonly limit: number | bigint };

const atLeast = ({ text, limit }: Limit): Words =>
  text
    ? { en: `Use ${limit} characters or more`, cy: `Defnyddiwch ${limit} nod neu fwy` }
    : { en: `Give ${limit} or more`, cy: `Rhowch ${limit} neu fwy` };
const atMost = ({ text, limit }: Limit): Words =>
  text
    ? { en: `Use ${limit} characters or fewer`, cy: `Defnyddiwch ${limit} nod neu lai` }
    : { en: `Give ${limit} or fewer`, cy: `Rhowch ${limit} neu lai` };

/** The limit of a shape's words, for where the shape states it itself. */
export function noMoreThan(limit: number): string {
  return said(atMost({ text: true, limit }));
}

/** The words for a shape that has none of its own. */
export function faultWords(language: Language): z.core.$ZodErrorMap {
  return (issue) => wordsFor(issue)[language];
}

function wordsFor(issue: z.core.$ZodRawIssue): Words {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? missing : (KINDS[issue.expected] ?? check);
    case "invalid_value": {
      const values = issue.values.map(String).join(", ");
      return { en: `Choose one of: ${values}`, cy: `Dewiswch un o'r rhain: ${values}` };
    }
    case "too_small":
      return atLeast({ text: issue.origin === "string", limit: issue.minimum });
    case "too_big":
      return atMost({ text: issue.origin === "string", limit: issue.maximum });
    case "unrecognized_keys":
      return unknownField;
    default:
      return check;
  }
}

/** Faults of an input in the language asked: with words of the shape's own, and without; before anything else is done. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { assert } from "../../lib/assert.ts";
import type { Language } from "../../lib/language.ts";
import { accept } from "../../lib/result.ts";
import { declareNationalUseCase, field, type House, type InputFault, perform, said } from "./index.ts";

const useCase = declareNationalUseCase({
  name: "test.shapes",
  summary: "Takes one of each shape",
  permission: "place.read",
  changes: false,
  input: z.strictObject({
    amountPence: field.positivePence.optional(),
    day: field.day.optional(),
    id: field.id.optional(),
    slug: field.slug.optional(),
    words: field.words(5).optional(),
    text: field.text(5).optional(),
    kind: z.enum(["order", "grant"]).optional(),
    list: z.array(z.number().int()).min(2).max(3).optional(),
    own: z
      .string()
      .refine(() => false, said({ en: "Say it again", cy: "Dywedwch ef eto" }))
      .optional(),
    english: z
      .string()
      .refine(() => false, "Only in English")
      .optional(),
    must: z.boolean(),
  }),
  output: z.object({}),
  example: { must: true },
  refusals: {},
  handle: async () => accept({}),
});

/** A house that no one may enter: an input that does not fit is refused at the door. */
const house = new Proxy({} as House, { get: () => assert(false, "the house was entered") });

async function faultsOf(input: object, language: Language): Promise<string> {
  const asked = await perform(house, useCase, { credential: { kind: "public" }, input, language });
  assert(!asked.ok && asked.refusal.code === "input_not_valid", "it must be refused");
  return (asked.refusal["faults"] as readonly InputFault[])
    .map(({ field: name, message }) => `${name}: ${message}`)
    .join("; ");
}

const cases = `
  {"amountPence":"1.50"} | amountPence: Write money as whole pence, for example 125000 for £1,250.00 | amountPence: Ysgrifennwch arian fel ceiniogau cyfan, er enghraifft 125000 am £1,250.00
  {"amountPence":"0"}    | amountPence: The amount must be more than nought | amountPence: Rhaid i'r swm fod yn fwy na sero
  {"amountPence":"9999999999999999999"} | amountPence: The amount is too large | amountPence: Mae'r swm yn rhy fawr
  {"amountPence":5}      | amountPence: Write words here | amountPence: Ysgrifennwch eiriau yma
  {"day":"29/03/2013"}   | day: Write the date as year-month-day, for example 2013-03-29 | day: Ysgrifennwch y dyddiad fel blwyddyn-mis-diwrnod, er enghraifft 2013-03-29
  {"day":"2013-02-30"}   | day: The date must be a real date | day: Rhaid i'r dyddiad fod yn un go iawn
  {"id":"12"}            | id: The id must be a UUID in lower case | id: Rhaid i'r rhif adnabod fod yn UUID mewn llythrennau bach
  {"slug":"Salford"}     | slug: Use lower case letters, numbers and hyphens, for example salford | slug: Defnyddiwch lythrennau bach, rhifau a chysylltnodau, er enghraifft salford
  {"words":" "}          | words: Enter some words | words: Rhowch eiriau
  {"words":"sixsix"}     | words: Use 5 characters or fewer | words: Defnyddiwch 5 nod neu lai
  {"text":"a\\u0000b"}   | text: Remove characters that cannot be printed | text: Tynnwch nodau na ellir eu hargraffu
  {"kind":"gift"}        | kind: Choose one of: order, grant | kind: Dewiswch un o'r rhain: order, grant
  {"list":[1]}           | list: Give 2 or more | list: Rhowch 2 neu fwy
  {"list":[1,2,3,4]}     | list: Give 3 or fewer | list: Rhowch 3 neu lai
  {"list":[1,2.5]}       | list.1: Write a whole number | list.1: Ysgrifennwch rif cyfan
  {"own":"x"}            | own: Say it again | own: Dywedwch ef eto
  {"english":"x"}        | english: Only in English | english: Only in English
  {"other":1}            | other: This field is not known. Remove it | other: Nid yw'r maes hwn yn hysbys. Tynnwch ef
  {"must":null}          | must: Write true or false | must: Ysgrifennwch true neu false
`;

describe("the words for an input that does not fit", () => {
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split(" | ").map((part) => part.trim()))
      .map(([input = "", en = "", cy = ""]) => ({ input, en, cy })),
  )("of $input are in the language asked", async ({ input, en, cy }) => {
    const sent = { must: true, ...(JSON.parse(input) as object) };
    expect(await faultsOf(sent, "en")).toBe(en);
    expect(await faultsOf(sent, "cy")).toBe(cy);
  });

  it("say what is missing", async () => {
    expect(await faultsOf({}, "en")).toBe("must: This is missing. Fill it in");
    expect(await faultsOf({}, "cy")).toBe("must: Mae hwn ar goll. Llenwch ef");
  });

  it("have one translation", () => {
    expect(() => said({ en: "Enter some words", cy: "Rhywbeth arall" })).toThrow("two translations");
  });
});

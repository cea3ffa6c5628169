/**
 * What a column holds, from its heading and from its values. A heading is believed only where the values can be what it says; a column
 * whose heading says nothing is known by its values alone.
 */
import { isNationalInsuranceNumber, isNhsNumber } from "../compare/check-digits.ts";
import { isPostcode } from "../compare/postcodes.ts";
import { findMonthPlace, readDay } from "./days.ts";
import { headingWords } from "./normalise.ts";
import type { Column } from "./records.ts";

export const KINDS = [
  "forename",
  "surname",
  "full-name",
  "date",
  "postcode",
  "email",
  "phone",
  "nhs-number",
  "ni-number",
  "number",
  "category",
  "address",
  "text",
] as const;
export type Kind = (typeof KINDS)[number];

/** Headings that name who a record is of: what a linkage is to find out, so never looked at. */
const TRUTH = [
  "cluster",
  "cluster id",
  "true cluster",
  "truth",
  "ground truth",
  "entity",
  "entity id",
  "gold",
  "label",
  "match id",
  "match group",
  "person id",
  "true id",
  "true person id",
  "true person",
  "household id",
  "true household",
];

export function namesTruth(column: Column): boolean {
  return TRUTH.includes(headingWords(column.name).join(" "));
}

/** Words of headings of days on which a record was made or changed: they are the record's, and nobody's birthday. */
const OF_THE_RECORD = "recorded updated created modified entered extracted confirmed amended".split(" ");

export function isOfTheRecord(heading: string): boolean {
  const words = headingWords(heading);
  return words.some((word) => OF_THE_RECORD.includes(word)) && !words.includes("birth");
}

type Heading = { readonly kind: Kind; readonly words: readonly string[] };

/** In this order: the first that fits is taken. A phrase fits where all its words stand in the heading. */
const HEADINGS: readonly Heading[] = [
  {
    kind: "full-name",
    words: ["full name", "fullname", "whole name", "person name", "first and surname", "complete name"],
  },
  {
    kind: "surname",
    words: ["surname", "last name", "lastname", "family name", "maiden name", "lname", "sname", "cyfenw"],
  },
  {
    kind: "forename",
    words: [
      "forename",
      "first name",
      "firstname",
      "given name",
      "givenname",
      "christian name",
      "fname",
      "preferred name",
      "enw cyntaf",
    ],
  },
  { kind: "date", words: ["date of birth", "dob", "birth date", "birthdate", "born", "date", "geni"] },
  { kind: "postcode", words: ["postcode", "post code", "postal code", "zip", "zipcode", "cod post"] },
  { kind: "email", words: ["email", "e mail", "mail"] },
  { kind: "phone", words: ["phone", "telephone", "mobile", "tel", "ffon"] },
  { kind: "nhs-number", words: ["nhs"] },
  { kind: "ni-number", words: ["nino", "national insurance", "ni number"] },
  { kind: "full-name", words: ["name", "names", "enw"] },
  { kind: "address", words: ["address", "street", "road", "cyfeiriad"] },
];

/** Names of something else than a person. */
const NOT_PERSONS =
  "street road house building company business organisation school place town city file user host domain".split(" ");

export function kindOf(column: Column): Kind {
  const facts = factsOf(column);
  const words = headingWords(column.name);
  const notPerson = words.some((word) => NOT_PERSONS.includes(word));
  for (const { kind, words: phrases } of HEADINGS) {
    if (notPerson && (kind === "full-name" || kind === "forename" || kind === "surname")) continue;
    if (!phrases.some((phrase) => phrase.split(" ").every((word) => words.includes(word)))) continue;
    if (fits(kind, facts)) return kind;
  }
  return kindOfValues(facts);
}

/** Shares of the distinct values, from 0 to 1. */
type Facts = {
  readonly days: number;
  readonly emails: number;
  readonly postcodes: number;
  readonly nhs: number;
  readonly insurance: number;
  readonly digits: number;
  readonly lettered: number;
  readonly words: number;
  readonly distinct: number;
  readonly records: number;
  readonly phones: number;
};

const LOOKED_AT = 2000;

function factsOf(column: Column): Facts {
  const values = column.values.slice(0, LOOKED_AT);
  const place = findMonthPlace(values);
  const share = (test: (value: string, at: number) => boolean) =>
    values.filter(test).length / Math.max(values.length, 1);
  let records = 0;
  for (const count of column.counts) records += count;
  return {
    days: share((value) => {
      const day = readDay(value, place);
      return day !== null && (day.endsWith("0000") ? false : Number(day.slice(0, 4)) > 1500);
    }),
    emails: share((_, at) => /\S@\S/.test(column.written[at] ?? "")),
    postcodes: share(isPostcode),
    nhs: share(isNhsNumber),
    insurance: share(isNationalInsuranceNumber),
    phones: share((value) => /^(?:\+?44|0)\d{9,10}$/.test(value.replaceAll(" ", ""))),
    digits: share((value) => /^\d[\d ]*$/.test(value)),
    lettered: share((value) => /\p{L}/u.test(value)),
    words: values.reduce((sum, value) => sum + value.split(" ").length, 0) / Math.max(values.length, 1),
    distinct: column.values.length,
    records,
  };
}

function fits(kind: Kind, facts: Facts): boolean {
  if (kind === "forename" || kind === "surname" || kind === "full-name" || kind === "address")
    return facts.lettered > 0.5;
  if (kind === "date") return facts.days > 0.5;
  if (kind === "email") return facts.emails > 0.5;
  if (kind === "nhs-number") return facts.nhs > 0.5;
  if (kind === "ni-number") return facts.insurance > 0.5;
  if (kind === "phone") return facts.digits > 0.5 && facts.distinct > 20;
  if (kind === "postcode") return facts.postcodes > 0.5 || facts.digits > 0.5 || facts.distinct > 20;
  return false;
}

function kindOfValues(facts: Facts): Kind {
  if (facts.emails > 0.7) return "email";
  if (facts.nhs > 0.8 && facts.distinct > 20) return "nhs-number";
  if (facts.insurance > 0.8) return "ni-number";
  if (facts.postcodes > 0.7) return "postcode";
  if (facts.days > 0.7) return "date";
  if (facts.phones > 0.8) return "phone";
  if (facts.distinct <= 60 && facts.records > facts.distinct * 8) return "category";
  if (facts.digits > 0.8) return "number";
  return facts.words >= 2.5 && facts.distinct > facts.records / 20 ? "address" : "text";
}

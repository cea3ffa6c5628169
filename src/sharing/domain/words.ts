/**
 * What an agreement is about: the purposes for which records are shared and the fields of a person that may be, as the names that programs
 * use and the words that people read.
 */
import type { Language } from "../../lib/language.ts";

/** Whatever is shared for evaluation may never be used for decisions about individuals. */
export const PURPOSES = ["find_families", "support_family", "evaluation"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PERSON_FIELDS = [
  "forename",
  "surname",
  "other_names",
  "date_of_birth",
  "sex",
  "address",
  "postcode",
  "phone",
  "email",
  "nhs_number",
  "ni_number",
  "household_role",
  "related_to",
  "relation",
  "protection",
  "recorded_on",
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** For whom somebody signs: the partner as a party, or the Caldicott guardian who answers for its health data. */
export const CAPACITIES = ["signatory", "caldicott_guardian"] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const VIEW_KINDS = ["pair", "record", "person", "household", "file"] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

type Named<K extends string> = Readonly<Record<K, Readonly<Record<Language, string>>>>;

const PURPOSE_NAMES: Named<Purpose> = {
  find_families: { en: "find families who may be helped", cy: "dod o hyd i deuluoedd y gellir eu helpu" },
  support_family: { en: "support a family", cy: "cefnogi teulu" },
  evaluation: {
    en: "evaluation, never decisions about individuals",
    cy: "gwerthuso, byth penderfyniadau am unigolion",
  },
};

const FIELD_NAMES: Named<PersonField> = {
  forename: { en: "forename", cy: "enw cyntaf" },
  surname: { en: "surname", cy: "cyfenw" },
  other_names: { en: "other names", cy: "enwau eraill" },
  date_of_birth: { en: "date of birth", cy: "dyddiad geni" },
  sex: { en: "sex", cy: "rhyw" },
  address: { en: "address", cy: "cyfeiriad" },
  postcode: { en: "postcode", cy: "cod post" },
  phone: { en: "telephone number", cy: "rhif ffôn" },
  email: { en: "e-mail address", cy: "cyfeiriad e-bost" },
  nhs_number: { en: "NHS number", cy: "rhif GIG" },
  ni_number: { en: "National Insurance number", cy: "rhif Yswiriant Gwladol" },
  household_role: { en: "part in the household", cy: "rhan yn yr aelwyd" },
  related_to: { en: "reference of a relative in the same register", cy: "cyfeirnod perthynas yn yr un gofrestr" },
  relation: { en: "how they are related", cy: "sut y maent yn perthyn" },
  protection: { en: "that the person is protected", cy: "bod y person wedi'i ddiogelu" },
  recorded_on: { en: "day of the record", cy: "diwrnod y cofnod" },
};

const CAPACITY_NAMES: Named<Capacity> = {
  signatory: { en: "for the partner", cy: "dros y partner" },
  caldicott_guardian: { en: "Caldicott guardian", cy: "gwarcheidwad Caldicott" },
};

const KIND_NAMES: Named<ViewKind> = {
  pair: { en: "two records side by side", cy: "dau gofnod ochr yn ochr" },
  record: { en: "a record", cy: "cofnod" },
  person: { en: "a person", cy: "person" },
  household: { en: "a household", cy: "aelwyd" },
  file: { en: "a file", cy: "ffeil" },
};

export const purposeName = (purpose: Purpose, language: Language): string => PURPOSE_NAMES[purpose][language];
export const personFieldName = (field: PersonField, language: Language): string => FIELD_NAMES[field][language];
export const capacityName = (capacity: Capacity, language: Language): string => CAPACITY_NAMES[capacity][language];
export const viewKindName = (kind: ViewKind, language: Language): string => KIND_NAMES[kind][language];

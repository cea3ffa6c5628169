/**
 * Seven agencies' files of the same families: each knows some of the people and some things of them, types as well as it types, and may
 * know an old address. Every record has the truth beside it, in columns that a linkage ignores.
 */
import { namesOf } from "../compare/nicknames.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import type { Person, Population } from "./families.ts";
import { dayAt } from "./homes.ts";

export const AGENCIES = ["police", "school", "hospital", "court", "council-tax", "social-care", "jobcentre"] as const;
export type Agency = (typeof AGENCIES)[number];

export const FIELDS = [
  "forename",
  "surname",
  "sex",
  "date_of_birth",
  "address",
  "postcode",
  "phone",
  "nhs_number",
] as const;
export type Field = (typeof FIELDS)[number];

/** How an agency keeps records; shares from 0 to 1. */
export type Keeping = {
  readonly fields: readonly Field[];
  /** Whom it knows of, and how large a share of them. */
  readonly knows: { readonly parent: number; readonly child: number };
  /** Of its people, how many it has a second record of. */
  readonly twice: number;
  readonly missing: number;
  readonly mistyped: number;
  readonly diminutive: number;
  readonly swapped: number;
  readonly oldAddress: number;
};

const USUAL = { twice: 0, missing: 0.03, mistyped: 0.03, diminutive: 0.04, swapped: 0.005, oldAddress: 0.1 };
const NAMED = ["forename", "surname", "sex", "date_of_birth"] as const;

export const KEEPING: Readonly<Record<Agency, Keeping>> = {
  police: {
    ...USUAL,
    fields: [...NAMED, "address", "postcode", "phone"],
    knows: { parent: 0.5, child: 0.35 },
    twice: 0.2,
    missing: 0.1,
    mistyped: 0.07,
    diminutive: 0.12,
    oldAddress: 0.25,
  },
  school: { ...USUAL, fields: [...NAMED, "address", "postcode"], knows: { parent: 0, child: 0.9 } },
  hospital: {
    ...USUAL,
    fields: [...NAMED, "postcode", "phone", "nhs_number"],
    knows: { parent: 0.6, child: 0.7 },
    twice: 0.05,
    mistyped: 0.05,
  },
  court: { ...USUAL, fields: [...NAMED, "address", "postcode"], knows: { parent: 0.25, child: 0.1 }, missing: 0.08 },
  "council-tax": {
    ...USUAL,
    fields: ["forename", "surname", "address", "postcode"],
    knows: { parent: 0.95, child: 0 },
    oldAddress: 0.02,
  },
  "social-care": {
    ...USUAL,
    fields: [...NAMED, "address", "postcode", "phone", "nhs_number"],
    knows: { parent: 0.4, child: 0.5 },
    twice: 0.08,
    missing: 0.08,
    diminutive: 0.1,
  },
  jobcentre: { ...USUAL, fields: [...NAMED, "address", "postcode", "phone"], knows: { parent: 0.6, child: 0.05 } },
};

export type AgencyFile = {
  readonly agency: Agency;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** Columns of the truth, which a linkage must ignore. */
export const TRUTH_COLUMNS = ["true_person", "true_household"] as const;

/** One file for each agency, with a reference of its own and the day of each record. The same for the same seed. */
export function makeAgencyFiles(population: Population, seed: number): readonly AgencyFile[] {
  return AGENCIES.map((agency, at) => {
    const keeping = KEEPING[agency];
    const chance = chanceFrom(seed * 16 + at + 1);
    const rows: (readonly string[])[] = [];
    for (const person of population.persons) {
      if (!chance.happens(keeping.knows[person.role])) continue;
      const times = chance.happens(keeping.twice) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const reference = `${agency}-${rows.length + 1}`;
        rows.push([
          reference,
          ...writeRecord(person, { keeping, chance }),
          String(person.id),
          String(person.livesWith),
        ]);
      }
    }
    return { agency, headings: ["reference", ...keeping.fields, "recorded_on", ...TRUTH_COLUMNS], rows };
  });
}

type Writing = { readonly keeping: Keeping; readonly chance: Chance };

function writeRecord(person: Person, { keeping, chance }: Writing): readonly string[] {
  const last = person.addresses.length - 1;
  const at = last > 0 && chance.happens(keeping.oldAddress) ? last - 1 : last;
  const address = person.addresses[at];
  const swapped = chance.happens(keeping.swapped);
  const forename = chance.happens(keeping.diminutive) ? otherForm(person.forename, chance) : person.forename;
  const [first, second] = swapped ? [person.surname, forename] : [forename, person.surname];
  const values: Readonly<Record<Field, string>> = {
    forename: titled(first),
    surname: titled(second),
    sex: person.sex,
    date_of_birth: person.born,
    address: titled(address?.street ?? ""),
    postcode: address?.postcode ?? "",
    phone: person.phone,
    nhs_number: person.nhsNumber,
  };
  const written = keeping.fields.map((field) => {
    const value = values[field];
    if (field !== "forename" && field !== "surname" && chance.happens(keeping.missing)) return "";
    return field !== "sex" && chance.happens(keeping.mistyped) ? mistype(value, chance) : value;
  });
  return [...written, dayAt({ addresses: person.addresses, at }, chance)];
}

function titled(text: string): string {
  return text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** A form of the name that stands for it, where the list of diminutives has one; else its initial. */
function otherForm(forename: string, chance: Chance): string {
  const forms = SHORT_FORMS.filter((form) => namesOf(form).some((name) => namesOf(forename).includes(name)));
  return forms.length > 0 ? chance.pick(forms) : forename.charAt(0);
}

const SHORT_FORMS =
  "maggie peggy sue pat chris linda kaz nell sal beth becky jess liv millie ellie lucy kate lottie meg liz cathy annie molly debbie jackie johnny dave dai mike pete steve andy rob bob jim will bill tom dan matt rick tony kev stu harry charlie jake ron ray ken don fred bert ernie wally paddy".split(
    " ",
  );

/** One slip: a letter left out, put in, changed for its neighbour in the alphabet, or swapped with the next. */
export function mistype(text: string, chance: Chance): string {
  if (text.length < 2) return text;
  const at = chance.below(text.length - 1);
  const letter = text.charAt(at);
  const other = /\d/.test(letter)
    ? String((Number(letter) + 1 + chance.below(9)) % 10)
    : String.fromCharCode(97 + chance.below(26));
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  switch (chance.below(4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + other + after;
    case 2:
      return before + other + after;
    default:
      return before + after.charAt(0) + letter + after.slice(1);
  }
}

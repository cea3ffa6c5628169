/**
 * Which column of an agency's file holds what, from its headings: guessed, and corrected by a person. What an agreement does not allow is
 * left out before anything is kept (UK GDPR, article 5(1)(c): no more than is needed).
 */
import { PERSON_FIELDS, type PersonField } from "../../sharing/index.ts";
import { headingWords } from "../domain/table/normalise.ts";

export const COLUMN_ROLES = ["reference", ...PERSON_FIELDS] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** The column of each role, from 0. */
export type Columns = Readonly<Partial<Record<ColumnRole, number>>>;

/** A phrase fits where all its words stand in the heading. The first role that fits takes the first such column. */
const PHRASES: Readonly<Record<ColumnRole, readonly string[]>> = {
  reference: ["reference", "ref", "id", "case number", "record number", "unique pupil number", "upn", "custody number"],
  forename: ["forename", "first name", "firstname", "given name", "christian name"],
  surname: ["surname", "last name", "lastname", "family name"],
  other_names: ["other names", "middle name", "middle names", "alias", "known as", "previous name", "maiden name"],
  date_of_birth: ["date of birth", "dob", "birth date", "birthdate", "born"],
  sex: ["sex", "gender"],
  address: ["address", "street", "address line"],
  postcode: ["postcode", "post code"],
  phone: ["phone", "telephone", "mobile", "tel"],
  email: ["email", "e mail"],
  nhs_number: ["nhs"],
  ni_number: ["nino", "national insurance", "ni number"],
  household_role: ["household role", "role in household", "relationship"],
  related_to: [
    "related to",
    "relative reference",
    "relative ref",
    "relative id",
    "reference of relative",
    "linked person",
  ],
  relation: ["relation", "how related"],
  protection: ["protection", "protected", "sensitive flag", "safeguarding flag"],
  recorded_on: ["recorded on", "record date", "updated", "last seen", "date recorded"],
};

export function guessColumns(headings: readonly string[]): Columns {
  const words = headings.map(headingWords);
  const taken = new Set<number>();
  const found: Partial<Record<ColumnRole, number>> = {};
  // Names of numbers hold the word number too, so the references come last.
  for (const role of [...PERSON_FIELDS, "reference" as const]) {
    const at = words.findIndex(
      (heading, place) =>
        !taken.has(place) && PHRASES[role].some((phrase) => phrase.split(" ").every((word) => heading.includes(word))),
    );
    if (at < 0) continue;
    taken.add(at);
    found[role] = at;
  }
  return found;
}

/** What no record can be matched without: a reference of its own, and something that tells people apart. */
export function missingRoles(columns: Columns): readonly ColumnRole[] {
  const missing: ColumnRole[] = columns.reference === undefined ? ["reference"] : [];
  const names = columns.forename !== undefined || columns.surname !== undefined;
  const numbers = columns.nhs_number !== undefined || columns.ni_number !== undefined;
  return names || numbers ? missing : [...missing, "surname"];
}

/** A reference of a relative without the relation says nothing, nor the relation without the reference: they are kept together. */
const TOGETHER: readonly PersonField[] = ["related_to", "relation"];

/**
 * The columns without those that the agreement does not allow, and the headings of those. A flag of protection is kept whatever is allowed: a
 * file whose flags were left out would show the homes of the people it was to hide.
 */
export function allowedColumns(columns: Columns, allowed: readonly PersonField[]) {
  const kept: Partial<Record<ColumnRole, number>> = {};
  const leftOut: ColumnRole[] = [];
  const isAllowed = (role: PersonField) =>
    (TOGETHER.includes(role) ? TOGETHER : [role]).every((one) => allowed.includes(one));
  for (const role of COLUMN_ROLES) {
    const at = columns[role];
    if (at === undefined) continue;
    if (role === "reference" || role === "protection" || isAllowed(role)) kept[role] = at;
    else leftOut.push(role);
  }
  return { kept: kept as Columns, leftOut };
}

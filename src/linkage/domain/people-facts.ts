/** Finds, among columns whose kind is known, what tells people of one home apart: forename, birthday, numbers of one's own, and the home. */
import type { PeopleFacts } from "./clusters/two-people.ts";
import { isNationalInsuranceNumber, isNhsNumber } from "./compare/check-digits.ts";
import { asDays, mayBeOneDay } from "./compare/date-levels.ts";
import { type NameColumns, type NameParts, nameLikeness } from "./compare/names.ts";
import type { Kind } from "./table/kinds.ts";
import { headingWords } from "./table/normalise.ts";
import { type Column, MISSING_CODE } from "./table/records.ts";

export type Kept = { readonly column: Column; readonly kind: Kind };

/** The first column of each kind of name. */
export function namesAmong(kept: readonly Kept[]): NameColumns {
  const first = (kind: Kind) => kept.find((one) => one.kind === kind)?.column ?? null;
  return { forename: first("forename"), surname: first("surname"), full: first("full-name") };
}

/** The names are those of the columns, taken apart; null where there are none. */
export function peopleFacts(kept: readonly Kept[], names: NameParts | null): PeopleFacts {
  const parts = kept.some(({ kind }) => kind === "forename" || kind === "full-name") ? names : null;
  const born = kept.find(({ column, kind }) => kind === "date" && isOfBirth(column));
  return {
    forenames: parts && { codes: parts.forenames, likeness: nameLikeness(parts.values) },
    surnames: parts?.surnames ?? null,
    births: born === undefined ? null : birthsOf(born.column),
    numbers: kept.flatMap(({ column, kind }) => {
      if (kind === "nhs-number") return [provenCodes(column, isNhsNumber)];
      return kind === "ni-number" ? [provenCodes(column, isNationalInsuranceNumber)] : [];
    }),
    homes: kept.flatMap(({ column, kind }) => (kind === "address" || kind === "postcode" ? [column.codes] : [])),
  };
}

const OF_BIRTH = ["dob", "birth", "born", "birthdate", "geni"];

function isOfBirth({ name }: Column): boolean {
  return headingWords(name).some((word) => OF_BIRTH.includes(word));
}

function birthsOf(column: Column): PeopleFacts["births"] {
  const { codes, values } = asDays(column);
  const near = (left: number, right: number) => mayBeOneDay(values[left] ?? "", values[right] ?? "");
  return { codes, values, near };
}

function provenCodes({ codes, values }: Column, proves: (value: string) => boolean): Int32Array {
  const proven = values.map(proves);
  return codes.map((code) => (code >= 0 && proven[code] === true ? code : MISSING_CODE));
}

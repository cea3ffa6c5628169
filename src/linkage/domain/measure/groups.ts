/**
 * Error by group: people whose records are poorer are linked worse, and a mean hides it. Groups are made of what the files hold themselves:
 * sex, age and how many fields are missing. That linkage error differs by group, and should be reported so: Ruth Gilbert et al.,
 * "GUILD: GUidance for Information about Linking Data sets", Journal of Public Health 40, 2018.
 */

import { findMonthPlace, readDay } from "../table/days.ts";
import { kindOf, namesTruth } from "../table/kinds.ts";
import { headingWords } from "../table/normalise.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import { type Agreement, bCubedOf } from "./truth.ts";

export type Grouping = {
  readonly by: "sex" | "age" | "missing fields";
  /** The group of each record; null where the file does not tell. */
  readonly groupOf: readonly (string | null)[];
};

export type GroupAgreement = Agreement & { readonly by: string; readonly group: string; readonly records: number };

const SEX = ["sex", "gender", "rhyw"];
const BIRTH = ["dob", "birth", "born", "birthdate", "geni"];

/** What a file's columns group its records by. Ages are those of a day, YYYY-MM-DD; without one none is told. */
export function groupingsOf(
  { columns, count }: Pick<Records, "columns" | "count">,
  day: string | null,
): readonly Grouping[] {
  const headed = (words: readonly string[]) =>
    columns.find(({ name }) => headingWords(name).some((word) => words.includes(word))) ?? null;
  const found: Grouping[] = [];
  const sex = headed(SEX);
  if (sex !== null) found.push({ by: "sex", groupOf: Array.from(sex.codes, (code) => sex.values[code] ?? null) });
  const born = headed(BIRTH);
  if (born !== null && day !== null && kindOf(born) === "date") found.push({ by: "age", groupOf: agesOf(born, day) });
  const compared = columns.filter((column) => !namesTruth(column));
  found.push({
    by: "missing fields",
    groupOf: Array.from({ length: count }, (_, record) => {
      const missing = compared.filter(({ codes }) => codes[record] === MISSING_CODE).length;
      return missing === 0 ? "none" : missing === 1 ? "one" : "two or more";
    }),
  });
  return found;
}

function agesOf({ codes, values }: Column, day: string): readonly (string | null)[] {
  const place = findMonthPlace(values);
  const bands = values.map((value) => bandOf(readDay(value, place), day.replaceAll("-", "")));
  return Array.from(codes, (code) => bands[code] ?? null);
}

/** Both as eight digits. */
function bandOf(born: string | null, day: string): string | null {
  if (born === null || born > day) return null;
  const years = Math.floor((Number(day) - Number(born)) / 10_000);
  if (years < 5) return "0 to 4";
  if (years < 16) return "5 to 15";
  if (years < 25) return "16 to 24";
  return years < 65 ? "25 to 64" : "65 and over";
}

/** Precision and recall (B-cubed) of the records of each group, the groups of one kind in their order. */
export function agreementByGroup(
  { clusterOf, truth }: { readonly clusterOf: Int32Array; readonly truth: Int32Array },
  groupings: readonly Grouping[],
): readonly GroupAgreement[] {
  const agreement = bCubedOf(clusterOf, truth);
  return groupings.flatMap(({ by, groupOf }) => {
    const groups = new Map<string, number[]>();
    groupOf.forEach((group, record) => {
      if (group === null) return;
      const known = groups.get(group);
      if (known === undefined) groups.set(group, [record]);
      else known.push(record);
    });
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, records]) => ({ by, group, records: records.length, ...agreement(records) }));
  });
}

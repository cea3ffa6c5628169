/**
 * A model of the house's as settings that Splink can load (DuckDB's dialect), so that a place can take what it has learned with it. The
 * weights are the house's; what Splink has no words for is left out or approximated and named: it knows no households and no words of
 * whole names.
 */
import type { Model, ModelComparison } from "../model/artefact.ts";
import { headingWords } from "../table/normalise.ts";
import { ofColumn, type Part, type WrittenComparison, writeOfColumn, writeOfTwo } from "./write-conditions.ts";

export type SplinkSettings = Readonly<Record<string, unknown>>;

export type WrittenSplink = {
  readonly settings: SplinkSettings;
  /** Comparisons and rules that are not in it. */
  readonly leftOut: readonly string[];
  /** Comparisons that are not quite the same, with how they differ. */
  readonly approximated: readonly string[];
};

export function writeSplink(model: Model): WrittenSplink {
  const leftOut: string[] = [];
  const approximated: string[] = [];
  const comparisons: SplinkSettings[] = [];
  for (const comparison of model.comparisons) {
    const written = writeComparison(comparison);
    if (written === null) {
      leftOut.push(comparison.name);
      continue;
    }
    if (written.approximated !== null) approximated.push(`${comparison.name}: ${written.approximated}`);
    comparisons.push(settingsOf(comparison, written));
  }
  const rules: SplinkSettings[] = [];
  for (const keys of model.rules) {
    const parts = keys.map((key) => writeKey(key, model));
    if (parts.includes(null)) leftOut.push(keys.join(" and "));
    else rules.push({ blocking_rule: parts.map((part) => `(${part})`).join(" AND "), sql_dialect: "duckdb" });
  }
  const settings = {
    link_type: "dedupe_only",
    probability_two_random_records_match: model.prior,
    sql_dialect: "duckdb",
    unique_id_column_name: "unique_id",
    source_dataset_column_name: "source_dataset",
    blocking_rules_to_generate_predictions: rules,
    comparisons,
  };
  return { settings, leftOut, approximated };
}

function writeComparison({ name, columns, levels }: ModelComparison): WrittenComparison | null {
  const [one, two] = columns;
  if (one === undefined) return null;
  if (name === "name") return writeOfTwo({ called: ["forename", "surname"], parts: nameParts(columns), ofNames: true });
  if (two !== undefined && name === `${one} and ${two}`)
    return writeOfTwo({ called: [one, two], parts: [ofColumn(one), ofColumn(two)], ofNames: false });
  if (columns.length > 1) return null;
  return writeOfColumn(
    one,
    levels.map((level) => level.name),
  );
}

const NOWHERE: Part = { l: "CAST(NULL AS VARCHAR)", r: "CAST(NULL AS VARCHAR)" };
const OF_SURNAMES = ["surname", "last", "family", "lname", "sname", "lastname"];
const OF_FORENAMES = ["forename", "first", "given", "christian", "fname", "preferred", "firstname", "givenname"];

/** Two columns, one of them, or a whole name whose first word is the forename and whose last the surname. */
function nameParts([one = "", two]: readonly string[]): readonly [Part, Part] {
  if (two !== undefined) return [ofColumn(one), ofColumn(two)];
  const words = headingWords(one);
  if (words.some((word) => OF_SURNAMES.includes(word))) return [NOWHERE, ofColumn(one)];
  if (words.some((word) => OF_FORENAMES.includes(word))) return [ofColumn(one), NOWHERE];
  const { l, r } = ofColumn(one);
  const first = (name: string) => `split_part(${name}, ' ', 1)`;
  const last = (name: string) => `NULLIF(regexp_extract(${name}, ' ([^ ]+)$', 1), '')`;
  return [
    { l: first(l), r: first(r) },
    { l: last(l), r: last(r) },
  ];
}

function settingsOf(
  { name, levels }: ModelComparison,
  { missing, levels: written }: WrittenComparison,
): SplinkSettings {
  const byName = new Map(levels.map((level) => [level.name, level]));
  return {
    output_column_name: headingWords(name).join("_"),
    comparison_levels: [
      { sql_condition: missing, label_for_charts: "nothing to compare", is_null_level: true },
      ...written.map((level) => ({
        sql_condition: level.condition,
        label_for_charts: level.name,
        m_probability: byName.get(level.name)?.m,
        u_probability: byName.get(level.name)?.u,
        ...(level.terms !== null && {
          tf_adjustment_column: level.terms.column,
          tf_adjustment_weight: level.terms.weight,
        }),
      })),
    ],
    comparison_description: name,
  };
}

/** The keys' parts of a column, by what stands after its name. */
const OF_COLUMNS: Readonly<Record<string, (column: string) => string>> = {
  whole: (column) => column,
  "the day": (column) => column,
  "year and month": (column) => `substr(${column}, 1, 7)`,
  "month and day": (column) => `substr(${column}, 6, 5)`,
  year: (column) => `substr(${column}, 1, 4)`,
  "year and day of the month": (column) => `substr(${column}, 1, 4) || substr(${column}, 9, 2)`,
  sector: (column) => `left(${column}, length(${column}) - 2)`,
  district: (column) => `left(${column}, length(${column}) - 3)`,
  "first four letters": (column) => `substr(replace(${column}, ' ', ''), 1, 4)`,
  "before the @": (column) => `split_part(${column}, '@', 1)`,
  "first five letters": (column) => `substr(split_part(${column}, '@', 1), 1, 5)`,
};

const OF_NAMES: Readonly<Record<string, readonly [0 | 1, (name: string) => string]>> = {
  surname: [1, (name) => name],
  "surname's first three letters": [1, (name) => `substr(${name}, 1, 3)`],
  forename: [0, (name) => name],
  "forename's initial": [0, (name) => `substr(${name}, 1, 1)`],
};

/** An equation of both records; null for a key that SQL cannot make: by sound, by diminutive, by any word. */
function writeKey(key: string, { comparisons }: Model): string | null {
  const both = (of: (side: string) => string) => `${of("l")} = ${of("r")}`;
  const named = OF_NAMES[key];
  if (named !== undefined) {
    const columns = comparisons.find(({ name }) => name === "name")?.columns ?? [];
    const [place, of] = named;
    // Of a whole name the parts are not columns, and a rule's sides are written otherwise than a condition's.
    return columns.length === 2 ? both((side) => of(`${side}."${columns[place]}"`)) : null;
  }
  const at = key.lastIndexOf(": ");
  const of = OF_COLUMNS[key.slice(at + 2)];
  return at < 0 || of === undefined ? null : both((side) => of(`${side}."${key.slice(0, at)}"`));
}

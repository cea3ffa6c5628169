/**
 * Chooses comparisons and blocking keys from the columns alone: what a new place uses before it has a model of its own. Nothing is known
 * of the files but their headings and values, and a column that names the truth is never looked at.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import {
  dateKeys,
  emailKeys,
  gatheredKey,
  type Key,
  nameKeys,
  postcodeKeys,
  textKeys,
  wholeKey,
} from "./blocking/keys.ts";
import type { PeopleFacts } from "./clusters/two-people.ts";
import { compareAddress } from "./compare/address-levels.ts";
import type { Comparison } from "./compare/comparison.ts";
import { asDays, compareDates } from "./compare/date-levels.ts";
import { asMatches, asStrangers, isOfHome } from "./compare/household.ts";
import { type NameParts, nameLevels, nameParts } from "./compare/names.ts";
import { compareOtherNames, nameWords } from "./compare/other-names.ts";
import { pairedText } from "./compare/paired-text.ts";
import { asPostcodes, comparePostcodes } from "./compare/postcode-levels.ts";
import { bestOfSeveral, holdsLists, severalOf } from "./compare/several.ts";
import { compareCategory, compareEmail, compareNhsNumber, compareNumber, compareText } from "./compare/text-levels.ts";
import { compareTwoParts } from "./compare/two-parts.ts";
import { type Kept, namesAmong, peopleFacts } from "./people-facts.ts";
import { isOfTheRecord, type Kind, kindOf, namesTruth } from "./table/kinds.ts";
import { headingWords } from "./table/normalise.ts";
import type { Column, Records } from "./table/records.ts";

export type Plan = {
  readonly comparisons: readonly Comparison[];
  readonly keys: readonly Key[];
  /** What each column was taken for, and what was left out and why. */
  readonly columns: readonly PlannedColumn[];
  /** What tells people of one home apart. */
  readonly facts: PeopleFacts;
};

export type PlannedColumn = {
  readonly column: string;
  readonly kind: Kind | null;
  readonly filled: number;
  readonly left: "names_the_truth" | "nearly_empty" | "one_value" | "of_the_record" | null;
};

export type NoPlan = { readonly code: "no_usable_columns"; readonly columns: readonly PlannedColumn[] };

/** A column that fewer records than this share have a value of is not compared. */
const LEAST_FILLED = 0.01;

export function planColumns({ columns, count }: Pick<Records, "columns" | "count">): Result<Plan, NoPlan> {
  const planned = columns.map((column) => lookAt(column, count));
  const kept = columns.flatMap((column, at) => {
    const kind = planned[at]?.kind;
    return kind ? [{ column, kind }] : [];
  });
  const named = kept.filter(({ kind }) => isName(kind));
  const parts = named.length === 0 ? null : nameParts(namesAmong(named));
  const names = parts === null ? { comparisons: [], keys: [] } : planNames(named, parts);
  const others = planOthers(kept.filter(({ kind }) => !isName(kind)));
  const comparisons = [...names.comparisons, ...others.comparisons];
  const useful = comparisons.some(({ levels }) => levels.length > 2);
  if (!useful) return refuse({ code: "no_usable_columns", columns: planned });
  return accept({
    comparisons,
    keys: [...names.keys, ...others.keys],
    columns: planned,
    facts: peopleFacts(kept, parts),
  });
}

function lookAt(column: Column, count: number): PlannedColumn {
  let filled = 0;
  for (const one of column.counts) filled += one;
  const about = { column: column.name, filled: filled / Math.max(count, 1) };
  if (namesTruth(column)) return { ...about, kind: null, left: "names_the_truth" };
  if (about.filled < LEAST_FILLED) return { ...about, kind: null, left: "nearly_empty" };
  if (column.values.length < 2) return { ...about, kind: null, left: "one_value" };
  const kind = kindOf(column);
  if (kind === "date" && isOfTheRecord(column.name)) return { ...about, kind: null, left: "of_the_record" };
  return { ...about, kind, left: null };
}

type Planned = Pick<Plan, "comparisons" | "keys">;

function isName(kind: Kind): boolean {
  return kind === "forename" || kind === "surname" || kind === "full-name";
}

/** Other names are compared where this share of the records has any. */
const OTHERS_FILLED = 0.02;

function planNames(named: readonly Kept[], parts: NameParts): Planned {
  const rest = named.map(({ column }) => column).filter(({ name }) => !parts.columns.includes(name));
  const whole = rest.length > 0 ? rest : named.map(({ column }) => column);
  const words = nameWords(whole, parts);
  const comparison = compareTwoParts({
    name: "name",
    columns: parts.columns,
    first: parts.forenames,
    second: parts.surnames,
    values: parts.values.length,
    called: ["forename", "surname"],
    partLevel: nameLevels(parts.values),
    secondOfHome: true,
    firstOfHome: false,
  });
  const others = words.others.reduce((sum, one) => sum + one, 0);
  const compareOthers = others > OTHERS_FILLED * parts.forenames.length;
  return {
    comparisons: compareOthers ? [comparison, compareOtherNames(words)] : [comparison],
    keys: nameKeys({ parts, words, comparison: "name" }),
  };
}

function planOthers(kept: readonly Kept[]): Planned {
  const comparisons: Comparison[] = [];
  const keys: Key[] = [];
  const taken = new Set<string>();
  for (const one of kept) {
    if (taken.has(one.column.name)) continue;
    const several = kept.filter((other) => other === one || (!taken.has(other.column.name) && areTwins(one, other)));
    if (several.length >= LEAST_NUMBERED || (mayHoldLists(one) && holdsLists(one.column))) {
      const list = several.length >= LEAST_NUMBERED ? several : [one];
      const planned = planSeveral(list.map(({ column }) => column));
      for (const { column } of list) taken.add(column.name);
      comparisons.push(...planned.comparisons);
      keys.push(...planned.keys);
      continue;
    }
    const twin = kept.find((other) => other !== one && !taken.has(other.column.name) && areTwins(one, other));
    taken.add(one.column.name);
    if (twin !== undefined) taken.add(twin.column.name);
    const planned = twin === undefined ? planOne(one) : planTwins(one, twin.column);
    comparisons.push(...planned.comparisons);
    keys.push(...planned.keys);
  }
  return { comparisons, keys };
}

/** From so many numbered columns on they are a list: address_1 and address_2 may be the lines of one address. */
const LEAST_NUMBERED = 3;

function mayHoldLists({ kind }: Kept): boolean {
  return kind !== "date" && kind !== "category";
}

function planSeveral(columns: readonly Column[]): Planned {
  const names = columns.map(({ name }) => name);
  const { column, starts } = severalOf(columns, names.join(" and "));
  const { comparisons, keys } = planOne({ column, kind: kindOf(column) });
  return {
    comparisons: comparisons.map((comparison) => bestOfSeveral(comparison, { starts, columns: names })),
    keys: keys.map((key) => gatheredKey(key, starts)),
  };
}

/** Columns whose headings differ by a number: address_1 and address_2, whose values change places. */
function areTwins(one: Kept, other: Kept): boolean {
  const stem = ({ column }: Kept) => headingWords(column.name.replace(/\d+$/, "")).join(" ");
  const textual = (kind: Kind) => kind === "text" || kind === "address" || kind === "number" || kind === "phone";
  return one.column.name !== other.column.name && stem(one) === stem(other) && textual(one.kind) && textual(other.kind);
}

function planTwins({ column: one, kind }: Kept, other: Column): Planned {
  const paired = pairedText(one, other);
  const name = `${one.name} and ${other.name}`;
  return {
    comparisons: [compareTwoParts({ ...paired, name, secondOfHome: false, firstOfHome: isOfHome(kind, one.name) })],
    keys: [...textKeys(one, name), ...textKeys(other, name)],
  };
}

function planOne({ column, kind }: Kept): Planned {
  const { name } = column;
  const household = isOfHome(kind, name) ? asMatches : asStrangers;
  if (kind === "date") {
    const days = asDays(column);
    return { comparisons: [compareDates(days)], keys: dateKeys(days, name) };
  }
  if (kind === "postcode") {
    const postcodes = asPostcodes(column);
    return { comparisons: [comparePostcodes(postcodes)], keys: postcodeKeys(postcodes, name) };
  }
  if (kind === "email") return { comparisons: [compareEmail(column)], keys: emailKeys(column, name) };
  if (kind === "category") return { comparisons: [compareCategory(column, household)], keys: [wholeKey(column, name)] };
  if (kind === "nhs-number") return { comparisons: [compareNhsNumber(column)], keys: [wholeKey(column, name)] };
  if (kind === "number" || kind === "phone" || kind === "ni-number")
    return { comparisons: [compareNumber(column, household)], keys: [wholeKey(column, name)] };
  if (kind === "address") return { comparisons: [compareAddress(column)], keys: textKeys(column, name) };
  return { comparisons: [compareText(column, household)], keys: textKeys(column, name) };
}

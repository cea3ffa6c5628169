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
import { addressLevels, compareAddress, wordWeights } from "./compare/address-levels.ts";
import type { Comparison } from "./compare/comparison.ts";
import { asDays, compareDates, daysOf } from "./compare/date-levels.ts";
import { asMatches, asStrangers, isOfHome } from "./compare/household.ts";
import { type NameParts, nameLevels, nameParts } from "./compare/names.ts";
import { compareOtherNames, type NameWords, nameWords } from "./compare/other-names.ts";
import { pairedText } from "./compare/paired-text.ts";
import { asPostcodes, postcodeComparer } from "./compare/postcode-levels.ts";
import { bestOfSeveral, holdsLists, severalOf } from "./compare/several.ts";
import { compareCategory, compareEmail, compareNhsNumber, compareNumber, compareText } from "./compare/text-levels.ts";
import { compareTwoParts } from "./compare/two-parts.ts";
import { type Kept, namesAmong, peopleFacts } from "./people-facts.ts";
import { findMonthPlace } from "./table/days.ts";
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
  /** How each comparison is made of its columns, so that it can be made again of a few records beside one more. */
  readonly makers: readonly Maker[];
  /** The words of whole names, from the columns of these headings. */
  readonly words: { readonly of: readonly string[]; readonly names: NameWords } | null;
};

export type Maker = {
  readonly name: string;
  /** Headings of the columns as they were read. */
  readonly of: readonly string[];
  /** Those columns as they are compared: dates as eight digits, a whole name in its parts. */
  readonly prepare: (columns: readonly Column[]) => readonly Column[];
  readonly prepared: readonly Column[];
  /** The comparison of prepared columns; null for the other words of names, which are compared by record. */
  readonly make: ((prepared: readonly Column[]) => Comparison) | null;
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
  const names = parts === null ? { comparisons: [], keys: [], makers: [], words: null } : planNames(named, parts);
  const others = planOthers(kept.filter(({ kind }) => !isName(kind)));
  const comparisons = [...names.comparisons, ...others.comparisons];
  const useful = comparisons.some(({ levels }) => levels.length > 2);
  if (!useful) return refuse({ code: "no_usable_columns", columns: planned });
  return accept({
    comparisons,
    keys: [...names.keys, ...others.keys],
    columns: planned,
    facts: peopleFacts(kept, parts),
    makers: [...names.makers, ...others.makers],
    words: names.words,
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

type Planned = Pick<Plan, "comparisons" | "keys" | "makers">;

function isName(kind: Kind): boolean {
  return kind === "forename" || kind === "surname" || kind === "full-name";
}

/** Other names are compared where this share of the records has any. */
const OTHERS_FILLED = 0.02;

function planNames(named: readonly Kept[], parts: NameParts): Planned & Pick<Plan, "words"> {
  const rest = named.map(({ column }) => column).filter(({ name }) => !parts.columns.includes(name));
  const whole = rest.length > 0 ? rest : named.map(({ column }) => column);
  const words = nameWords(whole, parts);
  const maker = makerOfNames(named, parts);
  const others = words.others.reduce((sum, one) => sum + one, 0);
  const compareOthers = others > OTHERS_FILLED * parts.forenames.length;
  const comparisons = [made(maker), ...(compareOthers ? [compareOtherNames(words)] : [])];
  return {
    comparisons,
    keys: nameKeys({ parts, words, comparison: "name" }),
    makers: comparisons.map(({ name }, at) => (at === 0 ? maker : { ...maker, name, make: null })),
    words: { of: whole.map(({ name }) => name), names: words },
  };
}

function makerOfNames(named: readonly Kept[], parts: NameParts): Making {
  const asColumns = ({ values, forenames, surnames }: NameParts): readonly Column[] => {
    const together = { values, written: values, counts: new Int32Array(0) };
    return [
      { name: "forename", codes: forenames, ...together },
      { name: "surname", codes: surnames, ...together },
    ];
  };
  return {
    name: "name",
    of: parts.columns,
    prepare: (columns) =>
      asColumns(
        nameParts(
          namesAmong(
            named.flatMap(({ kind, column: { name } }) => {
              const column = columns.find((one) => one.name === name);
              return column === undefined ? [] : [{ kind, column }];
            }),
          ),
        ),
      ),
    prepared: asColumns(parts),
    make: ([forename, surname]) =>
      compareTwoParts({
        name: "name",
        columns: parts.columns,
        first: forename?.codes ?? new Int32Array(),
        second: surname?.codes ?? new Int32Array(),
        values: forename?.values.length ?? 0,
        called: ["forename", "surname"],
        partLevel: nameLevels(forename?.values ?? []),
        secondOfHome: true,
        firstOfHome: false,
      }),
  };
}

function planOthers(kept: readonly Kept[]): Planned {
  const comparisons: Comparison[] = [];
  const keys: Key[] = [];
  const makers: Maker[] = [];
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
      makers.push(...planned.makers);
      continue;
    }
    const twin = kept.find((other) => other !== one && !taken.has(other.column.name) && areTwins(one, other));
    taken.add(one.column.name);
    if (twin !== undefined) taken.add(twin.column.name);
    const maker = twin === undefined ? makerOf(one) : makerOfTwins(one, twin.column);
    const { name } = maker;
    comparisons.push(made(maker));
    makers.push(maker);
    if (twin === undefined) keys.push(...keysOf(one.kind, maker.prepared[0] as Column));
    else for (const prepared of maker.prepared) keys.push(...textKeys(prepared, name));
  }
  return { comparisons, keys, makers };
}

type Making = Maker & { readonly make: NonNullable<Maker["make"]> };

function made({ make, prepared }: Making): Comparison {
  return make(prepared);
}

/** From so many numbered columns on they are a list: address_1 and address_2 may be the lines of one address. */
const LEAST_NUMBERED = 3;

function mayHoldLists({ kind }: Kept): boolean {
  return kind !== "date" && kind !== "category";
}

function planSeveral(columns: readonly Column[]): Planned {
  const names = columns.map(({ name }) => name);
  const { column, starts } = severalOf(columns, names.join(" and "));
  const kind = kindOf(column);
  const maker = makerOf({ column, kind });
  const comparison = bestOfSeveral(made(maker), { starts, columns: names });
  return {
    comparisons: [comparison],
    keys: keysOf(kind, maker.prepared[0] as Column).map((key) => gatheredKey(key, starts)),
    makers: [{ ...maker, name: comparison.name, of: names, make: null }],
  };
}

/** Columns whose headings differ by a number: address_1 and address_2, whose values change places. */
function areTwins(one: Kept, other: Kept): boolean {
  const stem = ({ column }: Kept) => headingWords(column.name.replace(/\d+$/, "")).join(" ");
  const textual = (kind: Kind) => kind === "text" || kind === "address" || kind === "number" || kind === "phone";
  return one.column.name !== other.column.name && stem(one) === stem(other) && textual(one.kind) && textual(other.kind);
}

function makerOfTwins({ column: one, kind }: Kept, other: Column): Making {
  const prepared = pairedText(one, other);
  const weights = wordWeights(prepared[0]);
  const called = [one.name, other.name] as const;
  return {
    name: `${one.name} and ${other.name}`,
    of: called,
    prepare: ([first, second]) => pairedText(first as Column, second as Column),
    prepared,
    make: ([first, second]) =>
      compareTwoParts({
        name: `${one.name} and ${other.name}`,
        columns: called,
        first: first?.codes ?? new Int32Array(),
        second: second?.codes ?? new Int32Array(),
        values: first?.values.length ?? 0,
        called,
        partLevel: addressLevels(first?.values ?? [], weights),
        secondOfHome: false,
        firstOfHome: isOfHome(kind, one.name),
      }),
  };
}

function makerOf({ column, kind }: Kept): Making {
  const { name } = column;
  const household = isOfHome(kind, name) ? asMatches : asStrangers;
  const about = { name, of: [name] };
  const maker = (make: (prepared: Column) => Comparison): Making => ({
    ...about,
    prepare: (columns) => columns,
    prepared: [column],
    make: ([prepared]) => make(prepared as Column),
  });
  if (kind === "date") {
    const place = findMonthPlace(column.values);
    const prepare = (columns: readonly Column[]) => columns.map((one) => daysOf(one, place));
    return { ...maker(compareDates), prepare, prepared: [asDays(column)] };
  }
  if (kind === "postcode") {
    const prepared = asPostcodes(column);
    return {
      ...maker(postcodeComparer(prepared)),
      prepare: (columns) => columns.map(asPostcodes),
      prepared: [prepared],
    };
  }
  if (kind === "email") return maker(compareEmail);
  if (kind === "category") return maker((one) => compareCategory(one, household));
  if (kind === "nhs-number") return maker(compareNhsNumber);
  if (kind === "number" || kind === "phone" || kind === "ni-number")
    return maker((one) => compareNumber(one, household));
  if (kind === "address") {
    const weights = wordWeights(column);
    return maker((one) => compareAddress(one, weights));
  }
  return maker((one) => compareText(one, household));
}

/** Keys of a column as it is compared. */
function keysOf(kind: Kind, prepared: Column): readonly Key[] {
  const { name } = prepared;
  if (kind === "date") return dateKeys(prepared, name);
  if (kind === "postcode") return postcodeKeys(prepared, name);
  if (kind === "email") return emailKeys(prepared, name);
  const whole: readonly Kind[] = ["category", "nhs-number", "number", "phone", "ni-number"];
  return whole.includes(kind) ? [wholeKey(prepared, name)] : textKeys(prepared, name);
}

/**
 * What proves that two clusters of one home are two people, however much they share: twins have one birthday and one address, a father
 * and the son who is called after him one name, and sisters nearly everything. A weight adds up what two records share; these rules ask
 * what one person cannot be. They are asked of whole clusters, because one slip of the pen is not told from another name by one record:
 * two records of Carys and two of Cerys are twins, one of each may be anybody. The rules are our own, and no share in them is learned.
 */
import type { NameLikeness } from "../compare/names.ts";
import { MISSING_CODE } from "../table/records.ts";

/** What tells people of one home apart, each as the number of a value for each record. */
export type PeopleFacts = {
  readonly forenames: Named | null;
  /** A surname that stands as the other's forename is a swap. */
  readonly surnames: Int32Array | null;
  readonly births: Births | null;
  /** Numbers that prove themselves and that a person has one of; MISSING_CODE for those that do not prove themselves. */
  readonly numbers: readonly Int32Array[];
  /** Addresses and postcodes. */
  readonly homes: readonly Int32Array[];
};

export type Named = {
  readonly codes: Int32Array;
  readonly likeness: (left: number, right: number) => NameLikeness;
};

export type Births = {
  readonly codes: Int32Array;
  /** Each value as eight digits: YYYYMMDD. */
  readonly values: readonly string[];
  /** Whether two that differ may be one day, written or typed otherwise. */
  readonly near: (left: number, right: number) => boolean;
};

/** A parent is this many years older than a child, at least. */
const GENERATION_YEARS = 13;
/** A name that stands in so many records of a cluster is no slip. */
const ATTESTED = 2;

/** Whether two clusters, each of one person as far as is known, cannot be one. Without facts nothing is proved. */
export function provesTwoPeople(facts: PeopleFacts): (one: readonly number[], other: readonly number[]) => boolean {
  return (one, other) => {
    if (facts.numbers.some((codes) => differ(valuesOf(codes, one), valuesOf(codes, other)))) return true;
    if (!facts.homes.some((codes) => meet(valuesOf(codes, one), valuesOf(codes, other)))) return false;
    const births = comparedBirths(facts.births, { one, other });
    if (births === "unknown") return false;
    const names = comparedNames(facts, { one, other });
    if (births === "apart") return names === "other" || generationApart(facts.births, { one, other });
    return names === "other" && births === "same";
  };
}

type Two = { readonly one: readonly number[]; readonly other: readonly number[] };
type Counts = ReadonlyMap<number, number>;

/** In how many of the records each value stands. */
function valuesOf(codes: Int32Array, records: readonly number[]): Counts {
  const counts = new Map<number, number>();
  for (const record of records) {
    const code = codes[record] as number;
    if (code !== MISSING_CODE) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function meet(one: Counts, other: Counts): boolean {
  for (const code of one.keys()) if (other.has(code)) return true;
  return false;
}

function differ(one: Counts, other: Counts): boolean {
  return one.size > 0 && other.size > 0 && !meet(one, other);
}

/** Apart where no two of their birthdays may be one day, near where some may and none is the same. */
function comparedBirths(births: Births | null, two: Two): "unknown" | "same" | "near" | "apart" {
  if (births === null) return "unknown";
  const one = valuesOf(births.codes, two.one);
  const other = valuesOf(births.codes, two.other);
  if (one.size === 0 || other.size === 0) return "unknown";
  if (meet(one, other)) return "same";
  for (const left of one.keys()) for (const right of other.keys()) if (births.near(left, right)) return "near";
  return "apart";
}

function generationApart(births: Births | null, two: Two): boolean {
  if (births === null) return false;
  const years = (records: readonly number[]) =>
    [...valuesOf(births.codes, records).keys()].map((code) => Number((births.values[code] ?? "").slice(0, 4)));
  const one = years(two.one);
  const other = years(two.other);
  return one.every((left) => other.every((right) => Math.abs(left - right) >= GENERATION_YEARS));
}

/** Other names where no forename of the one may be a forename of the other, or each has its own too often for a slip. */
function comparedNames({ forenames, surnames }: PeopleFacts, two: Two): "unknown" | "alike" | "other" {
  if (forenames === null) return "unknown";
  const one = valuesOf(forenames.codes, two.one);
  const other = valuesOf(forenames.codes, two.other);
  if (one.size === 0 || other.size === 0) return "unknown";
  if (meet(one, other)) return "alike";
  if (surnames !== null && (meet(one, valuesOf(surnames, two.other)) || meet(other, valuesOf(surnames, two.one))))
    return "alike";
  for (const [left, times] of one)
    for (const [right, otherTimes] of other) {
      const like = forenames.likeness(left, right);
      if (like === "custom") return "alike";
      if (like === "slip" && (times < ATTESTED || otherTimes < ATTESTED)) return "alike";
    }
  return "other";
}

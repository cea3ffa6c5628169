/**
 * From linked records to people in homes: homes are found, and what the records say of where each person was is told as sightings, of
 * which households on a day are made.
 */
import { modesOf } from "../mode.ts";
import type { Plan } from "../plan.ts";
import { findMonthPlace, readDay } from "../table/days.ts";
import { isOfTheRecord, type Kind } from "../table/kinds.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import { findHomes, type Homes } from "./homes.ts";
import type { Sighting } from "./spells.ts";

export type People = {
  /** The person of each record. */
  readonly personOf: Int32Array;
  readonly homes: Homes;
  readonly sightings: readonly Sighting[];
  /** The surname that most of a person's records bear, normalised; null where none does. */
  readonly surnameOf: (person: number) => string | null;
};

/** The plan must be of these records; the clusters are taken for people. */
export function peopleInHomes(
  records: Records,
  the: { readonly plan: Pick<Plan, "columns">; readonly clusterOf: Int32Array },
): People {
  const personOf = the.clusterOf;
  const { homes, surname } = homesOf(records, the);
  const surnameOf = surnames(surname, personOf);
  return { personOf, homes, sightings: sightingsOf(records, { personOf, homes, surnameOf }), surnameOf };
}

/** The homes of the records, and the column of surnames, null where there is none. */
export function homesOf(
  records: Records,
  { plan, clusterOf }: { readonly plan: Pick<Plan, "columns">; readonly clusterOf: Int32Array },
): { readonly homes: Homes; readonly surname: Column | null } {
  const columnOf = (kind: Kind) => records.columns.find((_, at) => plan.columns[at]?.kind === kind) ?? null;
  const surname = columnOf("surname");
  const homes = findHomes({
    address: columnOf("address"),
    postcode: columnOf("postcode"),
    surname,
    personOf: clusterOf,
  });
  return { homes, surname };
}

type Placed = Pick<People, "personOf" | "homes" | "surnameOf">;

/** What each record says of a home; its day is of the column of such days, where there is one. */
function sightingsOf(records: Records, placed: Placed): readonly Sighting[] {
  const { personOf, homes } = placed;
  const dayOf = daysOfRecords(records);
  const only = onlyHomes(placed);
  const found: Sighting[] = [];
  for (let record = 0; record < records.count; record += 1) {
    const named = (homes.homeOf[record] as number) >= 0;
    const home = named ? (homes.homeOf[record] as number) : only(record);
    if (home < 0) continue;
    const source = sourceOf(records, record);
    found.push({ person: personOf[record] as number, home, day: dayOf(record), source, named, record });
  }
  return found;
}

/** The day of each record as YYYY-MM-DD, by the column of such days; null where there is none or it is not a whole day. */
export function daysOfRecords({ columns }: Pick<Records, "columns">): (record: number) => string | null {
  const column = columns.find(({ name }) => isOfTheRecord(name));
  const place = findMonthPlace(column?.values ?? []);
  const days = (column?.values ?? []).map((value) => written(readDay(value, place)));
  return (record) => days[column?.codes[record] ?? -1] ?? null;
}

/** The name of the file that a record is of. */
export function sourceOf({ files, fileOf }: Pick<Records, "files" | "fileOf">, record: number): string {
  return files[fileOf[record] as number] ?? "";
}

/** For a record with a postcode or an address alone: the one such home of people of the surname; MISSING_CODE for none or several. */
function onlyHomes({ personOf, homes, surnameOf }: Placed): (record: number) => number {
  const { homeOf, postcodeOf, addressOf } = homes;
  const keysOf = (record: number) => {
    const surname = surnameOf(personOf[record] as number);
    if (surname === null) return [];
    const postcode = postcodeOf[record] as number;
    const address = addressOf[record] as number;
    return [
      ...(address < 0 ? [] : [`address ${address} ${surname}`]),
      ...(postcode < 0 ? [] : [`${postcode} ${surname}`]),
    ];
  };
  const found = new Map<string, number>();
  for (let record = 0; record < homeOf.length; record += 1) {
    const home = homeOf[record] as number;
    if (home < 0) continue;
    for (const key of keysOf(record)) found.set(key, (found.get(key) ?? home) === home ? home : MISSING_CODE);
  }
  return (record) =>
    keysOf(record)
      .map((key) => found.get(key) ?? MISSING_CODE)
      .find((home) => home >= 0) ?? MISSING_CODE;
}

/** Eight digits as YYYY-MM-DD; a day of which a part is not known is none. */
function written(digits: string | null): string | null {
  if (digits === null || /0000$|00$/.test(digits)) return null;
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The surname that most of a person's records bear, the first of several. */
function surnames(column: Column | null, personOf: Int32Array): (person: number) => string | null {
  const codes = modesOf(personOf, (record) => column?.codes[record] ?? MISSING_CODE);
  return (person) => column?.values[codes.get(person) ?? MISSING_CODE] ?? null;
}

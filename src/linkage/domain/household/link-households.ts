/**
 * From linked records to people and households: homes are found, clusters of one home are looked at again with the prior of a household,
 * and what the records then say of where each person was is put into households on a day.
 */
import { provesTwoPeople } from "../clusters/two-people.ts";
import { Union } from "../clusters/union.ts";
import { populationOf } from "../compare/population.ts";
import type { Linked } from "../link.ts";
import type { Plan } from "../plan.ts";
import { findMonthPlace, readDay } from "../table/days.ts";
import { isOfTheRecord } from "../table/kinds.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import { findHomes, type Homes } from "./homes.ts";
import { joinWithin, memberWeigher } from "./second-pass.ts";
import type { Sighting } from "./spells.ts";

export type People = {
  /** The person of each record, after the second look. */
  readonly personOf: Int32Array;
  /** How many clusters the second look joined to another. */
  readonly joined: number;
  readonly homes: Homes;
  readonly sightings: readonly Sighting[];
  readonly surnameOf: (person: number) => string | null;
};

type Found = { readonly plan: Plan; readonly linked: Pick<Linked, "clusters" | "parameters" | "singleFiles"> };

export function peopleInHomes(records: Records, the: Found): People {
  const columnOf = columnsBy(records, the.plan);
  const { clusterOf, doubted } = the.linked.clusters;
  const surname = columnOf("surname");
  const homes = findHomes({
    address: columnOf("address"),
    postcode: columnOf("postcode"),
    surname,
    personOf: clusterOf,
  });
  const clusters = gathered(clusterOf);
  const union = new Union(clusters.length);
  const { weightOf, mayJoin } = weighing(records, the);
  const doubts = new Set(doubted.map((record) => clusterOf[record]));
  const households = clustersByHome({ clusters, homes, surname }).map((places) =>
    places.filter((place) => !doubts.has(place)),
  );
  const joined = joinWithin({ clusters, households, weightOf, mayJoin, least: 0 });
  for (const [one, other] of joined) union.join(one, other);
  const persons = union.clusters();
  const personOf = clusterOf.map((cluster) => persons[cluster] as number);
  const surnameOf = surnames(surname, personOf);
  return {
    personOf,
    joined: joined.length,
    homes,
    sightings: sightingsOf(records, { personOf, homes, surnameOf }),
    surnameOf,
  };
}

function columnsBy({ columns }: Records, { columns: planned }: Plan): (kind: string) => Column | null {
  return (kind) => columns.find((_, at) => planned[at]?.kind === kind) ?? null;
}

function gathered(clusterOf: Int32Array): readonly (readonly number[])[] {
  const found: number[][] = [];
  clusterOf.forEach((cluster, record) => {
    const known = found[cluster];
    if (known === undefined) found[cluster] = [record];
    else known.push(record);
  });
  return found;
}

function weighing({ fileOf }: Records, { plan, linked }: Found) {
  const { parameters, clusters, singleFiles } = linked;
  const population = populationOf(clusters.clusterOf, 1);
  const proves = provesTwoPeople(plan.facts);
  const single = (records: readonly number[]) =>
    new Set(records.map((record) => fileOf[record] as number).filter((file) => singleFiles[file] === true));
  const mayJoin = (one: readonly number[], other: readonly number[]) => {
    const files = single(one);
    return ![...single(other)].some((file) => files.has(file)) && !proves(one, other);
  };
  return { weightOf: memberWeigher({ ...plan, parameters, population }), mayJoin };
}

type AtHome = {
  readonly clusters: readonly (readonly number[])[];
  readonly homes: Homes;
  readonly surname: Column | null;
};

/**
 * Clusters that share a home, each in the first of its homes only. Who has no more than a postcode belongs to the one home there whose
 * people bear the surname; where there are two such homes, to none.
 */
function clustersByHome({ clusters, homes, surname }: AtHome): readonly (readonly number[])[] {
  const found = new Map<number, number[]>();
  const waiting: { readonly place: number; readonly keys: readonly string[] }[] = [];
  const homeOfKey = new Map<string, number>();
  const keysOf = (records: readonly number[]) =>
    records.flatMap((record) => {
      const [postcode, name] = [homes.postcodeOf[record] as number, surname?.codes[record] ?? MISSING_CODE];
      return postcode < 0 || name < 0 ? [] : [`${postcode} ${name}`];
    });
  clusters.forEach((records, place) => {
    const home = records.map((record) => homes.homeOf[record] as number).find((one) => one >= 0);
    const keys = keysOf(records);
    if (home === undefined) {
      waiting.push({ place, keys });
      return;
    }
    found.set(home, [...(found.get(home) ?? []), place]);
    for (const key of keys) homeOfKey.set(key, (homeOfKey.get(key) ?? home) === home ? home : MISSING_CODE);
  });
  for (const { place, keys } of waiting) {
    const home = keys.map((key) => homeOfKey.get(key) ?? MISSING_CODE).find((one) => one >= 0);
    if (home !== undefined) found.get(home)?.push(place);
  }
  return [...found.values()];
}

type Placed = Pick<People, "personOf" | "homes" | "surnameOf">;

/** What each record says of a home; its day is of the column of such days, where there is one. */
function sightingsOf(records: Records, placed: Placed): readonly Sighting[] {
  const { personOf, homes } = placed;
  const column = records.columns.find(({ name }) => isOfTheRecord(name));
  const place = findMonthPlace(column?.values ?? []);
  const days = (column?.values ?? []).map((value) => written(readDay(value, place)));
  const only = onlyHomes(placed);
  const found: Sighting[] = [];
  for (let record = 0; record < records.count; record += 1) {
    const named = (homes.homeOf[record] as number) >= 0;
    const home = named ? (homes.homeOf[record] as number) : only(record);
    if (home < 0) continue;
    const day = days[column?.codes[record] ?? -1] ?? null;
    const source = records.files[records.fileOf[record] as number] ?? "";
    found.push({ person: personOf[record] as number, home, day, source, named });
  }
  return found;
}

/** For a record with a postcode or an address alone: the one such home of people of the surname; MISSING_CODE for none or several. */
function onlyHomes({ personOf, homes, surnameOf }: Placed): (record: number) => number {
  const { homeOf, postcodeOf, addressOf } = homes;
  const keysOf = (record: number) => {
    const surname = surnameOf(personOf[record] as number);
    if (surname === null) return [];
    const [postcode, address] = [postcodeOf[record] as number, addressOf[record] as number];
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
  const counts = new Map<number, Map<number, number>>();
  column?.codes.forEach((code, record) => {
    if (code < 0) return;
    const person = personOf[record] as number;
    const own = counts.get(person) ?? new Map<number, number>();
    counts.set(person, own.set(code, (own.get(code) ?? 0) + 1));
  });
  const found = new Map<number, string>();
  for (const [person, own] of counts) {
    let [best, most] = [MISSING_CODE, 0];
    for (const [code, times] of own) if (times > most) [best, most] = [code, times];
    found.set(person, column?.values[best] ?? "");
  }
  return (person) => found.get(person) ?? null;
}

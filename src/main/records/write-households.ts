/**
 * `--households OUT.csv: household,cluster,from,to,source,known`: who lives together on a day, as far as the records tell. People who are
 * protected are in no household, communal homes are none, and what is inferred says so.
 */
import {
  familyGraph,
  householdsOn,
  type Linked,
  type Member,
  type Plan,
  type Protection,
  peopleInHomes,
  type Records,
  spellsByHome,
} from "../../linkage/index.ts";
import { cellOf, type Written, writeRows } from "./write-links.ts";

export type FoundHouseholds = {
  readonly day: string;
  readonly households: readonly { readonly home: number; readonly members: readonly Member[] }[];
  readonly communal: number;
  readonly withheld: number;
  /** Pairs of people who live or lived at one home at one time. */
  readonly coResidents: number;
};

type Finding = {
  readonly records: Records;
  readonly plan: Plan;
  readonly linked: Linked;
  readonly protections: readonly (Protection | null)[];
  /** YYYY-MM-DD; the last day of which any record tells where there is none. */
  readonly day: string | null;
};

export function findHouseholds({ records, plan, linked, protections, day }: Finding): FoundHouseholds {
  const { clusterOf } = linked.clusters;
  const protectedPeople = new Map<number, Protection>();
  protections.forEach((protection, record) => {
    if (protection !== null) protectedPeople.set(clusterOf[record] as number, protection);
  });
  const people = peopleInHomes(records, { plan, clusterOf });
  const sightings = people.sightings.filter(({ person }) => !protectedPeople.has(person));
  const last = sightings.reduce((latest, { day: seen }) => (seen !== null && seen > latest ? seen : latest), "");
  const asked = day ?? (last === "" ? LATEST : last);
  const { households, communal, withheld } = householdsOn(asked, { ...people, sightings, protectedPeople });
  const spells = spellsByHome(sightings, communal);
  const { edges } = familyGraph({ recorded: [], spells, yearOf: () => null, protectedPeople });
  return {
    day: asked,
    households,
    communal: communal.length,
    withheld: withheld.length,
    coResidents: edges.length,
  };
}

/** Where no record has a day, every spell is open and any day will do. */
const LATEST = "9999-12-31";

export async function writeHouseholds(
  path: string,
  { households }: Pick<FoundHouseholds, "households">,
): Promise<Written> {
  function* rows(): Generator<string> {
    for (const [number, { members }] of households.entries())
      for (const { person, known, spell } of members)
        yield `${number},${person},${spell.from ?? ""},${spell.to ?? ""},${cellOf(spell.sources.join("; "))},${known}\n`;
  }
  return writeRows(path, { heading: "household,cluster,from,to,source,known\n", rows: rows() });
}

/**
 * From what records say of other records to ties of people: who was recorded as whose parent, partner or sibling, what follows from it, and
 * who lived together. A register may be wrong by the thousand (one reference given as everybody's relative, a hostel as everybody's home): what
 * names too many is left out whole and counted, so that the work grows with the records and not with their square. The limits are our own.
 */
import {
  type Contradiction,
  type Edge,
  type FamilyFacts,
  familyGraph,
  RELATIONS,
  type Relation,
  type RelationType,
} from "./family-graph.ts";
import type { People } from "./link-households.ts";
import { type Sighting, type Spell, spellsOf } from "./spells.ts";

/** One record says that two people are related, by the numbers of the records of both. */
export type RecordRelation = {
  /** Of a parent or guardian: the parent. */
  readonly one: number;
  readonly other: number;
  readonly type: Exclude<RelationType, "co-resident">;
  /** Of a parent or guardian: whether it says guardian. */
  readonly guardian: boolean;
  /** YYYY-MM-DD, the day of the record that says it; null where it has none. */
  readonly day: string | null;
  readonly source: string;
  /** The record that says it. */
  readonly said: number;
};

export type TieFacts = {
  readonly kinds: readonly { readonly kind: RelationType; readonly recorded: number; readonly inferred: number }[];
  /** Relations that contradict themselves or others and are left out, by why; only what there is. */
  readonly contradictions: readonly { readonly code: Contradiction["code"]; readonly relations: number }[];
  /** People of whom so many relations were recorded that none is taken. */
  readonly crowdedPeople: number;
  /** Homes with so many spells over the years that nobody is said to have lived with anybody there. */
  readonly crowdedHomes: number;
  /** Relatives named by a reference that no record of the register has. */
  readonly unknownReferences: number;
};

export type FamilyTies = { readonly edges: readonly Edge[]; readonly facts: TieFacts };

/**
 * More relations of one person, or spells at one home over the years, than a family has; and how many pairs of people the children of all
 * persons, or those of all homes, may come to. Beyond that the largest are left out first.
 */
export const CROWDED = { relations: 20, spells: 20, pairs: 500_000 };

type Ties = Pick<FamilyFacts, "yearOf" | "protectedPeople"> &
  Pick<People, "personOf" | "sightings"> & {
    readonly relations: readonly RecordRelation[];
    readonly unknownReferences: number;
    /** Homes in which many unrelated people live. */
    readonly communal: readonly { readonly home: number }[];
  };

/** Nothing of anybody who is protected: neither inferred nor as it was recorded, nor counted among what is left out. */
export function familyTies(the: Ties): FamilyTies {
  const { protectedPeople, yearOf } = the;
  const all = relationsOfPeople(the.relations, the.personOf).filter(
    ({ one, other }) => !protectedPeople.has(one) && !protectedPeople.has(other),
  );
  const crowded = crowdedPeople(all);
  const recorded = all.filter(({ one, other }) => !crowded.has(one) && !crowded.has(other));
  const homes = spellsByHome(
    the.sightings.filter(({ person }) => !protectedPeople.has(person)),
    the.communal,
  );
  const left = crowdedAmong(
    homes.map((own) => ({ one: own, size: own.length, within: own.length })),
    CROWDED.spells,
  );
  const spells = homes.filter((own) => !left.has(own));
  const { edges, contradictions } = familyGraph({ recorded, spells, yearOf, protectedPeople });
  return {
    edges,
    facts: {
      kinds: RELATIONS.map((kind) => {
        const own = edges.filter(({ type }) => type === kind);
        const inferred = own.filter(({ known }) => known === "inferred").length;
        return { kind, recorded: own.length - inferred, inferred };
      }),
      contradictions: contradictionsOf(contradictions),
      crowdedPeople: crowded.size,
      crowdedHomes: left.size,
      unknownReferences: the.unknownReferences,
    },
  };
}

/** Spells by home, but for those of communal homes. */
export function spellsByHome(
  sightings: readonly Sighting[],
  communal: readonly { readonly home: number }[],
): readonly (readonly Spell[])[] {
  const left = new Set(communal.map(({ home }) => home));
  const homes = new Map<number, Spell[]>();
  for (const spell of [...spellsOf(sightings).values()].flat()) {
    const own = homes.get(spell.home);
    if (own !== undefined) own.push(spell);
    else if (!left.has(spell.home)) homes.set(spell.home, [spell]);
  }
  return [...homes.values()];
}

type Growing = Omit<Relation, "sources" | "records"> & {
  from: string | null;
  guardian: boolean;
  sources: string[];
  records: number[];
};

/** Relations come by the record that says them. One relation of each two people and type, from the earliest day on which any record says so; each record that says so counts once. */
function relationsOfPeople(relations: readonly RecordRelation[], personOf: People["personOf"]): readonly Relation[] {
  const found = new Map<string, Growing>();
  for (const { type, day, source, said, guardian, ...records } of relations) {
    const [first, second] = [personOf[records.one] as number, personOf[records.other] as number];
    const [one, other] = type === "parent-or-guardian" || first <= second ? [first, second] : [second, first];
    const key = `${one} ${other} ${type}`;
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { one, other, type, from: day, to: null, guardian, sources: [source], records: [said] });
      continue;
    }
    known.guardian &&= guardian;
    if (day !== null && (known.from === null || day < known.from)) known.from = day;
    // All that one record says comes together.
    if (known.records.at(-1) === said) continue;
    known.sources.push(source);
    known.records.push(said);
  }
  return [...found.values()];
}

/** Of all that is recorded of a person, only two children of theirs have something follow between them. */
function crowdedPeople(relations: readonly Relation[]): ReadonlySet<number> {
  const counts = new Map<number, { one: number; size: number; within: number }>();
  for (const { one, other, type } of relations)
    for (const person of [one, other]) {
      const own = counts.get(person) ?? { one: person, size: 0, within: 0 };
      own.size += 1;
      if (type === "parent-or-guardian" && person === one) own.within += 1;
      counts.set(person, own);
    }
  return crowdedAmong([...counts.values()], CROWDED.relations);
}

type Sized<Of> = {
  readonly one: Of;
  readonly size: number;
  /** How many of them make pairs with each other. */
  readonly within: number;
};

/** What is larger than the most, and the largest of the rest where there would be too many pairs within them all. */
export function crowdedAmong<Of>(sizes: readonly Sized<Of>[], most: number): ReadonlySet<Of> {
  let pairs = 0;
  const found = new Set<Of>();
  for (const { one, size, within } of sizes.toSorted((a, b) => a.size - b.size)) {
    pairs += (within * (within - 1)) / 2;
    if (size > most || (within > 1 && pairs > CROWDED.pairs)) found.add(one);
  }
  return found;
}

function contradictionsOf(all: readonly Contradiction[]): TieFacts["contradictions"] {
  const counts = new Map<Contradiction["code"], number>();
  for (const { code } of all) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, relations]) => ({ code, relations }));
}

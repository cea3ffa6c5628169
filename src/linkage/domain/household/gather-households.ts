/**
 * Which people are one household on a day: they live at one home in spells that cover it. Homes in which many unrelated people live (a
 * hostel, a care home) make no household. Who was last seen at a home which those that lived there with them have all left for one other
 * home is taken to have gone with them, and the household says so. Nothing is inferred about people who are protected: a refuge's
 * address must not be found by what others know (Domestic Abuse Act 2021, part 4, gives them safe accommodation), an adopted child's
 * new home must not be found by the old one.
 */
import { damerau } from "../compare/damerau.ts";
import { type Sighting, type Spell, spellOn, spellsOf } from "./spells.ts";

export type Protection = "refuge" | "adoption" | "protection";

export type HouseholdFacts = {
  readonly sightings: readonly Sighting[];
  /** Surnames by person, normalised; to tell the related from the unrelated. */
  readonly surnameOf: (person: number) => string | null;
  readonly protectedPeople: ReadonlyMap<number, Protection>;
};

export type Member = {
  readonly person: number;
  /** A record names the home; or only its postcode and the surname of those who live there; or the others went there. */
  readonly known: "seen" | "placed" | "followed";
  readonly spell: Spell;
};

export type Households = {
  readonly households: readonly { readonly home: number; readonly members: readonly Member[] }[];
  /** Homes of many unrelated people, which make no household, and who lives there. */
  readonly communal: readonly { readonly home: number; readonly persons: readonly number[] }[];
  /** People about whom nothing is inferred. A page may say that something is withheld, never what or why. */
  readonly withheld: readonly number[];
};

/** More people than this, or more families by surname, and a home is communal. */
export const COMMUNAL = { people: 12, surnames: 5 };

export function householdsOn(day: string, facts: HouseholdFacts): Households {
  const open = facts.sightings.filter(({ person }) => !facts.protectedPeople.has(person));
  const spells = spellsOf(open);
  const livesAt = new Map<number, Member>();
  for (const [person, own] of spells) {
    const spell = spellOn(own, day);
    if (spell !== null) livesAt.set(person, { person, known: spell.named ? "seen" : "placed", spell });
  }
  const communalHomes = findCommunal([...livesAt.values()], facts);
  const moved = followers({ livesAt, spells, day, communalHomes });
  const byHome = new Map<number, Member[]>();
  for (const member of livesAt.values()) {
    const now = moved.get(member.person) ?? member;
    byHome.set(now.spell.home, [...(byHome.get(now.spell.home) ?? []), now]);
  }
  const homes = [...byHome].sort(([a], [b]) => a - b);
  return {
    households: homes
      .filter(([home]) => !communalHomes.has(home))
      .map(([home, members]) => ({ home, members: members.sort((a, b) => a.person - b.person) })),
    communal: homes
      .filter(([home]) => communalHomes.has(home))
      .map(([home, members]) => ({ home, persons: members.map(({ person }) => person).sort((a, b) => a - b) })),
    withheld: [...facts.protectedPeople.keys()].sort((a, b) => a - b),
  };
}

function findCommunal(members: readonly Member[], { surnameOf }: HouseholdFacts): ReadonlySet<number> {
  const byHome = new Map<number, number[]>();
  for (const { person, spell } of members) byHome.set(spell.home, [...(byHome.get(spell.home) ?? []), person]);
  const found = new Set<number>();
  for (const [home, persons] of byHome)
    if (persons.length > COMMUNAL.people || surnamesApart(persons.map(surnameOf)) > COMMUNAL.surnames) found.add(home);
  return found;
}

/** How many surnames there are; two that one slip of the pen may part are one. */
function surnamesApart(surnames: readonly (string | null)[]): number {
  const apart: string[] = [];
  for (const surname of new Set(surnames))
    if (surname !== null && !apart.some((known) => damerau({ left: known, right: surname }, 1) <= 1))
      apart.push(surname);
  return apart.length;
}

type Following = {
  readonly livesAt: ReadonlyMap<number, Member>;
  readonly spells: ReadonlyMap<number, readonly Spell[]>;
  readonly day: string;
  readonly communalHomes: ReadonlySet<number>;
};

type Leaver = { readonly to: Spell; readonly left: string; readonly from: string | null };

/** Who is taken to have gone with all those they lived with. Where anybody is seen after the others left, somebody has stayed. */
function followers(the: Following): ReadonlyMap<number, Member> {
  const { livesAt, communalHomes } = the;
  const leavers = leaversOf(the);
  const staying = new Map<number, Spell[]>();
  for (const { spell } of livesAt.values()) staying.set(spell.home, [...(staying.get(spell.home) ?? []), spell]);
  const found = new Map<number, Member>();
  for (const [person, member] of livesAt) {
    const { home, from: since, seen } = member.spell;
    if (communalHomes.has(home)) continue;
    // Those who lived here with this person; whoever had left before, or came later, is somebody else's family.
    const beside = (leavers.get(home) ?? []).filter(
      ({ from, left }) => (from === null || seen === null || from <= seen) && (since === null || since < left),
    );
    const [first] = beside;
    if (first === undefined || communalHomes.has(first.to.home)) continue;
    if (beside.some(({ to }) => to.home !== first.to.home)) continue;
    const earliest = beside.reduce((least, { left }) => (left < least ? left : least), first.left);
    // Whoever is first seen here after the others left has moved in since, and is none of those who stayed.
    const stayed = (staying.get(home) ?? []).some(
      (other) => (other.from ?? "") <= earliest && other.seen !== null && other.seen > earliest,
    );
    if (!stayed) found.set(person, { person, known: "followed", spell: { ...first.to, person } });
  }
  return found;
}

function leaversOf({ livesAt, spells, day }: Following): ReadonlyMap<number, readonly Leaver[]> {
  const found = new Map<number, Leaver[]>();
  for (const [person, own] of spells) {
    const to = livesAt.get(person)?.spell;
    if (to === undefined) continue;
    for (const { home, from, to: left } of own) {
      if (left === null || left > day || home === to.home) continue;
      const known = found.get(home);
      if (known === undefined) found.set(home, [{ to, left, from }]);
      else known.push({ to, left, from });
    }
  }
  return found;
}

/**
 * Address spells: from when to when somebody lived at a home, as far as records tell. A record says that its agency knew the person
 * there on its day; a spell begins with the first such day and lasts until the first day on which the person is known elsewhere. What
 * is not known stays open. The rule is our own; no register of addresses is asked.
 */

/** An agency knew a person at a home on a day. */
export type Sighting = {
  readonly person: number;
  readonly home: number;
  /** YYYY-MM-DD; null where the record has no day. */
  readonly day: string | null;
  /** Which agency or file says so. */
  readonly source: string;
  /** Whether the record names the home; where not, it names a postcode in which one home alone has people of the surname. */
  readonly named: boolean;
  /** The number of the record that says it, where what follows must be gone with it. */
  readonly record?: number | undefined;
};

export type Spell = {
  readonly person: number;
  readonly home: number;
  /** The first day, and the first day elsewhere; null where it is not known, or has not come. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last day on which a record says so; null where no record has a day. */
  readonly seen: string | null;
  readonly sources: readonly string[];
  /** Whether any record names the home. */
  readonly named: boolean;
  /** The records that say so, as far as sightings have them. */
  readonly records: readonly number[];
};

/** The spells of each person, the earliest first. Sightings without a day count only for those who have none with a day. */
export function spellsOf(sightings: readonly Sighting[]): ReadonlyMap<number, readonly Spell[]> {
  const byPerson = new Map<number, Sighting[]>();
  for (const sighting of sightings) {
    const known = byPerson.get(sighting.person);
    if (known === undefined) byPerson.set(sighting.person, [sighting]);
    else known.push(sighting);
  }
  const found = new Map<number, readonly Spell[]>();
  for (const [person, seen] of byPerson) found.set(person, ofPerson(person, seen));
  return found;
}

type Growing = {
  home: number;
  from: string | null;
  seen: string | null;
  sources: Set<string>;
  named: boolean;
  records: number[];
};

function ofPerson(person: number, sightings: readonly Sighting[]): readonly Spell[] {
  const dated = sightings.filter(({ day }) => day !== null);
  const known = dated.length > 0 ? dated : [mostFrequent(sightings)];
  const inOrder = [...known].sort((a, b) => order(a.day ?? "", b.day ?? "") || a.home - b.home);
  const spells: Growing[] = [];
  for (const { home, day, source, named, record } of inOrder) {
    const own = record === undefined ? [] : [record];
    const last = spells[spells.length - 1];
    if (last?.home === home) {
      last.seen = day;
      last.sources.add(source);
      last.named ||= named;
      last.records.push(...own);
    } else spells.push({ home, from: day, seen: day, sources: new Set([source]), named, records: own });
  }
  return spells.map(({ home, from, seen, sources, named, records }, at) => ({
    person,
    home,
    from,
    to: spells[at + 1]?.from ?? null,
    seen,
    sources: [...sources].sort(),
    named,
    records,
  }));
}

/** Of sightings without days: one of the home that most of them name, the lowest number of several. */
function mostFrequent(sightings: readonly Sighting[]): Sighting {
  const times = new Map<number, number>();
  for (const { home } of sightings) times.set(home, (times.get(home) ?? 0) + 1);
  return [...sightings].sort(
    (a, b) => (times.get(b.home) ?? 0) - (times.get(a.home) ?? 0) || a.home - b.home,
  )[0] as Sighting;
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Where each person lives on a day: the spell that has begun and not ended. A person not yet seen by then is nowhere. */
export function spellOn(spells: readonly Spell[], day: string): Spell | null {
  return spells.find(({ from, to }) => (from === null || from <= day) && (to === null || day < to)) ?? null;
}

/** The days on which two spells at one home overlap; null where they do not. */
export function overlap(one: Spell, other: Spell): { readonly from: string | null; readonly to: string | null } | null {
  if (one.home !== other.home) return null;
  const from = one.from === null ? other.from : other.from === null || one.from > other.from ? one.from : other.from;
  const to = one.to === null ? other.to : other.to === null || one.to < other.to ? one.to : other.to;
  return from !== null && to !== null && from >= to ? null : { from, to };
}

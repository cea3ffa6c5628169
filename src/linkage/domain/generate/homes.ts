/**
 * Where made-up families have lived, with dates: families that moved, homes that another family moved into, parents who parted, and
 * hostels in which families live beside each other and not together. How frequent each is, is made up.
 */
import type { Chance } from "./chance.ts";
import type { Address, Person } from "./families.ts";
import { KINDS_OF_STREET, STREETS } from "./names.ts";

/** The last day of which the agencies know anything. */
export const LAST_DAY = "2013-03-29";
/** No record is older. */
const FIRST_YEAR = 2006;

/** Of families who moved: another lives where they did. Of couples: they parted. Of all families: they live in a hostel. */
const MOVED_INTO = 0.2;
const PARTED = 0.05;
const IN_HOSTEL = 0.01;
const FAMILIES_OF_HOSTEL = 12;

export function makeAddress(chance: Chance): Address {
  return {
    street: `${1 + chance.below(180)} ${chance.ranked(STREETS)} ${chance.ranked(KINDS_OF_STREET)}`,
    postcode: `M${3 + chance.below(45)} ${1 + chance.below(9)}${chance.letters(2)}`,
    from: `${FIRST_YEAR}-01-01`,
  };
}

/** A family's homes, the latest last. */
export function makeAddresses(chance: Chance, moved: boolean): readonly Address[] {
  const first = makeAddress(chance);
  return moved ? [first, { ...makeAddress(chance), from: moveDay(chance) }] : [first];
}

/** A day from which half of the records are expected to be of before and half of after. */
function moveDay(chance: Chance): string {
  return chance.day(2009 + chance.below(4));
}

/** The same people with what became of their homes, and with whom each lives on the last day. */
export function giveHomes(persons: readonly Person[], chance: Chance): readonly Person[] {
  const families = new Map<number, Person[]>();
  for (const person of persons) families.set(person.household, [...(families.get(person.household) ?? []), person]);
  const left: Address[] = [];
  const hostels: { readonly address: Address; free: number }[] = [];
  let households = families.size;
  const found: Person[] = [];
  for (const family of families.values()) {
    const [first, last] = [family[0]?.addresses[0], family[0]?.addresses[1]];
    let addresses = family[0]?.addresses ?? [];
    if (first !== undefined && last !== undefined) {
      const free = left.shift();
      // Whoever moves in does so after the others have gone.
      if (free !== undefined && chance.happens(MOVED_INTO)) addresses = [first, { ...free, from: laterOf(free, last) }];
      else left.push({ ...first, from: last.from });
    }
    if (chance.happens(IN_HOSTEL)) addresses = [...addresses.slice(0, 1), hostelOf(hostels, chance)];
    const parts = family.filter(({ role }) => role === "parent").length === 2 && chance.happens(PARTED);
    const own = parts ? [...addresses, { ...makeAddress(chance), from: chance.day(2012) }] : addresses;
    const goes = parts ? family[1]?.id : null;
    for (const person of family)
      found.push({
        ...person,
        addresses: person.id === goes ? own : addresses,
        livesWith: person.id === goes ? households : person.household,
      });
    if (parts) households += 1;
  }
  return found.sort((a, b) => a.id - b.id);
}

function laterOf(one: Address, other: Address): string {
  return one.from > other.from ? one.from : other.from;
}

function hostelOf(hostels: { readonly address: Address; free: number }[], chance: Chance): Address {
  const open = hostels.find(({ free }) => free > 0) ?? { address: makeAddress(chance), free: FAMILIES_OF_HOSTEL };
  if (!hostels.includes(open)) hostels.push(open);
  open.free -= 1;
  return { ...open.address, from: moveDay(chance) };
}

/** A day on which somebody was seen at one of their homes, given by its place in their list. */
export function dayAt(
  { addresses, at }: { readonly addresses: readonly Address[]; readonly at: number },
  chance: Chance,
): string {
  const [from, to] = [addresses[at]?.from ?? LAST_DAY, addresses[at + 1]?.from ?? LAST_DAY];
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const days = Math.max(1, Math.round((last - first) / 86_400_000));
  return new Date(first + chance.below(days) * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Made-up families as seven agencies would hold them, with the truth of who is who and who lives together: births, twins, a son with his
 * father's name, moves, parents who part; and records that are mistyped, shortened, out of date or incomplete, each agency in its own
 * measure. No person is real. The mistakes are those that Peter Christen and Agus Pudjijono list, "Accurate Synthetic Generation of
 * Realistic Personal Information", PAKDD 2009; how frequent each is, is made up and given by whoever asks.
 */
import { type Chance, chanceFrom } from "./chance.ts";
import { giveHomes, makeAddresses } from "./homes.ts";
import { MEN, SURNAMES, WOMEN } from "./names.ts";

export type Person = {
  readonly id: number;
  /** Their family, wherever they live. */
  readonly household: number;
  /** With whom they live on the last day: their family, or another number for a parent who has gone. */
  readonly livesWith: number;
  readonly forename: string;
  readonly surname: string;
  readonly sex: "F" | "M";
  /** YYYY-MM-DD. */
  readonly born: string;
  readonly role: "parent" | "child";
  /** The other twin; null for all others. */
  readonly twinOf: number | null;
  readonly phone: string;
  readonly nhsNumber: string;
  /** Where they have lived, the latest last. */
  readonly addresses: readonly Address[];
};

/** Since when somebody lives there, YYYY-MM-DD: the first home of each from before any record. */
export type Address = { readonly street: string; readonly postcode: string; readonly from: string };

export type Population = {
  readonly persons: readonly Person[];
  readonly households: number;
};

export type Making = {
  readonly families: number;
  readonly seed: number;
};

/** Shares of all families, or of children. */
const TWINS = 0.03;
const NAMED_AFTER_PARENT = 0.02;
const ONE_PARENT = 0.35;
const MOVED = 0.3;
const OTHER_SURNAME = 0.15;

export function makeFamilies({ families, seed }: Making): Population {
  const chance = chanceFrom(seed);
  const persons: Person[] = [];
  for (let household = 0; household < families; household += 1) addFamily(persons, { household, chance });
  // Drawn apart, so that who there is does not depend on where they live.
  return { persons: giveHomes(persons, chanceFrom(seed + 2 ** 40)), households: families };
}

type Within = { readonly household: number; readonly chance: Chance };

function addFamily(persons: Person[], { household, chance }: Within): void {
  const addresses = makeAddresses(chance, chance.happens(MOVED));
  const surname = chance.ranked(SURNAMES);
  const parents: Person[] = [];
  const add = (about: Pick<Person, "forename" | "surname" | "sex" | "born" | "role" | "twinOf">) => {
    const id = persons.length;
    const person = {
      ...about,
      id,
      household,
      livesWith: household,
      addresses,
      phone: makePhone(chance),
      nhsNumber: makeNhsNumber(chance),
    };
    persons.push(person);
    return person;
  };
  const year = 1960 + chance.below(30);
  parents.push(
    add({ forename: chance.ranked(WOMEN), surname, sex: "F", born: chance.day(year), role: "parent", twinOf: null }),
  );
  if (!chance.happens(ONE_PARENT)) {
    const name = chance.happens(OTHER_SURNAME) ? chance.ranked(SURNAMES) : surname;
    const born = chance.day(year - 5 + chance.below(10));
    parents.push(add({ forename: chance.ranked(MEN), surname: name, sex: "M", born, role: "parent", twinOf: null }));
  }
  const taken = new Set(parents.map(({ forename }) => forename));
  const children = 1 + chance.below(4);
  for (let child = 0; child < children; child += 1) {
    const sex = chance.happens(0.5) ? "F" : "M";
    const like = parents.find((parent) => parent.sex === sex);
    const inherits = like !== undefined && child === 0 && chance.happens(NAMED_AFTER_PARENT);
    const names = (sex === "F" ? WOMEN : MEN).filter((name) => !taken.has(name));
    const forename = inherits ? like.forename : chance.ranked(names);
    taken.add(forename);
    const born = chance.day(Math.min(2012, year + 18 + child * 2 + chance.below(8)));
    const first = add({ forename, surname, sex, born, role: "child", twinOf: null });
    if (!chance.happens(TWINS)) continue;
    const other = chance.ranked(names.filter((name) => name !== forename));
    taken.add(other);
    const twin = add({ forename: other, surname, sex, born, role: "child", twinOf: first.id });
    persons[first.id] = { ...first, twinOf: twin.id };
  }
}

function makePhone(chance: Chance): string {
  return `07${String(chance.below(1_000_000_000)).padStart(9, "0")}`;
}

/** Ten digits of which the last proves the rest, from a range (999) that the NHS keeps for tests and gives nobody. */
function makeNhsNumber(chance: Chance): string {
  for (;;) {
    const digits = `999${String(chance.below(1_000_000)).padStart(6, "0")}`;
    let sum = 0;
    for (let at = 0; at < 9; at += 1) sum += (10 - at) * Number(digits[at]);
    const check = (11 - (sum % 11)) % 11;
    if (check !== 10) return `${digits}${check}`;
  }
}

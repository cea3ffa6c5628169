/**
 * The people behind the records, as far as they are known: values are counted by person, or a person seen by twenty agencies would make
 * a rare name a common one. At first each record is a person; after clusters are found, each cluster is. This is how expected matches
 * are taken out of u without a guess of how many there are.
 */
import { MISSING_CODE } from "../table/records.ts";

export type Population = {
  /** Which person each record is of, from 0. */
  readonly personOf: Int32Array;
  /** One over the number of the person's records. */
  readonly weights: Float64Array;
  readonly persons: number;
  /** Records in the order of their persons. */
  readonly inOrder: Int32Array;
  /** A number for drawing samples that are the same each time. */
  readonly seed: number;
  /** Of some of the records of a larger table: how the larger table's values are spread, by the array of their codes here. */
  readonly known?: KnownSpread | undefined;
};

/** Shares by code; of words by number. What is not in the larger table has a share of nought. */
export type KnownSpread = {
  readonly values: ReadonlyMap<Int32Array, ValueShares>;
  readonly words: ReadonlyMap<Int32Array, Float64Array>;
};

export function populationOf(personOf: Int32Array, seed: number): Population {
  let persons = 0;
  for (const person of personOf) persons = Math.max(persons, person + 1);
  const sizes = new Int32Array(persons + 1);
  for (const person of personOf) sizes[person + 1] = (sizes[person + 1] as number) + 1;
  const weights = Float64Array.from(personOf, (person) => 1 / (sizes[person + 1] as number));
  for (let person = 0; person < persons; person += 1)
    sizes[person + 1] = (sizes[person + 1] as number) + (sizes[person] as number);
  const inOrder = new Int32Array(personOf.length);
  personOf.forEach((person, record) => {
    inOrder[sizes[person] as number] = record;
    sizes[person] = (sizes[person] as number) + 1;
  });
  return { personOf, weights, persons, inOrder, seed };
}

/** Each record a person of its own. */
export function strangers(records: number, seed: number): Population {
  return populationOf(
    Int32Array.from({ length: records }, (_, record) => record),
    seed,
  );
}

export type ValueShares = {
  /** The share of the people with a value who have this one; sums to 1. */
  readonly shares: Float64Array;
  /** How likely two different people are to have the same value. */
  readonly same: number;
  /** How many people have a value. */
  readonly people: number;
};

/** Which value each record has, and how many values there are. */
export type Coded = { readonly codes: Int32Array; readonly values: number };

/** How the values of a column are spread over people. A person with two values has half of each. */
export function valueShares({ codes, values }: Coded, population: Population): ValueShares {
  const { personOf, weights, inOrder } = population;
  const known = population.known?.values.get(codes);
  if (known !== undefined) return known;
  const shares = new Float64Array(values);
  let people = 0;
  for (let record = 0; record < codes.length; record += 1) {
    const code = codes[record] as number;
    if (code === MISSING_CODE) continue;
    const weight = weights[record] as number;
    shares[code] = (shares[code] as number) + weight;
    people += weight;
  }
  // Where each record is a person of its own, it is the same as itself and nothing more.
  const alone = population.persons === codes.length;
  const within = alone ? { same: people, all: people } : sameWithin(codes, { personOf, weights, inOrder });
  let same = -within.same;
  let all = people * people - within.all;
  for (const share of shares) same += share * share;
  // One over the square of the people is as little as the data can show.
  all = Math.max(all, 1);
  const least = 1 / Math.max(people * people, 2);
  for (let code = 0; code < values; code += 1) shares[code] = (shares[code] as number) / Math.max(people, 1e-9);
  return { shares, same: Math.min(1, Math.max(same / all, least)), people };
}

/** The same answer for the same population, worked out once. */
export function oncePerPopulation<Of>(of: (population: Population) => Of): (population: Population) => Of {
  const known = new WeakMap<Population, { readonly found: Of }>();
  return (population) => {
    const found = known.get(population) ?? { found: of(population) };
    known.set(population, found);
    return found.found;
  };
}

type InPersons = Pick<Population, "personOf" | "weights" | "inOrder">;

/** Pairs of records of one person, weighted: those with a value on both sides, and those with the same. */
function sameWithin(codes: Int32Array, { personOf, weights, inOrder }: InPersons) {
  let same = 0;
  let all = 0;
  for (let from = 0; from < inOrder.length; ) {
    const person = personOf[inOrder[from] as number] as number;
    const weight = weights[inOrder[from] as number] as number;
    let to = from;
    while (to < inOrder.length && personOf[inOrder[to] as number] === person) to += 1;
    let known = 0;
    let equal = 0;
    // A cluster far too large to be a person is looked at in part: its square would take for ever.
    const end = Math.min(to, from + 200);
    for (let one = from; one < end; one += 1) {
      const code = codes[inOrder[one] as number] as number;
      if (code === MISSING_CODE) continue;
      known += 1;
      for (let other = from; other < end; other += 1) if (codes[inOrder[other] as number] === code) equal += 1;
    }
    same += equal * weight * weight;
    all += known * known * weight * weight;
    from = to;
  }
  return { same, all };
}

/**
 * Clusters of one home are looked at once more with the prior of a household, and those that are one person are joined. What reviewers
 * decided and what proves two people is kept, records in doubt stay alone, and of people who are protected nothing is looked for.
 */
import type { Clusters, TwoRecords, WeighedPairs } from "../clusters/gather-clusters.ts";
import { provesTwoPeople } from "../clusters/two-people.ts";
import { Union } from "../clusters/union.ts";
import { populationOf } from "../compare/population.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Plan } from "../plan.ts";
import { type Column, MISSING_CODE, type Records } from "../table/records.ts";
import type { Homes } from "./homes.ts";
import { homesOf } from "./link-households.ts";
import { type Join, joinWithin, memberWeigher } from "./second-pass.ts";

export type Looking = {
  readonly plan: Plan;
  readonly clusters: Clusters;
  readonly parameters: Parameters;
  /** Files in which no person is found twice: by place. */
  readonly singleFiles: readonly boolean[];
  readonly cannotLink?: readonly TwoRecords[] | undefined;
  /** Records of people who are protected: 1 for each. */
  readonly closed?: Uint8Array | undefined;
};

/** The clusters after the second look; pairs across those that it joined weigh what the two came to, in bits. */
export function lookAgain(records: Records, the: Looking): Clusters {
  const { clusterOf, doubted } = the.clusters;
  const { homes, surname } = homesOf(records, { plan: the.plan, clusterOf });
  const clusters = gathered(clusterOf);
  const left = new Set(doubted.map((record) => clusterOf[record]));
  the.closed?.forEach((one, record) => {
    if (one === 1) left.add(clusterOf[record]);
  });
  const households = clustersByHome({ clusters, homes, surname }).map((places) =>
    places.filter((place) => !left.has(place)),
  );
  const joins = joinWithin({ clusters, households, ...weighing(records, the), least: 0 });
  return joined(the.clusters, { clusters, joins });
}

type Joined = { readonly clusters: readonly (readonly number[])[]; readonly joins: readonly Join[] };

function joined(before: Clusters, { clusters, joins }: Joined): Clusters {
  if (joins.length === 0) return before;
  const union = new Union(clusters.length);
  const added: { readonly left: number; readonly right: number; readonly weight: number }[] = [];
  for (const { one, other, bits } of joins) {
    union.join(one, other);
    for (const left of clusters[one] ?? [])
      for (const right of clusters[other] ?? []) added.push({ left, right, weight: bits });
  }
  const persons = union.clusters();
  const clusterOf = before.clusterOf.map((cluster) => persons[cluster] as number);
  const { pairs, parted } = before;
  const apart = Array.from({ length: parted.count }, (_, pair) => pair).filter(
    (pair) => clusterOf[parted.left[pair] as number] !== clusterOf[parted.right[pair] as number],
  );
  const all = (name: "left" | "right" | "weights", more: readonly number[]) => [...pairs[name], ...more];
  return {
    ...before,
    clusterOf,
    pairs: {
      count: pairs.count + added.length,
      left: Int32Array.from(
        all(
          "left",
          added.map((one) => one.left),
        ),
      ),
      right: Int32Array.from(
        all(
          "right",
          added.map((one) => one.right),
        ),
      ),
      weights: Float32Array.from(
        all(
          "weights",
          added.map((one) => one.weight),
        ),
      ),
    },
    parted: picked(parted, apart),
  };
}

function picked({ left, right, weights }: WeighedPairs, places: readonly number[]): WeighedPairs {
  return {
    count: places.length,
    left: Int32Array.from(places, (pair) => left[pair] as number),
    right: Int32Array.from(places, (pair) => right[pair] as number),
    weights: Float32Array.from(places, (pair) => weights[pair] as number),
  };
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

function weighing({ fileOf, count }: Records, { plan, parameters, clusters, singleFiles, cannotLink = [] }: Looking) {
  const population = populationOf(clusters.clusterOf, 1);
  const proves = provesTwoPeople(plan.facts);
  const single = (records: readonly number[]) =>
    new Set(records.map((record) => fileOf[record] as number).filter((file) => singleFiles[file] === true));
  const apart = new Set(cannotLink.flatMap(([one, other]) => [one * count + other, other * count + one]));
  const mayJoin = (one: readonly number[], other: readonly number[]) => {
    if (apart.size > 0 && one.some((left) => other.some((right) => apart.has(left * count + right)))) return false;
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
      const postcode = homes.postcodeOf[record] as number;
      const name = surname?.codes[record] ?? MISSING_CODE;
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

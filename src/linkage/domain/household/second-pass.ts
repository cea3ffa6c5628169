/**
 * A second look inside households. Of two records of one home the question is no longer which of a million people they are, but which of
 * the four or five who live there: the prior is one over the size of the household, and what they share by living together (address,
 * surname, telephone) says nothing any more. So only what tells members of one household apart is weighed: m over the share of pairs of
 * one household. After the household stage of hlink (Jonas Helgertz et al., "A New Strategy for Linking U.S. Historical Censuses",
 * Historical Methods 55, 2022), which links people within linked households with rules of their own.
 */
import type { Rarity } from "../compare/comparison.ts";
import { householdWeightsOf, weightsOf } from "../model/parameters.ts";
import { priorBits, type Scoring } from "../model/score.ts";

/** The weight in bits that two records of one household are one person, rather than two of its members; without the prior. */
export function memberWeigher({
  comparisons,
  parameters,
  population,
}: Scoring): (left: number, right: number) => number {
  const weights = parameters.comparisons.map((shares, at) => {
    const ofOne = weightsOf(shares);
    const ofHome = householdWeightsOf(shares, comparisons[at] as Scoring["comparisons"][number]);
    return ofOne.map((bits, level) => bits - (ofHome[level] as number));
  });
  const rarity = comparisons.map((comparison) => comparison.rarity(population));
  const asked = { left: 0, right: 0, level: 0 };
  return (left, right) => {
    let sum = 0;
    asked.left = left;
    asked.right = right;
    for (let at = 0; at < comparisons.length; at += 1) {
      asked.level = (comparisons[at] as Scoring["comparisons"][number]).compare(left, right);
      if (asked.level < 0) continue;
      const one = rarity[at] as Rarity;
      sum += ((weights[at] as Float64Array)[asked.level] as number) + one.whole(asked) - one.shared(asked);
    }
    return sum;
  };
}

export type SecondPass = {
  /** Clusters of records, by person. */
  readonly clusters: readonly (readonly number[])[];
  /** Clusters of one home, as places in the list: none is in two. */
  readonly households: readonly (readonly number[])[];
  readonly weightOf: (left: number, right: number) => number;
  /** Whether two clusters may be of one person, by decisions, sources and proofs. */
  readonly mayJoin: (one: readonly number[], other: readonly number[]) => boolean;
  /** In bits. */
  readonly least: number;
};

/** Which fits another member of the household as well, by so many bits, stays as it is. */
const CLEAR_BITS = 2;

/** Two clusters that are one person, as places in the list, and what they weigh together in bits, prior included. */
export type Join = { readonly one: number; readonly other: number; readonly bits: number };

/** The smaller cluster joins the larger. None joins two. */
export function joinWithin(the: SecondPass): readonly Join[] {
  return the.households.flatMap((places) => joinMembers(places, the));
}

function joinMembers(places: readonly number[], the: SecondPass): readonly Join[] {
  const { clusters } = the;
  const membersOf = (place: number) => clusters[place] ?? [];
  const bySize = [...places].sort((a, b) => membersOf(a).length - membersOf(b).length || b - a);
  // How many people there are is how many clusters hold more than one record; one is looked for among two at least.
  const members = Math.max(2, places.filter((place) => membersOf(place).length > 1).length);
  const prior = priorBits(1 / members);
  const found: Join[] = [];
  const taken = new Set<number>();
  for (const [at, place] of bySize.entries()) {
    if (taken.has(place)) continue;
    const fits = bySize
      .slice(at + 1)
      .map((other) => ({ other, bits: prior + meanWeight(membersOf(place), membersOf(other), the) }))
      .sort((a, b) => b.bits - a.bits || a.other - b.other);
    const [best, next] = fits;
    if (best === undefined || best.bits < the.least) continue;
    if (next !== undefined && next.bits > best.bits - CLEAR_BITS) continue;
    if (!the.mayJoin(membersOf(place), membersOf(best.other))) continue;
    found.push({ one: place, ...best });
    taken.add(place);
    taken.add(best.other);
  }
  return found;
}

function meanWeight(one: readonly number[], other: readonly number[], { weightOf }: SecondPass): number {
  let sum = 0;
  for (const left of one) for (const right of other) sum += weightOf(left, right);
  return sum / (one.length * other.length);
}

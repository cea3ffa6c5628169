/**
 * Two columns compared as one: forename and surname, or two lines of an address. Their mistakes go together (a record typed badly is
 * bad in both, a person who marries changes one) and they change places, so that they are not two witnesses but one; as one comparison
 * the model learns how often each pair of levels is found. After the log-linear models of Michael Larsen and Donald Rubin, "Iterative
 * Automated Record Linkage Using Mixture Models", JASA 96, 2001, with every interaction of the two.
 */
import { MISSING_CODE } from "../table/records.ts";
import { type AskedPair, type Comparison, type Level, NO_RARITY, NOTHING } from "./comparison.ts";
import { asMatches, asStrangers } from "./household.ts";
import { oncePerPopulation, type Population, type ValueShares, valueShares } from "./population.ts";
import { memoised } from "./remember.ts";
import { leastShare, nearOnce, rarityBits } from "./value-levels.ts";

/** Levels of one part: the same, near, a little alike, different. */
export const PART_LEVELS = ["same", "near", "alike", "different"] as const;
const PARTS = PART_LEVELS.length;
const EXPECTED = [0.75, 0.1, 0.06, 0.09] as const;

export type TwoParts = {
  readonly name: string;
  readonly columns: readonly string[];
  /** Both as numbers of one list of values. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly values: number;
  readonly called: readonly [string, string];
  /** What people of one household share: only the second, as a surname, or both, as the lines of an address. */
  readonly secondOfHome: boolean;
  readonly firstOfHome: boolean;
  /** 1 near, 2 alike, 3 different, of two values that differ; must not depend on which is first. */
  readonly partLevel: (left: number, right: number) => number;
};

/** Where each group of levels begins: both parts known, the first missing, the second missing, only crosswise comparable. */
const BOTH = 0;
const SWAPPED = PARTS * PARTS;
const SECOND_ONLY = SWAPPED + 2;
const FIRST_ONLY = SECOND_ONLY + PARTS + 1;
const CROSS_ONLY = FIRST_ONLY + PARTS + 1;
const LEVELS = CROSS_ONLY + 3;

export function compareTwoParts(the: TwoParts): Comparison {
  const level = memoised(the.partLevel, the.values);
  const levelOf = (a: number, b: number) => (a === b ? 0 : level(a, b));
  const sharesOf = oncePerPopulation((population) => sharesOfParts(the, population));
  return {
    name: the.name,
    columns: the.columns,
    levels: levelsOf(the.called),
    compare: comparing(the, levelOf),
    spread: spreadOfParts(the, sharesOf),
    household: the.secondOfHome ? secondAsMatches : the.firstOfHome ? asMatches : asStrangers,
    rarity: (population) => rarityOfParts(the, sharesOf(population)),
  };
}

function comparing({ first, second }: TwoParts, levelOf: (a: number, b: number) => number) {
  return (left: number, right: number): number => {
    const a1 = first[left] as number;
    const a2 = second[left] as number;
    const b1 = first[right] as number;
    const b2 = second[right] as number;
    const bySecond = a2 !== MISSING_CODE && b2 !== MISSING_CODE;
    if (a1 !== MISSING_CODE && b1 !== MISSING_CODE) {
      const one = levelOf(a1, b1);
      if (bySecond) {
        const two = levelOf(a2, b2);
        if (one >= 2 && two >= 2) {
          const cross = levelOf(a1, b2);
          const back = levelOf(a2, b1);
          if (cross === 0 && back === 0) return SWAPPED;
          if (cross + back <= 2 && (cross === 0 || back === 0)) return SWAPPED + 1;
        }
        return BOTH + one * PARTS + two;
      }
      if (one < 2) return FIRST_ONLY + one;
      const crossed = (a2 !== MISSING_CODE && a2 === b1) || (b2 !== MISSING_CODE && b2 === a1);
      return FIRST_ONLY + (crossed ? PARTS : one);
    }
    if (bySecond) {
      const two = levelOf(a2, b2);
      if (two < 2) return SECOND_ONLY + two;
      const crossed = (a1 !== MISSING_CODE && a1 === b2) || (b1 !== MISSING_CODE && b1 === a2);
      return SECOND_ONLY + (crossed ? PARTS : two);
    }
    const [one, other] = a1 !== MISSING_CODE ? [a1, b2] : [b1, a2];
    if (one === MISSING_CODE || other === MISSING_CODE) return NOTHING;
    const cross = levelOf(one, other);
    return CROSS_ONLY + (cross === 0 ? 0 : cross === 1 ? 1 : 2);
  };
}

function levelsOf([one, two]: readonly [string, string]): readonly Level[] {
  const levels: Level[] = [];
  for (let first = 0; first < PARTS; first += 1)
    for (let second = 0; second < PARTS; second += 1) {
      const below: number[] = [];
      if (first > 0) below.push((first - 1) * PARTS + second);
      if (second > 0) below.push(first * PARTS + second - 1);
      const expected = 0.96 * (EXPECTED[first] as number) * (EXPECTED[second] as number);
      levels.push({ name: `${one} ${PART_LEVELS[first]}, ${two} ${PART_LEVELS[second]}`, group: 0, expected, below });
    }
  levels.push({ name: `${one} and ${two} swapped`, group: 0, expected: 0.03, below: [] });
  levels.push({ name: `${one} and ${two} swapped, one of them near`, group: 0, expected: 0.01, below: [SWAPPED] });
  const alone = (called: string, missing: string, group: number) => {
    const from = levels.length;
    PART_LEVELS.forEach((name, at) => {
      const below = at === 0 ? [] : [from + at - 1];
      levels.push({ name: `${called} ${name}, no ${missing}`, group, expected: EXPECTED[at] ?? 0, below });
    });
    levels.push({ name: `${called} stands as the other's ${missing}`, group, expected: 0.03, below: [] });
  };
  alone(two, one, 1);
  alone(one, two, 2);
  levels.push({ name: `${one} the same as ${two}`, group: 3, expected: 0.2, below: [] });
  levels.push({ name: `${one} near ${two}`, group: 3, expected: 0.05, below: [CROSS_ONLY] });
  levels.push({ name: `only ${one} and ${two}, different`, group: 3, expected: 0.75, below: [CROSS_ONLY + 1] });
  return levels;
}

type SharesOfParts = { readonly one: ValueShares; readonly two: ValueShares };

function sharesOfParts({ first, second, values }: TwoParts, population: Population): SharesOfParts {
  return {
    one: valueShares({ codes: first, values }, population),
    two: valueShares({ codes: second, values }, population),
  };
}

/** Parts of strangers are taken to be independent: of two who share a surname, no more share a forename than of any two. */
function spreadOfParts(the: TwoParts, sharesOf: (population: Population) => SharesOfParts): Comparison["spread"] {
  const spread = (part: keyof SharesOfParts) =>
    nearOnce((population) => {
      const shares = sharesOf(population)[part];
      return { shares, levels: PARTS, levelOf: the.partLevel, seed: population.seed };
    });
  const ofFirst = spread("one");
  const ofSecond = spread("two");
  return (population) => joined({ ...sharesOf(population), first: ofFirst(population), second: ofSecond(population) });
}

type Joining = SharesOfParts & { readonly first: Float64Array; readonly second: Float64Array };

function joined({ one, two, first, second }: Joining): Float64Array {
  let cross = 0;
  one.shares.forEach((share, value) => {
    cross += share * (two.shares[value] as number);
  });
  cross = Math.max(cross, 1 / Math.max(one.people * two.people, 2));
  const crossNear = Math.min(1, (cross * (second[1] as number)) / Math.max(second[0] as number, 1e-12));
  const found = new Float64Array(LEVELS);
  for (let at = 0; at < PARTS; at += 1) {
    for (let other = 0; other < PARTS; other += 1)
      found[at * PARTS + other] = (first[at] as number) * (second[other] as number);
    found[SECOND_ONLY + at] = second[at] as number;
    found[FIRST_ONLY + at] = first[at] as number;
  }
  found[SWAPPED] = cross * cross;
  found[SWAPPED + 1] = 2 * cross * (crossNear + cross * 0.1);
  found[SECOND_ONLY + PARTS] = 2 * cross;
  found[FIRST_ONLY + PARTS] = 2 * cross;
  found[CROSS_ONLY] = cross;
  found[CROSS_ONLY + 1] = crossNear;
  found[CROSS_ONLY + 2] = Math.max(0, 1 - cross - crossNear);
  const least = Math.max(leastShare(one), leastShare(two));
  return found.map((share) => Math.max(share, least));
}

/** Pairs of a household of one forename: a child named after a parent. */
const NAMESAKES = 0.03;

/** The first as of strangers but for namesakes, the second as of matches: a forename and a surname. */
function secondAsMatches(matched: Float64Array, unmatched: Float64Array): Float64Array {
  const found = unmatched.slice();
  const ofFirst = new Float64Array(PARTS);
  const ofSecond = new Float64Array(PARTS);
  let all = 0;
  let known = 0;
  for (let at = 0; at < SWAPPED; at += 1) {
    const one = Math.trunc(at / PARTS);
    const two = at % PARTS;
    ofFirst[one] = (ofFirst[one] as number) + (unmatched[at] as number);
    ofSecond[two] = (ofSecond[two] as number) + (matched[at] as number);
    all += unmatched[at] as number;
    known += matched[at] as number;
  }
  for (let one = 0; one < PARTS; one += 1)
    ofFirst[one] = (1 - NAMESAKES) * (ofFirst[one] as number) + (one === 0 ? NAMESAKES * all : 0);
  for (let at = 0; at < SWAPPED; at += 1)
    found[at] =
      ((ofFirst[Math.trunc(at / PARTS)] as number) * (ofSecond[at % PARTS] as number)) / Math.max(all * known, 1e-12);
  for (let at = SECOND_ONLY; at < FIRST_ONLY; at += 1) found[at] = matched[at] as number;
  return found;
}

const NEAR_SHARE = 0.5;

function rarityOfParts(the: TwoParts, { one, two }: SharesOfParts): ReturnType<Comparison["rarity"]> {
  const { first, second } = the;
  const ofFirst = rarityBits(one);
  const ofSecond = rarityBits(two);
  const part = (
    bits: Float64Array,
    { a, b, level }: { readonly a: number; readonly b: number; readonly level: number },
  ) => {
    if (level > 1 || a === MISSING_CODE || b === MISSING_CODE) return 0;
    return level === 0 ? (bits[a] as number) : NEAR_SHARE * Math.min(bits[a] as number, bits[b] as number);
  };
  const whole = ({ left, right, level }: AskedPair): number => {
    if (level === NOTHING) return 0;
    const a1 = first[left] as number;
    const a2 = second[left] as number;
    const b1 = first[right] as number;
    const b2 = second[right] as number;
    if (level < SWAPPED)
      return (
        part(ofFirst, { a: a1, b: b1, level: Math.trunc(level / PARTS) }) +
        part(ofSecond, { a: a2, b: b2, level: level % PARTS })
      );
    if (level < SECOND_ONLY) {
      const lower = (value: number) => Math.min(ofFirst[value] as number, ofSecond[value] as number);
      return level === SWAPPED ? lower(a1) + lower(a2) : NEAR_SHARE * (lower(a1) + lower(a2));
    }
    if (level < FIRST_ONLY) return part(ofSecond, { a: a2, b: b2, level: level - SECOND_ONLY });
    if (level < CROSS_ONLY) return part(ofFirst, { a: a1, b: b1, level: level - FIRST_ONLY });
    return 0;
  };
  const ofSecondOnly = ({ left, right, level }: AskedPair): number => {
    const a2 = second[left] as number;
    const b2 = second[right] as number;
    if (level < SWAPPED) return part(ofSecond, { a: a2, b: b2, level: level % PARTS });
    return level >= SECOND_ONLY && level < FIRST_ONLY
      ? part(ofSecond, { a: a2, b: b2, level: level - SECOND_ONLY })
      : 0;
  };
  return { whole, shared: the.secondOfHome ? ofSecondOnly : the.firstOfHome ? whole : NO_RARITY };
}

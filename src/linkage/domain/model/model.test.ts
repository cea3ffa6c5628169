/** The model: known m, u and prior recovered from made-up pairs, weights by hand, and properties of levels and of the prior. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitMix64 } from "../../../lib/generator.ts";
import type { Pairs } from "../blocking/pairs.ts";
import { type Comparison, orderedLevels } from "../compare/comparison.ts";
import { asStrangers } from "../compare/household.ts";
import { populationOf, strangers, valueShares } from "../compare/population.ts";
import { compareValues } from "../compare/value-levels.ts";
import { medianOfSessions, trainSession } from "./em.ts";
import { keptMonotone, type Parameters, weightsOf, withinGroups } from "./parameters.ts";
import { findPatterns } from "./patterns.ts";
import { findPrior } from "./prior.ts";
import { priorBits, probabilityOf, scorePairs } from "./score.ts";

type Truth = { readonly matched: readonly number[]; readonly unmatched: readonly number[] };

const TRUTH: readonly Truth[] = [
  { matched: [0.8, 0.15, 0.05], unmatched: [0.01, 0.04, 0.95] },
  { matched: [0.7, 0.2, 0.1], unmatched: [0.002, 0.018, 0.98] },
  { matched: [0.9, 0.06, 0.04], unmatched: [0.1, 0.1, 0.8] },
  { matched: [0.6, 0.3, 0.1], unmatched: [0.03, 0.07, 0.9] },
];
const PAIRS = 40_000;
const PRIOR = 0.2;

/** Pairs that compare as the truth has it: pair p is of records 2p and 2p + 1. */
function madeUp() {
  const next = splitMix64(7n);
  const chance = () => Number(next() >> 11n) / 2 ** 53;
  const draw = (shares: readonly number[]) => {
    let left = chance();
    return Math.max(
      0,
      shares.findIndex((share) => {
        left -= share;
        return left < 0;
      }),
    );
  };
  const levels = TRUTH.map(() => new Int8Array(PAIRS));
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const match = chance() < PRIOR;
    TRUTH.forEach(({ matched, unmatched }, at) => {
      // One in ten says nothing.
      (levels[at] as Int8Array)[pair] = chance() < 0.1 ? -1 : draw(match ? matched : unmatched);
    });
  }
  const comparisons = TRUTH.map(({ unmatched }, at): Comparison => {
    const own = levels[at] as Int8Array;
    return {
      name: `column ${at}`,
      columns: [`column ${at}`],
      levels: orderedLevels("same | 0.7\nnear | 0.2\ndifferent | 0.1"),
      compare: (left, right) => own[Math.min(left, right) / 2] as number,
      spread: () => Float64Array.from(unmatched),
      household: asStrangers,
      rarity: () => ({ whole: () => 0, shared: () => 0 }),
    };
  });
  const pairs: Pairs = {
    count: PAIRS,
    left: Int32Array.from({ length: PAIRS }, (_, pair) => 2 * pair),
    right: Int32Array.from({ length: PAIRS }, (_, pair) => 2 * pair + 1),
    rules: new Int32Array(PAIRS).fill(1),
  };
  return { comparisons, pairs };
}

describe("expectation and maximisation", () => {
  const { comparisons, pairs } = madeUp();
  const patterns = findPatterns(pairs, comparisons);
  const start: Parameters = {
    prior: 0.05,
    household: 1e-9,
    comparisons: comparisons.map((comparison) => ({
      matched: Float64Array.from(comparison.levels, ({ expected }) => expected),
      unmatched: comparison.spread(strangers(1, 1)),
      trained: [false, false, false],
    })),
  };

  it("finds m and the share of matches that pairs were made with", () => {
    const session = trainSession({ patterns, comparisons, start }, { fixed: [], counts: patterns.counts });
    expect(session.share).toBeCloseTo(PRIOR, 1.5);
    TRUTH.forEach(({ matched }, at) => {
      matched.forEach((m, level) => {
        expect(Math.abs((session.matched[at]?.[level] ?? 0) - m)).toBeLessThan(0.02);
      });
    });
  });

  it("leaves what a rule fixes to the other sessions, and takes the median of those that trained", () => {
    const sessions = [[0], [1], [0, 1]].map((fixed) =>
      trainSession({ patterns, comparisons, start }, { fixed, counts: patterns.counts }),
    );
    expect(sessions.map(({ matched }) => matched.map((one) => one === null))).toEqual([
      [true, false, false, false],
      [false, true, false, false],
      [true, true, false, false],
    ]);
    const learned = medianOfSessions(sessions, { comparisons, start });
    learned.forEach(({ matched, trained }, at) => {
      expect(trained).toEqual([true, true, true]);
      matched.forEach((m, level) => {
        expect(Math.abs(m - (TRUTH[at]?.matched[level] ?? 0))).toBeLessThan(0.05);
      });
    });
  });

  it("finds the prior again from the weights", () => {
    const parameters = {
      prior: 0.01,
      household: 1e-9,
      comparisons: TRUTH.map(({ matched, unmatched }) => ({
        matched: Float64Array.from(matched),
        unmatched: Float64Array.from(unmatched),
        trained: [],
      })),
    };
    const population = strangers(2 * PAIRS, 1);
    const weights = scorePairs(pairs, patterns)({ comparisons, parameters, population });
    const prior = findPrior({ weights, recall: 1, possible: PAIRS, start: 0.01 });
    expect(Math.abs(prior - PRIOR)).toBeLessThan(0.01);
  });

  it("every pair has the pattern of its own levels", () => {
    for (const pair of [0, 1, 17, PAIRS - 1]) {
      const row = patterns.ofPair[pair] as number;
      comparisons.forEach(({ compare }, at) => {
        expect(patterns.levels[row * comparisons.length + at]).toBe(compare(2 * pair, 2 * pair + 1));
      });
    }
    expect(patterns.counts.reduce((sum, count) => sum + count, 0)).toBe(PAIRS);
  });
});

describe("weights", () => {
  it("are log2 of m over u, and a probability follows from their sum", () => {
    // Fellegi and Sunter's weights with m = 0.9, u = 0.01: log2 90 for agreement, log2(0.1/0.99) for none.
    const shares = { matched: Float64Array.of(0.9, 0.1), unmatched: Float64Array.of(0.01, 0.99), trained: [] };
    const [agree = 0, differ = 0] = weightsOf(shares);
    expect(agree).toBeCloseTo(6.492, 3);
    expect(differ).toBeCloseTo(-3.307, 3);
    // One in 1,000 at first, with that agreement: 0.09 to 1, about one in twelve.
    expect(probabilityOf(priorBits(0.001) + agree)).toBeCloseTo(0.0826, 4);
    expect(probabilityOf(0)).toBe(0.5);
    expect(probabilityOf(2000)).toBe(1);
  });

  it("of a weaker level never count more than those of a stronger", () => {
    const levels = orderedLevels("a | 0.25\nb | 0.25\nc | 0.25\nd | 0.25");
    const share = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(share, share, (m, u) => {
        const given = { levels };
        const matched = withinGroups(Float64Array.from(m), given);
        const unmatched = withinGroups(Float64Array.from(u), given);
        const kept = keptMonotone({ matched, unmatched, trained: [] }, given);
        const weights = [...weightsOf(kept)];
        for (let at = 1; at < 4; at += 1) expect(weights[at]).toBeLessThan((weights[at - 1] ?? 0) + 1e-9);
        expect(kept.matched.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("a rare value agreed on counts more than a common one", () => {
    const codes = Int32Array.from([...Array(90).fill(0), ...Array(8).fill(1), 2, 2]);
    const comparison = compareValues({
      name: "surname",
      columns: ["surname"],
      codes,
      values: 3,
      levels: orderedLevels("same | 0.9\ndifferent | 0.1"),
      household: asStrangers,
      levelOf: () => 1,
    });
    const { whole: rarity } = comparison.rarity(strangers(100, 1));
    const same = (90 * 89 + 8 * 7 + 2) / (100 * 99);
    expect(rarity({ left: 0, right: 1, level: 0 })).toBeCloseTo(Math.log2(same / 0.9), 9);
    expect(rarity({ left: 98, right: 99, level: 0 })).toBeCloseTo(Math.log2(same / 0.02), 9);
    expect(rarity({ left: 0, right: 99, level: 1 })).toBe(0);
  });
});

describe("u", () => {
  it("is the chance that two different people have the same value, as counting all pairs gives it", () => {
    const people = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: -1, max: 3 })), {
      minLength: 4,
      maxLength: 30,
    });
    fc.assert(
      fc.property(people, (records) => {
        const numbers = [...new Set(records.map(([person]) => person))];
        const personOf = Int32Array.from(records, ([person]) => numbers.indexOf(person));
        const codes = Int32Array.from(records, ([, code]) => code);
        const population = populationOf(personOf, 1);
        let [same, all] = [0, 0];
        for (let left = 0; left < codes.length; left += 1)
          for (let right = 0; right < codes.length; right += 1) {
            if (personOf[left] === personOf[right] || codes[left] === -1 || codes[right] === -1) continue;
            const weight = (population.weights[left] as number) * (population.weights[right] as number);
            all += weight;
            if (codes[left] === codes[right]) same += weight;
          }
        const found = valueShares({ codes, values: 4 }, population);
        if (all >= 1 && same / all > 1 / Math.max(2, found.people ** 2)) expect(found.same).toBeCloseTo(same / all, 9);
        if (found.people > 0) expect(found.shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("of near values is that of all pairs where there are few values", () => {
    const codes = Int32Array.from({ length: 60 }, (_, at) => at % 6);
    const levelOf = (left: number, right: number) => (Math.abs(left - right) === 1 ? 1 : 2);
    const comparison = compareValues({
      name: "number",
      columns: ["number"],
      codes,
      values: 6,
      levels: orderedLevels("same | 0.8\nnear | 0.1\ndifferent | 0.1"),
      household: asStrangers,
      levelOf,
    });
    const found = comparison.spread(strangers(60, 3));
    let [same, near] = [0, 0];
    for (let left = 0; left < 60; left += 1)
      for (let right = 0; right < left; right += 1) {
        if (codes[left] === codes[right]) same += 1;
        else if (levelOf(codes[left] as number, codes[right] as number) === 1) near += 1;
      }
    expect(found[0]).toBeCloseTo(same / 1770, 9);
    expect(found[1]).toBeCloseTo(near / 1770, 9);
  });
});

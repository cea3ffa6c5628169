/**
 * Whether training finds what was put in: patterns drawn from known m, u and shares, and a table of drawn records with known mistakes.
 * What was put in is known to no step of the training. Tolerances are four standard errors of what was drawn, times what is said beside
 * them; a share of n draws has a standard error of at most 0.5 over the root of n.
 */
import { describe, expect, it } from "vitest";
import { keyOfColumn } from "../blocking/keys.ts";
import { makePairs } from "../blocking/pairs.ts";
import { estimateRecall, waysOf } from "../blocking/recall.ts";
import { type Comparison, orderedLevels } from "../compare/comparison.ts";
import { asMatches, asStrangers } from "../compare/household.ts";
import { strangers } from "../compare/population.ts";
import { compareValues } from "../compare/value-levels.ts";
import { type Chance, chanceFrom } from "../generate/chance.ts";
import { type Column, GrowingColumn } from "../table/records.ts";
import { trainSession } from "./em.ts";
import type { Parameters } from "./parameters.ts";
import { findPatterns, type Patterns } from "./patterns.ts";
import { priorBits, probabilityOf } from "./score.ts";
import { startingParameters, trainModel } from "./train.ts";

const LEVELS = orderedLevels("same | 0.7\nnear | 0.2\ndifferent | 0.1");

/** m and u of each column; columns of the home are shared by people of one household. */
const DRAWN = [
  { ofHome: false, m: [0.85, 0.1, 0.05], u: [0.004, 0.02, 0.976] },
  { ofHome: false, m: [0.93, 0.05, 0.02], u: [0.01, 0.03, 0.96] },
  { ofHome: false, m: [0.7, 0.2, 0.1], u: [0.05, 0.1, 0.85] },
  { ofHome: true, m: [0.8, 0.08, 0.12], u: [0.002, 0.018, 0.98] },
  { ofHome: true, m: [0.9, 0.05, 0.05], u: [0.03, 0.07, 0.9] },
] as const;

const SCALE = 1_000_000;

function levelDrawn(shares: readonly number[], chance: Chance): number {
  let left = chance.below(SCALE) / SCALE;
  for (let level = 0; level + 1 < shares.length; level += 1) {
    left -= shares[level] as number;
    if (left < 0) return level;
  }
  return shares.length - 1;
}

type Shares = { readonly match: number; readonly household: number };

/** Each pair a pattern of its own: expectation and maximisation take rows of any count. One value in ten is missing. */
function drawPatterns(pairs: number, { seed, shares }: { readonly seed: number; readonly shares: Shares }): Patterns {
  const chance = chanceFrom(seed);
  const levels = new Int8Array(pairs * DRAWN.length);
  for (let pair = 0; pair < pairs; pair += 1) {
    const kind = levelDrawn([shares.match, shares.household, 1 - shares.match - shares.household], chance);
    DRAWN.forEach(({ ofHome, m, u }, at) => {
      const alike = kind === 0 || (kind === 1 && ofHome);
      levels[pair * DRAWN.length + at] = chance.happens(0.1) ? -1 : levelDrawn(alike ? m : u, chance);
    });
  }
  const ofPair = Int32Array.from({ length: pairs }, (_, pair) => pair);
  return { count: pairs, ofPair, levels, comparisons: DRAWN.length, counts: new Float64Array(pairs).fill(1) };
}

const drawnComparisons = DRAWN.map(
  ({ ofHome, u }, at): Comparison => ({
    name: `column ${at}`,
    columns: [`column ${at}`],
    levels: LEVELS,
    compare: () => 0,
    spread: () => Float64Array.from(u),
    household: ofHome ? asMatches : asStrangers,
    rarity: () => ({ whole: () => 0, shared: () => 0 }),
  }),
);

describe("patterns drawn from known shares", () => {
  const pairs = 30_000;
  const start: Parameters = {
    prior: 0.01,
    household: 0.01,
    comparisons: drawnComparisons.map((one) => ({
      matched: Float64Array.from(one.levels, ({ expected }) => expected),
      unmatched: one.spread(strangers(1, 1)),
      trained: [],
    })),
  };

  it.each([
    { seed: 1, match: 0.3, household: 0.1 },
    { seed: 2, match: 0.1, household: 0.2 },
    { seed: 3, match: 0.05, household: 0.01 },
    { seed: 4, match: 0.6, household: 0.05 },
  ])("give back m, and the shares of matches and of households: $match and $household", ({ seed, ...shares }) => {
    const patterns = drawPatterns(pairs, { seed, shares });
    const found = trainSession(
      { patterns, comparisons: drawnComparisons, start },
      { fixed: [], counts: patterns.counts },
    );
    // Four standard errors of a share of the matches with a value, and half as much again for not knowing which pairs are the matches.
    const close = (1.5 * 4 * 0.5) / Math.sqrt(0.9 * pairs * shares.match);
    DRAWN.forEach(({ m }, at) => {
      m.forEach((share, level) => {
        expect(Math.abs((found.matched[at]?.[level] ?? 0) - share)).toBeLessThan(close);
      });
    });
    const ofPairs = (1.5 * 4 * 0.5) / Math.sqrt(pairs);
    expect(Math.abs(found.share - shares.match)).toBeLessThan(ofPairs);
    expect(Math.abs(found.household - shares.household)).toBeLessThan(ofPairs);
  });
});

/** A column of a drawn table: how many values it has, how frequent the frequent are, and in how many records it is wrong or missing. */
const COLUMNS = [
  { name: "forename", values: 200, wrong: 0.1, missing: 0.02 },
  { name: "surname", values: 600, wrong: 0.06, missing: 0 },
  { name: "born", values: 8000, wrong: 0.04, missing: 0.1 },
  { name: "town", values: 40, wrong: 0.15, missing: 0.05 },
] as const;

/** Persons of one to three records each, every value wrong by itself: drawn as the model has it. */
function drawTable(persons: number, seed: number) {
  const chance = chanceFrom(seed);
  // The more frequent first: the square of a fraction falls on low numbers more often.
  const draw = (values: number) => Math.floor((chance.below(SCALE) / SCALE) ** 2 * values);
  const people: number[] = [];
  const columns = COLUMNS.map(({ name }) => new GrowingColumn(name));
  for (let person = 0; person < persons; person += 1) {
    const own = COLUMNS.map(({ values }) => draw(values));
    const times = 1 + chance.below(3);
    for (let time = 0; time < times; time += 1) {
      COLUMNS.forEach(({ values, wrong, missing }, at) => {
        const value = chance.happens(wrong) ? draw(values) : (own[at] as number);
        columns[at]?.set(people.length, chance.happens(missing) ? "" : `v${value}`);
      });
      people.push(person);
    }
  }
  return { people, columns: columns.map((column) => column.finish(people.length)) };
}

describe("a table drawn with known mistakes", () => {
  const { people, columns } = drawTable(3000, 5);
  const records = people.length;
  const possible = (records * (records - 1)) / 2;
  const comparisons = columns.map(({ name, codes, values }) =>
    compareValues({
      name,
      columns: [name],
      codes,
      values: values.length,
      levels: orderedLevels("same | 0.8\ndifferent | 0.2"),
      household: asStrangers,
      levelOf: () => 1,
    }),
  );
  const key = (at: number) => {
    const column = columns[at] as Column;
    return keyOfColumn(column, (value) => value)({ name: column.name, comparison: column.name, parts: [column.name] });
  };
  const rules = [[0, 1], [2], [1, 3], [0, 3]].map((places) => ({ keys: places.map(key) }));
  const population = strangers(records, 1);

  function trained() {
    const pairs = makePairs(rules, { pairs: 10_000_000, largestBlock: records });
    if (!pairs.ok) throw new Error(pairs.refusal.rule);
    const patterns = findPatterns(pairs.value, comparisons);
    const set = { comparisons, rules, pairs: pairs.value, patterns, population, possible };
    const start = startingParameters(set, 1 / records);
    const first = trainModel(set, { start, recall: 0.85 });
    const bits = priorBits(first.parameters.prior);
    const chances = first.weights.map((weight) => probabilityOf(weight + bits));
    const recall = estimateRecall(waysOf(rules), { rules: pairs.value.rules, chances });
    const second = trainModel(set, { start: first.parameters, recall });
    return trainModel(set, { start: second.parameters, recall }).parameters;
  }
  const found = trained();

  it("gives back m of every column from pairs chosen by other columns", () => {
    // Right in both records, or alike all the same.
    COLUMNS.forEach(({ wrong }, at) => {
      const { matched, unmatched } = found.comparisons[at] as Parameters["comparisons"][number];
      const right = (1 - wrong) ** 2;
      const m = right + (1 - right) * (unmatched[0] as number);
      // 4,000 matches, of which a session sees half; four standard errors, and half as much again for not knowing them.
      expect(Math.abs((matched[0] as number) - m)).toBeLessThan(1.5 * 4 * Math.sqrt((m * (1 - m)) / 2000));
    });
  });

  it("gives back u of every column, which all pairs of two people have", () => {
    columns.forEach(({ codes }, at) => {
      let [same, all] = [0, 0];
      for (let one = 0; one < records; one += 1)
        for (let other = 0; other < one; other += 1) {
          if (people[one] === people[other] || codes[one] === -1 || codes[other] === -1) continue;
          all += 1;
          if (codes[one] === codes[other]) same += 1;
        }
      // Each record counts as a person here, so that u holds the matches too, which are as rare as the prior.
      const u = same / all;
      expect(Math.abs((found.comparisons[at]?.unmatched[0] ?? 0) - u)).toBeLessThan(2 * found.prior + 1e-6);
    });
  });

  it("gives back the prior", () => {
    const sizes = new Map<number, number>();
    for (const person of people) sizes.set(person, (sizes.get(person) ?? 0) + 1);
    let matches = 0;
    for (const size of sizes.values()) matches += (size * (size - 1)) / 2;
    // A tenth: what blocking missed is itself an estimate.
    expect(Math.abs(found.prior / (matches / possible) - 1)).toBeLessThan(0.1);
  });
});

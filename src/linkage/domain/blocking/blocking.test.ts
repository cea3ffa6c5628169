/** Blocking: every pair once and of the first rule that makes it, as brute force finds them; counted and refused before they are made. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Key, restricted } from "./keys.ts";
import { allPairs, makePairs, type Pairs } from "./pairs.ts";
import { candidateRules, chooseRules, NewPairs } from "./propose.ts";
import { estimateRecall, waysOf } from "./recall.ts";
import { blocksOf, type Rule } from "./rules.ts";

/** A key from lists of values, one list for each record. */
function key(name: string, lists: readonly (readonly number[])[]): Key {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => {
    starts[at + 1] = (starts[at] ?? 0) + list.length;
  });
  const codes = Int32Array.from(lists.flat());
  return {
    name,
    comparison: name,
    parts: [name],
    values: Math.max(0, ...codes) + 1,
    starts,
    codes,
    single: null,
    of: ({ value }) => value,
  };
}

const UNBOUNDED = { pairs: 1e9, largestBlock: 1e9 };

function mustMake(rules: readonly Rule[]): Pairs {
  const made = makePairs(rules, UNBOUNDED);
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value;
}

const lists = (records: number) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }), {
    minLength: records,
    maxLength: records,
  });

describe("pairs of rules", () => {
  it("are those of brute force, each with every rule that makes it", () => {
    const tables = fc
      .integer({ min: 2, max: 25 })
      .chain((records) => fc.tuple(lists(records), lists(records), lists(records)));
    fc.assert(
      fc.property(tables, ([a, b, c]) => {
        const keys = [key("a", a), key("b", b), key("c", c)] as const;
        const rules = [{ keys: [keys[0], keys[1]] }, { keys: [keys[2]] }, { keys: [keys[1]] }];
        const share = (list: readonly (readonly number[])[], left: number, right: number) =>
          (list[left] ?? []).some((value) => (list[right] ?? []).includes(value));
        const wanted: string[] = [];
        for (let left = 0; left < a.length; left += 1)
          for (let right = 0; right < left; right += 1) {
            const marks =
              (share(a, left, right) && share(b, left, right) ? 1 : 0) +
              (share(c, left, right) ? 2 : 0) +
              (share(b, left, right) ? 4 : 0);
            if (marks > 0) wanted.push(`${left} ${right} ${marks}`);
          }
        const { left, right, rules: marks } = mustMake(rules);
        expect([...left].map((one, at) => `${one} ${right[at]} ${marks[at]}`).sort()).toEqual(wanted.sort());
      }),
    );
  });

  it("are counted before they are made: a thousand million are refused by name, with the figure", () => {
    const records = 45_000;
    const all = key("sex", Array(records).fill([0]));
    const made = makePairs([{ keys: [all] }], { pairs: 1e7, largestBlock: 1e9 });
    expect(made).toEqual({
      ok: false,
      refusal: {
        code: "too_many_pairs",
        rule: "sex",
        pairs: (records * (records - 1)) / 2,
        largestBlock: records,
        limit: 1e7,
      },
    });
  });

  it("leave out blocks that are too large, and say so", () => {
    const sexes = key("sex", [[0], [0], [0], [1], [1]]);
    const blocks = blocksOf({ keys: [sexes] }, { largestBlock: 2 });
    expect(blocks.skipped).toEqual({ blocks: 1, pairs: 3, largest: 3 });
    expect(blocks.pairs).toBe(1);
  });

  it("may be asked for some of the records, or for all pairs", () => {
    const some = restricted(key("a", [[1], [2, 3], [], [3]]), Int32Array.from([1, 2, 3]));
    expect([...some.starts]).toEqual([0, 2, 2, 3]);
    expect([...some.codes]).toEqual([2, 3, 3]);
    expect(allPairs(4).count).toBe(6);
    expect(allPairs(4, (left, right) => (left + right) % 2 === 1).count).toBe(4);
  });
});

describe("proposing rules", () => {
  it("takes what finds most for its pairs, and nothing that finds nothing new", () => {
    // Ten people of two records: all share the first key, half share the second too, and the third is shared by everyone.
    const people = Array.from({ length: 20 }, (_, at) => at >> 1);
    const keys = [
      key(
        "good",
        people.map((person) => [person]),
      ),
      key(
        "half",
        people.map((person, at) => [person < 5 ? person : 100 + at]),
      ),
      key(
        "all",
        people.map(() => [0]),
      ),
    ];
    const candidates = candidateRules(keys, { pairs: 150, largestBlock: 100, most: 100 });
    const masks = Int32Array.from(Array.from({ length: 10 }, (_, person) => (person < 5 ? 0b111 : 0b101)));
    const matches = { masks, chances: new Float64Array(10).fill(1) };
    const { rules, found } = chooseRules(candidates, { matches, pairs: 150, most: 5, newPairs: new NewPairs(20, 100) });
    expect(rules[0]?.rule.keys.map(({ name }) => name)).toContain("good");
    expect(found[0]).toBe(1);
    expect(rules).toHaveLength(1);
  });

  it("counts a pair that an earlier rule makes for nothing, and keeps to the budget", () => {
    // Sixteen people of two records in blocks of four, and a second key that makes the same blocks and one more pair.
    const blocks = Array.from({ length: 32 }, (_, at) => [at >> 2]);
    const wider = blocks.map((list, at) => (at === 4 ? [0, 1] : list));
    const keys = [key("blocks", blocks), key("wider", wider)] as const;
    const newPairs = new NewPairs(32, 100);
    expect(newPairs.count({ keys: [keys[0]] })).toBe(8 * 6);
    newPairs.take({ keys: [keys[0]] });
    expect(newPairs.count({ keys: [keys[0]] })).toBe(0);
    expect(newPairs.count({ keys: [keys[1]] })).toBe(4);
    const candidates = candidateRules(keys, { pairs: 150, largestBlock: 100, most: 100 });
    const matches = { masks: new Int32Array(16).fill(1), chances: new Float64Array(16).fill(1) };
    const spent = { matches, pairs: 47, most: 5, newPairs: new NewPairs(32, 100) };
    expect(chooseRules(candidates, spent).rules).toHaveLength(0);
  });

  it("agrees with brute force on how many pairs are new", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 25 }).chain((records) => fc.tuple(lists(records), lists(records))),
        ([a, b]) => {
          const rules = [{ keys: [key("a", a)] }, { keys: [key("b", b)] }] as const;
          const newPairs = new NewPairs(a.length, 1e9);
          newPairs.take(rules[0]);
          // A pair of two values in common is met twice, and counted for each until it is taken.
          const seen = new NewPairs(a.length, 1e9);
          seen.take(rules[0]);
          seen.take(rules[1]);
          expect(seen.count(rules[1])).toBe(0);
          const wanted = mustMake([...rules]).rules.filter((marks) => marks === 2).length;
          expect(newPairs.count(rules[1])).toBeGreaterThanOrEqual(wanted);
          if ([...a, ...b].every((list) => list.length < 2)) expect(newPairs.count(rules[1])).toBe(wanted);
        },
      ),
    );
  });

  it("estimates what was missed from how often rules agree", () => {
    // Two independent ways that each find half of 1,000: 250 found by both, 250 by each alone, 250 by none.
    const rules = Int32Array.from([...Array(250).fill(1), ...Array(250).fill(2), ...Array(250).fill(3)]);
    const chances = new Float32Array(750).fill(1);
    const recall = estimateRecall([0, 1], { rules, chances });
    // Chao's bound: 500 squared over twice 250 is 500 missed, more than the 250 of independence.
    expect(recall).toBeCloseTo(750 / 1250, 6);
    const [one, other] = [key("a", [[1]]), key("b", [[1]])];
    expect(waysOf([{ keys: [one] }, { keys: [other] }, { keys: [one] }])).toEqual([0, 1, 0]);
  });

  it("finds more missed where some are harder to find, by the counts of three and four", () => {
    // Worked by hand from the paper's formula (iChao1): 100 once, 60 twice, 40 thrice, 30 four times.
    const marks = (ways: number) => 2 ** ways - 1;
    const many = [100, 60, 40, 30].flatMap((times, at) => Array(times).fill(marks(at + 1)));
    const recall = estimateRecall([0, 1, 2, 3], {
      rules: Int32Array.from(many),
      chances: new Float32Array(many.length).fill(1),
    });
    const missed = 100 ** 2 / (2 * 60) + (40 / (4 * 30)) * (100 - (60 * 40) / (2 * 30));
    expect(recall).toBeCloseTo(230 / (230 + missed), 6);
  });
});

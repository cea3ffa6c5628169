/** Clusters: what joins them, what keeps them apart, and which of them a person should look at. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClusterRules, gatherClusters } from "./gather-clusters.ts";
import { strongestFirst } from "./strongest-first.ts";
import { Union } from "./union.ts";
import { bridgesOf, findWeakClusters } from "./weak.ts";

type Weighed = readonly (readonly [number, number, number])[];

function weighed(list: Weighed) {
  return {
    count: list.length,
    left: Int32Array.from(list, ([left]) => left),
    right: Int32Array.from(list, ([, right]) => right),
    weights: Float32Array.from(list, ([, , weight]) => weight),
  };
}

function gather(list: Weighed, more: Partial<ClusterRules> & { readonly records: number; readonly else?: number }) {
  const bits = new Map(
    list.map(([left, right, weight]) => [`${Math.min(left, right)} ${Math.max(left, right)}`, weight]),
  );
  const weightOf = (left: number, right: number) =>
    bits.get(`${Math.min(left, right)} ${Math.max(left, right)}`) ?? more.else ?? -6;
  return gatherClusters(weighed(list), { least: 0, weightOf, ...more });
}

describe("clusters", () => {
  it("join what agrees, and a wrong pair between two people does not join them", () => {
    const family: Weighed = [
      [0, 1, 10],
      [1, 2, 9],
      [0, 2, 8],
      [3, 4, 10],
      [2, 3, 2],
    ];
    const found = gather(family, { records: 6 });
    expect([...found.clusterOf]).toEqual([0, 0, 0, 1, 1, 2]);
    expect(found.parted.count).toBe(1);
    expect(found.pairs.count).toBe(4);
  });

  it("join through a third record what has little in common, where nothing speaks against it", () => {
    const found = gather(
      [
        [0, 1, 10],
        [1, 2, 10],
      ],
      { records: 3, else: -1 },
    );
    expect([...found.clusterOf]).toEqual([0, 0, 0]);
    // The pair that was never made weighs what the mean of joining weighed: (10 - 1) / 2.
    const at = [...found.pairs.left].findIndex(
      (left, pair) => left + (found.pairs.right[pair] ?? 0) === 2 && left !== 1,
    );
    expect(found.pairs.weights[at]).toBeCloseTo(4.5, 6);
  });

  it("keep at most one record of a person from a source that has nobody twice", () => {
    const list: Weighed = [
      [0, 2, 9],
      [1, 2, 8],
      [0, 1, 7],
    ];
    const found = gather(list, { records: 3, singleSource: Int32Array.from([0, 0, -1]) });
    expect([...found.clusterOf]).toEqual([0, 1, 0]);
  });

  it("keep what reviewers decided, whatever the weights", () => {
    const list: Weighed = [[0, 1, 20]];
    const parted = gather(list, { records: 3, cannotLink: [[1, 0]] });
    expect([...parted.clusterOf]).toEqual([0, 1, 2]);
    const joined = gather([], { records: 3, else: -20, mustLink: [[0, 2]] });
    expect([...joined.clusterOf]).toEqual([0, 1, 0]);
    // Not through a third either.
    const through: Weighed = [
      [0, 1, 20],
      [1, 2, 20],
    ];
    const kept = gather(through, { records: 3, else: 20, cannotLink: [[0, 2]] });
    expect(kept.clusterOf[0]).not.toBe(kept.clusterOf[2]);
  });

  it("leave a record alone that fits two people equally well, where they are two", () => {
    // Father 0, 1 and son 2, 3 of one name; 4 is a bill for that name: it says nothing of whose it is.
    const list: Weighed = [
      [0, 1, 10],
      [2, 3, 10],
      [4, 0, 4],
      [4, 1, 4],
      [4, 2, 3.5],
      [4, 3, 3.5],
    ];
    const doubted = gather(list, { records: 5, else: -9 });
    expect(doubted.doubted).toEqual([4]);
    expect([...doubted.clusterOf]).toEqual([0, 0, 1, 1, 2]);
    expect(doubted.pairs.count).toBe(2);
    // Where one of them fits better, or a reviewer said so, there is no doubt.
    const better = gather([...list.slice(0, 4), [4, 2, 1], [4, 3, 1]], { records: 5, else: -9 });
    expect([...better.clusterOf]).toEqual([0, 0, 1, 1, 0]);
    const decided = gather(list, { records: 5, else: -9, mustLink: [[4, 3]] });
    expect([...decided.clusterOf]).toEqual([0, 0, 1, 1, 1]);
  });

  it("are the same in whatever order the pairs come, and cover each pair within them once", () => {
    const some = fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: -100, max: 100 })), {
      maxLength: 25,
      selector: ([left, right]) => `${Math.min(left, right)} ${Math.max(left, right)}`,
    });
    fc.assert(
      fc.property(some, (made) => {
        // Different weights, so that no order is left open.
        const list = made
          .filter(([left, right]) => left !== right)
          .map(([left, right, weight], at) => [left, right, weight / 10 + at / 1000] as const);
        const found = gather(list, { records: 10 });
        const again = gather([...list].reverse(), { records: 10 });
        expect([...again.clusterOf]).toEqual([...found.clusterOf]);
        const sizes = new Map<number, number>();
        for (const cluster of found.clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
        let wanted = 0;
        for (const size of sizes.values()) wanted += (size * (size - 1)) / 2;
        expect(found.pairs.count).toBe(wanted);
        for (let pair = 0; pair < found.pairs.count; pair += 1)
          expect(found.pairs.weights[pair]).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("what is joined", () => {
  it("is what can be reached", () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 15 });
    fc.assert(
      fc.property(edges, (list) => {
        const union = new Union(12);
        for (const [one, other] of list) union.join(one, other);
        const reach = Array.from({ length: 12 }, (_, at) => at);
        for (let round = 0; round < 12; round += 1)
          for (const [one, other] of list) {
            const least = Math.min(reach[one] ?? 0, reach[other] ?? 0);
            reach[one] = least;
            reach[other] = least;
          }
        const clusters = union.clusters();
        for (let one = 0; one < 12; one += 1)
          for (let other = 0; other < 12; other += 1)
            expect(clusters[one] === clusters[other]).toBe(reach[one] === reach[other]);
      }),
    );
  });
});

describe("the order of pairs", () => {
  it("is that of a comparison of two at a time, equal ones in their order", () => {
    const weight = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, 12, -12, Number.POSITIVE_INFINITY, Number.NaN));
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 60 }), fc.float({ noNaN: true }), (written, least) => {
        const weights = Float32Array.from(written);
        const expected = [...weights.keys()]
          .filter((at) => (weights[at] as number) >= least)
          .sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
        // Infinity less itself is no number: two of them are equal.
        expect([...strongestFirst({ count: weights.length, weights }, least)]).toEqual(expected);
      }),
    );
  });
});

describe("weak clusters", () => {
  it("hang on one pair: both sides must hold more than one record", () => {
    const twoTriangles = [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
      [5, 3],
      [2, 3],
    ] as const;
    expect(bridgesOf(twoTriangles).map((edge) => [...edge].sort())).toEqual([[2, 3]]);
    expect(
      bridgesOf([
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
      ]),
    ).toEqual([]);
  });

  it("are those that brute force finds", () => {
    const edges = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7)), {
      maxLength: 12,
      selector: ([one, other]) => `${Math.min(one, other)} ${Math.max(one, other)}`,
    });
    const partOf = (list: readonly (readonly [number, number])[], start: number) => {
      const part = new Set([start]);
      for (let round = 0; round < 8; round += 1)
        for (const [one, other] of list) if (part.has(one) || part.has(other)) part.add(one).add(other);
      return part;
    };
    fc.assert(
      fc.property(edges, (made) => {
        const list = made.filter(([one, other]) => one !== other);
        const wanted = list.filter((edge) => {
          const rest = list.filter((other) => other !== edge);
          const [a, b] = [partOf(rest, edge[0]), partOf(rest, edge[1])];
          return !a.has(edge[1]) && a.size > 1 && b.size > 1;
        });
        const name = ([one, other]: readonly [number, number]) => `${Math.min(one, other)} ${Math.max(one, other)}`;
        expect(bridgesOf(list).map(name).sort()).toEqual(wanted.map(name).sort());
      }),
    );
  });

  it("are listed with their density, the least dense first", () => {
    const strong = weighed([
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [4, 5, 1],
      [5, 6, 1],
      [4, 6, 1],
    ]);
    const clusterOf = Int32Array.from([0, 0, 0, 0, 1, 1, 1, 2]);
    const [weak, ...none] = findWeakClusters({ clusterOf, strong, leastDensity: 0.6 });
    expect(none).toEqual([]);
    expect(weak).toMatchObject({ cluster: 0, records: 4, density: 0.5, bridges: [[1, 2]] });
  });
});

/** Probabilities that mean what they say, and that do not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrationOf } from "./calibration.ts";

function of(pairs: readonly (readonly [number, boolean])[], least = 0) {
  return calibrationOf({
    count: pairs.length,
    chanceOf: (pair) => pairs[pair]?.[0] ?? 0,
    isMatch: (pair) => pairs[pair]?.[1] === true,
    least,
  });
}

describe("the calibration error", () => {
  it("is nothing where of ten pairs said to match with 0.8 eight do", () => {
    expect(of(Array.from({ length: 10 }, (_, at) => [0.8, at < 8])).error).toBeCloseTo(0, 10);
  });

  it("is the distance between said and found, weighted by pairs", () => {
    // Four pairs are said 0.95 and three match: off by 0.2. One is said 0.25 and does not: off by 0.25.
    const found = of([...Array.from({ length: 4 }, (_, at) => [0.95, at < 3] as const), [0.25, false]]);
    expect(found.error).toBeCloseTo((4 * 0.2 + 0.25) / 5, 10);
    expect(found.bins[9]).toMatchObject({ pairs: 4, found: 0.75 });
  });

  it("looks at no pair that is less likely than asked", () => {
    expect(
      of(
        [
          [0.001, true],
          [1, true],
        ],
        0.01,
      ),
    ).toMatchObject({ pairs: 1, error: 0 });
    expect(of([])).toMatchObject({ pairs: 0, error: 0 });
  });

  it("is small where matches are drawn with the chance that is said", () => {
    let state = 7;
    const draw = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    fc.assert(
      fc.property(fc.constant(null), () => {
        const pairs = Array.from({ length: 20_000 }, () => {
          const chance = draw();
          return [chance, draw() < chance] as const;
        });
        expect(of(pairs).error).toBeLessThan(0.03);
      }),
      { numRuns: 5 },
    );
  });
});

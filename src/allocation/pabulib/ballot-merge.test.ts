/** Ballots merged as they come, against a map of texts; and ballots that somebody made to have one hash. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BallotMerge,
  castBallot,
  choose,
  closeBallots,
  givePoints,
  newBallotMerge,
  widenPoints,
} from "./ballot-merge.ts";
import { MOST_STEPS } from "./byte-table.ts";

type Choice = { readonly project: number; readonly points: number };

function cast(merge: BallotMerge, choices: readonly Choice[]): number {
  for (const { project, points } of choices) if (choose(merge, project) && merge.withPoints) givePoints(merge, points);
  return castBallot(merge);
}

function farthest({ slots, hashes }: BallotMerge): number {
  const mask = slots.length - 1;
  return slots.reduce(
    (most, number, slot) => (number === 0 ? most : Math.max(most, (slot - ((hashes[number - 1] ?? 0) & mask)) & mask)),
    0,
  );
}

test("ballots are told apart as their texts are", () => {
  const choice = fc.record({ project: fc.integer({ min: 0, max: 4 }), points: fc.integer({ min: 0, max: 2 }) });
  const ballots = fc.array(fc.uniqueArray(choice, { selector: ({ project }) => project, maxLength: 4 }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(ballots, fc.boolean(), fc.boolean(), (all, ordered, withPoints) => {
      const merge = newBallotMerge({ ordered, withPoints, projects: 5, pointPlaces: 0 });
      const numbers = new Map<string, number>();
      for (const choices of all) {
        const words = choices.map(({ project, points }) => `${project}${withPoints ? `:${points}` : ""}`);
        const text = (ordered ? words : words.sort()).join(" ");
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        expect(cast(merge, choices)).toBe(numbers.get(text));
      }
      expect(closeBallots(merge).weights.reduce((sum, weight) => sum + weight, 0)).toBe(all.length);
    }),
  );
});

const PAIRS = 11;
const PROJECTS = PAIRS * 2048;

/**
 * The hash turns by nine bits for a choice, so that of two neighbours another lowest bit of the first and another tenth bit of the
 * second are one and the same change, made twice.
 */
function craftedChoices(number: number): readonly Choice[] {
  return Array.from({ length: PAIRS }, (_, pair) => {
    const other = (number >> pair) & 1;
    return [pair * 2048 + other, pair * 2048 + 4 + other * 512].map((project) => ({ project, points: 1 }));
  }).flat();
}

/** The two halves of the points are mixed by an exclusive or: alike in both, they cancel out. */
const craftedPoints = (number: number): readonly Choice[] => [{ project: 0, points: number * 2 ** 32 + number }];

test.each([
  ["choices", craftedChoices, false, 2048],
  ["points", craftedPoints, true, 5000],
])(
  "ballots whose %s were made to have one hash are merged as others are, and none is sought for long",
  (_, made, withPoints, many) => {
    const merge = newBallotMerge({ ordered: false, withPoints, projects: PROJECTS, pointPlaces: 0 });
    for (let number = 0; number < many; number += 1) expect(cast(merge, made(number))).toBe(number);
    expect(new Set(merge.hashes.subarray(0, many)).size).toBe(1);
    expect(farthest(merge)).toBeLessThan(MOST_STEPS);
    if (withPoints) expect(widenPoints(merge, 1)).toBe(true);
    expect(farthest(merge)).toBeLessThan(MOST_STEPS);
    const wider = withPoints ? 10 : 1;
    for (let number = 0; number < many; number += 1) {
      const again = made(number).map(({ project, points }) => ({ project, points: points * wider }));
      expect(cast(merge, again)).toBe(number);
    }
    const { weights, cast: voters } = closeBallots(merge);
    expect({ voters, weights: new Set(weights) }).toEqual({ voters: many * 2, weights: new Set([2]) });
  },
);

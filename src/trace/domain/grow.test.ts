/** Cutting a level of a chain to what fits: nobody is left out for another's sake, and nothing is lost. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutLevel } from "./grow.ts";

const CASES = `
  5 3 9 | 1       | limit 10 | 5 3 9 | 1     | more 0 0
  5 3 9 | 1       | limit 3  | 5 9   | 1     | more 1 0
  5 3 9 | 1 2     | limit 2  | 9     | 2     | more 2 1
  5 5 5 |         | limit 2  | 5 5   |       | more 1 0
`;

const itemsOf = (text: string) =>
  text
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => ({ amountPence: BigInt(word) }));

describe("a level of the chain", () => {
  it.each(
    CASES.trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim())),
  )("%s and %s, %s: shows %s and %s, %s", (...cells) => {
    const [first = "", second = "", limit = "", shownFirst = "", shownSecond = "", more = ""] = cells;
    const cuts = cutLevel([itemsOf(first), itemsOf(second)], Number(limit.replace("limit ", "")));
    expect(cuts.map(({ shown }) => shown)).toEqual([itemsOf(shownFirst), itemsOf(shownSecond)]);
    expect(`more ${cuts.map((cut) => cut.hidden.length).join(" ")}`).toBe(more);
  });

  it("shows no more than fits, and what is shown and hidden sums to all", () => {
    const group = fc.array(
      fc.bigInt({ min: 0n, max: 1000n }).map((amountPence) => ({ amountPence })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.array(group, { maxLength: 6 }), fc.integer({ min: 0, max: 30 }), (groups, limit) => {
        const cuts = cutLevel(groups, limit);
        expect(cuts.reduce((sum, cut) => sum + cut.shown.length, 0)).toBeLessThanOrEqual(limit);
        for (const [index, cut] of cuts.entries()) {
          const sum = (items: readonly { amountPence: bigint }[]) =>
            items.reduce((total, item) => total + item.amountPence, 0n);
          expect(sum(cut.shown) + sum(cut.hidden)).toBe(sum(groups[index] ?? []));
          expect(cut.shown.length + cut.hidden.length).toBe(groups[index]?.length);
        }
      }),
    );
  });
});

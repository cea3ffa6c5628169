/** A stream's position, worked by hand, and what holds of any: each pound given is paid, spent outside, or left. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { figuresOf } from "./figures.ts";
import { addPositions, CLAWBACK_RULES, type ClawbackRule, positionOf } from "./position.ts";

// 1,000 given: 200 undecided, 100 decided on, 400 committed and not paid, 300 paid within the conditions. The grant ends on
// 31 March 2013. day | open outside its conditions | rule | paid, outside, left | clawed back
const CASES = `
  2013-03-30 | 0    | none           | 300 0 700   |
  2013-03-31 | 0    | none           | 300 0 700   |
  2013-03-30 | 0    | unspent_at_end | 300 0 700   |
  2013-03-31 | 0    | unspent_at_end | 300 0 700   | unspent_at_end 700
  2013-03-30 | 150  | unspent_at_end | 300 150 550 |
  2013-03-31 | 150  | unspent_at_end | 300 150 550 | unspent_at_end 550
  2013-03-30 | 150  | ineligible     | 300 150 550 | ineligible 150
  2013-03-31 | 150  | ineligible     | 300 150 550 | ineligible 150
  2013-03-30 | 150  | both           | 300 150 550 | ineligible 150
  2013-03-31 | 150  | both           | 300 150 550 | unspent_at_end 550, ineligible 150
  2013-03-31 | 800  | both           | 300 700 0   | ineligible 700
  2013-03-31 | 150  | not stated     | 300 150 550 |
`;

const figures = figuresOf({
  potPence: 200n,
  allocationPence: 100n,
  commitmentPence: 400n,
  paidPence: 300n,
  resolvePence: 0n,
});
const endsOn = mustDay("2013-03-31");

describe("a stream's position", () => {
  it.each(
    CASES.trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim())),
  )("on %s with %s outside and the rule %s: %s, %s", (day = "", outside = "", rule = "", stands = "", back = "") => {
    const known: ClawbackRule | null = CLAWBACK_RULES.find((one) => one === rule) ?? null;
    const one = positionOf({ figures, outsidePence: BigInt(outside), rule: known, endsOn, day: mustDay(day) });
    expect(one).toMatchObject({ givenPence: 1000n, allocatedPence: 800n, committedPence: 700n });
    expect(`${one.paidPence} ${one.outsidePence} ${one.leftPence}`).toBe(stands);
    expect(one.clawback.map(({ why, amountPence }) => `${why} ${amountPence}`).join(", ")).toBe(back);
  });

  it("has nothing left as at a day when more had been paid than was given", () => {
    const early = figuresOf({
      potPence: 0n,
      allocationPence: 0n,
      commitmentPence: -50n,
      paidPence: 50n,
      resolvePence: 0n,
    });
    const one = positionOf({ figures: early, outsidePence: 0n, rule: "both", endsOn, day: endsOn });
    expect(one).toMatchObject({ givenPence: 0n, paidPence: 50n, outsidePence: 0n, leftPence: 0n, clawback: [] });
  });

  // The first two stand as in the cases above on the last day with 150 outside; a third gives nothing back.
  const SUMS = `
    both                         | 1000 300 150 550   | unspent_at_end 550, ineligible 150
    both, both                   | 2000 600 300 1100  | unspent_at_end 1100, ineligible 300
    both, unspent_at_end, none   | 3000 900 450 1650  | unspent_at_end 1100, ineligible 150
    ineligible, none             | 2000 600 300 1100  | ineligible 150
    none, none                   | 2000 600 300 1100  |
  `;

  it.each(
    SUMS.trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim())),
  )(
    "adds up streams with the rules %s: %s, each reason for clawback apart: %s",
    (rules = "", stands = "", back = "") => {
      const all = rules.split(", ").map((rule) => {
        const known = CLAWBACK_RULES.find((one) => one === rule) ?? null;
        return positionOf({ figures, outsidePence: 150n, rule: known, endsOn, day: endsOn });
      });
      const { givenPence, paidPence, outsidePence, leftPence, clawback } = addPositions(all);
      expect(`${givenPence} ${paidPence} ${outsidePence} ${leftPence}`).toBe(stands);
      expect(clawback.map(({ why, amountPence }) => `${why} ${amountPence}`).join(", ")).toBe(back);
    },
  );

  it("loses no pound: given is paid, outside or left, and no more is clawed back than was not paid", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const asked = fc.record({
      standing: fc.record({
        potPence: amount,
        allocationPence: amount,
        commitmentPence: amount,
        paidPence: amount,
        resolvePence: fc.constant(0n),
      }),
      outsidePence: amount,
      rule: fc.constantFrom(...CLAWBACK_RULES, null),
      day: fc.constantFrom(mustDay("2013-03-30"), mustDay("2013-03-31"), mustDay("2014-01-01")),
    });
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 4 }), (all) => {
        const positions = all.map(({ standing, ...rest }) =>
          positionOf({ ...rest, endsOn, figures: figuresOf(standing) }),
        );
        for (const one of [...positions, addPositions(positions)]) {
          expect(one.paidPence + one.outsidePence + one.leftPence).toBe(one.givenPence);
          const back = one.clawback.reduce((sum, { amountPence }) => sum + amountPence, 0n);
          expect(back <= one.givenPence - one.paidPence).toBe(true);
        }
      }),
    );
  });
});

/** Which variances need a word of explanation: 10 % and £10,000, both. */
import { expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { needsExplaining, THRESHOLDS, thresholdOn, varianceOf } from "./variance.ts";

// Pounds: budget, committed and not yet paid, paid, variance, to be explained.
const cases = `
  312000 | 62400 | 249600 |       0 | no
  100000 | 40000 |  50000 |  -10000 | yes
  100000 | 40000 |  50001 |   -9999 | no
  100001 | 40000 |  50001 |  -10000 | no
   50000 | 30000 |  30000 |   10000 | yes
   40000 |     0 |  30001 |   -9999 | no
  999999 |     0 | 899999 | -100000 | yes
       0 |     0 |  10000 |   10000 | yes
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)(
  "budget %s, committed %s, paid %s: %s, %s",
  (budget = "", committed = "", paid = "", over = "", yes = "") => {
    const pence = (pounds: string) => BigInt(pounds) * 100n;
    const spent = { budgetPence: pence(budget), committedPence: pence(committed), paidPence: pence(paid) };
    expect(varianceOf(spent)).toBe(pence(over));
    expect(needsExplaining(spent, thresholdOn(mustDay("2012-12-31")))).toBe(yes === "yes");
  },
);

// A place that lowers its threshold on 1 April 2013 and raises it a year later: the rule of the day is used, as it was then.
it.each([
  ["2012-04-01", 10n],
  ["2013-03-31", 10n],
  ["2013-04-01", 5n],
  ["2014-03-31", 5n],
  ["2014-04-01", 20n],
])("the rule in force on %s is %s %", (day, percent) => {
  const rule = (startsOn: string, of: bigint) => ({ startsOn: mustDay(startsOn), percent: of, pence: 1n, source: "" });
  const rules = [rule("1900-01-01", 10n), rule("2013-04-01", 5n), rule("2014-04-01", 20n)];
  expect(thresholdOn(mustDay(day), rules).percent).toBe(percent);
});

it("says of each rule where it comes from", () => {
  for (const { source } of THRESHOLDS) expect(source).not.toBe("");
});

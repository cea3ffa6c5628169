/** Which dated rule counts: rules newest first, a day, and what each then is. Worked by hand. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Day } from "../../lib/day.ts";
import { ruleHistory } from "./rule-history.ts";

const cases = `
  none                                    2013-03-29 |
  2012-04-01                              2013-03-29 | in_force
  2012-04-01                              2012-04-01 | in_force
  2012-04-01                              2012-03-31 | to_come
  2013-04-01 2012-04-01                   2013-03-29 | to_come in_force
  2013-04-01 2012-04-01                   2013-04-01 | in_force before
  2012-04-01 2012-04-01                   2013-03-29 | in_force replaced
  2013-04-01 2013-04-01 2012-04-01        2013-03-29 | to_come replaced in_force
  2013-01-01 2012-04-01 2012-04-01        2013-03-29 | in_force before replaced
  2014-01-01 2013-01-01 2012-04-01        2012-03-31 | to_come to_come to_come
`
  .trim()
  .split("\n")
  .map((line) => line.trim());

it.each(cases)("%s", (line) => {
  const [given = "", wanted = ""] = line.split("|").map((part) => part.trim());
  const days = given.split(/\s+/).filter((one) => one !== "none") as Day[];
  const day = days.pop() as Day;
  const history = ruleHistory(
    days.map((fromOn) => ({ fromOn })),
    day,
  );
  expect(history.map(({ state }) => state).join(" ")).toBe(wanted);
});

it("has one rule in force from the first day of any rule on, and none before", () => {
  const dayOf = (number: number) => `2012-04-${String(number).padStart(2, "0")}` as Day;
  const numbers = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 30 }), (all, asked) => {
      const rules = all.toSorted((a, b) => b - a).map((one) => ({ fromOn: dayOf(one) }));
      const inForce = ruleHistory(rules, dayOf(asked)).filter(({ state }) => state === "in_force");
      const newest = Math.max(...all.filter((one) => one <= asked));
      expect(inForce.map(({ fromOn }) => fromOn)).toEqual(newest > 0 ? [dayOf(newest)] : []);
    }),
  );
});

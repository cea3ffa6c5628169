/** A choice is the address of its count: written then read it is the same, and what a rule does not read makes no other address. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareAmount, formatAmount } from "./amounts.ts";
import { type Choice, choiceShape, faultOfChoice, plainChoice, readChoice, writeChoice } from "./choice.ts";
import { anyChoice } from "./elections.fixture.ts";

const base = { rule: "equal-shares", utility: "cost", completion: "add1", ties: "project-id" } as const;
const choice = (more: Partial<Choice> = {}): Choice => choiceShape.parse({ ...base, ...more });

describe("the address of a choice", () => {
  it.each([
    [choice(), "equal-shares.cost.add1.project-id"],
    [choice({ stop: "overspend", start: "integral" }), "equal-shares.cost.add1.project-id.integral.overspend"],
    [choice({ rule: "greedy", start: "integral" }), "greedy.cost.project-id"],
    [choice({ rule: "phragmen", utility: "cardinality" }), "phragmen.cost.project-id"],
    [choice({ ties: "cost-votes-lot", seed: "7" }), "equal-shares.cost.add1.lot-Nw"],
    [choice({ comparison: "choices", partFunding: true }), "equal-shares.cost.add1.project-id.prefer-choices.part"],
  ])("%#", (asked, key) => expect(writeChoice(asked)).toBe(key));

  it("says all that decides the outcome, and is read again", () => {
    fc.assert(
      fc.property(anyChoice, (asked) => {
        fc.pre(faultOfChoice(asked) === null);
        expect(readChoice(writeChoice(asked))).toEqual(plainChoice(asked));
      }),
    );
  });

  it.each([
    "",
    "greedy",
    "greedy.cost",
    "greedy.cost.project-id.",
    "greedy.cost.project-id.overspend",
    "equal-shares.cost.project-id",
    "greedy.cost.lot-",
    "greedy.cost.project-id.part.part",
    "__proto__.cost.project-id",
    "greedy.cost.project-id.constructor",
  ])("is not %j", (key) => expect(readChoice(key)).toBeNull());

  it("is no other text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readChoice(text);
        if (read !== null) expect(writeChoice(read)).toBe(text);
      }),
    );
  });
});

it.each([
  ["60000", "GBP", "£60,000"],
  ["1500.5", "GBP", "£1,500.50"],
  ["1784786.62", "PLN", "1,784,786.62 PLN"],
  ["999", null, "999"],
  ["-1200", "EUR", "\u22121,200 EUR"],
  ["0.125", null, "0.125"],
])("%s %s is written %s", (amount, currency, text) => expect(formatAmount(amount, currency)).toBe(text));

it("a bare amount has no currency", () => expect(bareAmount("1234567.8")).toBe("1,234,567.80"));

/** Whose money goes back first, as lines of text. */
import { expect, it } from "vitest";
import { decideGiveBack } from "./give-back.ts";

// What was drawn in its order | how much goes back | what each stream gets.
const RULES = `
  A 60, B 40 | 10  | B 10
  A 60, B 40 | 40  | B 40
  A 60, B 40 | 55  | B 40, A 15
  A 60, B 40 | 100 | B 40, A 60
  A 60, B 40 | 101 | insufficient_funds: 100
  A 60, B 0  | 10  | A 10
             | 1   | insufficient_funds: 0
`;

it.each(
  RULES.trim()
    .split("\n")
    .map((row) => row.split("|").map((part) => part.trim())),
)("of %s, %s: %s", (drawn = "", amount = "", expected = "") => {
  const shares = drawn === "" ? [] : drawn.split(", ").map((one) => one.split(" "));
  const decided = decideGiveBack(
    BigInt(amount),
    shares.map(([streamId = "", pence = "0"]) => ({ streamId, amountPence: BigInt(pence) })),
  );
  const words = decided.ok
    ? decided.value.map(({ streamId, amountPence }) => `${streamId} ${amountPence}`).join(", ")
    : `${decided.refusal.code}: ${decided.refusal.availablePence}`;
  expect(words).toBe(expected);
});

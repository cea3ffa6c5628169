/** From which mode a pot may go to which, as lines of text. */
import { expect, it } from "vitest";
import { bookOf, decideStep, MODES_IN_ORDER } from "./mode.ts";

const RULES = `
  aligned   shadow    same_pot
  aligned   pooled    new_pot
  shadow    pooled    new_pot
  shadow    delegated new_pot
  pooled    delegated same_pot
  shadow    aligned   backwards
  delegated pooled    backwards
  pooled    shadow    backwards
  pooled    pooled    backwards
`;

it.each(
  RULES.trim()
    .split("\n")
    .map((row) => row.trim().split(/ +/)),
)("from %s to %s: %s", (from, to, expected) => {
  const modeOf = (word: string | undefined) => MODES_IN_ORDER.find((mode) => mode === word) ?? "aligned";
  expect(decideStep(modeOf(from), modeOf(to))).toBe(expected);
});

it("keeps shadow money out of the real book", () => {
  expect(MODES_IN_ORDER.map(bookOf)).toEqual(["shadow", "shadow", "real", "real"]);
});

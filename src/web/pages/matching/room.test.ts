/** Words for figures of the room: how far readers agree, how likely a match is, and why a run found nothing. */
import { expect, test } from "vitest";
import { refusedSaid } from "./frame.ts";
import { kappaSaid, likelySaid } from "./room-page.ts";

// Landis and Koch 1977, table 2: <0.00 poor, 0.00-0.20 slight, 0.21-0.40 fair, 0.41-0.60 moderate, 0.61-0.80 substantial, 0.81-1.00 almost perfect.
test.each([
  [-0.01, "poor"],
  [0, "slight"],
  [0.2, "slight"],
  [0.21, "fair"],
  [0.41, "moderate"],
  [0.61, "substantial"],
  [0.8, "substantial"],
  [0.81, "almost perfect"],
  [1, "almost perfect"],
])("a kappa of %d is %s", (kappa, said) => {
  expect(kappaSaid(kappa)).toBe(said);
});

test.each([
  [0.95, "95%"],
  [0.995, "99.5%"],
  [0.999, "99.9%"],
  [0.9999, "99.99%"],
])("%d is %s", (probability, said) => {
  expect(likelySaid(probability)).toBe(said);
});

test("a run that found nothing says why, and one that was stopped says that", () => {
  expect(refusedSaid({ code: "nothing_to_match" })).toContain("Bring the agencies' files first");
  expect(refusedSaid({ code: "too_many_pairs", rule: "surname", pairs: 1_000_000_000 })).toContain("1,000,000,000");
  expect(refusedSaid({ code: "stopped" })).toBe("It was stopped before its end.");
  expect(refusedSaid(null)).toBe("It was stopped before its end.");
});
